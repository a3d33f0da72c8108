//! A check-up as a person reads it: what it comes to, what changed, what to work down.

use std::fmt::Write;

use super::list_sheet::begin;
use crate::checkup::result::{Checkup, Examined};
use crate::checkup::{Grade, compare::ChangeKind};
use crate::model::Outcome;
use crate::model::checked::CheckedFinding;
use crate::model::moment::in_words;
use crate::office::workbook::{Face, Sheet, Value, Workbook};
use crate::office::{OfficeError, Properties};

/// Contracts that a terminal shows.
const SHOWN: usize = 50;

/// How grades come about, in one line.
pub const FORMULA: &str = "等级：100分起，违规每条规则扣30、风险扣8、提示扣2，同一规则只扣一次；90分以上优、75以上良、60以上中、其余差。\
                           归类与已搁置的不计；待核的不扣分，另行列出，超过三分之一则暂不评定。";

/// The check-up for a terminal.
pub fn checkup(checkup: &Checkup) -> String {
    let mut out = String::new();
    let (run, contracts) = (&checkup.run, &checkup.contracts);
    let _ = writeln!(out, "第{}次体检（{}），规则包 {}", run.number, in_words(&run.at), run.packs.join("、"));
    let _ = writeln!(out, "合同 {} 份，按现行规则包重新审查 {} 份", contracts.len(), checkup.rerun);
    if checkup.stale > 0 {
        let _ = writeln!(
            out,
            "其中 {} 份的要素由旧版词典提取，沿用原结论；请先运行 hetong process 更新后再体检",
            checkup.stale
        );
    }
    let _ = writeln!(out, "{}\n{FORMULA}", grades(contracts));
    let _ = writeln!(out, "{}", changes(checkup));
    alarms(&mut out, contracts);
    out
}

/// 优 3、良 2、中 0、差 1、暂不评定 0
fn grades(contracts: &[Examined]) -> String {
    let with = |grade| contracts.iter().filter(|one| one.assessment.grade == grade).count();
    let named = [Grade::Excellent, Grade::Good, Grade::Fair, Grade::Poor]
        .map(|grade| format!("{} {}", grade.label(), with(Some(grade))));
    format!("{}、暂不评定 {}", named.join("、"), with(None))
}

fn changes(checkup: &Checkup) -> String {
    let Some(previous) = &checkup.previous else {
        return "首次体检，没有可比较的上次结果".to_owned();
    };
    let all = || checkup.contracts.iter().flat_map(|one| &one.differences);
    let counts = [ChangeKind::New, ChangeKind::Gone, ChangeKind::Changed]
        .map(|kind| format!("{} {} 条", kind.label(), all().filter(|d| d.kind == kind).count()));
    let moved = |up: bool| {
        let wanted = if up { "↑上升" } else { "↓下降" };
        checkup.contracts.iter().filter(|one| one.trend().label() == wanted).count()
    };
    let (better, worse) = (moved(true), moved(false));
    format!(
        "与第{}次（{}）相比：{}；等级分上升 {better} 份、下降 {worse} 份",
        previous.number,
        in_words(&previous.at),
        counts.join("、")
    )
}

fn alarms(out: &mut String, contracts: &[Examined]) {
    let alarming: Vec<&Examined> = contracts.iter().filter(|one| one.is_alarming()).collect();
    let _ = writeln!(out, "\n预警清单：{} 份合同", alarming.len());
    for one in alarming.iter().take(SHOWN) {
        let id: String = one.record.chars().take(12).collect();
        let title = one.title.as_deref().unwrap_or("（未读得名称）");
        let _ = writeln!(out, "\n{id}  {title}  {}", one.path);
        let _ = writeln!(
            out,
            "  {}  {}  {}",
            one.assessment.label(),
            one.trend().label(),
            one.assessment.arithmetic
        );
        for alert in &one.alerts {
            let state = state_of(one, alert);
            let _ = writeln!(
                out,
                "  {state}【{}】{}  {}  {}",
                alert.severity.label(),
                alert.message,
                alert.rule,
                alert.fingerprint
            );
        }
        for known in &one.unmatched {
            let _ = writeln!(
                out,
                "  搁置失效：{}（{}）结论已不存在或已变化，请重新核对",
                known.rule,
                known.label()
            );
        }
    }
    if alarming.len() > SHOWN {
        let _ = writeln!(out, "\n另有 {} 份未列出；用 --xlsx 或 --json 取得全部", alarming.len() - SHOWN);
    }
}

