//! What must hold of any text whatever: no scanner panics, and what it finds lies inside the text, between
//! characters, in order. One function for each fuzz target; the property tests call the same ones.

#![allow(dead_code, reason = "each target calls one of them")]

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use hetong::dictionaries::Dictionaries;
use hetong::fields::scan::money::Figures;
use hetong::fields::scan::{blank, capital, code, date, numeral, period};
use hetong::model::{Fields, Record, Text};
use hetong::search::{Index, Lexicon, SearchAnswer, SearchOptions};
use hetong::text::{Composer, Segmenter, from_lines};

static DICTIONARIES: LazyLock<Dictionaries> = LazyLock::new(Dictionaries::embedded);

/// Is the stretch a piece of the text?
fn inside(text: &str, range: &Range<usize>) {
    assert!(
        text.get(range.clone()).is_some(),
        "{range:?} of {} bytes cuts a character or the text",
        text.len()
    );
}

/// Do stretches follow each other?
fn in_order<'a>(text: &str, ranges: impl Iterator<Item = &'a Range<usize>>) {
    let mut end = 0;
    for range in ranges {
        inside(text, range);
        assert!(end <= range.start, "{range:?} begins before {end}");
        end = range.end;
    }
}

/// Numerals, sums in words (大写), durations.
pub fn numerals(text: &str) {
    let _ = (numeral::integer(text), numeral::chinese(text), capital::parse(text));
    if let Some(value) = numeral::chinese(text).filter(|value| *value < 1_000_000_000_000) {
        assert_eq!(numeral::chinese(&numeral::render(value)), Some(value), "{value} reads back");
    }
    let sums = capital::scan(text);
    in_order(text, sums.iter().map(|sum| &sum.range));
    for sum in &sums {
        inside(text, &sum.whole);
        assert!(sum.whole.start <= sum.range.start && sum.range.end <= sum.whole.end);
    }
    in_order(text, period::scan(text).iter().map(|found| &found.range));
}

/// Days and the empty slots for them; blanks.
pub fn dates(text: &str) {
    in_order(text, date::scan(text).iter().map(|found| &found.range));
    in_order(text, date::slots(text).iter());
    let _ = (blank::is_blank(text), blank::has_placeholder(text));
}

/// Sums in figures.
pub fn money(text: &str) {
    static FIGURES: LazyLock<Figures> =
        LazyLock::new(|| Figures::new(&DICTIONARIES).expect("the built-in dictionary is valid"));
    in_order(text, FIGURES.scan(text).iter().map(|found| &found.range));
    let _ = FIGURES.bare(text);
}

/// Codes with check digits.
pub fn codes(text: &str) {
    for found in [code::uscc_like(text), code::id_like(text)].into_iter().flatten() {
        inside(text, &found);
        assert_eq!(found.len(), 18);
    }
    let _ = (code::uscc_is_valid(text), code::id_is_valid(text), code::uscc_check(text.as_bytes()));
}

/// The outline of clauses: each lies inside the text and inside the clause that it stands under.
pub fn outline(source: &str) {
    let text = composed(source);
    for (index, clause) in text.clauses.iter().enumerate() {
        inside(&text.content, &clause.range);
        inside(text.folded(), &clause.shadow);
        if let Some(parent) = clause.parent {
            assert!(parent < index, "a clause begins before what stands under it");
            let outer = &text.clauses[parent].shadow;
            assert!(outer.start <= clause.shadow.start && clause.shadow.end <= outer.end);
        }
    }
    for at in (0..text.folded().len()).step_by(7) {
        let innermost = text.clauses.iter().rev().find(|clause| clause.shadow.contains(&at));
        assert_eq!(text.clause_at(at).map(|c| &c.range), innermost.map(|c| &c.range));
    }
}

/// What is searched: every script, and what is hard to highlight.
const SEARCHED: &str = "物业服务合同\n第一条 付款\n逾期每日按0.05‰支付违约金（￥1,280,000.00，壹佰贰拾捌万元整）。\n\
    第二条 𠮷祥路12号A座3-5层，Party A shall pay；「不可抗力」除外——２０２４年３月５日，編號ＨＴ－２０２４／０１５。";

/// A folder with an index of one contract.
fn shelf(record: &Record, text: &str) -> (tempfile::TempDir, Index) {
    static LEXICON: LazyLock<Arc<Lexicon>> = LazyLock::new(|| {
        let words = Segmenter::new(&DICTIONARIES).expect("the built-in dictionary is valid");
        Arc::new(Lexicon::new(&DICTIONARIES, words).expect("the built-in dictionary is valid"))
    });
    let folder = tempfile::tempdir().expect("a folder");
    let index = Index::create_or_open(folder.path(), Arc::clone(&LEXICON)).expect("an index");
    let mut writer = index.writer().expect("a writer");
    writer.put(record, &composed(text)).expect("put");
    writer.finish().expect("finished");
    index.refresh().expect("refreshed");
    (folder, index)
}

/// The record of a contract with a title and a path.
fn record() -> Record {
    serde_json::from_str(include_str!("record.json")).expect("a record")
}

fn composed(text: &str) -> Text {
    static COMPOSER: LazyLock<Composer> =
        LazyLock::new(|| Composer::new(&DICTIONARIES).expect("the built-in dictionaries are valid"));
    from_lines(&COMPOSER, text)
}

/// The query parser, the planner and the highlighter: an answer or an error that says something, and highlights in
/// order inside their passages.
pub fn search(question: &str) {
    static SHELF: LazyLock<(tempfile::TempDir, Index)> = LazyLock::new(|| shelf(&record(), SEARCHED));
    let options = SearchOptions { explain: true, ..SearchOptions::default() };
    match SHELF.1.search(question, &options) {
        Ok(answer) => marked_inside(&answer),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn marked_inside(answer: &SearchAnswer) {
    for passage in answer.hits.iter().flat_map(|hit| &hit.passages) {
        let length = passage.text.chars().count();
        assert_eq!(passage.end - passage.start, length);
        let mut end = 0;
        for [from, to] in &passage.highlights {
            assert!(end <= *from && from < to && *to <= length, "{:?} in {length}", passage.highlights);
            end = *to;
        }
    }
}

/// A contract of this text: stretches of it, quoted, find it and are marked in it.
pub fn found(text: &str) {
    // A stretch that is the path's word as well would be found there, with nothing of the text to show.
    let mut nameless = record();
    nameless.fields = Fields::default();
    nameless.source.path.clear();
    let (_folder, index) = shelf(&nameless, text);
    let content: Vec<char> = composed(text).content.chars().collect();
    for (length, step) in [(1, 5), (2, 7), (9, 11), (40, 37)] {
        for stretch in content.windows(length).step_by(step) {
            // Quotation marks would end the quoted text.
            let quoted: String =
                stretch.iter().map(|c| if "“”\"".contains(*c) { '、' } else { *c }).collect();
            if !quoted.chars().any(char::is_alphanumeric) {
                continue;
            }
            let answer = index.search(&format!("“{quoted}”"), &SearchOptions::default()).expect("a question");
            let strict = answer.relaxed.as_ref().is_none_or(|relaxed| relaxed.step == "inside");
            assert!(strict && answer.total == 1, "{quoted:?}: {:?}", answer.relaxed);
            assert!(!answer.hits[0].passages.is_empty(), "{quoted:?} is not shown");
            marked_inside(&answer);
        }
    }
}
