//! A check-up of ten thousand stored contracts against processing them from PDF.
//!
//! Measured: CPU seconds of all processes together, on all cores: the first run over the archive (reading, fields, rules, store,
//! index), a check-up that runs every rule again from what is stored, one for which nothing changed, and one before which a rule
//! was edited. Corpus: generated archive, seed 1, PDF. Aim: the check-up at most a tenth of the run.
//!
//! Run: `cargo bench --bench checkup [-- COUNT]`.

mod support;

use std::fs;
use std::path::Path;
use std::time::Instant;

use support::{HETONG, archive, text, watched};

/// The rule that is edited.
const RULE: &str = "rules/luohu-2018/vague-title.toml";

/// Writes a folder of dictionaries in which one rule reads otherwise.
fn edit_a_rule(folder: &Path) {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("dictionaries").join(RULE);
    let rule = fs::read_to_string(own).expect("the rule");
    let path = folder.join(RULE);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, format!("{rule}\n# edited\n")).expect("a file");
}

fn main() {
    let count = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(10_000);
    let (folder, store) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    archive(count, 1, "pdf", folder.path());
    let edited = tempfile::tempdir().expect("a folder");
    edit_a_rule(edited.path());
    let (folder, store, edited) = (text(folder.path()), text(store.path()), text(edited.path()));
    let runs: [(&str, &[&str]); 4] = [
        ("process", &["process", folder, "--store", store, "--json"]),
        ("every rule", &["checkup", "--store", store, "--json", "--rerun"]),
        ("no change", &["checkup", "--store", store, "--json"]),
        ("one rule", &["checkup", "--store", store, "--json", "--dictionaries", edited]),
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
