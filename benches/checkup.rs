//! A check-up of ten thousand stored contracts against processing them from PDF.
//!
//! Measured: CPU seconds of all processes together, on all cores: the first run over the archive (reading, fields, rules, store,
//! index), a check-up that runs every rule again from what is stored, and one for which nothing changed. Corpus: generated
//! archive, seed 1, PDF. Aim: the check-up at most a tenth of the run.
//!
//! Run: `cargo bench --bench checkup [-- COUNT]`.

mod support;

use std::time::Instant;

use support::{HETONG, archive, text, watched};

fn main() {
    let count = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(10_000);
    let (folder, store) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    archive(count, 1, "pdf", folder.path());
    let (folder, store) = (text(folder.path()), text(store.path()));
    let runs: [(&str, &[&str]); 3] = [
        ("process", &["process", folder, "--store", store, "--json"]),
        ("every rule", &["checkup", "--store", store, "--json", "--rerun"]),
        ("no change", &["checkup", "--store", store, "--json"]),
    ];
    let mut processing = None;
    for (name, arguments) in runs {
        let begun = Instant::now();
        let (cpu, peak) = watched(HETONG, arguments);
        let wall = begun.elapsed().as_secs_f64();
        let share = cpu / *processing.get_or_insert(cpu);
        println!("{name:10}  {cpu:8.2} s CPU  {wall:8.2} s wall  peak {:5} MB  ratio {share:.3}", peak >> 20);
    }
}
