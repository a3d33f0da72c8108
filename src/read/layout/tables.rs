//! Ruled tables: where a cell's text wraps, the row is read cell by cell, so that each cell stays together.

use super::cells::{self, TableCell};
use super::chunks::Chunk;
use super::glyph::{Glyph, Marks, Rule};
use super::rows::{Row, rows};
use crate::model::Joint;

/// Rules nearer to each other than this are one border, in points.
const SAME: f32 = 3.0;
/// Least height of a table row, in points.
const HEIGHT: f32 = 8.0;
/// Share of a table row's height that a vertical rule must cover to part its cells.
const COVER: f32 = 0.6;

/// One row of a ruled table.
#[derive(Debug)]
struct TableRow {
    top: f32,
    bottom: f32,
    /// Vertical borders from left to right, at least three.
    borders: Vec<f32>,
}

impl TableRow {
    fn holds(&self, row: &Row) -> bool {
        row.first().is_some_and(|chunk| {
            let middle = (chunk.top() + chunk.bottom()) / 2.0;
            (self.top..self.bottom).contains(&middle)
        })
    }

    /// Which cell a chunk stands in; 0 is left of the table.
    fn cell(&self, chunk: &Chunk) -> usize {
        let middle = (chunk.from + chunk.to) / 2.0;
        self.borders.partition_point(|&border| border < middle)
    }

    /// The rows of its cells, one cell after the other, when their texts wrap; else the rows as they are.
    fn by_cell(&self, inside: Vec<Row>, glyphs: &[&Glyph]) -> Vec<(Row, Joint)> {
        let mut chunks: Vec<Vec<Chunk>> = vec![Vec::new(); self.borders.len() + 1];
        for chunk in inside.iter().flatten() {
            if let Some(cell) = chunks.get_mut(self.cell(chunk)) {
                cell.push(chunk.clone());
            }
        }
        let cells = chunks.into_iter().enumerate();
        let cells: Vec<TableCell> = cells
            .map(|(index, chunks)| TableCell::new(rows(chunks), self.borders_of(index), glyphs))
            .collect();
        if cells::are_wrapped(&cells) { cells::one_after_the_other(cells) } else { as_they_are(inside) }
    }

    /// The borders on either side of a cell; none beside the table.
    fn borders_of(&self, cell: usize) -> Option<(f32, f32)> {
        let left = self.borders.get(cell.checked_sub(1)?)?;
        self.borders.get(cell).map(|right| (*left, *right))
    }
}

/// Rows of the page → the same, wrapped table cells kept together. Each comes with how
/// it hangs together with the one before.
pub fn keep_cells(page: Vec<Row>, glyphs: &[&Glyph], marks: &Marks) -> Vec<(Row, Joint)> {
    let table = table_rows(marks);
    if table.is_empty() {
        return as_they_are(page);
    }
    let mut kept = Vec::with_capacity(page.len());
    let mut inside: Vec<Row> = Vec::new();
    let mut current: Option<&TableRow> = None;
    for row in page {
        let home = table.iter().find(|table_row| table_row.holds(&row));
        if home.map(|h| h.top) != current.map(|c| c.top) {
            kept.extend(flush(current, &mut inside, glyphs));
            current = home;
        }
        inside.push(row);
    }
    kept.extend(flush(current, &mut inside, glyphs));
    kept
}

fn flush(table_row: Option<&TableRow>, inside: &mut Vec<Row>, glyphs: &[&Glyph]) -> Vec<(Row, Joint)> {
    let rows = std::mem::take(inside);
    match table_row {
        Some(table_row) => table_row.by_cell(rows, glyphs),
        None => as_they_are(rows),
    }
}

/// Rows of which the rules say nothing.
pub fn as_they_are(rows: Vec<Row>) -> Vec<(Row, Joint)> {
    rows.into_iter().map(|row| (row, Joint::Free)).collect()
}

fn table_rows(marks: &Marks) -> Vec<TableRow> {
    if marks.vertical.len() < 3 {
        return Vec::new();
    }
    let closing = marks.horizontal.iter().filter(|rule| closes_a_cell(rule, &marks.vertical));
    let levels = merged(closing.map(|rule| rule.at).collect());
    let bands = levels.windows(2).filter_map(|pair| match *pair {
        [top, bottom] if bottom - top >= HEIGHT => Some((top, bottom)),
        _ => None,
    });
    bands
        .map(|(top, bottom)| TableRow { top, bottom, borders: borders(&marks.vertical, top, bottom) })
        .filter(|row| row.borders.len() >= 3)
        .collect()
}

/// Does it run from one vertical rule to another, as the border above or below a cell does? Lines under words, and strokes
/// of neighbouring characters that a scan shows as one, do not.
fn closes_a_cell(rule: &Rule, vertical: &[Rule]) -> bool {
    let meets = |border: &&Rule| {
        (border.from - SAME..=border.to + SAME).contains(&rule.at)
            && (rule.from - SAME..=rule.to + SAME).contains(&border.at)
    };
    merged(vertical.iter().filter(meets).map(|border| border.at).collect()).len() >= 2
}

fn borders(vertical: &[Rule], top: f32, bottom: f32) -> Vec<f32> {
    let covers = |rule: &&Rule| rule.to.min(bottom) - rule.from.max(top) >= COVER * (bottom - top);
    merged(vertical.iter().filter(covers).map(|rule| rule.at).collect())
}

/// Sorted, near values made one.
fn merged(mut values: Vec<f32>) -> Vec<f32> {
    values.sort_by(f32::total_cmp);
    values.dedup_by(|next, kept| *next - *kept < SAME);
    values
}
