//! How many values and findings are right, on the contracts written for this project.
//!
//! Measured: for each field right, wrong, missed and invented values over `corpus/golden`, read as plain text;
//! for each rule hits, misses and false alarms. The contracts marked `measure` were written apart, are not
//! looked at while fields and rules are worked on, and share no wording with those marked `tune`.
//!
//! Run: `cargo bench --bench fields [-- --errors]`.

use std::collections::BTreeMap;
use std::path::Path;

use hetong::dictionaries::Dictionaries;
use hetong::engine::{Engine, Identity, Options};
use hetong::read::read_here;
use hetong_corpus::golden::Golden;
use hetong_corpus::plain::{Encoding, render};
use hetong_corpus::score::{self, Verdict};

type Tally = BTreeMap<Verdict, usize>;

fn main() {
    let errors = std::env::args().any(|argument| argument == "--errors");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/golden");
    let goldens = Golden::load_all(&folder).expect("the written contracts");
    let engine = Engine::new(&Dictionaries::embedded()).expect("the dictionaries");
    for split in ["tune", "measure"] {
        let mut fields: BTreeMap<String, Tally> = BTreeMap::new();
        let mut rules: BTreeMap<String, Tally> = BTreeMap::new();
        let chosen: Vec<_> = goldens.iter().filter(|golden| golden.truth["split"] == split).collect();
        for golden in &chosen {
            let record = record(&engine, golden);
            for judgement in score::fields(&golden.truth, &record) {
                *fields
                    .entry(judgement.field.to_owned())
                    .or_default()
                    .entry(judgement.verdict)
                    .or_default() += 1;
                if errors && !matches!(judgement.verdict, Verdict::Right | Verdict::Silent) {
                    println!(
                        "{} {} {:?} -> {:?}",
                        golden.slug, judgement.field, judgement.truth, judgement.got
                    );
                }
            }
            for (rule, verdict) in score::rules(&golden.truth, &record) {
                if errors && !matches!(verdict, Verdict::Right | Verdict::Silent) {
                    println!("{} {rule} {verdict:?}", golden.slug);
                }
                *rules.entry(rule).or_default().entry(verdict).or_default() += 1;
            }
        }
        println!("\n{split}: {} contracts", chosen.len());
        print_table("field", &fields);
        print_table("rule", &rules);
    }
}

fn record(engine: &Engine, golden: &Golden) -> serde_json::Value {
    let source = golden.document().expect("the source format");
    let bytes = render(&source, Encoding::Utf8).expect("plain text");
    let document = read_here(&bytes);
    let analysis = engine.analyse(&document, &Identity::of(&bytes, golden.slug.clone()), Options::default());
    serde_json::to_value(analysis.record).expect("JSON")
}

fn print_table(what: &str, rows: &BTreeMap<String, Tally>) {
    println!("{what:30}  right  wrong missed invent silent   prec    rec");
    for (name, tally) in rows {
        let of = |verdict| tally.get(&verdict).copied().unwrap_or(0);
        let (right, wrong, missed, invented) =
            (of(Verdict::Right), of(Verdict::Wrong), of(Verdict::Missed), of(Verdict::Invented));
        let share = |part: usize, whole: usize| {
            if whole == 0 { "     -".to_owned() } else { format!("{:6.3}", part as f64 / whole as f64) }
        };
        println!(
            "{name:30} {right:6} {wrong:6} {missed:6} {invented:6} {:6} {} {}",
            of(Verdict::Silent),
            share(right, right + wrong + invented),
            share(right, right + wrong + missed)
        );
    }
}
