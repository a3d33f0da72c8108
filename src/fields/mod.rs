//! [`Text`] → [`Fields`]: one file for each field, scanners below them, a resolver that weighs witnesses.
//!
//! [`EXTRACTORS`] is the registry. Each extractor looks at a [`Reading`] (rows, parts, sentences of the folded
//! text) and writes what it found, or why it found nothing, into a [`Draft`]. Silence is better than a
//! doubtful value: a clerk answers for what the form says.

mod amount;
mod attachments;
mod classify;
mod clause;
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
mod guarantee;
mod lexicon;
mod parties;
mod parts;
mod payments;
mod phrase;
mod presence;
mod quality;
mod quantity;
mod reading;
mod resolve;
pub mod scan;
mod sign_date;
mod sign_place;
mod subject;
mod term;
mod title;
mod unilateral_right;

use std::ops::Range;

use crate::dictionaries::{Dictionaries, DictionaryError};
use crate::model::fields::{Absent, AbsentReason};
use crate::model::record::{Kind, Stage};
use crate::model::{Fields, Issue, Level, Text};
use crate::text::part::Cut;
use explain::Explanation;

pub use draft::Draft;
pub use lexicon::{Lexicon, contract_types};
pub use parties::is_person;
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
    /// What a person should know about how the fields were read.
    pub issues: Vec<Issue>,
}

/// The contracts that a text holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    /// Where they stand; empty where the text is one contract or none.
    pub cuts: Vec<Cut>,
    /// What a person should know about how the text was divided.
    pub issues: Vec<Issue>,
}

impl Extracted {
    /// What is no contract has no fields: whatever a news item or a notice says of prices and parties is not its own.
    pub fn settled(self) -> Self {
        if self.kind != Kind::NotAContract {
            return self;
        }
        let (fields, absent) = (Fields::default(), nothing_applies());
        Self { fields, absent, kind: self.kind, stage: Stage::Unknown, issues: Vec::new() }
    }
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
    subject::EXTRACTOR,
    quantity::EXTRACTOR,
    quality::EXTRACTOR,
    copies::EXTRACTOR,
    presence::CONFIDENTIALITY,
    presence::BREACH_LIABILITY,
    presence::NOTICE,
    unilateral_right::EXTRACTOR,
    guarantee::EXTRACTOR,
    attachments::EXTRACTOR,
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

    /// Reads every field, whether it is a contract or not: see [`Extracted::settled`].
    pub fn extract(&self, text: &Text) -> Extracted {
        scan::within(text.folded_body(), || self.extract_within(text))
    }

    fn extract_within(&self, text: &Text) -> Extracted {
        let reading = Reading::new(text, &self.lexicon);
        let mut draft = Draft::default();
        for extractor in EXTRACTORS {
            extractor.run_on(&reading, &mut draft);
        }
        let kind = classify::kind(&reading, &draft.fields);
        let stage = classify::stage(&reading, &draft.fields);
        Extracted { fields: draft.fields, absent: draft.absent, kind, stage, issues: Vec::new() }
    }

    /// Which contracts a text holds, before their fields are read one by one.
    pub fn divide(&self, text: &Text) -> Parts {
        let reading = Reading::new(text, &self.lexicon);
        let parts::Division { cuts, doubtful } = parts::divide(&reading);
        Parts { cuts, issues: several(&reading, doubtful).into_iter().collect() }
    }

    /// Why a field has the value it has. `None` where no extractor reads a field of that name; a party's particulars
    /// are explained with the parties, the sum in words with the price.
    pub fn explain(&self, text: &Text, field: &str) -> Option<Explanation> {
        let field = field.split(['[', '.']).next().unwrap_or(field);
        let field = if field == "amount_in_words" { "amount" } else { field };
        let wanted = EXTRACTORS.iter().position(|extractor| extractor.field == field)?;
        let reading = Reading::new(text, &self.lexicon);
        let mut draft = Draft::default();
        for extractor in EXTRACTORS.iter().take(wanted) {
            extractor.run_on(&reading, &mut draft);
        }
        let extractor = EXTRACTORS.get(wanted)?;
        reading.journal.open();
        extractor.run_on(&reading, &mut draft);
        let value = serde_json::to_value(&draft.fields).ok();
        Some(Explanation {
            field: extractor.field,
            about: extractor.about,
            value: value.and_then(|fields| fields.get(extractor.field).cloned()),
            absent: draft
                .absent
                .iter()
                .find(|absent| absent.field == extractor.field)
                .map(|a| a.reason.label()),
            candidates: reading.journal.close(),
        })
    }
}

/// No field applies to what is no contract.
fn nothing_applies() -> Vec<Absent> {
    let fields = EXTRACTORS.iter().map(|extractor| extractor.field).chain(["amount_in_words"]);
    let none = |field: &str| Absent {
        field: field.to_owned(),
        reason: AbsentReason::NotApplicable,
        evidence: Vec::new(),
    };
    fields.map(none).collect()
}

/// Perhaps several contracts: their fields would be mixed, so a person is told.
fn several(reading: &Reading<'_>, doubtful: Vec<Range<usize>>) -> Option<Issue> {
    let count = doubtful.len();
    let titles: Vec<String> =
        doubtful.into_iter().map(|title| format!("“{}”", reading.written(title))).collect();
    let message =
        format!("文件中似有 {count} 份合同（{}），要素可能混在一起；请拆分后逐份处理", titles.join("、"));
    (count > 0).then(|| Issue::new(Level::Warning, crate::model::Stage::Fields, "several-contracts", message))
}

#[cfg(test)]
mod tests;
