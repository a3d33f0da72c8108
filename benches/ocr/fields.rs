//! The fields of whole contracts: as scans, and as the text that was scanned.

use std::fs;
use std::path::Path;
use std::process::Command;

use hetong_corpus::Container;
use hetong_corpus::font::FontBook;
use hetong_corpus::golden::Golden;
use hetong_corpus::plain::{Encoding, render};
use hetong_corpus::scan::pages::Split;
use hetong_corpus::scan::{Variant, bundle};
use hetong_corpus::score::{self, Verdict};
use serde_json::Value;

/// Whole contracts come in each of these in turn.
const CONTAINERS: [Container; 5] =
    [Container::Jpeg, Container::Flate, Container::G4, Container::Layered, Container::Tiff];

/// What became of the values: right, wrong, missed, invented.
type Tally = [usize; 4];

/// Reads each contract of the split twice by `hetong extract` and prints both scores.
pub fn compare(split: Split, goldens: &[Golden], folder: &Path) {
    let fonts = FontBook::system();
    let written: Vec<&Golden> =
        split.of(goldens).into_iter().filter(|golden| !golden.truth["fields"].is_null()).collect();
    let (mut scans, mut texts) = (Tally::default(), Tally::default());
    for (index, golden) in written.iter().enumerate() {
        let variant = [Variant::A, Variant::B, Variant::C, Variant::E][index % 4];
        let container = CONTAINERS[index % CONTAINERS.len()];
        let scan = bundle(golden, split, variant, container, &fonts).expect("a scan");
        let path = folder.join(format!("{}.{}", golden.slug, container.extension()));
        fs::write(&path, scan.bytes).expect("written");
        tally(&mut scans, &golden.truth, &record(&path));
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
