//! The measures of a page.

use super::{A4_HEIGHT, A4_WIDTH};

/// Sizes and margins, in points.
///
/// The defaults are what office software is set to for contracts: title 二号-ish, body 小四 on a
/// pitch of 22 points, tables and running lines smaller.
#[derive(Debug, Clone, PartialEq)]
pub struct Style {
    /// Em of the title.
    pub title: f32,
    /// Em of headings.
    pub heading: f32,
    /// Em of the body.
    pub body: f32,
    /// Em of table cells.
    pub cell: f32,
    /// Em of the running header and footer.
    pub running: f32,
    /// Distance between baselines, as a multiple of the em.
    pub leading: f32,
    /// Free space at the left and right edge.
    pub side_margin: f32,
    /// Free space at the upper and lower edge; header and footer stand in its middle.
    pub end_margin: f32,
    /// Free space between a table's rules and the text in its cells.
    pub padding: f32,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            title: 20.0,
            heading: 15.0,
            body: 12.0,
            cell: 10.5,
            running: 9.0,
            leading: 1.8,
            side_margin: 80.0,
            end_margin: 76.0,
            padding: 4.0,
        }
    }
}

impl Style {
    /// Left edge of the text.
    pub fn left(&self) -> f32 {
        self.side_margin
    }

    /// Width of the text.
    pub fn measure(&self) -> f32 {
        A4_WIDTH - 2.0 * self.side_margin
    }

    /// Upper edge of the text.
    pub fn top(&self) -> f32 {
        A4_HEIGHT - self.end_margin
    }

    /// Lower edge of the text.
    pub fn bottom(&self) -> f32 {
        self.end_margin
    }
}
