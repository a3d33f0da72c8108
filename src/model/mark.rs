//! What people decided about findings: set aside with a reason (搁置), or known of old (基线).

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Finding;
use super::moment::office_day;

/// A finding that a person set aside. It stays in sight, and no longer counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppression {
    /// Fingerprint of the finding.
    pub fingerprint: String,
    /// `pack/rule`.
    pub rule: String,
    /// The finding as the person saw it.
    pub message: String,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl Suppression {
    /// Why, by whom, on which day.
    pub fn label(&self) -> String {
        format!("已搁置：{}（{}，{}）", self.reason, self.by, office_day(self.at))
    }
}

/// What was decided about the findings of one contract.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// Findings set aside, by fingerprint.
    pub suppressions: BTreeMap<String, Suppression>,
    /// Fingerprints of the findings that a baseline declares known; `None` where there is no baseline.
    pub baseline: Option<BTreeSet<String>>,
}

impl Marks {
    /// How a finding was set aside, if it was.
    pub fn suppression(&self, finding: &Finding) -> Option<&Suppression> {
        self.suppressions.get(&finding.fingerprint)
    }

    /// Was a finding there when the baseline was set?
    pub fn is_known(&self, finding: &Finding) -> bool {
        self.baseline.as_ref().is_some_and(|known| known.contains(&finding.fingerprint))
    }

    /// As a person reads it; nothing where nobody decided about the finding.
    pub fn label(&self, finding: &Finding) -> Option<String> {
        match self.suppression(finding) {
            Some(suppression) => Some(suppression.label()),
            None => self.is_known(finding).then(|| "已知：设基线时已有".to_owned()),
        }
    }

    /// Suppressions whose finding is gone or reads otherwise now: a person has to look again.
    pub fn unmatched<'a>(&'a self, findings: &[Finding]) -> Vec<&'a Suppression> {
        let present: BTreeSet<&str> = findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
        self.suppressions.values().filter(|known| !present.contains(known.fingerprint.as_str())).collect()
    }
}
