//! The findings of a record, as a reviewer reads them.

use std::fmt::Write;

use jiff::civil::Date;

use super::excerpt::excerpt;
use super::place;
use crate::model::{Finding, Outcome, Record, Text};
use crate::rules::Packs;

/// Findings with the clause and carets under the evidence, then what passed and what did not apply.
pub fn review(record: &Record, text: &Text, packs: &Packs) -> String {
    let mut out = String::new();
    let title = record.fields.title.as_ref().map_or("", |title| title.value.as_str());
    let _ = writeln!(out, "{}  {title}", record.source.path);
    for issue in &record.issues {
        let _ = writeln!(out, "  ! {}", issue.message);
    }
    let signed = record.fields.sign_date.as_ref().map(|date| date.value);
    for finding in &record.findings {
        write_finding(&mut out, finding, text, packs, signed);
    }
    if record.findings.is_empty() {
        let _ = writeln!(out, "\n未发现问题。");
    }
    if !record.passed.is_empty() {
        let _ = writeln!(out, "\n已查、未见问题（{}）：{}", record.passed.len(), record.passed.join("、"));
    }
    if !record.not_applicable.is_empty() {
        let _ = writeln!(out, "不适用（{}）：", record.not_applicable.len());
        for rule in &record.not_applicable {
            let _ = writeln!(out, "  {}：{}", rule.rule, rule.why);
        }
    }
    out
}

fn write_finding(out: &mut String, finding: &Finding, text: &Text, packs: &Packs, signed: Option<Date>) {
    let doubt = if finding.outcome == Outcome::CannotTell { "·待核" } else { "" };
    let _ = writeln!(out, "\n【{}{doubt}】{}", finding.severity.label(), finding.message);
    let _ = writeln!(out, "  规则：{}/{}", finding.pack, finding.rule);
    if !finding.basis.is_empty() {
        let _ = writeln!(out, "  依据：{}", packs.sources().cite(&finding.basis, signed));
    }
    for span in &finding.evidence {
        let [line, carets] = excerpt(&text.content, span);
        let _ = writeln!(out, "  原文（{}）：\n    | {line}\n    | {carets}", place(span));
    }
    let _ = writeln!(out, "  为何要紧：{}", finding.why);
    let _ = writeln!(out, "  建议：{}", finding.suggestion);
}
