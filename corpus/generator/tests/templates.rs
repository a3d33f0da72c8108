//! The measured and the tuning set: every contract says what its truth says, and the sets are large and
//! different enough to measure by.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use hetong_corpus::font::FontBook;
use hetong_corpus::render;
use hetong_corpus::template::{self, Instance, SEEDS};

fn folder(set: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(set).join("templates")
}

/// Every contract of a set; all that is wrong with any of them at once.
fn contracts(set: &str) -> Vec<Instance> {
    let templates = template::load_all(&folder(set)).unwrap();
    let fonts = FontBook::new(Vec::<&Path>::new());
    let (mut made, mut wrong) = (Vec::new(), Vec::new());
    for template in &templates {
        for seed in 0..SEEDS * 2 {
            let rendered = template.instance(seed).and_then(|instance| {
                render(&instance.document()?, &instance.rendering, &fonts).map(|_| instance)
            });
            match rendered {
                Ok(instance) if seed < SEEDS => made.push(instance),
                Ok(_) => {}
                Err(error) => {
                    wrong.push(error.to_string());
                    break;
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{set}:\n{}", wrong.join("\n"));
    made
}

fn count_by(made: &[Instance], key: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for instance in made {
        *counts.entry(instance.truth[key].as_str().unwrap_or("-").to_owned()).or_default() += 1;
    }
    counts
}

#[test]
fn the_measured_set_is_large_and_halved() {
    let made = contracts("measured");
    let kinds = count_by(&made, "kind");
    println!("{:?}\n{:?}\n{:?}", kinds, count_by(&made, "family"), count_by(&made, "stage"));
    assert!(made.len() - kinds["not-a-contract"] >= 300, "{kinds:?}");
    assert!(kinds["not-a-contract"] >= 30, "{kinds:?}");
    let splits = count_by(&made, "split");
    assert_eq!(splits.keys().collect::<Vec<_>>(), ["check", "measure"]);
    assert!(splits["check"].abs_diff(splits["measure"]) * 5 < made.len(), "{splits:?}");
    assert!(count_by(&made, "family").len() >= 15);
}

#[test]
fn the_tuning_set_stands() {
    let made = contracts("tuning");
    assert_eq!(count_by(&made, "split").keys().collect::<Vec<_>>(), ["tune"]);
    assert!(made.len() as u64 >= 25 * SEEDS);
}

#[test]
fn the_languages_set_has_ten_of_each() {
    let families = count_by(&contracts("languages"), "family");
    assert_eq!(families.keys().collect::<Vec<_>>(), ["english", "traditional"]);
    assert!(families.values().all(|count| *count as u64 >= 10 * SEEDS), "{families:?}");
}

/// The lines of a folder's texts that are long enough to be somebody's wording, without figures and slots.
fn wordings(texts: impl Iterator<Item = String>) -> std::collections::BTreeSet<String> {
    let mut lines = std::collections::BTreeSet::new();
    for text in texts {
        let pieces = text
            .split(['\n', '。', '；'])
            .map(|line| line.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).collect::<String>());
        lines.extend(pieces.filter(|line| line.chars().count() >= 24));
    }
    lines
}

fn files(folder: &Path) -> impl Iterator<Item = String> {
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    paths.into_iter().map(|path| std::fs::read_to_string(path).unwrap())
}

#[test]
fn the_sets_share_no_wording() {
    let measured = wordings(files(&folder("measured")));
    for other in [folder("tuning"), Path::new(env!("CARGO_MANIFEST_DIR")).join("../golden")] {
        let others = wordings(files(&other));
        let shared: Vec<_> = measured.intersection(&others).collect();
        assert!(shared.is_empty(), "{}: {shared:?}", other.display());
    }
}
