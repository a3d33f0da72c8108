//! A workbook that somebody else wrote or edited, cell by cell: what is a formula is told from what is a value,
//! and where a cell stands is kept, so that a message can name it.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, ExcelDateTime, Reader, SheetType, Xls, Xlsx};
use jiff::civil::Date;

use super::OfficeError;

/// Cells that are read of one workbook; a ledger of 100,000 contracts with thirty columns has three million.
const CELLS: usize = 6_000_000;

/// Bytes that the parts of a workbook may unpack to.
const UNPACKED: u64 = 1 << 30;

/// One sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// Name on the tab.
    pub name: String,
    rows: BTreeMap<u32, BTreeMap<u32, Content>>,
}

/// What stands in a cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Content {
    /// Nothing.
    #[default]
    Empty,
    /// Text, as typed.
    Text(String),
    /// A number, in plain digits: `1234.5`.
    Number(String),
    /// A day; a time of day is left out.
    Date(Date),
    /// Yes or no.
    Truth(bool),
    /// A formula: what it shows may differ from machine to machine, so it is not taken for a value.
    Formula,
    /// An error such as `#REF!`.
    Fault(String),
}

/// Where a cell stands, as a spreadsheet names it: `工作表“台账”B3`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The sheet.
    pub sheet: String,
    /// From 0.
    pub row: u32,
    /// From 0.
    pub column: u32,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "工作表“{}”{}{}", self.sheet, column_name(self.column), self.row.saturating_add(1))
    }
}

/// `A`, `Z`, `AA`: columns by their letters, from 0.
fn column_name(column: u32) -> String {
    let (rest, letter) = (column / 26, char::from(b'A' + (column % 26) as u8));
    if rest == 0 { letter.to_string() } else { format!("{}{letter}", column_name(rest - 1)) }
}

impl Content {
    /// The content as a person typed it: `2024-03-05`, `1234.5`; nothing for what is empty, a formula or a fault.
    pub fn typed(&self) -> Option<String> {
        let text = match self {
            Self::Text(text) => text.trim().to_owned(),
            Self::Number(number) => number.clone(),
            Self::Date(date) => date.to_string(),
            Self::Truth(truth) => if *truth { "是" } else { "否" }.to_owned(),
            Self::Empty | Self::Formula | Self::Fault(_) => return None,
        };
        (!text.is_empty()).then_some(text)
    }
}

impl Sheet {
    /// What stands in a cell; rows and columns from 0.
    pub fn content(&self, row: u32, column: u32) -> &Content {
        const NOTHING: &Content = &Content::Empty;
        self.rows.get(&row).and_then(|cells| cells.get(&column)).unwrap_or(NOTHING)
    }

    /// The rows that hold anything, in order: number and cells by column.
    pub fn rows(&self) -> impl Iterator<Item = (u32, &BTreeMap<u32, Content>)> {
        self.rows.iter().map(|(row, cells)| (*row, cells))
    }

    /// Where a cell of this sheet stands.
    pub fn place(&self, row: u32, column: u32) -> Place {
        Place { sheet: self.name.clone(), row, column }
    }

    /// The first row that holds all of these headings, wherever they stand in it.
    pub fn find_headings(&self, names: &[&str]) -> Option<u32> {
        let holds = |cells: &BTreeMap<u32, Content>, name: &str| {
            cells.values().any(|content| content.typed().is_some_and(|typed| typed == name))
        };
        self.rows().find(|(_, cells)| names.iter().all(|name| holds(cells, name))).map(|(row, _)| row)
    }

    /// The first column, from 0, whose heading in `row` is not the one that belongs there, with what stands there:
    /// a column was moved, put in or taken out.
    pub fn misplaced<'n>(&self, row: u32, names: &[&'n str]) -> Option<(u32, &'n str, Option<String>)> {
        let there = |column: u32| self.content(row, column).typed();
        let mut expected = names.iter().zip(0u32..);
        let (name, column) = expected.find(|(name, column)| there(*column).as_deref() != Some(**name))?;
        Some((column, name, there(column)))
    }

    fn set(&mut self, (row, column): (u32, u32), content: Content) {
        if content != Content::Empty {
            self.rows.entry(row).or_default().insert(column, content);
        }
    }
}

/// Reads the sheets of an XLSX or XLS file; sheets that are charts are left out.
///
/// # Errors
///
/// [`OfficeError::Unreadable`] for what is no workbook, [`OfficeError::TooLarge`] for what is too much of one.
pub fn read_workbook(bytes: &[u8]) -> Result<Vec<Sheet>, OfficeError> {
    if bytes.starts_with(b"PK") {
        check_size(bytes)?;
        read_xlsx(bytes)
    } else {
        read_xls(bytes)
    }
}

fn unreadable(problem: impl ToString) -> OfficeError {
    OfficeError::Unreadable(problem.to_string())
}

/// Sums up what the parts say they unpack to, before any of them is unpacked.
fn check_size(bytes: &[u8]) -> Result<(), OfficeError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut total = 0u64;
    for index in 0..archive.len() {
        total = total.saturating_add(archive.by_index_raw(index).map_err(unreadable)?.size());
    }
    if total > UNPACKED { Err(OfficeError::TooLarge(format!("解压后{}MB", total >> 20))) } else { Ok(()) }
}

