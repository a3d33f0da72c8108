//! How many values and findings are right, on the contracts written for this project.
//!
//! Measured: for each field right, wrong, missed and invented values; for each rule hits, misses and false alarms;
//! how often values of a confidence are right; the same by layout and by file format.
//!
//! - `golden`: whole contracts, read as plain text, with rules. `tune` to work on, `measure` set apart.
//! - `tuning`: made from the templates of `corpus/tuning`, to work on.
//! - `measured`: made from `corpus/measured`, written apart from code and other sets, sharing no wording with
//!   them. Of `check`, single errors may be looked at; of `measure`, only these totals are ever looked at.
//! - `languages`: contracts in English and in traditional characters (`corpus/languages`); told apart by their layout.
//!
//! Run: `cargo bench --bench fields [-- [--errors] [--only=PREFIX] [golden] [tuning] [measured] [languages]]`; with a prefix, only
//! contracts whose name begins so. With `--records` the records are printed instead, one a line, so that two versions of
//! the program can be compared.

use std::path::Path;

use hetong::dictionaries::Dictionaries;
use hetong::engine::{Engine, Identity, Options};
use hetong::read::read_here;
use hetong_corpus::font::FontBook;
use hetong_corpus::golden::Golden;
use hetong_corpus::plain::Encoding;
use hetong_corpus::score::{self, Judgement, Verdict};
use hetong_corpus::source::Document;
use hetong_corpus::template::{self, SEEDS};
use hetong_corpus::{Rendering, render};
use rayon::prelude::*;
use serde_json::Value;

mod tables;

use tables::{Reliability, Table};

/// A contract to be read, and the truth about it.
struct Case {
    slug: String,
    family: String,
    document: Document,
    rendering: Rendering,
    truth: Value,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let errors = arguments.iter().any(|word| word == "--errors");
    let only = arguments.iter().find_map(|word| word.strip_prefix("--only=")).unwrap_or_default();
    let records = arguments.iter().any(|word| word == "--records");
    let sets: Vec<&str> =
        arguments.iter().map(String::as_str).filter(|word| !word.starts_with("--")).collect();
    let engine = Engine::new(&Dictionaries::embedded()).expect("the dictionaries");
    for set in ["golden", "tuning", "measured", "languages"] {
        if !sets.is_empty() && !sets.contains(&set) {
            continue;
        }
        let mut cases = cases(set);
        cases.retain(|case| case.slug.starts_with(only));
        for split in ["tune", "check", "measure"] {
            let chosen: Vec<&Case> = cases.iter().filter(|case| case.truth["split"] == split).collect();
            if records {
                print_records(&engine, &chosen);
            } else if !chosen.is_empty() {
                // Nobody looks at single errors of what measures.
                report(&engine, &format!("{set}, {split}"), &chosen, errors && split != "measure");
            }
        }
    }
}

fn cases(set: &str) -> Vec<Case> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    if set == "golden" {
        let goldens = Golden::load_all(&corpus.join("golden")).expect("the written contracts");
        return goldens.into_iter().map(written).collect();
    }
    let made = template::instances(&corpus.join(set).join("templates"), SEEDS).expect("the templates");
    made.into_iter()
        .map(|made| Case {
            document: made.document().expect("the source format"),
            slug: made.slug,
            family: made.family,
            rendering: made.rendering,
            truth: made.truth,
        })
        .collect()
}

fn written(golden: Golden) -> Case {
    Case {
        document: golden.document().expect("the source format"),
        slug: golden.slug,
        family: "written".to_owned(),
        rendering: Rendering::Text(Encoding::Utf8),
        truth: golden.truth,
    }
}

/// Reads all cases and prints the records.
fn print_records(engine: &Engine, cases: &[&Case]) {
    let fonts = FontBook::system();
    let records: Vec<Value> = cases.par_iter().map(|case| record(engine, case, &fonts)).collect();
    records.iter().for_each(|record| println!("{record}"));
}

/// Reads all cases and prints the tables.
fn report(engine: &Engine, name: &str, cases: &[&Case], errors: bool) {
    let fonts = FontBook::system();
    let records: Vec<Value> = cases.par_iter().map(|case| record(engine, case, &fonts)).collect();
    let (mut fields, mut families, mut formats) = (Table::default(), Table::default(), Table::default());
    let (mut rules, mut reliability) = (Table::default(), Reliability::default());
    for (case, record) in cases.iter().zip(&records) {
        for judged in judgements(case, record) {
            fields.count(judged.field, judged.verdict);
            families.count(&case.family, judged.verdict);
            formats.count(case.rendering.extension(), judged.verdict);
            reliability.count(&judged);
            if errors && !is_fine(judged.verdict) {
                println!("{} {} {:?} -> {:?}", case.slug, judged.field, judged.truth, judged.got);
            }
        }
        for (rule, verdict) in score::rules(&case.truth, record) {
            if errors && !is_fine(verdict) {
                println!("{} {rule} {verdict:?}", case.slug);
            }
            rules.count(&rule, verdict);
        }
    }
    println!("\n=== {name}: {} documents", cases.len());
    fields.print("field");
    families.print("layout");
    formats.print("format");
    rules.print("rule");
    reliability.print();
}

/// Of what is no contract, only that is judged.
fn judgements(case: &Case, record: &Value) -> Vec<Judgement> {
    let mut judged = score::document(&case.truth, record);
    if case.truth["kind"] != "not-a-contract" {
        judged.extend(score::fields(&case.truth, record));
    }
    judged
}

fn is_fine(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Right | Verdict::Silent)
}

fn record(engine: &Engine, case: &Case, fonts: &FontBook) -> Value {
    let bytes = render(&case.document, &case.rendering, fonts).expect("a file");
    let document = read_here(&bytes);
    let analyses = engine.analyse(&document, &Identity::of(&bytes, case.slug.clone()), Options::default());
    serde_json::to_value(&analyses[0].record).expect("JSON")
}
