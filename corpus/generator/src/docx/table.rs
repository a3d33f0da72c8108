//! Tables: ruled ones, and the ruleless ones that signature blocks stand in.

use super::xml::{paragraph, runs};
use crate::source::Table;

/// Width of the text, in twentieths of a point.
const MEASURE: usize = 8700;

/// A ruled table.
pub(super) fn ruled(table: &Table) -> String {
    let rows: String = table
        .rows
        .iter()
        .map(|row| {
            let cells = row.iter().enumerate().map(|(index, text)| {
                let (first, last) = table.span(row, index);
                cell(text, last + 1 - first)
            });
            format!("<w:tr>{}</w:tr>", cells.collect::<String>())
        })
        .collect();
    framed("TableGrid", table.columns(), &rows)
}

/// Pairs of texts side by side, without rules.
pub(super) fn columns(rows: &[(&str, &str)]) -> String {
    let row = |(left, right): &(&str, &str)| format!("<w:tr>{}{}</w:tr>", cell(left, 1), cell(right, 1));
    framed("TableNormal", 2, &rows.iter().map(row).collect::<String>())
}

fn framed(style: &str, columns: usize, rows: &str) -> String {
    let width = MEASURE / columns.max(1);
    let grid = format!("<w:gridCol w:w=\"{width}\"/>").repeat(columns);
    // Two tables in a row would run together without a paragraph between them.
    format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"{style}\"/><w:tblW w:w=\"{MEASURE}\" w:type=\"dxa\"/>\
         </w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl><w:p/>"
    )
}

fn cell(text: &str, span: usize) -> String {
    let span = match span {
        1 => String::new(),
        span => format!("<w:tcPr><w:gridSpan w:val=\"{span}\"/></w:tcPr>"),
    };
    format!("<w:tc>{span}{}</w:tc>", paragraph("", &runs(text)))
}
