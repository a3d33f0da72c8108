//! Record → index entry.

use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use tantivy::index::{SegmentId, SegmentMeta};
use tantivy::schema::Field;
use tantivy::{IndexWriter, TantivyDocument, Term};

use super::card::Card;
use super::query::value::day_number;
use super::schema::Fields;
use super::{Lexicon, SearchError, by_id, family, sketch};
use crate::model::fields::{Money, MoneyKind, Party, Side};
use crate::model::finding::Severity;
use crate::model::record::{Kind, Stage};
use crate::model::{Outcome, Record, Text};

/// Writes the index. There is one at a time; nothing shows before [`Writer::commit`].
pub struct Writer {
    writer: IndexWriter,
    fields: Fields,
    lexicon: Arc<Lexicon>,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").finish_non_exhaustive()
    }
}

impl Writer {
    pub(super) fn new(writer: IndexWriter, fields: Fields, lexicon: Arc<Lexicon>) -> Self {
        Self { writer, fields, lexicon }
    }

    /// Puts a record with its text into the index, in place of the one with the same id.
    ///
    /// The text of a record that is marked secret stays out. Texts wait in memory until a thread takes them:
    /// commit at least every 500 records, which also bounds what waits.
    ///
    /// # Errors
    ///
    /// The index cannot be written; after that only a new writer can go on.
    pub fn put(&mut self, record: &Record, text: &Text) -> Result<(), SearchError> {
        self.delete(&record.id);
        let entry = Entry::of(self.fields, &self.lexicon, record, text)?;
        self.writer.add_document(entry.document)?;
        Ok(())
    }

    /// Takes a record out.
    pub fn delete(&mut self, id: &str) {
        self.writer.delete_term(Term::from_field_text(self.fields.id, id));
    }

    /// Makes everything so far durable and visible. Costs some ten milliseconds: commit by the hundred.
    ///
    /// # Errors
    ///
    /// The index cannot be written; it stays as it was at the last commit.
    pub fn commit(&mut self) -> Result<(), SearchError> {
        self.writer.commit()?;
        Ok(())
    }

    /// Commits, and waits until segments are merged: the end of a batch.
    ///
    /// # Errors
    ///
    /// As [`Writer::commit`].
    pub fn finish(mut self) -> Result<(), SearchError> {
        self.commit()?;
        self.gather()?;
        Ok(self.writer.wait_merging_threads()?)
    }

    /// Makes one segment of a small index that is in even parts: each has a dictionary of its own, which takes room,
    /// and time at every question. Where one part holds most, a few new contracts are not worth it.
    fn gather(&mut self) -> Result<(), SearchError> {
        let segments = self.writer.index().searchable_segment_metas()?;
        let (all, largest) =
            segments.iter().map(SegmentMeta::num_docs).fold((0, 0), |(all, largest), documents| {
                (documents.saturating_add(all), documents.max(largest))
            });
        if segments.len() > 1 && all <= SMALL && largest <= all / 2 {
            let ids: Vec<SegmentId> = segments.iter().map(SegmentMeta::id).collect();
            // What is looked at is not removed.
            drop(segments);
            // Where some of them are being merged already, they stay as that makes them.
            let _ = self.writer.merge(&ids).wait();
            self.writer.garbage_collect_files().wait()?;
        }
        Ok(())
    }
}

/// Contracts of a small index, at most: to merge them takes some seconds.
const SMALL: u32 = 4_000;

/// A document of the index in the making.
struct Entry {
    document: TantivyDocument,
    fields: Fields,
}

impl Entry {
    fn of(fields: Fields, lexicon: &Lexicon, record: &Record, text: &Text) -> Result<Self, SearchError> {
        let mut card = Card::of(record, text);
        let folded = lexicon.fold(&text.content);
        card.digest = family::digest(&folded).filter(|_| !card.withheld);
        let mut entry = Self { document: TantivyDocument::default(), fields };
        entry.add(fields.id, &record.id);
        entry.document.add_u64(fields.order, by_id::order(&record.id));
        entry.add(fields.path, &record.source.path);
        entry.add(fields.status, record.status.as_str());
        entry.add(fields.kind, kind(record.kind));
        entry.add(fields.stage, stage(record.stage));
        entry.add(fields.card, &serde_json::to_string(&card)?);
        entry.add_findings(record);
        if !card.withheld {
            entry.add_fields(record);
            if let Some(group) = family::group(record, card.digest.as_deref(), |text| lexicon.fold(text)) {
                entry.document.add_u64(fields.group, group);
            }
            sketch::sketch(&folded)
                .into_iter()
                .flatten()
                .for_each(|part| entry.document.add_u64(fields.sketch, part));
            entry.add_substance(record);
            entry.add_messages(record);
            entry.add(fields.body, &text.content);
            entry.add(fields.grams, &text.content);
        }
        Ok(entry)
    }

