//! Findings as SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format), for tools that gather results of many checkers.
//!
//! A contract is no source file: a place in it is a page and a stretch of its text. These stand in the `properties` of a
//! location, because a SARIF region counts in the bytes or characters of the file itself.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::model::record::Stage;
use crate::model::{Finding, Outcome, Place, Record, Severity, Span, Status};
use crate::rules::{Packs, Rule};

/// The schema that a log names.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The key of the fingerprint by which a tool knows a finding again.
const FINGERPRINT: &str = "hetongFinding/v1";

/// One log with one run over all records.
pub fn sarif(records: &[Record], packs: &Packs) -> Json {
    let rules: Vec<&Rule> = packs.list().collect();
    let index: BTreeMap<String, usize> =
        rules.iter().enumerate().map(|(at, rule)| (rule.path(), at)).collect();
    let results: Vec<Json> = records
        .iter()
        .flat_map(|record| record.findings.iter().map(|finding| result(record, finding, &index)))
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
            "artifacts": records.iter().map(artifact).collect::<Vec<_>>(),
            "invocations": [{
                "executionSuccessful": records.iter().all(|record| record.status == Status::Complete),
                "toolExecutionNotifications": records.iter().flat_map(notifications).collect::<Vec<_>>(),
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
fn result(record: &Record, finding: &Finding, index: &BTreeMap<String, usize>) -> Json {
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
        "locations": locations(record, &finding.evidence),
        "partialFingerprints": { FINGERPRINT: finding.fingerprint },
        "properties": { "why": finding.why, "suggestion": finding.suggestion, "record": record.id },
    });
    if let (Some(at), Some(fields)) = (index.get(&path), result.as_object_mut()) {
        fields.insert("ruleIndex".to_owned(), json!(at));
    }
    result
}

/// The places of a finding; the document alone where it has none.
fn locations(record: &Record, evidence: &[Span]) -> Vec<Json> {
    let artifact = json!({ "artifactLocation": { "uri": uri(&record.source.path) } });
    if evidence.is_empty() {
        return vec![json!({ "physicalLocation": artifact })];
    }
    let each = evidence.iter().map(|span| {
        json!({
            "physicalLocation": artifact,
            "message": { "text": span.quote },
            "properties": place(span),
        })
    });
    each.collect()
}

/// Characters of the record's text from 0, and the page or paragraph where they stand.
fn place(span: &Span) -> Json {
    let mut place = json!({ "charOffset": span.start, "charLength": span.end - span.start });
    let (key, value) = match span.places.first() {
        Some(Place::Page { page, bbox }) => ("page", json!({ "number": page, "box": bbox })),
        Some(Place::Block { block, cell }) => ("paragraph", json!({ "number": block, "cell": cell })),
        None => return place,
    };
    if let Some(fields) = place.as_object_mut() {
        fields.insert(key.to_owned(), value);
    }
    place
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
