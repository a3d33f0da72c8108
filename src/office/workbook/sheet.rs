//! One sheet, written from top to bottom.

use jiff::civil::Date;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, ExcelDateTime, ProtectionOptions, Worksheet,
};

use super::face::{Face, Faces};
use super::value::{Value, exactly};
use super::{Chart, Layout};
use crate::office::{OfficeError, lines_in, printable};

/// Paper size A4 in the file format.
const A4: u8 = 9;

/// Longest text that a cell holds, in UTF-16 units, less room for what says that it was cut.
const LONGEST: usize = 32_700;

/// Height of a line of text at ten points, in points.
const LINE: f64 = 13.5;

/// A sheet in the making. The current row is the one that cells are put into.
pub struct Sheet<'a> {
    inner: &'a mut Worksheet,
    faces: &'a Faces,
    columns: Vec<u16>,
    /// The last column of the first page across.
    first_page: u16,
    row: u32,
    heading: Option<u32>,
}

impl<'a> Sheet<'a> {
    pub(super) fn set_up(
        inner: &'a mut Worksheet,
        faces: &'a Faces,
        layout: &Layout<'_>,
    ) -> Result<Self, OfficeError> {
        inner.set_name(layout.name)?;
        for (column, width) in layout.columns.iter().enumerate() {
            inner.set_column_width(column as u16, f64::from(*width))?;
        }
        inner
            .set_paper_size(A4)
            .set_print_fit_to_pages(pages_across(layout), 0)
            .set_print_center_horizontally(true);
        inner.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
        inner.set_footer("&C第 &P 页　共 &N 页");
        if layout.landscape {
            inner.set_landscape();
        }
        if pages_across(layout) > 1 {
            inner.set_repeat_columns(0, 0)?;
        }
        let (columns, first_page) = (layout.columns.to_vec(), first_page(layout));
        Ok(Self { inner, faces, columns, first_page, row: 0, heading: None })
    }

    /// The current row, from 0.
    pub fn row(&self) -> u32 {
        self.row
    }

    /// Ends the current row.
    pub fn next_row(&mut self) {
        self.row += 1;
    }

    /// Says on each printed page what the list is, without a row for it.
    pub fn print_title(&mut self, text: &str) {
        self.inner.set_header(format!("&C&14{}", printable(text).replace('&', "&&")));
    }

    /// Writes a title over the columns of the first page, and ends the row.
    ///
    /// # Errors
    ///
    /// As all that writes: [`OfficeError`] when the sheet is full or the disk is.
    pub fn title(&mut self, text: &str) -> Result<(), OfficeError> {
        self.inner.set_row_height(self.row, 32.0)?;
        self.over_all(text, Face::Title)
    }

    /// Writes a line of explanation over the same columns, as high as the text needs, and ends the row.
    pub fn note(&mut self, text: &str) -> Result<(), OfficeError> {
        let columns = self.columns.iter().take(usize::from(self.first_page) + 1);
        let width: usize = columns.map(|width| usize::from(*width)).sum();
        self.set_lines(lines_in(text, width))?;
        self.over_all(text, Face::Note)
    }

    /// Writes the headings of a list, which stay in sight and stand on each printed page, and ends the row.
    pub fn headings(&mut self, names: &[&str]) -> Result<(), OfficeError> {
        for (column, name) in names.iter().enumerate() {
            self.put(column as u16, Value::Text(name), Face::Heading)?;
        }
        let lines = names.iter().zip(&self.columns).map(|(name, width)| lines_in(name, usize::from(*width)));
        self.set_lines(lines.max().unwrap_or(1).max(2))?;
        self.inner.set_repeat_rows(self.row, self.row)?;
        self.inner.set_freeze_panes(self.row + 1, 0)?;
        self.heading = Some(self.row);
        self.next_row();
        Ok(())
    }

    /// Writes one value.
    pub fn put(&mut self, column: u16, value: Value<'_>, face: Face) -> Result<(), OfficeError> {
        let (row, format) = (self.row, self.faces.of(face));
        match value {
            Value::Empty => self.inner.write_blank(row, column, format)?,
            Value::Text(text) => self.inner.write_string_with_format(row, column, fitting(text), format)?,
            Value::Count(count) => self.inner.write_number_with_format(row, column, count as f64, format)?,
            Value::Date(date) => match day(date) {
                Some(day) => self.inner.write_datetime_with_format(row, column, &day, format)?,
                None => self.inner.write_string_with_format(row, column, date.to_string(), format)?,
            },
            Value::Sum(sum) => match exactly(sum) {
                Some(number) => self.inner.write_number_with_format(row, column, number, format)?,
                None => self.inner.write_string_with_format(row, column, sum.to_string(), format)?,
            },
        };
        Ok(())
    }

