//! The filled form, as a program or a page takes it.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{Confidence, Finding, Place, Span, Status};

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
    /// Are numbers that identify people hidden, so that it cannot be sent back?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub masked: bool,
    /// What a person should know before working through the form, in Chinese.
    pub remarks: Vec<String>,
    /// Its sections (栏), in order.
    pub sections: Vec<Section>,
    /// Heads of a legality review (合法性审查), where the form is one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub heads: Vec<Head>,
}

/// A head of a legality review: what the rules found, and room for the lawyer's opinion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Head {
    /// Unique in the form.
    pub key: String,
    /// What is reviewed, in Chinese.
    pub heading: String,
    /// The article and item that ask for it.
    pub basis: Option<String>,
    /// What the rules found, gravest first: the machine's part.
    pub findings: Vec<Finding>,
    /// `pack/rule` of each rule of this head that ran and found nothing.
    pub passed: Vec<String>,
    /// What no text can tell and the lawyer has to find out.
    pub person: Option<String>,
    /// The lawyer's opinion: never filled by the program.
    pub opinion: Option<String>,
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

impl Section {
    /// Entries with the heading of their group, or nothing, and what has to be done about them.
    fn named(&self) -> impl Iterator<Item = (Task, &str, &Entry)> {
        let own = self.entries.iter().map(|entry| (entry.task(), "", entry));
        let grouped = self.groups.iter().flat_map(|group| {
            group.entries.iter().map(|entry| (entry.task(), group.heading.as_str(), entry))
        });
        own.chain(grouped)
    }
}

/// The entries of one party (当事人).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Group {
    /// What the contract calls the party, with its name.
    pub heading: String,
    /// Its entries.
    pub entries: Vec<Entry>,
}

/// How an entry came by its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Read in the document, or a fact about the file.
    Read,
    /// Left to a person. A value that stands here all the same was computed, never read; the note says from what.
    Open,
    /// A person said that what was read is right.
    Confirmed,
    /// A person gave another value than the one that was read.
    Corrected,
    /// A person wrote what no text can tell.
    Filled,
}

impl State {
    /// As a person reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Read => "读取",
            Self::Open => "待填",
            Self::Confirmed => "已确认",
            Self::Corrected => "已更正",
            Self::Filled => "已填写",
        }
    }
}

/// Who decided on an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Decided {
    /// Who.
    pub by: String,
    /// On which day, as it was in China.
    pub on: Date,
    /// Was something else read since, so that a person has to look again?
    pub differs: bool,
}

/// What a person says of an entry, in a form that comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase", tag = "word", content = "value")]
pub enum Answer {
    /// What stands there is right.
    Confirm,
    /// It is this, as a clerk writes it.
    Correct(String),
    /// The contract has none.
    None,
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
    /// Can no text tell it, so that it is a person's alone?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_person: bool,
    /// Path at which a person's word on it is kept: a field of the record, or `slot.KEY`; `null` for facts about the
    /// file, which nobody has to confirm.
    #[serde(default)]
    pub path: Option<String>,
    /// Who decided, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Decided>,
    /// Digest of what stood here when the form was made: an answer to something else is refused.
    #[serde(default)]
    pub seen: String,
    /// What a person answers; empty in a form that the program made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
}

/// What has to be done about an entry, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    /// Missing, contradictory, doubtful or worked out: a person has to look.
    Check,
    /// Nothing that a text can tell: a person has to fill it in.
    Fill,
    /// Read without doubt: a person has to confirm it.
    Confirm,
    /// A person decided, or there is nothing to decide.
    Done,
}

impl Task {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Check, Self::Fill, Self::Confirm, Self::Done];
}

impl Entry {
    /// What has to be done about it.
    pub fn task(&self) -> Task {
        match self.state {
            _ if self.decided.as_ref().is_some_and(|decided| decided.differs) => Task::Check,
            State::Confirmed | State::Corrected | State::Filled => Task::Done,
            State::Open if self.by_person => Task::Fill,
            State::Open => Task::Check,
            State::Read if self.note.is_some() => Task::Check,
            State::Read if self.path.is_none() => Task::Done,
            State::Read => Task::Confirm,
        }
    }

    /// The page (第3页) or paragraph (第12段) where it stands; people count paragraphs from one.
    pub fn place(&self) -> Option<String> {
        place(self.evidence.first())
    }

    /// The text that it rests on.
    pub fn quote(&self) -> Option<&str> {
        self.evidence.first().map(|span| span.quote.as_str())
    }
}

/// The page or paragraph where a span begins.
pub(super) fn place(span: Option<&Span>) -> Option<String> {
    match span?.places.first()? {
        Place::Page { page, .. } => Some(format!("第{page}页")),
        Place::Block { block, .. } => Some(format!("第{}段", block.saturating_add(1))),
    }
}

impl Form {
    /// All entries, section by section, group by group.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.sections.iter().flat_map(|section| {
            let grouped = section.groups.iter().flat_map(|group| &group.entries);
            section.entries.iter().chain(grouped)
        })
    }

    /// All entries, to be changed.
    pub fn entries_mut(&mut self) -> impl Iterator<Item = &mut Entry> {
        self.sections.iter_mut().flat_map(|section| {
            let grouped = section.groups.iter_mut().flat_map(|group| &mut group.entries);
            section.entries.iter_mut().chain(grouped)
        })
    }

    /// All entries with their section's heading and their group's, by what has to be done about them; within that
    /// what has to be filled first, then in the order of the form.
    pub fn worklist(&self) -> Vec<(Task, &str, &Entry)> {
        let mut list: Vec<_> = self.sections.iter().flat_map(Section::named).collect();
        list.sort_by_key(|(task, _, entry)| (*task, !entry.required));
        list
    }

    /// The entry of that key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().find(|entry| entry.key == key)
    }
}
