//! The report as a document: the six contents of 第六十条第三款. What the ledger tells is filled in; what only the department
//! knows is an open place, and says so.

use jiff::civil::DateTime;
use rust_decimal::Decimal;

use super::super::{Flow, Tally};
use super::performance::LateOf;
use super::workbook::notes;
use super::{Breakdown, Performed, Period, Report};
use crate::model::incident::{Incident, IncidentKind};
use crate::office::document::{Cell, Document, Paragraph, Row, Shade, Style, Table, Tone};
use crate::office::{Properties, grouped};

/// Lines of a breakdown that a report has room for; the workbook has them all.
const SHOWN: usize = 20;

/// Contracts and nodes that it has room for, one by one.
const LISTED: usize = 100;

/// Name, contracts, paid, received, other, left out: millimetres on A4 lying.
const COLUMNS: [u32; 6] = [62, 16, 44, 44, 40, 51];

const LABELS: [&str; 6] =
    ["项目", "份数", "支出（元）", "收入（元）", "方向未明（元）、外币", "未计入金额的份数及原因"];

pub(super) fn render(report: &Report, made_at: DateTime) -> Document {
    let mut document = Document::new(Properties::new(report.title(), made_at)).landscape();
    document.say(Style::Title, &report.title());
    for note in notes(report) {
        document.say(Style::Body, &note);
    }
    document.say(Style::Heading, "一、合同基本情况");
    for breakdown in &report.by {
        table(&mut document, report, breakdown);
    }
    let performance = &report.performance;
    contracts(&mut document, &performance.contracts);
    incidents(&mut document, "合同争议", &performance.incidents(IncidentKind::is_dispute));
    open(&mut document, "合同争议的其他情况：");
    for (number, (heading, content)) in (0..).zip(contents(report.period)) {
        document.say(Style::Heading, heading);
        match number {
            0 => late(&mut document, "对方到期未记录履行的节点", &performance.late(true)),
            1 => {
                late(&mut document, "本部门到期未记录履行的节点", &performance.late(false));
                incidents(&mut document, "异常情况", &performance.incidents(IncidentKind::is_anomaly));
                changed(&mut document, &performance.changed());
            }
            _ => {}
        }
        open(&mut document, content);
    }
    document
}

/// A small title that stays with what follows.
fn subtitle(document: &mut Document, text: &str) {
    document.add(Paragraph::new(Style::Subtitle).with(text, Tone::Strong).keeping_next());
}

/// What a report has no room for.
fn rest(table: &mut Table, all: usize, columns: usize) {
    let hidden = all.saturating_sub(LISTED);
    if hidden > 0 {
        table.add(Row::new([Cell::text(&format!("其余{hidden}项见工作簿")).over(columns)]));
    }
}

fn contracts(document: &mut Document, contracts: &[Performed]) {
    if contracts.is_empty() {
        return;
    }
    subtitle(document, "逐份情况");
    let mut table = Table::new(&[70, 24, 52, 38, 24, 49]);
    table.headings(&["合同名称及标的", "类型", "对方当事人", "金额", "状态", "进度（节点）"]);
    for contract in contracts.iter().take(LISTED) {
        let row = &contract.row;
        let amount = row.amount.map(grouped).unwrap_or_default();
        let subject = contract.subject.as_deref().map(|subject| format!("\n{subject}")).unwrap_or_default();
        table.add(Row::new([
            Cell::new(vec![Paragraph::new(Style::Cell).saying(contract.title()).with(&subject, Tone::Faint)]),
            Cell::text(row.contract_type.as_deref().unwrap_or_default()),
            Cell::text(contract.counterparty()),
            Cell::figure(&format!("{amount}{}", row.unit())),
            Cell::text(row.state.label()),
            Cell::text(&contract.course.in_words()),
        ]));
    }
    rest(&mut table, contracts.len(), 6);
    document.table(table);
}

