//! The sheets of a report on performance: contract by contract, late nodes, agreements that change contracts.

use super::performance::{Performance, Performed};
use crate::office::OfficeError;
use crate::office::workbook::{Face, Layout, Value, Workbook};

pub(super) fn sheets(book: &mut Workbook, performance: &Performance) -> Result<(), OfficeError> {
    contracts(book, &performance.contracts)?;
    late(book, performance)?;
    incidents(book, performance)?;
    changed(book, performance)
}

fn contracts(book: &mut Workbook, contracts: &[Performed]) -> Result<(), OfficeError> {
    let columns = [34, 30, 16, 30, 18, 8, 12, 12, 10, 22];
    let layout = Layout { name: "逐份情况", columns: &columns, landscape: true, streamed: false };
    let mut sheet = book.sheet(&layout)?;
    sheet.headings(&[
        "合同名称",
        "标的",
        "类型",
        "对方当事人",
        "金额",
        "币种",
        "签订日期",
        "届满日",
        "状态",
        "进度（节点）",
    ])?;
    for Performed { row, subject, course } in contracts {
        let progress = course.in_words();
        let counterparty = row.counterparties.join("、");
        sheet.line(&[
            (Value::Text(row.title.as_deref().unwrap_or(&row.path)), Face::Text),
            (Value::text(subject.as_deref()), Face::Text),
            (Value::text(row.contract_type.as_deref()), Face::Text),
            (Value::Text(&counterparty), Face::Text),
            (Value::sum(row.amount), Face::Sum),
            (Value::text(row.currency.as_deref()), Face::Text),
            (Value::date(row.signed), Face::Date),
            (Value::date(row.end), Face::Date),
            (Value::Text(row.state.label()), Face::Text),
            (Value::Text(&progress), Face::Text),
        ])?;
    }
    sheet.end_list()
}

fn late(book: &mut Workbook, performance: &Performance) -> Result<(), OfficeError> {
    let layout =
        Layout {
            name: "到期未记录履行", columns: &[12, 10, 40, 30, 50], landscape: true, streamed: false
        };
    let mut sheet = book.sheet(&layout)?;
    sheet.headings(&["到期日", "哪一方", "合同", "对方当事人", "节点"])?;
    for (side, theirs) in [("对方", true), ("本部门", false)] {
        for (contract, late) in performance.late(theirs) {
            let what = late.in_words();
            let cells = [
                (Value::Date(late.date), Face::Date),
                (Value::Text(side), Face::Text),
                (Value::Text(contract.title()), Face::Text),
                (Value::Text(contract.counterparty()), Face::Text),
                (Value::Text(&what), Face::Text),
            ];
            sheet.line(&cells)?;
        }
    }
    sheet.end_list()
}

fn incidents(book: &mut Workbook, performance: &Performance) -> Result<(), OfficeError> {
    let columns = [12, 30, 24, 14, 30, 24, 14];
    let layout = Layout { name: "异常和争议", columns: &columns, landscape: true, streamed: false };
    let mut sheet = book.sheet(&layout)?;
    sheet.headings(&["发生日", "合同", "对方当事人", "种类", "情况", "应对措施", "填报、了结"])?;
    for (contract, incident) in performance.incidents(|_| true) {
        let progress = incident.progress();
        sheet.line(&[
            (Value::Date(incident.date), Face::Date),
            (Value::Text(contract.title()), Face::Text),
            (Value::Text(contract.counterparty()), Face::Text),
            (Value::Text(incident.kind.label()), Face::Text),
            (Value::Text(&incident.what), Face::Text),
            (Value::text(incident.measures.as_deref()), Face::Text),
            (Value::Text(&progress), Face::Text),
        ])?;
    }
    sheet.end_list()
}

fn changed(book: &mut Workbook, performance: &Performance) -> Result<(), OfficeError> {
    let layout =
        Layout { name: "补充变更终止", columns: &[40, 30, 72], landscape: true, streamed: false };
    let mut sheet = book.sheet(&layout)?;
    sheet.headings(&["主合同", "对方当事人", "协议"])?;
    for (contract, told) in performance.changed() {
        let cells = [contract.title(), contract.counterparty(), told];
        sheet.line(&cells.map(|text| (Value::Text(text), Face::Text)))?;
    }
    sheet.end_list()
}
