//! Tests over the packs as they are shipped.

mod corpus;
mod coverage;
mod district;
mod examples;
mod extremes;
mod pairs;
mod registry;
mod reviews;
mod wordings;

use crate::dictionaries::Dictionaries;
use crate::fields::Extracted;
use crate::model::finding::Review;
use crate::model::{Confidence, Text, Value};

use super::{Packs, examples as examples_bench};

/// The shipped dictionaries; `HETONG_DICTIONARIES` names a folder that overrides them, to try a pack without building.
fn dictionaries() -> Dictionaries {
    let folder = std::env::var_os("HETONG_DICTIONARIES").map(std::path::PathBuf::from);
    folder.map_or_else(Dictionaries::embedded, |folder| {
        Dictionaries::with_overrides(&folder).expect("readable")
    })
}

/// The stages up to this one.
struct Bench {
    stages: examples_bench::Bench,
    packs: Packs,
}

impl Bench {
    fn new() -> Self {
        let dictionaries = dictionaries();
        Self {
            stages: examples_bench::Bench::new(&dictionaries).expect("the dictionaries are sound"),
            packs: Packs::new(&dictionaries).expect("the packs are sound"),
        }
    }

    fn text(&self, source: &str) -> Text {
        self.stages.text(source)
    }

    /// Examples are excerpts: that they are contracts is given.
    fn extract(&self, text: &Text, given: impl FnOnce(&mut Extracted)) -> Extracted {
        let mut extracted = self.stages.extract(text);
        given(&mut extracted);
        extracted
    }

    fn review(&self, text: &Text, given: impl FnOnce(&mut Extracted)) -> Review {
        self.packs.review(text, &self.extract(text, given))
    }
}

/// A value given by hand.
fn given<T>(value: T) -> Value<T> {
    Value {
        value,
        raw: None,
        confidence: Confidence::new(1.0),
        method: "given".into(),
        evidence: vec![],
        witnesses: vec![],
    }
}