    fn add(&mut self, field: Field, text: &str) {
        self.document.add_text(field, text);
    }

    fn add_number(&mut self, field: Field, number: Option<i64>) {
        if let Some(number) = number {
            self.document.add_i64(field, number);
        }
    }

    fn add_fields(&mut self, record: &Record) {
        let (fields, values) = (self.fields, &record.fields);
        if let Some(title) = &values.title {
            self.add(fields.title, &title.value);
            self.add(fields.pinyin, &title.value);
        }
        if let Some(number) = &values.contract_number {
            self.add(fields.number, &number.value);
        }
        values.parties.iter().for_each(|party| self.add_party(party));
        let signed = values.sign_date.as_ref().map(|date| date.value);
        let ends = values.term.as_ref().and_then(|term| term.value.end);
        self.add_price(values.amount.as_ref().map(|amount| &amount.value));
        self.add_number(fields.signed, signed.map(day_number));
        self.add_number(fields.year, signed.map(|date| i64::from(date.year())));
        self.add_number(fields.term_end, ends.map(day_number));
    }

    fn add_price(&mut self, price: Option<&Money>) {
        let Some((money, amount)) = price.and_then(|money| Some((money, whole_price(money)?))) else {
            return;
        };
        self.add(self.fields.currency, &money.currency);
        self.add_number(self.fields.sum, scaled(amount, 10_000));
        let fen = scaled(amount, 100).filter(|_| money.currency == "CNY");
        self.add_number(self.fields.amount, fen);
    }

    /// Type, forum, law.
    fn add_substance(&mut self, record: &Record) {
        let (fields, values) = (self.fields, &record.fields);
        if let Some(kind) = &values.contract_type {
            self.add(fields.types, &format!("{} {}", kind.code.value, kind.label));
            self.add(fields.kind_of_contract, &kind.label);
        }
        if let Some(forum) = values.dispute.as_ref().and_then(|dispute| dispute.value.forum.as_ref()) {
            self.add(fields.forums, forum);
            self.add(fields.forum, forum);
        }
        if let Some(law) = &values.governing_law {
            self.add(fields.law, &format!("{} {}", law.value.territory, law.value.text));
        }
    }

    fn add_party(&mut self, party: &Party) {
        let fields = self.fields;
        if let Some(name) = &party.name {
            let [words, whole] = match party.side {
                Side::Government => [Some(fields.departments), Some(fields.department)],
                Side::Counterparty => [Some(fields.counterparties), Some(fields.counterparty)],
                Side::Unknown => [None, None],
            };
            let fields = [Some(fields.parties), Some(fields.party), Some(fields.pinyin), words, whole];
            fields.into_iter().flatten().for_each(|field| self.add(field, &name.value));
        }
        if let Some(code) = &party.uscc {
            self.add(self.fields.number, &code.value);
        }
    }

    /// Each rule and severity once, however often it hit.
    fn add_findings(&mut self, record: &Record) {
        let fields = self.fields;
        let mut terms: Vec<(Field, String)> = Vec::new();
        for finding in &record.findings {
            let rule = finding.rule.clone();
            let whole = format!("{}/{}", finding.pack, finding.rule);
            match finding.outcome {
                Outcome::Hit => terms.extend([
                    (fields.rule, rule),
                    (fields.pack_rule, whole),
                    (fields.severity, severity(finding.severity).to_owned()),
                ]),
                Outcome::CannotTell => terms.extend([(fields.undecided, rule), (fields.undecided, whole)]),
            }
        }
        terms.sort();
        terms.dedup();
        terms.iter().for_each(|(field, term)| self.add(*field, term));
    }

    /// What the findings say; they quote the contract.
    fn add_messages(&mut self, record: &Record) {
        let said = record.findings.iter().flat_map(|f| [&f.message, &f.why, &f.suggestion]);
        said.for_each(|said| self.add(self.fields.findings, said));
    }
}

/// The word that the record uses.
pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Contract => "contract",
        Kind::Supplement => "supplement",
        Kind::NotAContract => "not-a-contract",
    }
}

/// The word that the record uses.
pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Classification => "classification",
        Severity::Notice => "notice",
        Severity::Risk => "risk",
        Severity::Violation => "violation",
    }
}

/// The word that the record uses.
fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Draft => "draft",
        Stage::Signed => "signed",
        Stage::Unknown => "unknown",
    }
}

/// A price that can be added to others: a total or a ceiling, not a unit price or a rent.
fn whole_price(money: &Money) -> Option<Decimal> {
    money.amount.filter(|_| matches!(money.kind, MoneyKind::Total | MoneyKind::Ceiling))
}

/// An amount in so small parts; `None` where it has smaller ones, or is too large.
fn scaled(amount: Decimal, parts: i64) -> Option<i64> {
    let scaled = amount.checked_mul(Decimal::from(parts))?;
    scaled.is_integer().then(|| scaled.to_i64()).flatten()
}
