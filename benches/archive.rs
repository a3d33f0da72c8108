//! Ten thousand contracts in one archive: memory, and what a second run costs.
//!
//! Measured: CPU seconds, wall seconds and the peak of the memory of all processes together (proportional
//! set size, every 50 ms), on all cores. Corpus: generated archive, seed 1, PDF, DOCX and text mixed.
//! Aims: peak under 1 GB; the second run under 2 % of the first.
//!
//! Run: `cargo bench --bench archive [-- COUNT]`.

mod support;

use std::time::Instant;

use support::{HETONG, archive, text, watched};

fn main() {
    let count = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(10_000);
    let (folder, store) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let begun = Instant::now();
    archive(count, 1, "pdf,docx,txt", folder.path());
    println!("{count} contracts made in {:.0} s", begun.elapsed().as_secs_f64());
    let arguments = ["process", text(folder.path()), "--store", text(store.path()), "--json"];
    let mut figures = Vec::new();
    for name in ["first", "second"] {
        let begun = Instant::now();
        let (cpu, peak) = watched(HETONG, &arguments);
        let wall = begun.elapsed().as_secs_f64();
        println!("{name:6} run  {cpu:8.2} s CPU  {wall:8.2} s wall  peak {:5} MB", peak >> 20);
        figures.push((cpu, wall));
    }
    println!(
        "second / first  {:.2} % CPU, {:.2} % wall",
        percent(figures[1].0, figures[0].0),
        percent(figures[1].1, figures[0].1)
    );
}

fn percent(part: f64, whole: f64) -> f64 {
    100.0 * part / whole
}
