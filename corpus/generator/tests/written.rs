//! The written contracts of `corpus/golden`, and contracts made out of them.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::path::Path;

use hetong_corpus::archive::{Contract, vary};
use hetong_corpus::font::FontBook;
use hetong_corpus::golden::Golden;
use hetong_corpus::pdf::PdfKind;
use hetong_corpus::{Rendering, plan, render};
use serde_json::Value;

fn goldens() -> Vec<Golden> {
    Golden::load_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../golden")).unwrap()
}

#[test]
fn every_contract_can_be_read() {
    for golden in goldens() {
        assert!(golden.document().unwrap().blocks.len() > 10, "{}", golden.slug);
        assert!(golden.truth["fields"].is_object(), "{}", golden.slug);
    }
}

#[test]
fn every_contract_is_planned() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../archive.toml");
    let files = plan::parse(&std::fs::read_to_string(path).unwrap()).unwrap();
    for golden in goldens() {
        assert!(files.iter().any(|file| file.source == golden.slug), "{}", golden.slug);
    }
}

/// A contract that was edited without rendering the archive again would be scored against a file
/// that says something else. Files with fonts in them, and scans, are not compared: the fonts and
/// the processor may differ.
#[test]
fn the_archive_is_what_the_plan_renders() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let toml = std::fs::read_to_string(corpus.join("archive.toml")).unwrap();
    let fonts = FontBook::new(Vec::<&Path>::new());
    for file in plan::parse(&toml).unwrap() {
        if matches!(
            file.rendering,
            Rendering::Pdf(PdfKind::Predefined(_), _) | Rendering::Docx(_) | Rendering::Text(_)
        ) {
            let golden = Golden::load(&corpus.join("golden"), &file.source).unwrap();
            let bytes = render(&golden.document().unwrap(), &file.rendering, &fonts).unwrap();
            let there = std::fs::read(corpus.join("archive").join(&file.path)).unwrap();
            assert!(bytes == there, "{}: render the archive again", file.path);
        }
    }
}

/// The strings of a truth that its text must hold word for word.
fn literal_strings(contract: &Contract) -> Vec<&str> {
    let fields = &contract.truth["fields"];
    let mut values = vec![&fields["contract_number"], &fields["amount_in_words"]];
    for party in fields["parties"].as_array().unwrap() {
        values.extend([&party["name"], &party["uscc"], &party["id_number"], &party["legal_representative"]]);
    }
    values.into_iter().filter_map(Value::as_str).collect()
}

/// The sum of the truth as yuan without commas, if it is one.
fn sum(contract: &Contract) -> Option<String> {
    let sum = contract.truth["fields"]["amount"]["amount"].as_str()?;
    Some(sum.trim_end_matches('0').trim_end_matches('.').to_owned())
}

#[test]
fn a_made_contract_says_what_its_truth_says() {
    for golden in goldens() {
        for index in 0..20 {
            let made = vary(&golden, 11, index);
            // What the written contract does not say word for word, a made one need not say.
            let said = literal_strings(&made);
            let original = Contract { truth: golden.truth.clone(), ..made.clone() };
            for (new, old) in said.iter().zip(literal_strings(&original)) {
                let held = made.text.contains(new) || !golden.text.contains(old);
                assert!(held, "{} #{index}: no {new}", golden.slug);
            }
            let plain = |text: &str| text.replace(',', "");
            if let (Some(new), Some(old)) = (sum(&made), sum(&original)) {
                let held = plain(&made.text).contains(&new) || !plain(&golden.text).contains(&old);
                assert!(held, "{} #{index}: no {new}", golden.slug);
            }
        }
    }
}

#[test]
fn made_contracts_differ() {
    for golden in goldens() {
        let mut texts: Vec<String> = (0..50).map(|index| vary(&golden, 3, index).text).collect();
        texts.sort();
        texts.dedup();
        assert_eq!(texts.len(), 50, "{}", golden.slug);
    }
}
