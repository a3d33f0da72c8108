//! Tests over the packs as they are shipped.

mod corpus;
mod coverage;
mod examples;
mod registry;
mod reviews;
mod wordings;

use crate::dictionaries::Dictionaries;
use crate::fields::{Extracted, Extractors};
use crate::model::finding::Review;
use crate::model::record::Kind;
use crate::model::{Confidence, Text, Value};
use crate::text::{Composer, from_lines};

use super::Packs;

/// The stages up to this one.
struct Bench {
    composer: Composer,
    extractors: Extractors,
    packs: Packs,
}

impl Bench {
    /// `HETONG_DICTIONARIES` names a folder to read words from, so that trying a wording needs no build.
    fn new() -> Self {
        let dictionaries = match std::env::var_os("HETONG_DICTIONARIES") {
            Some(folder) => Dictionaries::with_overrides(folder.as_ref()).expect("the folder is readable"),
            None => Dictionaries::embedded(),
        };
        Self {
            composer: Composer::new(&dictionaries).expect("the text dictionaries are sound"),
            extractors: Extractors::new(&dictionaries).expect("the field dictionaries are sound"),
            packs: Packs::new(&dictionaries).expect("the packs are sound"),
        }
    }

    fn text(&self, source: &str) -> Text {
        from_lines(&self.composer, source.trim())
    }

    /// Examples are excerpts: that they are contracts is given.
    fn extract(&self, text: &Text, given: impl FnOnce(&mut Extracted)) -> Extracted {
        let mut extracted = self.extractors.extract_as(text, Some(Kind::Contract));
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
