//! [`Document`] → pages of placed text and rules.
//!
//! Lengths are PDF points (1/72 inch); the origin is a page's lower left corner and y grows
//! upwards, as in PDF. The outcome depends on the document, the metrics and the style alone.

mod breaking;
mod compose;
mod metrics;
mod style;
mod table;

pub use breaking::wrap;
pub use metrics::{HalfWidth, Metrics};
pub use style::Style;

use crate::source::Document;

/// Width of an A4 page, in points.
pub const A4_WIDTH: f32 = 595.28;
/// Height of an A4 page, in points.
pub const A4_HEIGHT: f32 = 841.89;

/// One laid-out A4 page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// What stands on it, in reading order; running header and footer come last.
    pub marks: Vec<Mark>,
}

/// Something drawn on a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A run of text on one baseline.
    Text(Run),
    /// A thin straight line.
    Rule {
        /// One end, `(x, y)`.
        from: (f32, f32),
        /// The other end.
        to: (f32, f32),
    },
}

/// A run of text on one baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Left end of the baseline.
    pub x: f32,
    /// Height of the baseline.
    pub y: f32,
    /// The em, in points.
    pub size: f32,
    /// Titles and headings ask for bold.
    pub bold: bool,
    /// The characters.
    pub text: String,
    /// Which block of the document it belongs to; `None` for the running header and footer.
    pub block: Option<usize>,
    /// The cell it stands in, if its block is a table.
    pub cell: Option<Cell>,
}

/// A cell of a table, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// From the top, over all pages of the table.
    pub row: usize,
    /// From the left; for a cell that spans several columns the first.
    pub column: usize,
}

/// Lays a document out on A4 pages.
pub fn lay_out(document: &Document, metrics: &dyn Metrics, style: &Style) -> Vec<Page> {
    compose::Composer::new(metrics, style).compose(document)
}
