//! [`Text`] → [`Fields`]: one file for each field, scanners below them, a resolver that weighs witnesses.

use crate::dictionaries::{Dictionaries, DictionaryError};
use crate::model::fields::Absent;
use crate::model::record::{Kind, Stage};
use crate::model::{Fields, Text};

/// What this stage says about one contract.
#[derive(Debug, Clone)]
pub struct Extracted {
    /// The fields.
    pub fields: Fields,
    /// Fields without a value, and why.
    pub absent: Vec<Absent>,
    /// Is it a contract?
    pub kind: Kind,
    /// Draft or signed, told from blanks, dates and seals.
    pub stage: Stage,
}

/// All extractors with their dictionaries parsed. Built once, shared by all threads.
#[derive(Debug)]
pub struct Extractors {}

impl Extractors {
    /// Parses the dictionaries that this stage rests on.
    pub fn new(_dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        Ok(Self {})
    }

    /// Reads every field of one contract.
    pub fn extract(&self, _text: &Text) -> Extracted {
        Extracted {
            fields: Fields::default(),
            absent: Vec::new(),
            kind: Kind::Contract,
            stage: Stage::Unknown,
        }
    }
}
