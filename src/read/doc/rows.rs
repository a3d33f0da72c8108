//! A table while it is read: what its cells hold is known before where they stand, because a row's mark comes
//! at its end.

use super::row::{Grid, Row};
use crate::model::Cell;

/// Cells in reading order with what they hold.
pub(in crate::read) type Cells<P> = Vec<(Cell, Vec<P>)>;

/// The rows of a table so far. `P` is a paragraph.
#[derive(Debug)]
pub(in crate::read) struct Rows<P> {
    rows: Vec<(Row, Vec<Vec<P>>)>,
    /// Cells of the row that is being read.
    cells: Vec<Vec<P>>,
    /// Paragraphs of the cell that is being read.
    cell: Vec<P>,
}

impl<P> Default for Rows<P> {
    fn default() -> Self {
        Self { rows: Vec::new(), cells: Vec::new(), cell: Vec::new() }
    }
}

impl<P> Rows<P> {
    /// A paragraph of the cell; with its mark the cell may end.
    pub fn take(&mut self, paragraph: P, ends_cell: bool) {
        self.cell.push(paragraph);
        if ends_cell {
            self.end_cell();
        }
    }

    /// The cell ends.
    pub fn end_cell(&mut self) {
        self.cells.push(std::mem::take(&mut self.cell));
    }

    /// The row ends. A row that was deleted with changes tracked is not shown and does not count.
    pub fn end_row(&mut self, row: Row, is_deleted: bool) {
        if !self.cell.is_empty() {
            self.end_cell();
        }
        let cells = std::mem::take(&mut self.cells);
        if !is_deleted {
            self.rows.push((row, cells));
        }
    }

    /// The table is over. Cells that are merged into a neighbour are left out.
    pub fn finish(&mut self) -> Cells<P> {
        if !(self.cell.is_empty() && self.cells.is_empty()) {
            // The row's own mark is missing: its cells stand as they come.
            self.end_row(Row::default(), false);
        }
        let rows = std::mem::take(&mut self.rows);
        let grid = Grid::of(rows.iter().map(|(row, _)| row));
        let mut found = Vec::new();
        for (number, (row, cells)) in (0..).zip(rows) {
            for (index, paragraphs) in
                cells.into_iter().enumerate().filter(|(index, _)| !row.is_merged(*index))
            {
                found.push((Cell { row: number, column: grid.column(&row, index) }, paragraphs));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_where_the_marks_say() {
        let mut rows = Rows::default();
        rows.take("甲方", true);
        rows.take("某局", false);
        rows.take("某科", true);
        rows.end_row(Row { edges: vec![0, 500, 900], ..Row::default() }, false);
        rows.take("删去", true);
        rows.end_row(Row::default(), true);
        rows.take("合计", true);
        rows.end_row(Row { edges: vec![500, 900], ..Row::default() }, false);
        let cell = |row, column| Cell { row, column };
        assert_eq!(
            rows.finish(),
            [(cell(0, 0), vec!["甲方"]), (cell(0, 1), vec!["某局", "某科"]), (cell(1, 1), vec!["合计"])]
        );
        assert!(rows.finish().is_empty());
    }
}
