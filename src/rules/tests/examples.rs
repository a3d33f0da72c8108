//! The examples of every rule get their answers.

use super::Bench;

#[test]
fn every_example_gets_its_answer() {
    let bench = Bench::new();
    let failures: Vec<_> = bench
        .packs
        .packs()
        .iter()
        .flat_map(|pack| bench.stages.failures(&bench.packs, pack))
        .map(|failure| format!("{} {} {}: {}", failure.rule, failure.set, failure.number, failure.answer))
        .collect();
    assert!(failures.is_empty(), "{} wrong:\n{}", failures.len(), failures.join("\n"));
}
