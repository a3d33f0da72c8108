//! The ways in which Chinese search goes wrong, one by one, on a whole index.

use std::sync::{Arc, OnceLock};

use jiff::civil::date;
use rust_decimal::Decimal;

use super::*;
use crate::dictionaries::Dictionaries;
use crate::model::fields::{Money, MoneyKind, Party, PartyKind, Tax};
use crate::model::finding::Severity;
use crate::model::record::{Kind, Record, Source, Stage};
use crate::model::{Finding, Outcome, Status, Text, Value, sample};
use crate::text::{Composer, Segmenter, from_lines};

mod chinese;
mod conditions;
mod corpus;
mod exactness;
mod hits;
mod keeping;
mod language;
mod passages;
mod words;

/// One lexicon for all tests: building the dictionary is what costs.
pub(super) fn lexicon() -> Arc<Lexicon> {
    static LEXICON: OnceLock<Arc<Lexicon>> = OnceLock::new();
    Arc::clone(LEXICON.get_or_init(|| {
        let dictionaries = Dictionaries::embedded();
        let words = Segmenter::new(&dictionaries).expect("words");
        Arc::new(Lexicon::new(&dictionaries, words).expect("synonyms"))
    }))
}

fn value<T>(value: T) -> Option<Value<T>> {
    Some(Value::new(value, 1.0, "test", Vec::new()))
}

fn text(content: &str) -> Text {
    from_lines(&Composer::new(&Dictionaries::embedded()).expect("composer"), content)
}

fn record(id: &str) -> Record {
    let plain = sample::record(id);
    Record { source: Source { path: format!("2024/{id}.txt"), ..plain.source }, ..plain }
}

fn party(name: &str) -> Party {
    Party { kind: PartyKind::Organisation, name: value(name.to_owned()), ..Party::called("甲方") }
}

fn yuan(amount: i64) -> Option<Value<Money>> {
    value(Money {
        amount: Some(Decimal::from(amount)),
        currency: "CNY".to_owned(),
        kind: MoneyKind::Total,
        per: None,
        tax: Tax::Unknown,
    })
}

fn finding(rule: &str, severity: Severity, outcome: Outcome) -> Finding {
    Finding {
        rule: rule.to_owned(),
        pack: "luohu-2018".to_owned(),
        severity,
        outcome,
        fingerprint: String::new(),
        basis: Vec::new(),
        message: String::new(),
        why: String::new(),
        suggestion: String::new(),
        evidence: Vec::new(),
    }
}

/// An index in a folder of its own.
struct Shelf {
    index: Index,
    folder: tempfile::TempDir,
}

impl Shelf {
    fn of(entries: &[(Record, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = Index::create_or_open(folder.path(), lexicon()).expect("an index");
        let shelf = Self { index, folder };
        shelf.put(entries);
        shelf
    }

    /// Contracts without fields, named a, b, c …
    fn of_texts(texts: &[&str]) -> Self {
        let name = |n: usize| char::from(b'a' + n as u8).to_string();
        let entries: Vec<_> = texts.iter().enumerate().map(|(n, text)| (record(&name(n)), *text)).collect();
        Self::of(&entries)
    }

    fn put(&self, entries: &[(Record, &str)]) {
        let mut writer = self.index.writer().expect("a writer");
        for (record, content) in entries {
            writer.put(record, &text(content)).expect("put");
        }
        writer.finish().expect("finished");
        self.index.refresh().expect("refreshed");
    }

    fn ask(&self, query: &str) -> SearchAnswer {
        self.index.search(query, &SearchOptions::default()).unwrap_or_else(|error| panic!("{query}: {error}"))
    }

    /// Ids of what is found without relaxing, in order of their names.
    fn ids(&self, query: &str) -> Vec<String> {
        let answer = self.ask(query);
        assert_eq!(answer.total as usize, answer.hits.len(), "{query}");
        let strict = answer.relaxed.is_none();
        let mut ids: Vec<_> = answer.hits.into_iter().map(|hit| hit.id).filter(|_| strict).collect();
        ids.sort();
        ids
    }
}

fn marked(passage: &Passage) -> Vec<String> {
    let part = |[from, to]: &[usize; 2]| passage.text.chars().skip(*from).take(to - from).collect();
    passage.highlights.iter().map(part).collect()
}
