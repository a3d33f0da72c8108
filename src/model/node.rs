//! Performance nodes (进度节点): what lists need of an instalment, and what people noted of a node.

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::case::CaseId;
use super::fields::{Effective, EffectiveKind, Payment};
use super::{Place, Value};

/// Longest quote that lists keep, in characters.
const QUOTE: usize = 120;

/// An instalment with where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instalment {
    /// What is paid, when.
    pub payment: Payment,
    /// Page, from 1; `None` for formats without pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The wording, at most 120 characters.
    pub quote: String,
}

impl Instalment {
    /// The instalment out of a record's field.
    pub fn of(payment: &Value<Payment>) -> Self {
        let span = payment.evidence.first();
        let place = span.and_then(|span| span.places.first());
        Self {
            payment: payment.value.clone(),
            page: place.and_then(|place| match place {
                Place::Page { page, .. } => Some(*page),
                Place::Block { .. } => None,
            }),
            quote: span.map(|span| span.quote.chars().take(QUOTE).collect()).unwrap_or_default(),
        }
    }
}

/// When a contract takes effect, without its wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// On what.
    pub kind: EffectiveKind,
    /// The day, where it takes effect on one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
}

impl From<&Effective> for Effect {
    fn from(effective: &Effective) -> Self {
        Self { kind: effective.kind, date: effective.date }
    }
}

/// What a person notes of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MarkKind {
    /// The event that the node waits for has happened (条件成就): its days run from there.
    Occurred,
    /// The node is performed (已履行): paid, delivered, accepted.
    Done,
    /// The node was reported in the filing system (已填报, 第五十九条第一款).
    Reported,
    /// A node that the text does not tell, added by a person.
    Added,
}

impl MarkKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Occurred, Self::Done, Self::Reported, Self::Added];

    /// The word that the store uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Occurred => "occurred",
            Self::Done => "done",
            Self::Reported => "reported",
            Self::Added => "added",
        }
    }

    /// As a person reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Occurred => "条件已成就",
            Self::Done => "已履行",
            Self::Reported => "已填报",
            Self::Added => "人工增加",
        }
    }

    /// The kind of this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A person's note on a node, in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeMark {
    /// The case.
    pub case: CaseId,
    /// Key of the node; with `@2024-04-05` behind it for one occurrence of a node that recurs.
    pub node: String,
    /// What is noted.
    pub kind: MarkKind,
    /// The day of it.
    pub date: Date,
    /// What was paid in fact, or the sum of a node that was added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Decimal>,
    /// Name of the node, as it was shown when it was noted.
    pub name: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}
