//! The ledger as a workbook: a list of any length, and its totals.

use jiff::civil::DateTime;

use super::row::{COLUMNS, Joined};
use super::{Row, Tally};
use crate::office::workbook::{Face, Layout, Sheet, Value, Workbook};
use crate::office::{OfficeError, Properties};

/// The ledger of the rows that `feed` hands out, as an XLSX file's bytes. Rows go to a temporary file as they come.
///
/// # Errors
///
/// Those of `feed`; [`OfficeError::TooManyRows`] beyond what a sheet holds.
pub fn to_workbook<E: From<OfficeError>>(
    made_at: DateTime,
    feed: impl FnOnce(&mut dyn FnMut(&Row) -> Result<(), OfficeError>) -> Result<(), E>,
) -> Result<Vec<u8>, E> {
    let mut book = Workbook::new(&Properties::new("政府合同台账", made_at));
    let totals = list(&mut book, feed)?;
    summary(&mut book, &totals)?;
    Ok(book.to_bytes()?)
}

fn list<E: From<OfficeError>>(
    book: &mut Workbook,
    feed: impl FnOnce(&mut dyn FnMut(&Row) -> Result<(), OfficeError>) -> Result<(), E>,
) -> Result<Tally, E> {
    let widths = COLUMNS.map(|column| column.width);
    let layout = Layout { name: "台账", columns: &widths, landscape: true, streamed: true };
    let mut sheet = book.sheet(&layout)?;
    sheet.print_title("政府合同台账");
    sheet.headings(&COLUMNS.map(|column| column.heading))?;
    let mut totals = Tally::default();
    feed(&mut |row| {
        totals.add(row);
        add(&mut sheet, row)
    })?;
    sheet.end_list()?;
    Ok(totals)
}

fn add(sheet: &mut Sheet<'_>, row: &Row) -> Result<(), OfficeError> {
    let joined = Joined::of(row);
    let cells: Vec<_> =
        row.values(&joined).into_iter().zip(&COLUMNS).map(|(value, column)| (value, column.face)).collect();
    sheet.line(&cells)
}

fn summary(book: &mut Workbook, totals: &Tally) -> Result<(), OfficeError> {
    let layout = Layout { name: "合计", columns: &[44, 24, 12], landscape: false, streamed: false };
    let mut sheet = book.sheet(&layout)?;
    sheet.title("台账合计")?;
    sheet.note("只加总价已定的合同；不同币种、收入与支出不相加。")?;
    let mut line = |name: &str, value: Value<'_>, face: Face, count: Option<u64>| {
        sheet.put(0, Value::Text(name), Face::Text)?;
        sheet.put(1, value, face)?;
        sheet.put(2, count.map_or(Value::Empty, Value::Count), Face::Count)?;
        sheet.next_row();
        Ok::<_, OfficeError>(())
    };
    line("合同总数（份）", Value::Count(totals.count), Face::Count, None)?;
    for sum in &totals.sums {
        let name = format!("{}合计（{}）", sum.flow.label(), sum.currency);
        line(&name, Value::Sum(sum.sum), Face::Sum, Some(sum.contracts))?;
    }
    for (reason, count) in &totals.left_out {
        line(&format!("未计入：{}（份）", reason.label()), Value::Count(*count), Face::Count, None)?;
    }
    Ok(())
}
