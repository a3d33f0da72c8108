//! Findings as SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format), for tools that gather results of many checkers.
//!
//! A contract is no source file: a region counts characters of the text that was read out of it (`hetong extract --text`), not
//! bytes of the file; the page or paragraph stands in the `properties` of a location.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::model::mark::Marks;
use crate::model::record::Stage;
use crate::model::{Finding, Outcome, Place, Record, Severity, Span, Status};
use crate::rules::{Packs, Rule};

/// The schema that a log names.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The key of the fingerprint by which a tool knows a finding again.
const FINGERPRINT: &str = "hetongFinding/v1";

/// One log with one run over all records, with what people decided about their findings.
pub fn sarif(reviewed: &[(Record, Marks)], packs: &Packs) -> Json {
    let rules: Vec<&Rule> = packs.list().collect();
    let index: BTreeMap<String, usize> =
        rules.iter().enumerate().map(|(at, rule)| (rule.path(), at)).collect();
    let index = &index;
    let records = || reviewed.iter().map(|(record, _)| record);
    let results: Vec<Json> = (0..)
        .zip(reviewed)
        .flat_map(|(at, (record, marks))| {
            let each = record.findings.iter();
            each.map(move |finding| decided(result(record, at, finding, index), finding, marks))
                .collect::<Vec<_>>()
        })
        .collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "hetong",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": "zh-CN",
                "rules": rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            } },
            "language": "zh-CN",
            "columnKind": "unicodeCodePoints",
            "artifacts": records().map(artifact).collect::<Vec<_>>(),
            "invocations": [{
                "executionSuccessful": records().all(|record| record.status == Status::Complete),
                "toolExecutionNotifications": records().flat_map(notifications).collect::<Vec<_>>(),
            }],
            "results": results,
        }],
    })
}

/// A rule as the log describes it.
fn descriptor(rule: &Rule) -> Json {
    json!({
        "id": rule.path(),
        "name": rule.slug,
        "shortDescription": { "text": rule.title },
        "fullDescription": { "text": rule.flags },
        "help": { "text": format!("{}\n{}\n{}", rule.why, rule.suggestion, rule.citation) },
        "defaultConfiguration": { "level": level(rule.severity.at(Stage::Signed)) },
    })
}

fn artifact(record: &Record) -> Json {
    json!({
        "location": { "uri": uri(&record.source.path) },
        "hashes": { "sha-256": record.document },
    })
}

/// What could not be read of a document.
fn notifications(record: &Record) -> Vec<Json> {
    let told = record.issues.iter().map(|issue| {
        let level = match issue.level {
            crate::model::Level::Info => "note",
            crate::model::Level::Warning => "warning",
            crate::model::Level::Error => "error",
        };
        json!({
            "descriptor": { "id": issue.code },
            "level": level,
            "message": { "text": issue.message },
            "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(&record.source.path) } } }],
        })
    });
    told.collect()
}

/// One finding. A rule that could not tell asks for a review, which SARIF gives no level.
fn result(record: &Record, at: usize, finding: &Finding, index: &BTreeMap<String, usize>) -> Json {
    let path = format!("{}/{}", finding.pack, finding.rule);
    let (kind, level) = match (finding.outcome, level(finding.severity)) {
        (Outcome::CannotTell, _) => ("review", "none"),
        (Outcome::Hit, "none") => ("informational", "none"),
        (Outcome::Hit, level) => ("fail", level),
    };
    let mut result = json!({
        "ruleId": path,
        "kind": kind,
        "level": level,
        "message": { "text": finding.message },
        "locations": locations(record, at, &finding.evidence),
        "partialFingerprints": { FINGERPRINT: finding.fingerprint },
        "properties": { "why": finding.why, "suggestion": finding.suggestion, "record": record.id },
    });
    if let (Some(at), Some(fields)) = (index.get(&path), result.as_object_mut()) {
        fields.insert("ruleIndex".to_owned(), json!(at));
    }
    result
}

/// The places of a finding; the document alone where it has none.
fn locations(record: &Record, at: usize, evidence: &[Span]) -> Vec<Json> {
    let artifact = json!({ "uri": uri(&record.source.path), "index": at });
    if evidence.is_empty() {
        return vec![json!({ "physicalLocation": { "artifactLocation": artifact } })];
    }
    let each = evidence.iter().map(|span| {
        json!({
            "physicalLocation": { "artifactLocation": artifact, "region": region(span) },
            "message": { "text": span.quote },
            "properties": place(span),
        })
    });
    each.collect()
}

/// The stretch of the record's text: characters from 0, and what stands there.
fn region(span: &Span) -> Json {
    json!({
        "charOffset": span.start,
        "charLength": span.end - span.start,
        "snippet": { "text": span.quote },
    })
}

/// A result with what people decided about the finding: a suppression is a review outside of the file, a baseline tells
/// known results from new ones.
fn decided(mut result: Json, finding: &Finding, marks: &Marks) -> Json {
    let Some(fields) = result.as_object_mut() else { return result };
    if let Some(known) = marks.suppression(finding) {
        let suppression = json!({
            "kind": "external",
            "status": "accepted",
            "justification": known.reason,
            "properties": { "by": known.by, "at": known.at },
        });
        fields.insert("suppressions".to_owned(), json!([suppression]));
    }
    if marks.baseline.is_some() {
        let state = if marks.is_known(finding) { "unchanged" } else { "new" };
        fields.insert("baselineState".to_owned(), json!(state));
    }
    result
}

/// The page or paragraph where a span stands.
fn place(span: &Span) -> Json {
    let (key, value) = match span.places.first() {
        Some(Place::Page { page, bbox }) => ("page", json!({ "number": page, "box": bbox })),
        Some(Place::Block { block, cell }) => ("paragraph", json!({ "number": block, "cell": cell })),
        None => return json!({}),
    };
    json!({ key: value })
}

/// SARIF's level of a severity.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Violation => "error",
        Severity::Risk => "warning",
        Severity::Notice => "note",
        Severity::Classification => "none",
    }
}

/// A path as a URI reference (RFC 3986): every byte that may not stand in one as %XX.
fn uri(path: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/!".contains(&b);
    path.replace('\\', "/")
        .bytes()
        .map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("a/合同 1.docx"), "a/%E5%90%88%E5%90%8C%201.docx");
        assert_eq!(uri("a.zip!/b.pdf"), "a.zip!/b.pdf");
        assert_eq!(uri(r"a\b"), "a/b");
    }
}
