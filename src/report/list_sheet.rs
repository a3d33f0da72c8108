//! The list of findings as a workbook: findings, contracts, rules.

use std::collections::BTreeMap;

use super::checkup::FORMULA;
use super::list::{Reviewed, Row};
use crate::model::Outcome;
use crate::office::workbook::{Face, Layout, Sheet, Value, Workbook};
use crate::office::{OfficeError, Properties};

/// Headings and widths of the list of findings.
const FINDINGS: [(&str, u16); 13] = [
    ("序号", 5),
    ("合同名称、编号", 20),
    ("当事人", 20),
    ("等级", 13),
    ("规则", 16),
    ("依据", 18),
    ("条款", 10),
    ("结论", 32),
    ("原文", 26),
    ("位置", 8),
    ("建议", 28),
    ("处理", 12),
    ("记录编号、指纹、文件", 20),
];

const CONTRACTS: [(&str, u16); 12] = [
    ("序号", 6),
    ("合同名称", 32),
    ("阶段", 10),
    ("读取情况", 12),
    ("违规", 7),
    ("风险", 7),
    ("提示", 7),
    ("待核", 7),
    ("已搁置", 8),
    ("体检等级", 20),
    ("算式", 44),
    ("文件", 36),
];

const RULES: [(&str, u16); 5] = [("规则", 30), ("规则代码", 34), ("发现", 8), ("待核", 8), ("涉及合同", 10)];

/// The workbook's bytes. `filter` says in Chinese what the list was narrowed down to, if it was.
///
/// # Errors
///
/// [`OfficeError`] when the list is longer than a sheet or the disk is full.
pub fn workbook(
    rows: &[Row],
    contracts: &[Reviewed],
    properties: &Properties,
    filter: Option<&str>,
) -> Result<Vec<u8>, OfficeError> {
    let mut book = Workbook::new(properties);
    findings(&mut book, rows, &properties.title, filter)?;
    summary(&mut book, contracts)?;
    rules(&mut book, rows)?;
    book.to_bytes()
}

/// Begins a sheet with a list: title, explanation, headings.
pub(super) fn begin<'a>(
    book: &'a mut Workbook,
    name: &str,
    title: &str,
    note: &str,
    columns: &[(&str, u16)],
) -> Result<Sheet<'a>, OfficeError> {
    let (names, widths): (Vec<&str>, Vec<u16>) = columns.iter().copied().unzip();
    let mut sheet = book.sheet(&Layout { name, columns: &widths, landscape: true, streamed: false })?;
    sheet.title(title)?;
    sheet.note(note)?;
    sheet.headings(&names)?;
    Ok(sheet)
}

fn findings(book: &mut Workbook, rows: &[Row], title: &str, filter: Option<&str>) -> Result<(), OfficeError> {
    let note = format!(
        "共{}条。{}“待核”表示文本不足以判断，须人工核对，不等于没有问题；“归类”是决定审查、备案路径的事实，不是缺陷。",
        rows.len(),
        filter.map(|filter| format!("范围：{filter}。")).unwrap_or_default()
    );
    let mut sheet = begin(book, "审查结论", title, &note, &FINDINGS)?;
    for (number, row) in (1..).zip(rows) {
        let name = [row.title.as_deref(), row.number.as_deref()].into_iter().flatten().collect::<Vec<_>>();
        let (name, parties) = (name.join("\n"), row.parties.join("\n"));
        let rule = format!("{}\n{}", row.rule_title, row.rule);
        let id: String = row.record.chars().take(12).collect();
        let known_by = format!("{id}\n{}\n{}", row.fingerprint, row.path);
        let grade = row.grade();
        let face = if row.outcome == Outcome::Hit { Face::Text } else { Face::Alert };
        sheet.line(&[
            (Value::Count(number), Face::Count),
            (Value::Text(&name), Face::Text),
            (Value::Text(&parties), Face::Text),
            (Value::Text(&grade), face),
            (Value::Text(&rule), Face::Text),
            (Value::Text(&row.basis), Face::Text),
            (Value::text(row.clause.as_deref()), Face::Text),
            (Value::Text(&row.message), Face::Text),
            (Value::text(row.quote.as_deref()), Face::Text),
            (Value::text(row.place.as_deref()), Face::Text),
            (Value::Text(&row.suggestion), Face::Text),
            (Value::text(row.mark.as_deref()), Face::Text),
            (Value::Text(&known_by), Face::Faint),
        ])?;
    }
    sheet.end_list()
}

fn summary(book: &mut Workbook, contracts: &[Reviewed]) -> Result<(), OfficeError> {
    let mut sheet = begin(book, "合同", "合同体检", FORMULA, &CONTRACTS)?;
    for (number, contract) in (1..).zip(contracts) {
        let counts = &contract.assessment.counts;
        let figures =
            [counts.violations, counts.risks, counts.notices, counts.cannot_tell, counts.suppressed];
        sheet.put(0, Value::Count(number), Face::Count)?;
        sheet.put(1, Value::text(contract.title.as_deref()), Face::Text)?;
        sheet.put(2, Value::Text(&contract.stage), Face::Text)?;
        sheet.put(3, Value::Text(&contract.status), Face::Text)?;
        for (column, figure) in (4..).zip(figures) {
            sheet.put(column, Value::Count(figure as u64), Face::Count)?;
        }
        sheet.put(9, Value::Text(&contract.assessment.label()), Face::Text)?;
        sheet.put(10, Value::Text(&contract.assessment.arithmetic), Face::Faint)?;
        sheet.put(11, Value::Text(&contract.path), Face::Faint)?;
        let lines = [(1, contract.title.as_deref().unwrap_or_default()), (11, &contract.path)];
        let lines = lines.map(|(column, text)| sheet.lines(column, column, text));
        sheet.set_lines(lines.into_iter().max().unwrap_or(1))?;
        sheet.next_row();
    }
    sheet.end_list()
}

/// Hits, cannot-tells and contracts of one rule.
#[derive(Default)]
struct Fired<'a> {
    title: &'a str,
    hits: u64,
    open: u64,
    contracts: Vec<&'a str>,
}

fn rules(book: &mut Workbook, rows: &[Row]) -> Result<(), OfficeError> {
    let mut fired: BTreeMap<&str, Fired<'_>> = BTreeMap::new();
    for row in rows {
        let rule = fired.entry(&row.rule).or_default();
        rule.title = &row.rule_title;
        match row.outcome {
            Outcome::Hit => rule.hits += 1,
            Outcome::CannotTell => rule.open += 1,
        }
        if rule.contracts.last() != Some(&row.record.as_str()) {
            rule.contracts.push(&row.record);
        }
    }
    let mut sheet = begin(book, "规则", "按规则统计", "清单所列结论按规则的合计。", &RULES)?;
    for (path, rule) in fired {
        sheet.put(0, Value::Text(rule.title), Face::Text)?;
        sheet.put(1, Value::Text(path), Face::Faint)?;
        for (column, count) in (2..).zip([rule.hits, rule.open, rule.contracts.len() as u64]) {
            sheet.put(column, Value::Count(count), Face::Count)?;
        }
        sheet.next_row();
    }
    sheet.end_list()
}
