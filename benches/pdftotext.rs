//! Born-digital PDF, file to record, against `pdftotext`.
//!
//! Measured: CPU seconds on one pinned core, children included; the whole of `hetong extract --json`
//! (start, hashing, the reading process, text, fields, rules, JSON) against `pdftotext` over the same files,
//! one process a file as it is used, and one process for all of them as its best case. Corpus: generated
//! archive, seed 1, PDF only, at least 500 pages. Aim: no more than twice.
//!
//! Run: `cargo bench --bench pdftotext`. Needs `pdftotext` with its CMaps (Debian: poppler-utils,
//! poppler-data) and `taskset`.

mod support;

use support::{HETONG, archive, median, pinned, text};

const CONTRACTS: u64 = 180;
const ROUNDS: usize = 5;

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    archive(CONTRACTS, 1, "pdf", folder.path());
    let files = pdfs(folder.path());
    let paths: Vec<&str> = files.iter().map(|path| text(path)).collect();
    let pages = pages(&paths);
    assert!(pages >= 500, "only {pages} pages");
    let mut extract = vec!["extract", "--json"];
    extract.extend(&paths);
    let loop_over = format!("for f in {}; do pdftotext -layout \"$f\" - ; done", quoted(&paths));
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(pinned(HETONG, &extract));
        theirs.push(pinned("sh", &["-c", &loop_over]));
    }
    let ratios: Vec<f64> = ours.iter().zip(&theirs).map(|(a, b)| a / b).collect();
    let each = |figures: Vec<f64>| median(figures) * 1000.0 / pages as f64;
    println!("{} files, {pages} pages, {ROUNDS} rounds, medians", files.len());
    println!("hetong extract --json  {:6.2} ms CPU a page", each(ours));
    println!("pdftotext -layout      {:6.2} ms CPU a page", each(theirs));
    println!("ratio                  {:6.2}", median(ratios));
}

fn pdfs(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files: Vec<_> = walkdir::WalkDir::new(folder)
        .into_iter()
        .flatten()
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|ext| ext == "pdf"))
        .collect();
    files.sort();
    files
}

fn pages(paths: &[&str]) -> u64 {
    let output =
        std::process::Command::new(HETONG).args(["extract", "--json"]).args(paths).output().expect("runs");
    let records = String::from_utf8(output.stdout).expect("JSON");
    let count =
        |line: &str| serde_json::from_str::<serde_json::Value>(line).ok()?["source"]["pages"].as_u64();
    records.lines().filter_map(count).sum()
}

fn quoted(paths: &[&str]) -> String {
    paths.iter().map(|path| format!("'{path}'")).collect::<Vec<_>>().join(" ")
}
