//! Documents (DOCX) and workbooks (XLSX) as offices print, send and edit them: A4, Chinese fonts, tables with
//! merged cells, exact sums. The one place that knows the crates for these formats; knows nothing of contracts.
//!
//! A file is made whole in memory, or, for long lists, row by row; nothing here asks the clock.

pub mod document;
mod error;
mod number;
mod read;
mod width;
pub mod workbook;

pub use error::OfficeError;
pub use number::grouped;
pub use read::{Content, Place, Sheet, read_workbook};
pub use width::{display_width, lines_in};

use jiff::civil::DateTime;

/// What a file says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Properties {
    /// Title, also what the running header says.
    pub title: String,
    /// When it was made, as the clock on the wall shows it.
    pub made_at: DateTime,
}

impl Properties {
    /// The properties of a file of that title.
    pub fn new(title: impl Into<String>, made_at: DateTime) -> Self {
        Self { title: title.into(), made_at }
    }
}

/// The text without characters that an XML file cannot hold; line ends become plain ones.
fn printable(text: &str) -> String {
    let fit = |c: &char| matches!(c, '\t' | '\n' | '\u{20}'..='\u{FFFD}' | '\u{10000}'..) && *c != '\u{7F}';
    text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(fit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        assert_eq!(printable("甲\u{0}乙\u{B}\r\n丙\u{FFFF}𠮷"), "甲乙\n丙𠮷");
    }
}
