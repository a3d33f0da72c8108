//! What the result of each stage rests on.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::dictionaries::{Dictionaries, hex};
use crate::model::{Document, PageOrigin};
use crate::rules::{Packs, Rule};

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
    /// Text, fields → findings: the code, a digest of what the rules share, and one of each rule.
    pub rules: String,
    /// Record → index.
    pub index: String,
}

impl Fingerprints {
    pub(super) fn of(dictionaries: &Dictionaries, packs: &Packs) -> Self {
        let apart = |name: &str| name.starts_with("rules/") || only_outside_the_record(name);
        Self {
            reading: READING.to_owned(),
            pictures: format!("{READING}/{}/{}", hetong_ocr::models_digest(), runtime()),
            analysis: format!("{ANALYSIS}/{}", dictionaries.fingerprint(|name| !apart(name))),
            rules: format!("{ANALYSIS}/{}/{}", shared(dictionaries), digests(packs)),
            index: dictionaries.fingerprint(|name| {
                name == "words.txt" || name == "variants.txt" || name == "currencies.toml"
            }),
        }
    }

    /// The digests of the rules that are as they were when findings were made that rest on this; none where anything else
    /// changed that they rest on.
    pub fn unchanged_rules(&self, ruled_by: &str) -> BTreeSet<String> {
        match (self.rules.rsplit_once('/'), ruled_by.rsplit_once('/')) {
            (Some((shared, now)), Some((theirs, then))) if shared == theirs => {
                digests_in(now).intersection(&digests_in(then)).cloned().collect()
            }
            _ => BTreeSet::new(),
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

/// The digest of what all rules share: the heads of the packs, but for the versions, which are raised with every change of a
/// rule. What `coverage.toml` says of articles is no part of a finding.
fn shared(dictionaries: &Dictionaries) -> String {
    let mut hasher = Sha256::new();
    for (name, text) in dictionaries.folder("rules").filter(|(name, _)| name.ends_with("/pack.toml")) {
        hasher.update(name.as_bytes());
        let (head, tables) = text.split_at(text.find("\n[").unwrap_or(text.len()));
        for line in head.lines().filter(|line| !line.starts_with("version")) {
            hasher.update(line.as_bytes());
            hasher.update(b"\n");
        }
        hasher.update(tables.as_bytes());
    }
    hex(&hasher.finalize())
}

/// The digests of rules that stand in a row.
fn digests_in(row: &str) -> BTreeSet<String> {
    let row: Vec<char> = row.chars().collect();
    row.chunks(Rule::DIGEST).map(|digest| digest.iter().collect()).collect()
}

/// The digests of all rules, in a row.
fn digests(packs: &Packs) -> String {
    packs.list().map(|rule| rule.digest.as_str()).collect()
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
