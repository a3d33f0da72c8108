//! ([`Text`], fields) → findings: rule packs out of `dictionaries/rules/*.toml`, kinds of rules in code.

use crate::dictionaries::{Dictionaries, DictionaryError};
use crate::fields::Extracted;
use crate::model::Text;
use crate::model::finding::Review;

/// All rule packs, parsed and compiled. Built once, shared by all threads.
#[derive(Debug)]
pub struct Packs {}

impl Packs {
    /// Parses and checks every pack in `dictionaries/rules`.
    pub fn new(_dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        Ok(Self {})
    }

    /// Runs every rule over one contract. `extracted.stage` decides between the draft and signed forms.
    pub fn review(&self, _text: &Text, _extracted: &Extracted) -> Review {
        Review::default()
    }

    /// Packs with their versions, as `made_by.packs` lists them: `luohu-2018@1`.
    pub fn versions(&self) -> Vec<String> {
        Vec::new()
    }
}
