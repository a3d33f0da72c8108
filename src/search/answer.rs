//! What a search answers: the shape of `hetong search --json`.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Status;
use crate::model::fields::Money;

/// Which hits to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchOptions {
    /// At most so many hits.
    pub limit: usize,
    /// Leave out so many first.
    pub offset: usize,
    /// At most so many passages of each hit.
    pub passages: usize,
}

impl Default for SearchOptions {
    fn default() -> Self {
        Self { limit: 10, offset: 0, passages: 2 }
    }
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SearchAnswer {
    /// The question as it was asked.
    pub query: String,
    /// The question as it was understood, in Chinese; where it was relaxed, that and how.
    pub understood: String,
    /// How many contracts it found; where it was relaxed, by the relaxed question.
    pub total: u64,
    /// What was relaxed because nothing was found, and which condition no contract meets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relaxed: Option<Relaxed>,
    /// The hits asked for, best first.
    pub hits: Vec<Hit>,
    /// Counts over all contracts found.
    pub facets: Vec<Facet>,
}

/// How a question was relaxed. Conditions and exclusions never are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Relaxed {
    /// `sub-words`: words were taken apart, but all parts are there; `any-word`: at least one word is
    /// there; `nothing`: nor was anything found so; `empty-condition`: no word was relaxed, but a condition
    /// is met by no contract at all.
    pub step: String,
    /// Words that stand in no contract that meets the conditions.
    pub unknown_words: Vec<String>,
    /// What a person reads.
    pub message: String,
}

/// One contract found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Hit {
    /// The record's id.
    pub id: String,
    /// Title.
    pub title: Option<String>,
    /// Contract number.
    pub contract_number: Option<String>,
    /// Names of the parties.
    pub parties: Vec<String>,
    /// Price.
    pub amount: Option<Money>,
    /// Day of signing.
    pub sign_date: Option<Date>,
    /// How far the document was read.
    pub status: Status,
    /// Path as the record gives it.
    pub path: String,
    /// How well it matches: comparable inside one answer only, two digits.
    pub score: f32,
    /// The text is marked secret and was not indexed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withheld: bool,
    /// The clauses that match best.
    pub passages: Vec<Passage>,
}

/// A stretch of a contract's text that matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Passage {
    /// The clause's number and heading: `第十二条 争议解决`.
    pub clause: Option<String>,
    /// The text as written, some 120 characters at most; may hold `\n` and `\t`.
    pub text: String,
    /// First character in the record's text.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// Page that it begins on, from 1.
    pub page: Option<u32>,
    /// What matched: first and one past the last character of `text`, in order, never overlapping.
    pub highlights: Vec<[usize; 2]>,
}

/// Counts by one property.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Facet {
    /// `kind`, `status`, `year`, `party`, `severity`, `rule`: a filter of that name narrows the search
    /// (`year` by `signed:`).
    pub name: String,
    /// What a person reads.
    pub label: String,
    /// Most frequent first; years latest first.
    pub counts: Vec<FacetCount>,
}

/// How many contracts have a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FacetCount {
    /// The value, as a filter takes it.
    pub value: String,
    /// How many contracts.
    pub count: u64,
}
