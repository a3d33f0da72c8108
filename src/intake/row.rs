//! The rows of a ledger as values; what is no value is told with its cell.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use super::mapping::{Column, Mapping};
use crate::model::written::{date, figure};
use crate::office::{Content, Sheet};

/// One row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LedgerRow {
    /// Row of the sheet, from 1.
    pub row: u32,
    /// The contract's own number.
    pub contract_number: Option<String>,
    /// The filing system's number.
    pub filing_number: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// The other side.
    pub party: Option<String>,
    /// Price in yuan.
    pub amount: Option<Decimal>,
    /// Day of signing.
    pub sign_date: Option<Date>,
    /// Day of registration.
    pub registered: Option<Date>,
    /// Department in charge.
    pub department: Option<String>,
    /// Person in charge.
    pub undertaker: Option<String>,
}

/// A cell that holds no value of its column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// `工作表“台账”C7`.
    pub place: String,
    /// What is wrong, and what to do.
    pub problem: String,
}

/// What a sheet holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// Rows that name a contract.
    pub rows: Vec<LedgerRow>,
    /// Rows, from 1, that name none (合计, notes): left out.
    pub left_out: Vec<u32>,
    /// Cells that hold no value: with one of them nothing is taken in.
    pub faults: Vec<Fault>,
}

/// Reads the rows below the headings.
pub fn read(sheet: &Sheet, mapping: &Mapping) -> Reading {
    let mut reader = Reader { sheet, mapping, reading: Reading::default() };
    for (number, _) in sheet.rows().filter(|(number, _)| *number >= mapping.heading_row) {
        reader.row(number);
    }
    reader.reading
}

struct Reader<'a> {
    sheet: &'a Sheet,
    mapping: &'a Mapping,
    reading: Reading,
}

impl Reader<'_> {
    fn row(&mut self, number: u32) {
        let shown = number.saturating_add(1);
        let (title, contract_number) =
            (self.text(number, Column::Title), self.text(number, Column::ContractNumber));
        let filing_number = self.text(number, Column::FilingNumber);
        if title.is_none() && contract_number.is_none() && filing_number.is_none() || is_sum(title.as_deref())
        {
            self.reading.left_out.push(shown);
            return;
        }
        let row = LedgerRow {
            row: shown,
            contract_number,
            filing_number,
            title,
            party: self.text(number, Column::Party),
            amount: self.amount(number),
            sign_date: self.date(number, Column::SignDate),
            registered: self.date(number, Column::Registered),
            department: self.text(number, Column::Department),
            undertaker: self.text(number, Column::Undertaker),
        };
        self.reading.rows.push(row);
    }

    /// What a person typed there; a formula or an error is a fault.
    fn text(&mut self, row: u32, column: Column) -> Option<String> {
        let at = self.mapping.column(column)?;
        let problem = match self.sheet.content(row, at) {
            Content::Formula => "是公式，不是数值；请复制后“选择性粘贴—数值”再导入".to_owned(),
            Content::Fault(fault) => format!("是错误值 {fault}；请更正后再导入"),
            content => return content.typed(),
        };
        self.fault(row, at, problem);
        None
    }

    fn amount(&mut self, row: u32) -> Option<Decimal> {
        let typed = self.text(row, Column::Amount)?;
        let at = self.mapping.column(Column::Amount)?;
        // A unit in the cell is that of the cell, whatever the heading says of the others.
        let factor = |unit: Option<Decimal>| unit.unwrap_or_else(|| self.mapping.unit());
        let amount = figure(&typed).and_then(|figure| figure.number.checked_mul(factor(figure.unit)));
        if amount.is_none() {
            self.fault(row, at, format!("“{typed}”不是金额；请只写数字，或留空"));
        }
        amount.map(|amount| amount.normalize())
    }

    fn date(&mut self, row: u32, column: Column) -> Option<Date> {
        let typed = self.text(row, column)?;
        let at = self.mapping.column(column)?;
        let date = date(&typed).filter(|date| (1949..=2199).contains(&date.year()));
        if date.is_none() {
            self.fault(row, at, format!("“{typed}”不是日期；请写成 2024-03-05 的样子，或留空"));
        }
        date
    }

    fn fault(&mut self, row: u32, column: u32, problem: String) {
        let place = self.sheet.place(row, column).to_string();
        self.reading.faults.push(Fault { place, problem });
    }
}

/// A row that sums up others names no contract.
fn is_sum(title: Option<&str>) -> bool {
    title.is_some_and(|title| {
        let bare: String = title.chars().filter(|c| !c.is_whitespace()).collect();
        matches!(bare.as_str(), "合计" | "总计" | "小计" | "合计：" | "总计：")
    })
}
