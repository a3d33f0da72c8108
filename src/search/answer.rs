//! What a search answers: the shape of `hetong search --json`.

use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::correct::Correction;
use crate::model::fields::Money;
use crate::model::{Place, Status};

/// Which hits to give, and what beside them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchOptions {
    /// At most so many hits.
    pub limit: usize,
    /// Leave out so many first.
    pub offset: usize,
    /// Begin behind the hit whose record id begins so, instead of counting: stable while records come and go.
    pub after: Option<String>,
    /// At most so many passages of each hit.
    pub passages: usize,
    /// In which order.
    pub sort: Sort,
    /// Say what each hit scores by.
    pub explain: bool,
    /// Count properties and add up amounts over everything found.
    pub facets: bool,
}

impl Default for SearchOptions {
    fn default() -> Self {
        Self {
            limit: 10,
            offset: 0,
            after: None,
            passages: 2,
            sort: Sort::Relevance,
            explain: false,
            facets: true,
        }
    }
}

/// The order of the hits. Contracts without the value come last; equal ones by relevance, then by id.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best match first.
    #[default]
    Relevance,
    /// Last signed first.
    Newest,
    /// First signed first.
    Oldest,
    /// Highest price in CNY first.
    Largest,
    /// Lowest price in CNY first.
    Smallest,
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
    /// The hits asked for, best first; contracts that are versions of one are one hit.
    pub hits: Vec<Hit>,
    /// Do more hits follow?
    #[serde(default)]
    pub more: bool,
    /// What all contracts found add up to, by currency: totals and ceilings only, no unit prices or rents.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub totals: Vec<Total>,
    /// Counts over all contracts found.
    pub facets: Vec<Facet>,
    /// Records of the store that the index does not hold yet, or not as they are now: what they say is not found.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub not_indexed: u64,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// How a question was relaxed. Conditions and exclusions never are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Relaxed {
    /// `inside`: a longer number or code holds the text; `look-alikes`: one character was exchanged for one that
    /// looks alike; `most-words`: as many of the words as some contract holds; `sub-words`: words were taken apart, but all parts are there; `any-word`: at least one word is
    /// there; `nothing`: nor was anything found so; `empty-condition`: no word was relaxed, but a condition
    /// is met by no contract at all, or no contract meets all of them together.
    pub step: String,
    /// Words that stand in no contract that meets the conditions.
    pub unknown_words: Vec<String>,
    /// What they may have been meant to be, from the index's own words and names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
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
    /// Words of the question that are not in it, where the question was relaxed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing_words: Vec<String>,
    /// Other records of the same contract: the same text, or the same number, title and parties.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<Version>,
    /// What it scores by, where that was asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<Reason>,
}

/// Another record of the same contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Version {
    /// The record's id.
    pub id: String,
    /// Path as the record gives it.
    pub path: String,
    /// Day of signing.
    pub sign_date: Option<Date>,
    /// Its text is the same, width, spaces and punctuation aside.
    pub same_text: bool,
}

/// What a word adds to the score of a hit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// The word, or what else counts: `words together`.
    pub word: String,
    /// What it adds, two digits; the sum is the score, rounding aside.
    pub score: f32,
    /// The fields that hold it: `title`, `number`, `party`, `text`, `path`, `year` (of signing).
    pub fields: Vec<String>,
}

/// A stretch of a contract's text that matches.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
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
    /// Where on the pages each of these stands, in the same order: boxes in points, origin top left. Empty where
    /// it was not asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Vec<Place>>,
}

/// Counts by one property.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Facet {
    /// `kind`, `type`, `dept`, `counterparty`, `forum`, `status`, `stage`, `party`, `severity`, `rule`, `amount`: a
    /// condition of that name narrows the search; `year` and `month` by `signed:`.
    pub name: String,
    /// What a person reads.
    pub label: String,
    /// Most frequent first; years latest first, months and amounts in their order.
    pub counts: Vec<FacetCount>,
}

/// How many contracts have a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FacetCount {
    /// The value, as a filter takes it.
    pub value: String,
    /// What a person reads, where the value does not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// How many contracts.
    pub count: u64,
    /// What they add up to, by currency.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub totals: Vec<Total>,
}

/// A sum of prices in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Total {
    /// ISO 4217.
    pub currency: String,
    /// Exact.
    pub amount: Decimal,
    /// How many contracts have a price in it that can be added up.
    pub contracts: u64,
}
