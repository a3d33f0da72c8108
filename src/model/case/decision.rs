//! A person's word on a field (人工核定).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{CaseId, FieldPath};

/// What a person said of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DecisionKind {
    /// What was read is right (已确认).
    Confirmed,
    /// It is another value, or none (已更正).
    Corrected,
}

impl DecisionKind {
    /// The word that the store and JSON use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Corrected => "corrected",
        }
    }

    /// As a person reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Confirmed => "已确认",
            Self::Corrected => "已更正",
        }
    }
}

/// A decision in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The case.
    pub case: CaseId,
    /// The field: `parties[1].uscc`, as it was numbered then.
    pub path: FieldPath,
    /// Confirmed or corrected.
    pub kind: DecisionKind,
    /// The value, in the shape of the record's `value`; null where the contract has none.
    pub value: Json,
    /// The value that was read then; null where none was.
    pub seen: Json,
    /// Role and name of the party then, so that the word stays with the party when their order changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<PartyThen>,
    /// The record that it was seen in.
    pub record: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A party as it was read when a decision was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyThen {
    /// 甲方.
    pub role: String,
    /// Its name.
    pub name: Option<String>,
}

/// What a person wants to say; see [`Decision`] for what becomes of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Ruling {
    /// The field.
    pub path: FieldPath,
    /// What is said.
    pub word: Word,
    /// What the person had before their eyes.
    pub seen: Seen,
}

/// What is said of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Word {
    /// What stands there is right.
    Confirm,
    /// It is this, in the shape of the record's `value`; null for “the contract has none”.
    Correct(Json),
    /// The earlier decision is taken back; what was read counts again.
    Withdraw,
}

/// What a person had before their eyes when deciding.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// Whatever stands there now.
    Present,
    /// This value (null for none): a decision is refused when another stands there now.
    Value(Json),
}
