//! The ledger as CSV (RFC 4180), in UTF-8 with the mark by which spreadsheets know it.

use std::io::{self, Write};

use super::Row;
use super::row::{COLUMNS, Joined};
use crate::office::workbook::Value;

/// A ledger written line by line.
pub struct CsvLedger<W> {
    out: W,
}

impl<W: Write> CsvLedger<W> {
    /// Writes the headings.
    ///
    /// # Errors
    ///
    /// Those of `out`, here as in all that follows.
    pub fn new(mut out: W) -> io::Result<Self> {
        out.write_all("\u{FEFF}".as_bytes())?;
        let headings: Vec<_> = COLUMNS.iter().map(|column| column.heading).collect();
        write!(out, "{}\r\n", headings.join(","))?;
        Ok(Self { out })
    }

    /// Writes a line.
    pub fn add(&mut self, row: &Row) -> io::Result<()> {
        let joined = Joined::of(row);
        let cells: Vec<_> = row.values(&joined).iter().map(cell).collect();
        write!(self.out, "{}\r\n", cells.join(","))
    }

    /// Ends the ledger.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn cell(value: &Value<'_>) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) => quoted(text),
        Value::Count(count) => count.to_string(),
        Value::Sum(sum) => sum.to_string(),
        Value::Date(date) => date.to_string(),
    }
}

/// The text in quotes where it needs them. What a spreadsheet would take for a formula gets an apostrophe before
/// it: a file name must not run.
fn quoted(text: &str) -> String {
    let text =
        if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_stand_where_they_are_needed_and_nothing_runs() {
        assert_eq!(quoted("甲"), "甲");
        assert_eq!(quoted("甲,\"乙\""), "\"甲,\"\"乙\"\"\"");
        assert_eq!(quoted("=1+1"), "'=1+1");
    }
}
