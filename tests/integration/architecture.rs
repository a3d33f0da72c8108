//! Imports run one way.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What each module of the library may name besides itself.
const ALLOWED: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("dictionaries", &[]),
    ("office", &[]),
    ("platform", &[]),
    ("read", &["model", "platform"]),
    ("annotate", &["model", "read"]),
    ("text", &["model", "dictionaries"]),
    ("fields", &["model", "dictionaries", "text"]),
    ("rules", &["model", "dictionaries", "text", "fields"]),
    ("engine", &["model", "dictionaries", "text", "fields", "rules"]),
    ("store", &["model", "platform"]),
    ("search", &["model", "dictionaries", "text", "fields"]),
    ("forms", &["model", "dictionaries", "office", "duties"]),
    ("duties", &["model", "dictionaries", "office"]),
    ("counterparty", &["model", "duties"]),
    ("intake", &["model", "dictionaries", "office", "counterparty"]),
    ("checkup", &["model", "duties", "rules"]),
    ("ledger", &["model", "dictionaries", "office", "duties"]),
    ("report", &["model", "rules", "office", "checkup"]),
    ("pipeline", &["model", "platform", "read", "engine", "store", "search", "checkup", "duties"]),
];

#[test]
fn imports_run_one_way() {
    let allowed: BTreeMap<_, _> = ALLOWED.iter().copied().collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for file in rust_files(&root) {
        let inside = file.strip_prefix(&root).expect("below src");
        let first = inside.iter().next().expect("a name").to_string_lossy();
        let module = first.trim_end_matches(".rs").to_owned();
        if matches!(&*module, "main" | "lib" | "cli") {
            continue;
        }
        let known = allowed.get(&*module);
        let Some(allowed) = known else {
            wrong.push(format!("{}: a module that ALLOWED does not list", inside.display()));
            continue;
        };
        for name in imports(&fs::read_to_string(&file).expect("readable")) {
            if name != module && !allowed.contains(&&*name) {
                wrong.push(format!("{}: {module} may not import {name}", inside.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_check_sees_an_import() {
    assert_eq!(imports("use crate::store::Store;\nfn f() { crate::search::g() }"), ["store", "search"]);
    assert!(imports("use super::model;\n// crate::store is far away").is_empty());
}

/// Modules named after `crate::` in code, tests at the end of the file left out.
fn imports(source: &str) -> Vec<String> {
    let code = source.split("\n#[cfg(test)]").next().unwrap_or(source);
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect())
        .filter(|name: &String| !name.is_empty())
        .collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "tests") {
                files.extend(rust_files(&path));
            }
        } else if path.extension().is_some_and(|ext| ext == "rs")
            && path.file_stem().is_none_or(|stem| stem != "tests")
        {
            files.push(path);
        }
    }
    files.sort();
    files
}
