//! A contract as its source text gives it: titles, paragraphs, tables, signature columns.
//!
//! The source format is one line per paragraph with a little markup at line starts:
//!
//! | markup                   | meaning                                                        |
//! |--------------------------|----------------------------------------------------------------|
//! | `# text`                 | a line of the centred title                                    |
//! | `## text`                | a centred smaller heading                                      |
//! | `\| a \| b \|`           | a table row; consecutive rows form one ruled table             |
//! | `<< left \|\| right >>`  | two columns side by side                                       |
//! | `=== page ===`           | a page break                                                   |
//! | `%header text`           | the running header                                             |
//! | `%footer text`           | the running footer, which may hold `{page}` and `{pages}`      |
//! | anything else            | a paragraph as it stands                                       |
//!
//! Blank lines carry no meaning.

mod parse;

pub use parse::{ParseError, Problem, parse};

/// A contract: its blocks in reading order, and what runs at the head and foot of each page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Text at the head of every page.
    pub header: Option<String>,
    /// Text at the foot of every page, with [`PAGE`] and [`PAGES`] still in it.
    pub footer: Option<String>,
    /// The body, in reading order.
    pub blocks: Vec<Block>,
}

/// Stands in a footer for the number of its page.
pub const PAGE: &str = "{page}";
/// Stands in a footer for the number of pages.
pub const PAGES: &str = "{pages}";

/// One piece of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A line of the big centred title.
    Title(String),
    /// A centred smaller heading, such as 第一部分 合同协议书.
    Heading(String),
    /// A paragraph, or a short line of its own such as 甲方：….
    Paragraph(String),
    /// A ruled table.
    Table(Table),
    /// Two columns side by side on one line, as in signature blocks.
    Columns(String, String),
    /// What follows starts a new page.
    PageBreak,
}

/// A ruled table: rows of cells.
///
/// A row may have fewer cells than the table has columns (合计 rows often do); its last cell then
/// spans the rest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The rows from top to bottom, none of them empty.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The number of columns: that of the longest row.
    pub fn columns(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// The first and last column, inclusive, that cell `cell` of `row` covers.
    pub fn span(&self, row: &[String], cell: usize) -> (usize, usize) {
        if cell + 1 == row.len() { (cell, self.columns().saturating_sub(1)) } else { (cell, cell) }
    }
}
