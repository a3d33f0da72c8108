//! Workbooks: lists with a standing heading, forms to print on A4, charts. Sums stand as numbers only where no
//! digit is lost by it.

mod chart;
mod face;
mod sheet;
mod value;

pub use chart::{Chart, ChartKind};
pub use face::Face;
pub use sheet::Sheet;
pub use value::Value;

use std::io::{Seek, Write};

use face::Faces;
use jiff::civil::DateTime;
use rust_xlsxwriter::{DocProperties, ExcelDateTime};

use super::{OfficeError, Properties, printable};

/// A workbook in the making.
pub struct Workbook {
    book: rust_xlsxwriter::Workbook,
    faces: Faces,
}

/// How a sheet is laid out.
#[derive(Debug, Clone, Copy)]
pub struct Layout<'a> {
    /// Name on the tab: up to 31 characters.
    pub name: &'a str,
    /// Widths of the columns, in half-width characters.
    pub columns: &'a [u16],
    /// A4 lying, not upright.
    pub landscape: bool,
    /// A list of any length: rows go to a temporary file as they are complete, and nothing can be changed
    /// in a row above the last.
    pub streamed: bool,
}

impl Workbook {
    /// A workbook without sheets.
    pub fn new(properties: &Properties) -> Self {
        let mut book = rust_xlsxwriter::Workbook::new();
        let about = DocProperties::new()
            .set_title(printable(&properties.title))
            .set_creation_datetime(&moment(properties.made_at));
        book.set_properties(&about);
        Self { book, faces: Faces::new() }
    }

    /// Adds a sheet.
    ///
    /// # Errors
    ///
    /// [`OfficeError::Write`] when the name cannot be used or there is no room for the temporary file.
    pub fn sheet(&mut self, layout: &Layout<'_>) -> Result<Sheet<'_>, OfficeError> {
        let inner = match layout.streamed {
            true => self.book.add_worksheet_with_constant_memory()?,
            false => self.book.add_worksheet(),
        };
        Sheet::set_up(inner, &self.faces, layout)
    }

    /// Writes the file; the bytes are the same for the same content.
    ///
    /// # Errors
    ///
    /// [`OfficeError::Write`] when the disk is full.
    pub fn write(mut self, out: impl Write + Seek + Send) -> Result<(), OfficeError> {
        Ok(self.book.save_to_writer(out)?)
    }

    /// The file's bytes.
    ///
    /// # Errors
    ///
    /// As [`Self::write`].
    pub fn to_bytes(mut self) -> Result<Vec<u8>, OfficeError> {
        Ok(self.book.save_to_buffer()?)
    }
}

/// The moment as the format has it; one that it cannot have is its own first day.
fn moment(at: DateTime) -> ExcelDateTime {
    let year = u16::try_from(at.year()).unwrap_or_default();
    let day = ExcelDateTime::from_ymd(year, at.month().unsigned_abs(), at.day().unsigned_abs());
    let time = |day: ExcelDateTime| {
        day.and_hms(at.hour().unsigned_abs().into(), at.minute().unsigned_abs(), at.second())
    };
    day.and_then(time).unwrap_or_default()
}

#[cfg(test)]
mod tests;
