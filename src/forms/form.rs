//! The filled form, as a program or a page takes it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{Confidence, Span, Status};

/// Version of the form's shape; raised when a change breaks a reader.
pub const SCHEMA: &str = "hetong.form/1";

/// A form, filled as far as the record goes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Form {
    /// [`SCHEMA`].
    pub schema: String,
    /// Which form: `filing`.
    pub kind: String,
    /// Version of the form's definition.
    pub version: u32,
    /// Title (表名).
    pub title: String,
    /// The regulation that the articles in `basis` belong to.
    pub regulation: String,
    /// The record that it was filled from.
    pub record: String,
    /// SHA-256 of the contract's bytes.
    pub document: String,
    /// How far the contract was read.
    pub status: Status,
    /// What a person should know before working through the form, in Chinese.
    pub remarks: Vec<String>,
    /// Its sections (栏), in order.
    pub sections: Vec<Section>,
}

/// A section (栏): entries, or one group of entries for each party.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    /// Heading.
    pub heading: String,
    /// Its entries; empty where the section repeats.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<Entry>,
    /// One group for each party, in the order of the record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
}

/// The entries of one party (当事人).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Group {
    /// What the contract calls the party, with its name.
    pub heading: String,
    /// Its entries.
    pub entries: Vec<Entry>,
}

/// How an entry came by its value. A person's answer (confirmed, corrected) is laid over it elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Read in the document, or a fact about the file.
    Read,
    /// Left to a person. A value that stands here all the same was computed, never read; the note says from what.
    Open,
}

/// One entry (项).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    /// Unique in the form: `amount`, `parties[1].name`.
    pub key: String,
    /// What the form calls it.
    pub label: String,
    /// As a clerk writes it: `2024年3月5日`, `1,230,000.00元`.
    pub value: Option<String>,
    /// As the record has it; `null` for whatever is open.
    pub normalised: Option<serde_json::Value>,
    /// Read or open.
    pub state: State,
    /// How likely the value is right; `null` where there is none to judge.
    pub confidence: Option<Confidence>,
    /// Where it stands; of an open entry the empty slot or the places that contradict each other.
    pub evidence: Vec<Span>,
    /// Why it is open, or what to look at, in Chinese.
    pub note: Option<String>,
    /// The article that asks for it: `第五十条第（一）项`.
    pub basis: Option<String>,
    /// Must it be filled before filing?
    pub required: bool,
}

impl Form {
    /// All entries, section by section, group by group.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.sections.iter().flat_map(|section| {
            let grouped = section.groups.iter().flat_map(|group| &group.entries);
            section.entries.iter().chain(grouped)
        })
    }

    /// The entry of that key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().find(|entry| entry.key == key)
    }
}