/// Is an alert new or changed since the check-up before?
fn state_of(one: &Examined, alert: &CheckedFinding) -> &'static str {
    let found = one.differences.iter().find(|d| d.finding.fingerprint == alert.fingerprint);
    found.map_or("", |difference| difference.kind.label())
}

const CONTRACTS: [(&str, u16); 13] = [
    ("序号", 5),
    ("合同名称", 30),
    ("等级", 20),
    ("分数", 7),
    ("上次分数", 9),
    ("趋势", 9),
    ("违规", 6),
    ("风险", 6),
    ("提示", 6),
    ("待核", 6),
    ("已搁置", 7),
    ("算式", 36),
    ("记录编号、文件", 28),
];

const ALERTS: [(&str, u16); 8] = [
    ("序号", 5),
    ("合同名称", 28),
    ("状态", 9),
    ("等级", 9),
    ("结论", 60),
    ("规则", 26),
    ("记录编号、指纹", 20),
    ("办理情况", 24),
];

/// The check-up as a workbook: alerts, contracts, differences.
///
/// # Errors
///
/// [`OfficeError`] when a list is longer than a sheet or the disk is full.
pub fn checkup_workbook(checkup: &Checkup, properties: &Properties) -> Result<Vec<u8>, OfficeError> {
    let mut book = Workbook::new(properties);
    alert_sheet(&mut book, checkup)?;
    contract_sheet(&mut book, checkup)?;
    difference_sheet(&mut book, checkup)?;
    book.to_bytes()
}

fn alert_sheet(book: &mut Workbook, checkup: &Checkup) -> Result<(), OfficeError> {
    let note = "违规、风险两级中尚未搁置、也不在基线内的结论，以及失效的搁置。“办理情况”供经办人填写。";
    let mut sheet = begin(book, "预警清单", "合同体检预警清单", note, &ALERTS)?;
    let mut number = 0;
    for one in &checkup.contracts {
        for alert in &one.alerts {
            number += 1;
            let known_by = (alert.rule.as_str(), alert.fingerprint.as_str());
            let (state, grade) = (state_of(one, alert), alert.severity.label());
            alert_row(&mut sheet, number, one, (state, grade, &alert.message), known_by)?;
        }
        for known in &one.unmatched {
            number += 1;
            let message =
                format!("此前搁置的结论已不存在或已变化，请重新核对：{}（{}）", known.message, known.label());
            let known_by = (known.rule.as_str(), known.fingerprint.as_str());
            alert_row(&mut sheet, number, one, ("搁置失效", "待核", &message), known_by)?;
        }
    }
    sheet.end_list()
}

fn alert_row(
    sheet: &mut Sheet<'_>,
    number: u64,
    one: &Examined,
    (state, grade, message): (&str, &str, &str),
    (rule, fingerprint): (&str, &str),
) -> Result<(), OfficeError> {
    let id: String = one.record.chars().take(12).collect();
    let known_by = format!("{id}\n{fingerprint}");
    sheet.put(0, Value::Count(number), Face::Count)?;
    sheet.put(1, Value::text(one.title.as_deref()), Face::Text)?;
    sheet.put(2, Value::Text(state), Face::Text)?;
    sheet.put(3, Value::Text(grade), Face::Text)?;
    sheet.put(4, Value::Text(message), Face::Text)?;
    sheet.put(5, Value::Text(rule), Face::Faint)?;
    sheet.put(6, Value::Text(&known_by), Face::Faint)?;
    sheet.put(7, Value::Empty, Face::Slot)?;
    let title = sheet.lines(1, 1, one.title.as_deref().unwrap_or_default());
    sheet.set_lines(sheet.lines(4, 4, message).max(title).max(2))?;
    sheet.next_row();
    Ok(())
}

