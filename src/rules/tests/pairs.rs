//! The minimal pairs get their answers.

use std::path::Path;

use super::super::pairs::{Tally, frames, parse};
use super::Bench;

#[test]
fn every_pair_gets_its_answers() {
    let bench = Bench::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/pairs");
    let read =
        |path: &str| std::fs::read_to_string(folder.join(path)).unwrap_or_else(|why| panic!("{path}: {why}"));
    let frames = frames(&read("frames.toml")).expect("well-formed");
    let mut wrong = Vec::new();
    for rule in bench.packs.list() {
        let pairs = parse(&read(&format!("{}.toml", rule.path())), &frames).expect("well-formed");
        let tally = Tally::of(&bench.stages, &bench.packs, rule, &pairs);
        wrong.extend(tally.wrong.iter().map(|wrong| format!("{} {wrong}", rule.path())));
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
