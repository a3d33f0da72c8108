//! What the rules say about a contract.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Span;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A fact that decides the contract's path; never a fault (归类).
    Classification,
    /// Worth a look (提示).
    Notice,
    /// A risk (风险).
    Risk,
    /// Against the regulation (违规).
    Violation,
}

impl Severity {
    /// As a person reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Classification => "归类",
            Self::Notice => "提示",
            Self::Risk => "风险",
            Self::Violation => "违规",
        }
    }
}

/// Does the defect stand in the text, or can the text not tell?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It does.
    Hit,
    /// The text does not let the rule decide.
    CannotTell,
}

/// An article that a finding rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Basis {
    /// Short name of the source: `luohu-2018`, `civil-code`.
    pub source: String,
    /// Article (条).
    pub article: u32,
    /// Paragraph (款), from 1; `None` for the whole article.
    #[serde(default)]
    pub paragraph: Option<u32>,
    /// Item (项), from 1.
    #[serde(default)]
    pub item: Option<u32>,
}

/// One finding with its evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Slug of the rule.
    pub rule: String,
    /// The pack it stands in.
    pub pack: String,
    /// How grave.
    pub severity: Severity,
    /// Hit, or cannot tell.
    pub outcome: Outcome,
    /// SHA-256 over pack, rule, clause heading and quote, first 16 hex digits: stays when text is added elsewhere.
    pub fingerprint: String,
    /// What it rests on.
    pub basis: Vec<Basis>,
    /// One line with the evidence in it, in Chinese.
    pub message: String,
    /// Why it matters.
    pub why: String,
    /// What to write instead.
    pub suggestion: String,
    /// Where it stands.
    pub evidence: Vec<Span>,
}

/// A rule that did not apply, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NotApplicable {
    /// `pack/rule`.
    pub rule: String,
    /// Why, in Chinese.
    pub why: String,
}

/// What all packs say about one contract.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Review {
    /// Hits and cannot-tells, gravest first, then in text order.
    pub findings: Vec<Finding>,
    /// `pack/rule` of each rule that ran and found nothing.
    pub passed: Vec<String>,
    /// Rules that did not apply.
    pub not_applicable: Vec<NotApplicable>,
}