    /// Writes a row of values from the first column on, as high as its longest text, and ends it.
    pub fn line(&mut self, cells: &[(Value<'_>, Face)]) -> Result<(), OfficeError> {
        let lines = (0..).zip(cells).map(|(column, (value, _))| match value {
            Value::Text(text) => self.lines(column, column, text),
            _ => 1,
        });
        let lines = lines.max().unwrap_or(1);
        self.set_lines(lines)?;
        for (column, (value, face)) in (0..).zip(cells) {
            self.put(column, *value, *face)?;
        }
        self.next_row();
        Ok(())
    }

    /// Writes text into one cell over the columns from `first` to `last`.
    pub fn put_over(&mut self, first: u16, last: u16, text: &str, face: Face) -> Result<(), OfficeError> {
        if first == last {
            return self.put(first, Value::Text(text), face);
        }
        self.inner.merge_range(self.row, first, self.row, last, &fitting(text), self.faces.of(face))?;
        Ok(())
    }

    /// Makes the current row high enough for so many lines.
    pub fn set_lines(&mut self, lines: usize) -> Result<(), OfficeError> {
        // Excel's rows end at 409 points.
        let height = (lines as f64 * LINE + 6.0).min(409.0);
        self.inner.set_row_height(self.row, height)?;
        Ok(())
    }

    /// Lines that a text needs in a cell over the columns from `first` to `last`.
    pub fn lines(&self, first: u16, last: u16, text: &str) -> usize {
        let columns = self.columns.iter().take(usize::from(last) + 1).skip(usize::from(first));
        lines_in(text, columns.map(|width| usize::from(*width)).sum::<usize>().saturating_sub(1))
    }

    /// Lets a person choose from a list in a column, in the rows from `first` to the last one ended.
    pub fn offer(
        &mut self,
        column: u16,
        first: u32,
        choices: &[&str],
        hint: &str,
    ) -> Result<(), OfficeError> {
        let list = DataValidation::new()
            .allow_list_strings(choices)?
            .set_error_style(DataValidationErrorStyle::Stop)
            .set_error_message(hint)?;
        let last = self.row.saturating_sub(1).max(first);
        self.inner.add_data_validation(first, column, last, column, &list)?;
        Ok(())
    }

    /// Hides a column; what stands in it is for the program.
    pub fn hide_column(&mut self, column: u16) -> Result<(), OfficeError> {
        self.inner.set_column_hidden(column)?;
        Ok(())
    }

    /// Hides the sheet.
    pub fn hide(&mut self) {
        self.inner.set_hidden(true);
    }

    /// Locks everything but [`Face::Slot`] against slips of the hand; there is no password.
    pub fn lock(&mut self) {
        let allowed = ProtectionOptions {
            format_columns: true,
            format_rows: true,
            use_autofilter: true,
            ..ProtectionOptions::default()
        };
        self.inner.protect_with_options(&allowed);
    }

    /// Ends a list: its headings filter the rows below them.
    pub fn end_list(&mut self) -> Result<(), OfficeError> {
        if let (Some(heading), Some(last)) = (self.heading, self.columns.len().checked_sub(1)) {
            let end = self.row.saturating_sub(1).max(heading);
            self.inner.autofilter(heading, 0, end, last as u16)?;
        }
        Ok(())
    }

    /// Inserts a chart with its upper left corner in a cell.
    pub fn chart(&mut self, row: u32, column: u16, chart: &Chart<'_>) -> Result<(), OfficeError> {
        self.inner.insert_chart(row, column, &chart.render())?;
        Ok(())
    }

    fn over_all(&mut self, text: &str, face: Face) -> Result<(), OfficeError> {
        self.put_over(0, self.first_page, text, face)?;
        self.next_row();
        Ok(())
    }
}

/// Pages side by side on which a sheet is printed large enough to be read.
fn pages_across(layout: &Layout<'_>) -> u16 {
    // Half-width characters that an A4 page bears at about seven points.
    const ACROSS: usize = 190;
    let width: usize = layout.columns.iter().map(|width| usize::from(*width)).sum();
    u16::try_from(width.div_ceil(ACROSS)).unwrap_or(1).max(1)
}

/// The last column that the first of those pages has room for.
fn first_page(layout: &Layout<'_>) -> u16 {
    let width: usize = layout.columns.iter().map(|width| usize::from(*width)).sum();
    let page = width.div_ceil(usize::from(pages_across(layout)));
    let mut right = 0;
    let fits = layout.columns.iter().take_while(|width| {
        right += usize::from(**width);
        right <= page
    });
    u16::try_from(fits.count().saturating_sub(1)).unwrap_or(0)
}

/// The day as a spreadsheet counts it, from 1900 on.
fn day(date: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(date.year()).ok()?;
    ExcelDateTime::from_ymd(year, date.month().unsigned_abs(), date.day().unsigned_abs()).ok()
}

/// The text as a cell holds it; what is longer is cut, and says so.
fn fitting(text: &str) -> String {
    let text = printable(text);
    if text.encode_utf16().count() <= LONGEST {
        return text;
    }
    let mut units = 0;
    let kept = text.chars().take_while(|c| {
        units += c.len_utf16();
        units <= LONGEST
    });
    format!("{}……（过长，已截断）", kept.collect::<String>())
}
