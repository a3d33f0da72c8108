//! Heads of a legality review (《办法》第四十四条): findings sorted under them.

use super::definition::HeadDefinition;
use super::form::Head;
use crate::model::{Finding, Outcome, Record};

/// The heads with the findings that stand under each. Every finding stands somewhere: those of rules that no head
/// names go to the one that takes the rest.
pub(super) fn heads(definitions: &[HeadDefinition], record: &Record) -> Vec<Head> {
    definitions.iter().map(|definition| head(definition, definitions, record)).collect()
}

fn head(definition: &HeadDefinition, all: &[HeadDefinition], record: &Record) -> Head {
    let here = |rule: &str| takes(definition, all, rule);
    let mut findings: Vec<Finding> =
        record.findings.iter().filter(|finding| here(&finding.rule)).cloned().collect();
    // What is sure comes before what is not, the gravest first; within that the order of the text holds.
    findings
        .sort_by_key(|finding| (finding.outcome == Outcome::CannotTell, std::cmp::Reverse(finding.severity)));
    let slug = |rule: &str| rule.rsplit('/').next().unwrap_or(rule).to_owned();
    Head {
        key: definition.key.clone(),
        heading: definition.heading.clone(),
        basis: definition.basis.clone(),
        findings,
        passed: record.passed.iter().filter(|rule| here(&slug(rule))).cloned().collect(),
        person: definition.person.clone(),
        opinion: None,
    }
}

fn takes(definition: &HeadDefinition, all: &[HeadDefinition], rule: &str) -> bool {
    let names = |head: &HeadDefinition| head.rules.iter().any(|named| named == rule);
    names(definition) || (definition.rest && !all.iter().any(names))
}
