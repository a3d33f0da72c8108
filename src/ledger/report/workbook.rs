//! The report as a workbook: a sheet for each breakdown, with its chart.

use jiff::civil::DateTime;

use super::super::{Flow, Tally};
use super::{Breakdown, Report, course};
use crate::office::workbook::{Chart, ChartKind, Face, Layout, Sheet, Value, Workbook};
use crate::office::{OfficeError, Properties};

/// Headings of a breakdown.
pub(super) const HEADINGS: [&str; 8] =
    ["项目", "份数", "支出（元）", "收入（元）", "方向未明（元）", "外币", "未计入份数", "未计入原因"];

const WIDTHS: [u16; 8] = [32, 8, 20, 20, 18, 22, 10, 44];

/// Lines that a chart shows; more cannot be told apart.
const CHARTED: usize = 15;

pub(super) fn render(report: &Report, made_at: DateTime) -> Result<Vec<u8>, OfficeError> {
    let mut book = Workbook::new(&Properties::new(report.title(), made_at));
    overview(&mut book, report)?;
    for breakdown in &report.by {
        sheet(&mut book, report, breakdown)?;
    }
    course::sheets(&mut book, &report.performance)?;
    book.to_bytes()
}

fn overview(book: &mut Workbook, report: &Report) -> Result<(), OfficeError> {
    let layout = Layout { name: "概况", columns: &WIDTHS, landscape: true, streamed: false };
    let mut sheet = book.sheet(&layout)?;
    sheet.title(&report.title())?;
    for note in notes(report) {
        sheet.note(&note)?;
    }
    sheet.headings(&HEADINGS)?;
    line(&mut sheet, "本期签订", &report.signed)?;
    Ok(())
}

/// What has to be known to read the figures.
pub(super) fn notes(report: &Report) -> Vec<String> {
    let (first, last) = (report.period.first(), report.period.last());
    let department = report.department.as_ref().map(|name| format!("承办部门：{name}。")).unwrap_or_default();
    vec![
        format!("{department}统计{first}至{last}签订的合同；{}。", report.period.due()),
        format!(
            "本期签订{}份，其中重点监管{}份、已备案{}份；此前签订、仍在履行的{}份。",
            report.signed.count, report.key_regulated, report.filed, report.carried_over
        ),
        format!("另有{}份合同没有签订日期，不能归入任何一期，未计入。", report.undated),
        report.performance.summary(),
        "金额只加总价已定的合同；不同币种、收入与支出不相加，补充协议不加；未计入的份数和原因逐行列出。"
            .to_owned(),
    ]
}

fn sheet(book: &mut Workbook, report: &Report, breakdown: &Breakdown) -> Result<(), OfficeError> {
    let name = breakdown.dimension.label();
    let layout = Layout { name, columns: &WIDTHS, landscape: true, streamed: false };
    let mut sheet = book.sheet(&layout)?;
    sheet.title(&format!("{}　{name}", report.period.name()))?;
    sheet.headings(&HEADINGS)?;
    let first = sheet.row();
    for group in &breakdown.lines {
        line(&mut sheet, &group.name, &group.tally)?;
    }
    let charted = breakdown.lines.len().min(CHARTED);
    if let Some(last) = u32::try_from(charted).ok().filter(|count| *count > 0).map(|count| first + count - 1)
    {
        line(&mut sheet, "合计", &report.signed)?;
        let more =
            if charted < breakdown.lines.len() { format!("（前{CHARTED}项）") } else { String::new() };
        let title = format!("{name}：合同份数{more}");
        let rows = (first, last);
        let below = sheet.row() + 1;
        let chart = Chart { title: &title, kind: ChartKind::Bar, sheet: name, rows, names: 0, values: 1 };
        sheet.chart(below, 0, &chart)?;
        let title = format!("{name}：支出金额（元）{more}");
        let chart = Chart { title: &title, kind: ChartKind::Bar, sheet: name, rows, names: 0, values: 2 };
        sheet.chart(below, 4, &chart)?;
    }
    Ok(())
}

fn line(sheet: &mut Sheet<'_>, name: &str, tally: &Tally) -> Result<(), OfficeError> {
    let (foreign, reasons) = (tally.foreign(), tally.reasons());
    sheet.put(0, Value::Text(name), Face::Text)?;
    sheet.put(1, Value::Count(tally.count), Face::Count)?;
    for (column, flow) in [(2, Flow::Pays), (3, Flow::Receives), (4, Flow::Unclear)] {
        sheet.put(column, Value::sum(tally.yuan(flow)), Face::Sum)?;
    }
    sheet.put(5, Value::Text(&foreign), Face::Text)?;
    sheet.put(6, Value::Count(tally.unsummed()), Face::Count)?;
    sheet.put(7, Value::Text(&reasons), Face::Faint)?;
    let high = [(0, name), (5, foreign.as_str()), (7, reasons.as_str())];
    let high = high.into_iter().map(|(column, text)| sheet.lines(column, column, text)).max();
    sheet.set_lines(high.unwrap_or(1))?;
    sheet.next_row();
    Ok(())
}
