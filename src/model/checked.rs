//! What a check-up (体检) remembers of a contract.

use serde::{Deserialize, Serialize};

use super::case::CaseId;
use super::{Finding, Outcome, Severity};

/// A finding as the last check-up saw it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedFinding {
    /// By which it is known again.
    pub fingerprint: String,
    /// `pack/rule`.
    pub rule: String,
    /// How grave.
    pub severity: Severity,
    /// Hit, or cannot tell.
    pub outcome: Outcome,
    /// In one line.
    pub message: String,
}

impl From<&Finding> for CheckedFinding {
    fn from(finding: &Finding) -> Self {
        Self {
            fingerprint: finding.fingerprint.clone(),
            rule: format!("{}/{}", finding.pack, finding.rule),
            severity: finding.severity,
            outcome: finding.outcome,
            message: finding.message.clone(),
        }
    }
}

/// A contract as a check-up saw it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedCase {
    /// The case.
    pub case: CaseId,
    /// Points, 0 to 100; `None` where the grade was withheld.
    pub points: Option<u32>,
    /// Grade in words: 良（83分，待核2条）.
    pub label: String,
    /// Its findings.
    pub findings: Vec<CheckedFinding>,
}

/// One check-up over the whole store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckupRun {
    /// From 1.
    pub number: i64,
    /// When, RFC 3339.
    pub at: String,
    /// Packs with their versions: `luohu-2018@1`.
    pub packs: Vec<String>,
}

/// The grade of a contract at one check-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Graded {
    /// Number of the check-up.
    pub checkup: i64,
    /// Points.
    pub points: Option<u32>,
    /// Grade in words.
    pub label: String,
}