fn contract_sheet(book: &mut Workbook, checkup: &Checkup) -> Result<(), OfficeError> {
    let mut sheet = begin(book, "合同", "合同体检等级", FORMULA, &CONTRACTS)?;
    for (number, one) in (1..).zip(&checkup.contracts) {
        let Examined { assessment, .. } = one;
        let counts = &assessment.counts;
        let before = one.history.last().and_then(|graded| graded.points);
        let count = |figure: Option<u64>| figure.map_or(Value::Empty, Value::Count);
        let id: String = one.record.chars().take(12).collect();
        let known_by = format!("{id}\n{}", one.path);
        sheet.put(0, Value::Count(number), Face::Count)?;
        sheet.put(1, Value::text(one.title.as_deref()), Face::Text)?;
        sheet.put(2, Value::Text(&assessment.label()), Face::Text)?;
        sheet.put(3, count(assessment.points.map(|points| points as u64)), Face::Count)?;
        sheet.put(4, count(before.map(u64::from)), Face::Count)?;
        sheet.put(5, Value::Text(one.trend().label()), Face::Text)?;
        let figures =
            [counts.violations, counts.risks, counts.notices, counts.cannot_tell, counts.suppressed];
        for (column, figure) in (6..).zip(figures) {
            sheet.put(column, Value::Count(figure as u64), Face::Count)?;
        }
        sheet.put(11, Value::Text(&assessment.arithmetic), Face::Faint)?;
        sheet.put(12, Value::Text(&known_by), Face::Faint)?;
        let title = sheet.lines(1, 1, one.title.as_deref().unwrap_or_default());
        sheet.set_lines(sheet.lines(12, 12, &known_by).max(title))?;
        sheet.next_row();
    }
    sheet.end_list()
}

const DIFFERENCES: [(&str, u16); 6] =
    [("序号", 5), ("合同名称", 28), ("变化", 8), ("等级", 12), ("结论", 60), ("此前", 50)];

fn difference_sheet(book: &mut Workbook, checkup: &Checkup) -> Result<(), OfficeError> {
    let mut sheet = begin(book, "变化", "与上次体检相比", &changes(checkup), &DIFFERENCES)?;
    let all = checkup.contracts.iter().flat_map(|one| one.differences.iter().map(move |d| (one, d)));
    for (number, (one, difference)) in (1..).zip(all) {
        let (finding, before) = (&difference.finding, difference.before.as_ref());
        let grade = said(finding);
        let before = before.map(|before| format!("【{}】{}", said(before), before.message));
        sheet.put(0, Value::Count(number), Face::Count)?;
        sheet.put(1, Value::text(one.title.as_deref()), Face::Text)?;
        sheet.put(2, Value::Text(difference.kind.label()), Face::Text)?;
        sheet.put(3, Value::Text(&grade), Face::Text)?;
        sheet.put(4, Value::Text(&finding.message), Face::Text)?;
        sheet.put(5, Value::text(before.as_deref()), Face::Text)?;
        let lines = sheet.lines(5, 5, before.as_deref().unwrap_or_default());
        sheet.set_lines(sheet.lines(4, 4, &finding.message).max(lines))?;
        sheet.next_row();
    }
    sheet.end_list()
}

/// 风险, 风险（待核）
fn said(finding: &CheckedFinding) -> String {
    let doubt = if finding.outcome == Outcome::CannotTell { "（待核）" } else { "" };
    format!("{}{doubt}", finding.severity.label())
}