fn late(document: &mut Document, title: &str, late: &[LateOf<'_>]) {
    if late.is_empty() {
        return document.say(Style::Body, &format!("{title}：无（以已读到和记录的节点为限）。"));
    }
    subtitle(document, title);
    let mut table = Table::new(&[28, 80, 60, 89]);
    table.headings(&["到期日", "合同", "对方当事人", "节点"]);
    for (contract, late) in late.iter().take(LISTED) {
        let cells = [&*late.date.to_string(), contract.title(), contract.counterparty(), &late.in_words()];
        table.add(Row::new(cells.map(Cell::text)));
    }
    rest(&mut table, late.len(), 4);
    document.table(table);
}

fn changed(document: &mut Document, changed: &[(&Performed, &str)]) {
    if changed.is_empty() {
        return document.say(Style::Body, "本期签订的补充、变更、终止协议：无（以已确认关联的为限）。");
    }
    subtitle(document, "本期签订的补充、变更、终止协议");
    let mut table = Table::new(&[100, 157]);
    table.headings(&["主合同", "协议"]);
    for (contract, told) in changed.iter().take(LISTED) {
        table.add(Row::new([contract.title(), told].map(Cell::text)));
    }
    rest(&mut table, changed.len(), 2);
    document.table(table);
}

/// What people entered; that nobody entered anything does not say that there was nothing.
fn incidents(document: &mut Document, title: &str, incidents: &[(&Performed, &Incident)]) {
    if incidents.is_empty() {
        return document.say(Style::Body, &format!("{title}：本期未登记（未登记不等于没有）。"));
    }
    subtitle(document, &format!("{title}（人工登记）"));
    let mut table = Table::new(&[26, 62, 40, 30, 58, 41]);
    table.headings(&["发生日", "合同", "对方当事人", "种类", "情况和应对措施", "填报、了结"]);
    for (contract, incident) in incidents.iter().take(LISTED) {
        let Incident { date, kind, what, measures, .. } = incident;
        let measures = measures.as_ref().map(|text| format!("\n措施：{text}")).unwrap_or_default();
        let cells = [
            &*date.to_string(),
            contract.title(),
            contract.counterparty(),
            kind.label(),
            &format!("{what}{measures}"),
            &incident.progress(),
        ];
        table.add(Row::new(cells.map(Cell::text)));
    }
    rest(&mut table, incidents.len(), 6);
    document.table(table);
}

/// The contents beside the first, with what the department has to write.
fn contents(period: Period) -> Vec<(&'static str, &'static str)> {
    let mut contents = vec![
        ("二、对方当事人履行合同情况", "对方当事人履行权利义务的其他情况："),
        (
            "三、履行异常情况及应对措施",
            "以上未登记的第五十四条第一款所列异常、涉诉以及其他导致合同不能正常履行的情况和应对措施：",
        ),
        ("四、下属国有企事业单位合同管理制度落实情况", "下属国有企事业单位的落实情况："),
    ];
    if matches!(period, Period::Annual(_)) {
        let content = "内部管理机制、合法性审查、备案、信息报送等制度措施的落实情况：";
        contents.push(("五、合同管理制度贯彻落实情况", content));
    }
    let last = if contents.len() > 3 { "六、其他内容" } else { "五、其他内容" };
    contents.push((last, "领导小组要求报送的其他内容："));
    contents
}

/// A place for the department to write in, told apart from what was counted.
fn open(document: &mut Document, content: &str) {
    let mut table = Table::new(&[COLUMNS.iter().sum()]);
    let said = Paragraph::new(Style::Cell).saying(content).with("（由承办部门填写）", Tone::Faint);
    table.add(Row::new([Cell::new(vec![said]).shaded(Shade::Slot)]).at_least(22));
    document.table(table);
}

fn table(document: &mut Document, report: &Report, breakdown: &Breakdown) {
    let heading =
        Paragraph::new(Style::Subtitle).with(breakdown.dimension.label(), Tone::Strong).keeping_next();
    document.add(heading);
    let mut table = Table::new(&COLUMNS);
    table.headings(&LABELS);
    for group in breakdown.lines.iter().take(SHOWN) {
        table.add(row(&group.name, &group.tally));
    }
    let hidden = breakdown.lines.len().saturating_sub(SHOWN);
    if hidden > 0 {
        let said = format!("其余{hidden}项见工作簿");
        table.add(Row::new([Cell::text(&said).over(COLUMNS.len())]));
    }
    table.add(row("合计", &report.signed));
    document.table(table);
}

fn row(name: &str, tally: &Tally) -> Row {
    let small = |text: &str| Cell::new(vec![Paragraph::new(Style::Small).saying(text)]);
    let sum = |sum: Option<Decimal>| sum.map(grouped).unwrap_or_default();
    let unclear = tally.yuan(Flow::Unclear).map(|sum| format!("方向未明{}元", grouped(sum)));
    let other: Vec<_> =
        unclear.into_iter().chain(Some(tally.foreign()).filter(|text| !text.is_empty())).collect();
    Row::new([
        Cell::text(name),
        Cell::figure(&tally.count.to_string()),
        Cell::figure(&sum(tally.yuan(Flow::Pays))),
        Cell::figure(&sum(tally.yuan(Flow::Receives))),
        small(&other.join("；")),
        small(&tally.reasons()),
    ])
}
