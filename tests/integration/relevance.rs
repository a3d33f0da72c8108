//! Does search give what people look for? `corpus/relevance/` says what that is, for the written contracts and
//! those made of the templates for tuning.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use hetong::dictionaries::Dictionaries;
use hetong::engine::{Engine, Identity, Options};
use hetong::read::read_here;
use hetong::search::{Index, Lexicon, SearchOptions};
use hetong::text::Segmenter;
use hetong_corpus::font::FontBook;
use hetong_corpus::golden::Golden;
use hetong_corpus::plain::Encoding;
use hetong_corpus::source::Document;
use hetong_corpus::{Rendering, render, template};
use serde::Deserialize;

/// Hits looked at.
const LOOKED_AT: usize = 10;

/// What must be reached, a margin below what was measured.
const RECALL: f64 = 0.98;
const GAIN: f64 = 0.90;

#[derive(Deserialize)]
struct Judged {
    /// Names of the contracts that were judged.
    collection: Vec<String>,
    question: Vec<Question>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    query: String,
    #[allow(dead_code, reason = "for people")]
    wants: String,
    #[serde(default)]
    two: Vec<String>,
    #[serde(default)]
    one: Vec<String>,
}

impl Question {
    fn grade(&self, name: &str) -> f64 {
        let is = |list: &[String]| list.iter().any(|known| known == name);
        if is(&self.two) {
            2.0
        } else if is(&self.one) {
            1.0
        } else {
            0.0
        }
    }

    /// The share of what was looked for among the hits, as far as there is room for it.
    fn recall(&self, hits: &[String]) -> f64 {
        let found = hits.iter().filter(|name| self.grade(name) > 0.0).count();
        found as f64 / (self.two.len() + self.one.len()).min(LOOKED_AT) as f64
    }

    /// Normalised discounted cumulative gain (nDCG) with gains of 2^grade − 1.
    fn gain(&self, hits: &[String]) -> f64 {
        let sum = |grades: &mut dyn Iterator<Item = f64>| -> f64 {
            (2..).zip(grades).map(|(place, grade)| (grade.exp2() - 1.0) / f64::from(place).log2()).sum()
        };
        let ideal = self.two.iter().map(|_| 2.0).chain(self.one.iter().map(|_| 1.0));
        let ideal = sum(&mut ideal.take(LOOKED_AT));
        sum(&mut hits.iter().map(|name| self.grade(name))) / ideal
    }
}

#[test]
fn what_people_look_for_comes_first() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let judged = std::fs::read_to_string(corpus.join("relevance/contracts.toml")).expect("the questions");
    let judged: Judged = toml::from_str(&judged).expect("sound");
    let folder = tempfile::tempdir().expect("a folder");
    let (index, names) = indexed(&corpus, folder.path(), &judged.collection);
    assert_eq!(names.len(), judged.collection.len(), "every contract that was judged is there");
    let (mut recall, mut gain) = (0.0, 0.0);
    let mut weak = Vec::new();
    for question in &judged.question {
        for name in question.two.iter().chain(&question.one) {
            assert!(names.values().any(|known| known == name), "{name}: no contract");
        }
        let options = SearchOptions { limit: LOOKED_AT, ..SearchOptions::default() };
        let answer = index.search(&question.query, &options).expect(&question.query);
        let hits: Vec<String> = answer.hits.iter().map(|hit| names[&hit.id].clone()).collect();
        let (found, gained) = (question.recall(&hits), question.gain(&hits));
        if found < 1.0 || gained < 0.8 {
            weak.push(format!("{:.2} {:.2} {} → {}", found, gained, question.query, hits.join(" ")));
        }
        recall += found / judged.question.len() as f64;
        gain += gained / judged.question.len() as f64;
    }
    println!("{} questions: recall@10 {recall:.3}, nDCG@10 {gain:.3}", judged.question.len());
    assert!(judged.question.len() >= 60);
    assert!(recall >= RECALL && gain >= GAIN, "recall {recall:.3}, nDCG {gain:.3}\n{}", weak.join("\n"));
}

/// An index of the collection, and the contracts' names by the ids of their records.
fn indexed(corpus: &Path, folder: &Path, collection: &[String]) -> (Index, BTreeMap<String, String>) {
    let dictionaries = Dictionaries::embedded();
    let engine = Engine::new(&dictionaries).expect("an engine");
    let words = Segmenter::new(&dictionaries).expect("words");
    let lexicon = Arc::new(Lexicon::new(&dictionaries, words).expect("a lexicon"));
    let index = Index::create_or_open(folder, lexicon).expect("an index");
    let mut writer = index.writer().expect("a writer");
    let mut names = BTreeMap::new();
    let fonts = FontBook::system();
    for (name, document) in documents(corpus).into_iter().filter(|(name, _)| collection.contains(name)) {
        let bytes = render(&document, &Rendering::Text(Encoding::Utf8), &fonts).expect("a file");
        let document = read_here(&bytes);
        // The path tells nothing, so that nothing is found by it.
        let record =
            engine.analyse(&document, &Identity::of(&bytes, "-"), Options::default()).swap_remove(0).record;
        writer.put(&record, &engine.compose(&document, 1)).expect("put");
        names.insert(record.id, name);
    }
    writer.finish().expect("finished");
    index.refresh().expect("refreshed");
    (index, names)
}

fn documents(corpus: &Path) -> Vec<(String, Document)> {
    let goldens = Golden::load_all(&corpus.join("golden")).expect("the written contracts");
    let made = template::instances(&corpus.join("tuning/templates"), 1).expect("the templates");
    let written =
        goldens.iter().map(|golden| (golden.slug.clone(), golden.document().expect("the source format")));
    let made = made.iter().map(|made| {
        let name = made.slug.trim_end_matches("-0").to_owned();
        (name, made.document().expect("the source format"))
    });
    written.chain(made).collect()
}
