//! [`Text`] → [`Fields`]: one file for each field, scanners below them, a resolver that weighs witnesses.
//!
//! [`EXTRACTORS`] is the registry. Each extractor looks at a [`Reading`] (rows, parts, sentences of the folded
//! text) and writes what it found, or why it found nothing, into a [`Draft`]. Silence is better than a
//! doubtful value: a clerk answers for what the form says.

mod amount;
mod classify;
mod contract_number;
mod contract_type;
mod copies;
mod direction;
mod dispute;
mod draft;
mod effective;
pub mod explain;
mod governing_language;
mod governing_law;
mod lexicon;
mod parties;
mod payments;
mod phrase;
mod presence;
mod reading;
mod resolve;
pub mod scan;
mod sign_date;
mod sign_place;
mod term;
mod title;

use crate::dictionaries::{Dictionaries, DictionaryError};
use crate::model::fields::Absent;
use crate::model::record::{Kind, Stage};
use crate::model::{Fields, Text};

pub use draft::Draft;
pub use lexicon::Lexicon;
pub use reading::Reading;

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

/// One field, or a few that are read together.
#[derive(Debug)]
pub struct Extractor {
    /// Path of the field in the record.
    pub field: &'static str,
    /// What it reads, for `hetong` to show.
    pub about: &'static str,
    run: fn(&Reading<'_>, &mut Draft),
}

impl Extractor {
    /// Reads the field.
    pub fn run_on(&self, reading: &Reading<'_>, draft: &mut Draft) {
        (self.run)(reading, draft);
    }
}

/// All extractors, in the order in which they run: later ones may look at what earlier ones found.
pub const EXTRACTORS: &[Extractor] = &[
    title::EXTRACTOR,
    contract_number::EXTRACTOR,
    parties::EXTRACTOR,
    amount::EXTRACTOR,
    direction::EXTRACTOR,
    payments::EXTRACTOR,
    contract_type::EXTRACTOR,
    term::EXTRACTOR,
    sign_date::EXTRACTOR,
    sign_place::EXTRACTOR,
    dispute::EXTRACTOR,
    governing_law::EXTRACTOR,
    governing_language::EXTRACTOR,
    effective::EXTRACTOR,
    copies::EXTRACTOR,
    presence::CONFIDENTIALITY,
    presence::BREACH_LIABILITY,
];

/// All extractors with their dictionaries parsed. Built once, shared by all threads.
#[derive(Debug)]
pub struct Extractors {
    lexicon: Lexicon,
}

impl Extractors {
    /// Parses the dictionaries that this stage rests on.
    pub fn new(dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        Ok(Self { lexicon: Lexicon::new(dictionaries)? })
    }

    /// Reads every field of one contract.
    pub fn extract(&self, text: &Text) -> Extracted {
        let reading = Reading::new(text, &self.lexicon);
        let mut draft = Draft::default();
        for extractor in EXTRACTORS {
            extractor.run_on(&reading, &mut draft);
        }
        let kind = classify::kind(&reading, &draft.fields);
        let stage = classify::stage(&reading, &draft.fields);
        Extracted { fields: draft.fields, absent: draft.absent, kind, stage }
    }
}

#[cfg(test)]
mod tests;
