//! Ruled tables: where a cell's text wraps, the row is read cell by cell, so that each cell stays together.

use super::chunks::Chunk;
use super::glyph::{Marks, Rule};
use super::rows::{Row, rows};

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

    /// The rows of its cells, one cell after the other, when a cell has several; else the rows as they are.
    fn by_cell(&self, inside: Vec<Row>) -> Vec<Row> {
        let mut cells: Vec<Vec<Chunk>> = vec![Vec::new(); self.borders.len() + 1];
        for chunk in inside.iter().flatten() {
            if let Some(cell) = cells.get_mut(self.cell(chunk)) {
                cell.push(chunk.clone());
            }
        }
        let cells: Vec<Vec<Row>> = cells.into_iter().map(rows).collect();
        if is_wrapped(&cells) { cells.into_iter().flatten().collect() } else { inside }
    }
}

/// Has a cell several lines because its text wraps? Not when most cells have equally many: then it is a
/// list of items between two rules, and belongs together row by row.
fn is_wrapped(cells: &[Vec<Row>]) -> bool {
    let mut counts: Vec<usize> = cells.iter().map(Vec::len).filter(|&count| count > 0).collect();
    counts.sort_unstable();
    let same = counts.chunk_by(|a, b| a == b).max_by_key(|run| run.len()).unwrap_or_default();
    let is_list = same.len() >= 3 && same.len() * 2 >= counts.len() && same.first() > Some(&1);
    counts.last() > Some(&1) && !is_list
}

/// Rows of the page → the same, wrapped table cells kept together.
pub(super) fn keep_cells(page: Vec<Row>, marks: &Marks) -> Vec<Row> {
    let table = table_rows(marks);
    if table.is_empty() {
        return page;
    }
    let mut kept = Vec::with_capacity(page.len());
    let mut inside: Vec<Row> = Vec::new();
    let mut current: Option<&TableRow> = None;
    for row in page {
        let home = table.iter().find(|table_row| table_row.holds(&row));
        if home.map(|h| h.top) != current.map(|c| c.top) {
            kept.extend(flush(current, &mut inside));
            current = home;
        }
        inside.push(row);
    }
    kept.extend(flush(current, &mut inside));
    kept
}

fn flush(table_row: Option<&TableRow>, inside: &mut Vec<Row>) -> Vec<Row> {
    let rows = std::mem::take(inside);
    match table_row {
        Some(table_row) => table_row.by_cell(rows),
        None => rows,
    }
}

fn table_rows(marks: &Marks) -> Vec<TableRow> {
    if marks.vertical.len() < 3 {
        return Vec::new();
    }
    let levels = merged(marks.horizontal.iter().map(|rule| rule.at).collect());
    let bands = levels.windows(2).filter_map(|pair| match *pair {
        [top, bottom] if bottom - top >= HEIGHT => Some((top, bottom)),
        _ => None,
    });
    bands
        .map(|(top, bottom)| TableRow { top, bottom, borders: borders(&marks.vertical, top, bottom) })
        .filter(|row| row.borders.len() >= 3)
        .collect()
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
