//! Rows: lines and rows of tables, cut into the stretches that stand side by side.

use std::ops::Range;

use super::Part;
use crate::model::{Cell, Region, Text};

/// A stretch without a line break or column gap: a line, a column of a line, or a paragraph of a table cell.
#[derive(Debug, Clone)]
pub struct Segment {
    /// Shadow bytes.
    pub range: Range<usize>,
    /// Column: of the table, or counted from the left among the stretches of a line.
    pub column: u32,
}

/// A line, or a row of a table.
#[derive(Debug, Clone)]
pub struct Row {
    /// Left to right; paragraphs of one cell share a column.
    pub segments: Vec<Segment>,
    /// Number of the table it belongs to.
    pub table: Option<u32>,
    /// Is it centred?
    pub centred: bool,
    /// Font size in points, 0 where unknown.
    pub size: f32,
    /// The part of the contract it stands in.
    pub part: Part,
}

impl Row {
    /// Shadow bytes from the first to the last segment.
    pub fn range(&self) -> Range<usize> {
        let start = self.segments.first().map_or(0, |s| s.range.start);
        start..self.segments.last().map_or(start, |s| s.range.end)
    }

    /// Does this row belong to the table whose head is `head`? Tables of PDF have no number: there, rows of as many
    /// stretches as the head has are rows of its table.
    pub fn is_under(&self, head: (Option<u32>, usize)) -> bool {
        self.table == head.0 && (self.table.is_some() || self.segments.len() == head.1)
    }
}

/// The rows of a body, in order; all of them among the clauses until their parts are told.
pub(super) fn rows(text: &Text, body: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut last_cell: Option<(u32, Cell)> = None;
    for paragraph in text.paragraphs.iter().filter(|p| p.region == Region::Body && p.shadow.end <= body.len())
    {
        let same_row =
            matches!((last_cell, paragraph.table), (Some((t, a)), Some((u, b))) if t == u && a.row == b.row);
        last_cell = paragraph.table;
        let mut start = paragraph.shadow.start;
        for line in body.get(paragraph.shadow.clone()).unwrap_or("").split('\n') {
            let segments = segments(line, start, paragraph.table.map(|(_, cell)| cell.column));
            start += line.len() + 1;
            match rows.last_mut().filter(|_| same_row) {
                Some(row) => row.segments.extend(segments),
                None if segments.is_empty() => {}
                None => rows.push(Row {
                    segments,
                    table: paragraph.table.map(|(table, _)| table),
                    centred: paragraph.centred,
                    size: paragraph.size,
                    part: Part::Clauses,
                }),
            }
        }
    }
    rows
}

fn segments(line: &str, start: usize, cell: Option<u32>) -> Vec<Segment> {
    let mut at = start;
    let mut segments = Vec::new();
    for (index, piece) in line.split('\t').enumerate() {
        let lead = piece.len() - piece.trim_start().len();
        let kept = piece.trim();
        if !kept.is_empty() || cell.is_some() {
            let column = cell.unwrap_or(u32::try_from(index).unwrap_or(u32::MAX));
            segments.push(Segment { range: at + lead..at + lead + kept.len(), column });
        }
        at += piece.len() + 1;
    }
    segments
}
