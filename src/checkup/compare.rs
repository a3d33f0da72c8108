//! What a check-up finds that the one before did not, and the other way round.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::checked::CheckedFinding;

/// How a finding differs from the check-up before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// It was not there (新增).
    New,
    /// It is no longer there (消失).
    Gone,
    /// It is there, and graver, milder or otherwise put (变化).
    Changed,
}

impl ChangeKind {
    /// As a person reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::New => "新增",
            Self::Gone => "消失",
            Self::Changed => "变化",
        }
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// How.
    pub kind: ChangeKind,
    /// The finding as it is now; one that is gone, as it was.
    pub finding: CheckedFinding,
    /// As it was, where it changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<CheckedFinding>,
}

/// Differences in the order of `now`, then what is gone.
///
/// A finding is known by its fingerprint. One that went while another of the same rule came, because the clause was
/// worded anew or a pack reads it otherwise, is one change, not two.
pub fn compare(before: &[CheckedFinding], now: &[CheckedFinding]) -> Vec<Difference> {
    let known =
        |all: &[CheckedFinding], one: &CheckedFinding| all.iter().any(|f| f.fingerprint == one.fingerprint);
    let mut gone: BTreeMap<&str, Vec<&CheckedFinding>> = BTreeMap::new();
    for finding in before.iter().filter(|finding| !known(now, finding)) {
        gone.entry(&finding.rule).or_default().push(finding);
    }
    let mut differences = Vec::new();
    for finding in now {
        let same = before.iter().find(|old| old.fingerprint == finding.fingerprint);
        let old = match same {
            Some(old) if old == finding => continue,
            Some(old) => Some(old),
            None => {
                gone.get_mut(finding.rule.as_str()).filter(|left| !left.is_empty()).map(|left| left.remove(0))
            }
        };
        let kind = if old.is_some() { ChangeKind::Changed } else { ChangeKind::New };
        differences.push(Difference { kind, finding: finding.clone(), before: old.cloned() });
    }
    let left = gone.into_values().flatten();
    differences.extend(left.map(|finding| Difference {
        kind: ChangeKind::Gone,
        finding: finding.clone(),
        before: None,
    }));
    differences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Outcome, Severity};

    fn finding(rule: &str, fingerprint: &str, severity: Severity) -> CheckedFinding {
        CheckedFinding {
            fingerprint: fingerprint.to_owned(),
            rule: rule.to_owned(),
            severity,
            outcome: Outcome::Hit,
            message: "有".to_owned(),
        }
    }

    #[test]
    fn what_came_went_and_changed() {
        let before = [
            finding("a", "1", Severity::Risk),
            finding("b", "2", Severity::Risk),
            finding("c", "3", Severity::Risk),
            finding("d", "4", Severity::Risk),
        ];
        let now = [
            finding("a", "1", Severity::Risk),
            finding("b", "2", Severity::Violation),
            finding("c", "9", Severity::Risk),
            finding("e", "5", Severity::Notice),
        ];
        let told: Vec<_> =
            compare(&before, &now).into_iter().map(|d| (d.kind, d.finding.fingerprint)).collect();
        let told: Vec<_> = told.iter().map(|(kind, print)| (*kind, print.as_str())).collect();
        let wanted = [
            (ChangeKind::Changed, "2"),
            (ChangeKind::Changed, "9"),
            (ChangeKind::New, "5"),
            (ChangeKind::Gone, "4"),
        ];
        assert_eq!(told, wanted);
    }
}
