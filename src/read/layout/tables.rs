//! Ruled tables: a row is read cell by cell, and where a cell's text wraps, the cell stays together.

use super::cells::{self, TableCell};
use super::chunks::Chunk;
use super::glyph::{Glyph, Marks, Rule};
use super::rows::{Row, rows};
use crate::model::Joint;

/// Rules nearer to each other than this are one border, in points.
const SAME: f32 = 3.0;
/// Least height of a table row, in points.
const HEIGHT: f32 = 8.0;
/// Least width of a table row, in points.
const WIDTH: f32 = 72.0;

/// One row of a ruled table.
#[derive(Debug)]
struct TableRow {
    top: f32,
    bottom: f32,
    /// Vertical borders from left to right, at least three.
    borders: Vec<f32>,
}

impl TableRow {
    /// Is it more than the strokes of a large character?
    fn is_one(&self) -> bool {
        let width = self.borders.last().zip(self.borders.first()).map_or(0.0, |(last, first)| last - first);
        self.borders.len() >= 3 && width >= WIDTH
    }

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

    /// The row with the borders that other rows have too, or that cut no text in two; the rest are strokes of a seal or a
    /// signature. None where no cells are left.
    fn sound(&self, inside: &[Row], table: &[Self]) -> Option<Self> {
        let cuts = |border: f32| {
            inside.iter().flatten().any(|chunk| chunk.from < border - SAME && chunk.to > border + SAME)
        };
        let near = |other: &Self, border: f32| other.borders.iter().any(|b| (b - border).abs() <= SAME);
        let shared = |border: f32| table.iter().any(|other| other.top != self.top && near(other, border));
        let borders =
            self.borders.iter().copied().filter(|&border| shared(border) || !cuts(border)).collect();
        Some(Self { borders, ..*self }).filter(Self::is_one)
    }

    /// The rows of its cells: one cell after the other where their texts wrap, else row by row.
    fn by_cell(&self, inside: &[Row], glyphs: &[&Glyph]) -> Vec<(Row, Joint)> {
        let inside: Vec<Row> = inside.iter().map(|row| self.cut_at_borders(row, glyphs)).collect();
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
        match cells::are_wrapped(&cells) {
            true => cells::one_after_the_other(cells),
            false => inside.into_iter().flat_map(|row| self.side_by_side(row)).collect(),
        }
    }

    /// A row whose chunks stand in one cell each.
    fn cut_at_borders(&self, row: &[Chunk], glyphs: &[&Glyph]) -> Row {
        row.iter().flat_map(|chunk| chunk.cut(glyphs, &self.borders)).collect()
    }

    /// A row of items: cell by cell, where all of it stands between borders.
    fn side_by_side(&self, row: Row) -> Vec<(Row, Joint)> {
        if row.iter().any(|chunk| self.borders_of(self.cell(chunk)).is_none()) {
            return vec![(row, Joint::Free)];
        }
        let cells = row.chunk_by(|before, after| self.cell(before) == self.cell(after));
        let joint = |index: usize| if index > 0 { Joint::Row } else { Joint::Free };
        cells.enumerate().map(|(index, cell)| (cell.to_vec(), joint(index))).collect()
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
            kept.extend(flush(current, &table, &mut inside, glyphs));
            current = home;
        }
        inside.push(row);
    }
    kept.extend(flush(current, &table, &mut inside, glyphs));
    kept
}

fn flush(
    table_row: Option<&TableRow>,
    table: &[TableRow],
    inside: &mut Vec<Row>,
    glyphs: &[&Glyph],
) -> Vec<(Row, Joint)> {
    let rows = std::mem::take(inside);
    match table_row.and_then(|table_row| table_row.sound(&rows, table)) {
        Some(table_row) => table_row.by_cell(&rows, glyphs),
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
        .map(|(top, bottom)| TableRow { top, bottom, borders: borders(marks, top, bottom) })
        .filter(TableRow::is_one)
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

/// Where vertical rules run from one border of a row to the other, as far as the borders above or below tie them together:
/// strokes of characters end short of a border, and those of a title are tied to none but their own.
fn borders(marks: &Marks, top: f32, bottom: f32) -> Vec<f32> {
    let parts = |rule: &&Rule| rule.from <= top + SAME && rule.to >= bottom - SAME;
    let all = merged(marks.vertical.iter().filter(parts).map(|rule| rule.at).collect());
    let level = |rule: &&Rule| (rule.at - top).abs() <= SAME || (rule.at - bottom).abs() <= SAME;
    let beside: Vec<&Rule> = marks.horizontal.iter().filter(level).collect();
    let tied = |left: &f32, right: &f32| {
        beside.iter().any(|rule| rule.from <= left + SAME && rule.to >= right - SAME)
    };
    all.chunk_by(tied).max_by_key(|run| run.len()).unwrap_or_default().to_vec()
}

/// Sorted, near values made one.
fn merged(mut values: Vec<f32>) -> Vec<f32> {
    values.sort_by(f32::total_cmp);
    values.dedup_by(|next, kept| *next - *kept < SAME);
    values
}
