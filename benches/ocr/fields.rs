//! The fields of whole contracts: as scans, and as the text that was scanned.

use std::fs;
use std::path::Path;
use std::process::Command;

use hetong_corpus::font::FontBook;
use hetong_corpus::golden::Golden;
use hetong_corpus::plain::{Encoding, render};
use hetong_corpus::scan::pages::Split;
use hetong_corpus::scan::write_bundles;
use hetong_corpus::score::{self, Verdict};
use serde_json::Value;

/// What became of the values: right, wrong, missed, invented.
type Tally = [usize; 4];

/// Reads each contract of the split twice by `hetong extract` and prints both scores.
pub fn compare(split: Split, goldens: &[Golden], folder: &Path) {
    let written: Vec<Golden> =
        goldens.iter().filter(|golden| !golden.truth["fields"].is_null()).cloned().collect();
    let folder = folder.join("files");
    let truths = write_bundles(split, &written, &FontBook::system(), &folder).expect("scans");
    let (mut scans, mut texts) = (Tally::default(), Tally::default());
    let written = split.of(&written);
    for (golden, truth) in written.iter().zip(truths) {
        let told: Value = serde_json::from_slice(&fs::read(truth).expect("a truth")).expect("JSON");
        let scan = folder.join(told["file"].as_str().expect("a name"));
        tally(&mut scans, &golden.truth, &record(&scan));
        let path = folder.join(format!("{}.txt", golden.slug));
        let text = render(&golden.document().expect("the source format"), Encoding::Utf8).expect("text");
        fs::write(&path, text).expect("written");
        tally(&mut texts, &golden.truth, &record(&path));
    }
    println!("| fields of {} contracts | right | wrong | missed | invented | right of true |", written.len());
    println!("|---|---|---|---|---|---|");
    for (name, tally) in [("as text", texts), ("as scans", scans)] {
        let [right, wrong, missed, invented] = tally;
        let share = right as f64 / (right + wrong + missed).max(1) as f64;
        println!("| {name} | {right} | {wrong} | {missed} | {invented} | {share:.3} |");
    }
}

fn record(path: &Path) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_hetong"))
        .args(["extract", "--json"])
        .arg(path)
        .output()
        .expect("it runs");
    // No record is a contract with every value missed.
    serde_json::from_slice(&output.stdout).unwrap_or(Value::Null)
}

fn tally(sum: &mut Tally, truth: &Value, record: &Value) {
    for judgement in score::fields(truth, record) {
        let at = match judgement.verdict {
            Verdict::Right => 0,
            Verdict::Wrong => 1,
            Verdict::Missed => 2,
            Verdict::Invented => 3,
            Verdict::Silent => continue,
        };
        sum[at] += 1;
    }
}
