//! The result of a check-up over the whole store.

use serde::{Deserialize, Serialize};

use super::{Assessment, Difference};
use crate::model::case::CaseId;
use crate::model::checked::{CheckedFinding, CheckupRun, Graded};
use crate::model::mark::Suppression;
use crate::model::{Outcome, Severity};

/// One contract, examined.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Examined {
    /// The case.
    pub case: CaseId,
    /// The record that stands for it.
    pub record: String,
    /// The file.
    pub path: String,
    /// Title of the contract.
    pub title: Option<String>,
    /// Counts, points and grade, with the arithmetic.
    pub assessment: Assessment,
    /// Grades of the check-ups before, oldest first.
    pub history: Vec<Graded>,
    /// What differs from the check-up before; nothing at the first.
    pub differences: Vec<Difference>,
    /// What a person has to work down: violations and risks that nobody set aside and no baseline knows.
    pub alerts: Vec<CheckedFinding>,
    /// Suppressions whose finding is gone or reads otherwise.
    pub unmatched: Vec<Suppression>,
}

/// Which way a grade went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Trend {
    /// Nothing to compare with, or a grade was withheld.
    Unknown,
    /// Fewer points (下降).
    Worse,
    /// As before (持平).
    Same,
    /// More points (上升).
    Better,
}

impl Trend {
    /// As a person reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Unknown => "—",
            Self::Worse => "↓下降",
            Self::Same => "→持平",
            Self::Better => "↑上升",
        }
    }
}

impl Examined {
    /// Which way the grade went since the check-up before.
    pub fn trend(&self) -> Trend {
        let before = self.history.last().and_then(|graded| graded.points).map(|points| points as usize);
        match before.zip(self.assessment.points) {
            None => Trend::Unknown,
            Some((before, now)) if now < before => Trend::Worse,
            Some((before, now)) if now > before => Trend::Better,
            Some(_) => Trend::Same,
        }
    }

    /// Is there something that a person should look at?
    pub fn is_alarming(&self) -> bool {
        !self.alerts.is_empty() || !self.unmatched.is_empty() || self.trend() == Trend::Worse
    }
}

/// Does a finding belong on the list of alerts, if nobody decided about it?
pub fn is_alert(finding: &CheckedFinding) -> bool {
    finding.outcome == Outcome::Hit && finding.severity >= Severity::Risk
}

/// A check-up over the whole store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Checkup {
    /// This one.
    pub run: CheckupRun,
    /// The one before.
    pub previous: Option<CheckupRun>,
    /// Contracts whose rules were run again on the stored text; the others' findings rest on the present packs already.
    pub rerun: usize,
    /// Contracts whose fields rest on earlier dictionaries: their findings are those of the last run over the archive.
    pub stale: usize,
    /// The contracts: those with fewest points first, those without a grade last.
    pub contracts: Vec<Examined>,
}
