//! What the result of each stage rests on.

use crate::dictionaries::Dictionaries;
use crate::model::{Document, PageOrigin};

/// Raised when reading yields something else for the same bytes, so that stored documents are read anew.
const READING: &str = concat!(env!("CARGO_PKG_VERSION"), "/3");

/// Raised when text or fields come out otherwise for the same document.
const ANALYSIS: &str = concat!(env!("CARGO_PKG_VERSION"), "/4");

/// What each stage's result rests on. A result is redone when its fingerprint is no longer this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprints {
    /// Bytes → document, where no picture was looked at.
    pub reading: String,
    /// Bytes → document, where one was: also the models and the arithmetic.
    pub pictures: String,
    /// Document → text, fields.
    pub analysis: String,
    /// Text, fields → findings.
    pub rules: String,
    /// Record → index.
    pub index: String,
}

impl Fingerprints {
    pub(super) fn of(dictionaries: &Dictionaries) -> Self {
        let rules = |name: &str| name.starts_with("rules/");
        let apart = |name: &str| rules(name) || only_outside_the_record(name);
        Self {
            reading: READING.to_owned(),
            pictures: format!("{READING}/{}/{}", hetong_ocr::models_digest(), runtime()),
            analysis: format!("{ANALYSIS}/{}", dictionaries.fingerprint(|name| !apart(name))),
            rules: format!("{ANALYSIS}/{}", dictionaries.fingerprint(rules)),
            index: dictionaries.fingerprint(|name| {
                name == "words.txt" || name == "variants.txt" || name == "currencies.toml"
            }),
        }
    }

    /// What the reading of a document rests on.
    pub fn of_reading(&self, document: &Document) -> &str {
        let looked_at = document.pages.iter().any(|page| page.looked_at || page.origin == PageOrigin::Unread);
        if looked_at { &self.pictures } else { &self.reading }
    }

    /// Is a reading that rests on this still as it would be made now?
    pub fn is_current_reading(&self, read_by: &str) -> bool {
        read_by == self.reading || read_by == self.pictures
    }
}

/// The arithmetic that reads pictures on this machine.
pub(super) fn runtime() -> &'static str {
    hetong_ocr::net::Runtime::best().name()
}

/// Dictionaries that search and forms rest on, and no record.
pub(super) fn only_outside_the_record(name: &str) -> bool {
    const OUTSIDE: [&str; 8] = [
        "words.txt",
        "synonyms.toml",
        "lookalikes.toml",
        "calendar.toml",
        "duties.toml",
        "numbering.toml",
        "ledger_columns.toml",
        "report.toml",
    ];
    name.starts_with("forms/") || OUTSIDE.contains(&name)
}
