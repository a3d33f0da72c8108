//! What is no contract gives no field, and no contract is called anything else.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use hetong::dictionaries::Dictionaries;
use hetong::engine::{Engine, Identity, Options};
use hetong::model::record::Kind;
use hetong::model::{Fields, Record};
use hetong::read::read_here;
use hetong_corpus::font::FontBook;
use hetong_corpus::plain::Encoding;
use hetong_corpus::{Rendering, render, template};

static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::new(&Dictionaries::embedded()).expect("the dictionaries"));

fn records(bytes: &[u8]) -> Vec<Record> {
    let analyses = ENGINE.analyse(&read_here(bytes), &Identity::of(bytes, "a"), Options::default());
    analyses.into_iter().map(|analysis| analysis.record).collect()
}

fn corpus(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(path)
}

#[test]
fn documents_that_are_no_contracts_give_no_fields() {
    let source = fs::read_to_string(corpus("other/documents.txt")).expect("the samples");
    let samples: Vec<(&str, &str)> =
        source.split("=== ").skip(1).filter_map(|sample| sample.split_once('\n')).collect();
    assert!(samples.len() >= 40);
    let mut wrong = Vec::new();
    for (name, text) in &samples {
        for record in records(text.as_bytes()) {
            if record.kind != Kind::NotAContract || record.fields != Fields::default() {
                wrong.push(*name);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// The templates that were worked on, those of contracts and of other documents, one instance each.
#[test]
fn contracts_are_contracts() {
    let made = template::instances(&corpus("tuning/templates"), 1).expect("the templates");
    for made in made {
        let document = made.document().expect("the source format");
        let bytes = render(&document, &Rendering::Text(Encoding::Utf8), &FontBook::system()).expect("a file");
        let records = records(&bytes);
        assert_eq!(records.len(), 1, "{}", made.slug);
        let is_none = records[0].kind == Kind::NotAContract;
        assert_eq!(is_none, made.truth["kind"] == "not-a-contract", "{}", made.slug);
    }
}
