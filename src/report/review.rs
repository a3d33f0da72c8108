//! The findings of a record, as a reviewer reads them.

use std::collections::BTreeSet;
use std::fmt::Write;

use jiff::civil::Date;

use super::excerpt::excerpt;
use super::place;
use crate::model::mark::Marks;
use crate::model::{Finding, Outcome, Record, Status, Text};
use crate::rules::{Packs, is_about_reading};

/// How many rules were checked, the findings with the clause and carets under the evidence, then what
/// passed and what did not apply. What people decided about findings (`marks`) stands beside them.
pub fn review(record: &Record, text: &Text, packs: &Packs, marks: &Marks) -> String {
    let mut out = String::new();
    let title = record.fields.title.as_ref().map_or("", |title| title.value.as_str());
    let _ = writeln!(out, "{}  {title}", record.source.path);
    for issue in &record.issues {
        let _ = writeln!(out, "  ! {}", issue.message);
    }
    let _ = writeln!(out, "\n{}", summary(record, packs));
    if record.status == Status::Partial && !text.content.trim().is_empty() {
        let _ = writeln!(out, "文件未读全，结论只及于已读部分。");
    }
    let signed = record.fields.sign_date.as_ref().map(|date| date.value);
    for finding in record.findings.iter().filter(|finding| !is_about_reading(finding)) {
        write_finding(&mut out, finding, text, packs, signed);
        if let Some(label) = marks.label(finding) {
            let _ = writeln!(out, "  处理：{label}");
        }
    }
    write_unmatched(&mut out, record, marks);
    write_unread(&mut out, record, text, packs);
    if !record.passed.is_empty() {
        let passed: Vec<_> = record.passed.iter().map(|path| title_of(packs, path)).collect();
        let _ = writeln!(out, "\n已查、未见下列问题（{}）：{}", passed.len(), passed.join("、"));
    }
    if !record.not_applicable.is_empty() {
        let _ = writeln!(out, "\n不适用（{}）：", record.not_applicable.len());
        for rule in &record.not_applicable {
            let _ = writeln!(out, "  {}：{}", title_of(packs, &rule.rule), rule.why);
        }
    }
    out
}

/// 已查 8 条规则（规则包…），未见问题。 Rules that could not tell are not among those checked.
pub fn summary(record: &Record, packs: &Packs) -> String {
    let hits = || record.findings.iter().filter(|finding| finding.outcome == Outcome::Hit);
    let found: BTreeSet<_> = hits().map(path).collect();
    let open: BTreeSet<_> = record.findings.iter().map(path).filter(|path| !found.contains(path)).collect();
    let checked = found.len() + record.passed.len();
    let names: Vec<_> =
        packs.packs().iter().map(|pack| format!("“{}”第{}版", pack.title, pack.version)).collect();
    let names = names.join("、");
    match (checked, hits().count(), open.len()) {
        (0, _, 0) => format!("未作审查（规则包{names}）。"),
        (0, _, open) => format!("{open} 条规则（规则包{names}）均待核：未能得出结论，不等于没有问题。"),
        (_, 0, 0) => format!("已查 {checked} 条规则（规则包{names}），未见问题。规则以外的事项未查。"),
        (_, 0, open) => format!("已查 {checked} 条规则（规则包{names}），未见问题；另有 {open} 条待核。"),
        (_, hits, 0) => format!("已查 {checked} 条规则（规则包{names}），发现问题 {hits} 处。"),
        (_, hits, open) => {
            format!("已查 {checked} 条规则（规则包{names}），发现问题 {hits} 处；另有 {open} 条待核。")
        }
    }
}

/// Suppressions whose finding is no longer there.
fn write_unmatched(out: &mut String, record: &Record, marks: &Marks) {
    for known in marks.unmatched(&record.findings) {
        let _ = writeln!(
            out,
            "\n【待核】此前搁置的一条结论已不存在或已变化，搁置不再适用，请重新核对：{}\n  规则：{}  {}\n  {}",
            known.message,
            known.rule,
            known.fingerprint,
            known.label()
        );
    }
}

/// `pack/rule` of a finding.
fn path(finding: &Finding) -> String {
    format!("{}/{}", finding.pack, finding.rule)
}

/// The title of a rule; of one that the packs no longer have, its path.
fn title_of<'a>(packs: &'a Packs, path: &'a str) -> &'a str {
    packs.list().find(|rule| rule.path() == path).map_or(path, |rule| rule.title.as_str())
}

/// The rules that cannot tell for no other reason than that pages are unread, in one line.
fn write_unread(out: &mut String, record: &Record, text: &Text, packs: &Packs) {
    let rules: Vec<_> =
        record.findings.iter().filter(|finding| is_about_reading(finding)).map(path).collect();
    if rules.is_empty() {
        return;
    }
    let titles: Vec<_> = rules.iter().map(|path| title_of(packs, path)).collect();
    let pages: Vec<_> = text.unread_pages.iter().map(u32::to_string).collect();
    let what = match (pages.is_empty(), text.content.trim().is_empty()) {
        (false, _) => format!("第 {} 页", pages.join("、")),
        (true, true) => "文件".to_owned(),
        (true, false) => "文件的部分内容".to_owned(),
    };
    let (count, titles) = (rules.len(), titles.join("、"));
    let _ = if text.content.trim().is_empty() {
        writeln!(out, "\n【待核】{what}未能读出文字，{count} 条规则都未能审查：{titles}。请对照原件审查。")
    } else {
        writeln!(
            out,
            "\n【待核】{what}未能读出，{count} 条规则只查了已读部分，未见问题：{titles}。请对照原件核对未读部分。"
        )
    };
}

/// A finding as a remark (批注) beside the contract, a paragraph each: grade and message, basis, reason, suggestion, rule.
pub fn remark(finding: &Finding, packs: &Packs, signed: Option<Date>) -> Vec<String> {
    let mut lines = vec![format!("{}{}", tag(finding), finding.message)];
    if !finding.basis.is_empty() {
        lines.push(format!("依据：{}", packs.sources().cite(&finding.basis, signed)));
    }
    lines.push(format!("为何要紧：{}", finding.why));
    lines.push(format!("建议：{}", finding.suggestion));
    lines.push(format!("规则：{}", path(finding)));
    lines
}

/// 【风险】, 【风险·待核】
fn tag(finding: &Finding) -> String {
    let doubt = if finding.outcome == Outcome::CannotTell { "·待核" } else { "" };
    format!("【{}{doubt}】", finding.severity.label())
}

fn write_finding(out: &mut String, finding: &Finding, text: &Text, packs: &Packs, signed: Option<Date>) {
    let _ = writeln!(out, "\n{}{}", tag(finding), finding.message);
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