fn read_xlsx(bytes: &[u8]) -> Result<Vec<Sheet>, OfficeError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut left = CELLS;
    worksheets(&book).into_iter().map(|name| read_sheet(&mut book, name, &mut left)).collect()
}

fn worksheets<R: Reader<RS>, RS: std::io::Read + std::io::Seek>(book: &R) -> Vec<String> {
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    sheets.map(|sheet| sheet.name.clone()).collect()
}

/// Cell by cell: a sheet with one cell in its last corner must not cost the memory of all before it.
fn read_sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: String, left: &mut usize) -> Result<Sheet, OfficeError> {
    let mut sheet = Sheet { name, ..Sheet::default() };
    let mut cells = book.worksheet_cells_reader(&sheet.name.clone()).map_err(unreadable)?;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(unreadable)? {
        *left = left.checked_sub(1).ok_or_else(|| OfficeError::TooLarge(format!("超过{CELLS}个单元格")))?;
        let content = if cell.formula.is_some() { Content::Formula } else { content(cell.value.into()) };
        sheet.set(cell.pos, content);
    }
    Ok(sheet)
}

/// The old format; its sheets are small by their nature (65,536 rows of 256 cells).
fn read_xls(bytes: &[u8]) -> Result<Vec<Sheet>, OfficeError> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(unreadable)?;
    let names = worksheets(&book);
    names.into_iter().map(|name| read_xls_sheet(&mut book, name)).collect()
}

fn read_xls_sheet(book: &mut Xls<Cursor<&[u8]>>, name: String) -> Result<Sheet, OfficeError> {
    let values = book.worksheet_range(&name).map_err(unreadable)?;
    let formulas = book.worksheet_formula(&name).map_err(unreadable)?;
    let mut sheet = Sheet { name, ..Sheet::default() };
    let (row, column) = values.start().unwrap_or_default();
    for (down, across, value) in values.used_cells() {
        sheet.set((row + down as u32, column + across as u32), content(value.clone()));
    }
    let (row, column) = formulas.start().unwrap_or_default();
    for (down, across, _) in formulas.used_cells().filter(|(_, _, formula)| !formula.is_empty()) {
        sheet.set((row + down as u32, column + across as u32), Content::Formula);
    }
    Ok(sheet)
}

fn content(value: Data) -> Content {
    match value {
        Data::Empty => Content::Empty,
        Data::Int(number) => Content::Number(number.to_string()),
        Data::Float(number) => Content::Number(number.to_string()),
        Data::String(text) | Data::DurationIso(text) => Content::Text(text),
        Data::Bool(truth) => Content::Truth(truth),
        Data::DateTime(moment) => {
            day(&moment).map_or_else(|| Content::Number(moment.as_f64().to_string()), Content::Date)
        }
        Data::DateTimeIso(text) => match text.get(..10).and_then(|day| day.parse().ok()) {
            Some(day) => Content::Date(day),
            None => Content::Text(text),
        },
        Data::Error(fault) => Content::Fault(fault.to_string()),
    }
}

fn day(moment: &ExcelDateTime) -> Option<Date> {
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    date.ok().filter(|_| moment.is_datetime())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(names: &[&str]) -> Sheet {
        let mut sheet = Sheet { name: "表".to_owned(), ..Sheet::default() };
        for (name, column) in names.iter().zip(0..) {
            sheet.set((2, column), Content::Text((*name).to_owned()));
        }
        sheet
    }

    #[test]
    fn a_moved_column_is_told_with_its_place() {
        let sheet = row(&["项目", "值", "备注"]);
        assert_eq!(sheet.find_headings(&["值", "项目"]), Some(2));
        assert_eq!(sheet.misplaced(2, &["项目", "值", "备注"]), None);
        let moved = row(&["项目", "备注", "值"]);
        assert_eq!(moved.misplaced(2, &["项目", "值"]), Some((1, "值", Some("备注".to_owned()))));
        assert_eq!(moved.place(2, 1).to_string(), "工作表“表”B3");
        assert_eq!(column_name(27), "AB");
    }

    #[test]
    fn a_formula_is_no_value() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_formula(0, 0, "=1+1").expect("written");
        sheet.write(1_048_575, 16_383, "角").expect("written");
        let sheets = read_workbook(&book.save_to_buffer().expect("made")).expect("read");
        assert_eq!(sheets[0].content(0, 0), &Content::Formula);
        assert_eq!(sheets[0].content(0, 0).typed(), None);
        assert_eq!(sheets[0].content(1_048_575, 16_383), &Content::Text("角".to_owned()));
    }

    #[test]
    fn what_is_no_workbook_is_said_to_be_none() {
        for bytes in [&b""[..], b"PK\x03\x04", b"hello", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]] {
            assert!(matches!(read_workbook(bytes), Err(OfficeError::Unreadable(_))), "{bytes:?}");
        }
    }
}
