//! What an earlier review said by rules that are as they were, so that only the others run again.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Finding;
use crate::model::finding::{NotApplicable, Review};

use super::Rule;

/// What one rule said of a contract.
#[derive(Debug, Default)]
pub struct Answer {
    findings: Vec<Finding>,
    passed: Option<String>,
    not_applicable: Option<NotApplicable>,
}

impl Answer {
    /// Puts it into a review as the rule itself would.
    pub fn into(self, review: &mut Review) {
        review.findings.extend(self.findings);
        review.passed.extend(self.passed);
        review.not_applicable.extend(self.not_applicable);
    }
}

/// The answers of an earlier review, by the paths of their rules.
#[derive(Debug, Default)]
pub struct Kept {
    answers: BTreeMap<String, Answer>,
    unchanged: BTreeSet<String>,
}

impl Kept {
    /// Those of a review of the same text and fields by packs that shared the same; `unchanged` are the digests of its rules.
    pub fn of(earlier: Review, unchanged: BTreeSet<String>) -> Self {
        let mut kept = Self { answers: BTreeMap::new(), unchanged };
        for finding in earlier.findings {
            kept.answer(format!("{}/{}", finding.pack, finding.rule)).findings.push(finding);
        }
        for rule in earlier.passed {
            let path = rule.clone();
            kept.answer(path).passed = Some(rule);
        }
        for answer in earlier.not_applicable {
            let path = answer.rule.clone();
            kept.answer(path).not_applicable = Some(answer);
        }
        kept
    }

    fn answer(&mut self, rule: String) -> &mut Answer {
        self.answers.entry(rule).or_default()
    }

    /// What a rule said, if it is as it was then.
    pub fn take(&mut self, rule: &Rule) -> Option<Answer> {
        if self.unchanged.contains(&rule.digest) { self.answers.remove(&rule.path()) } else { None }
    }
}
