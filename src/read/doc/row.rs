//! A row's cells: where they begin, and which of them are merged ([MS-DOC] 2.6.3).

use super::raw::{byte, bytes, word};
use super::sprm::{DEFINE_TABLE, Sprm};

/// Bytes of a cell's entry (`TC80`).
const CELL: usize = 20;

/// How a cell hangs together with its neighbours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::read) struct Merged {
    /// Does it belong to the cell on its left?
    pub left: bool,
    /// Does it belong to the cell above?
    pub up: bool,
}

/// What the mark at a row's end says of the row. Empty where nothing is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::read) struct Row {
    /// Edges of the cells in twips, one more than cells.
    pub edges: Vec<i16>,
    /// The cells.
    pub cells: Vec<Merged>,
}

impl Row {
    /// Takes a modifier of the row.
    pub fn take(&mut self, sprm: &Sprm<'_>) {
        match sprm.code {
            DEFINE_TABLE => self.define(sprm.operand),
            0xD62B => self.merge_up(sprm.byte(), byte(sprm.operand, 1).unwrap_or_default()),
            0x5624 => self.merge_left(sprm.byte(), byte(sprm.operand, 1).unwrap_or_default(), true),
            0x5625 => self.merge_left(sprm.byte(), byte(sprm.operand, 1).unwrap_or_default(), false),
            _ => {}
        }
    }

    fn define(&mut self, operand: &[u8]) {
        let count = byte(operand, 0).unwrap_or_default() as usize;
        self.edges =
            (0..=count).map_while(|index| word(operand, 1 + 2 * index)).map(|edge| edge as i16).collect();
        let first = 1 + 2 * (count + 1);
        self.cells = (0..count)
            .map(|index| {
                let flags = bytes(operand, first + CELL * index, 2).and_then(|cell| word(cell, 0));
                let flags = flags.unwrap_or_default();
                Merged { left: flags & 0b11 == 1, up: (flags >> 5) & 0b11 == 1 }
            })
            .collect();
    }

    fn merge_up(&mut self, cell: u8, flags: u8) {
        if let Some(cell) = self.cells.get_mut(cell as usize) {
            cell.up = flags == 1;
        }
    }

    fn merge_left(&mut self, first: u8, end: u8, is_merged: bool) {
        let from = first as usize + 1;
        self.cells.iter_mut().take(end as usize).skip(from).for_each(|cell| cell.left = is_merged);
    }

    /// Where a cell begins, in twips.
    pub fn edge(&self, cell: usize) -> Option<i16> {
        self.edges.get(cell).copied()
    }

    /// Is a cell part of its neighbour, so that what it holds is not shown?
    pub fn is_merged(&self, cell: usize) -> bool {
        self.cells.get(cell).is_some_and(|cell| cell.left || cell.up)
    }
}

/// Edges closer than this, in twips, are one: rows that a hand has dragged never meet quite.
const NEAR: i16 = 30;

/// The columns of a table: every place where a cell of some row begins.
#[derive(Debug, Default)]
pub(in crate::read) struct Grid(Vec<i16>);

impl Grid {
    /// The grid that these rows make together.
    pub fn of<'r>(rows: impl Iterator<Item = &'r Row>) -> Self {
        let mut edges: Vec<i16> = rows.flat_map(|row| row.edges.iter().copied()).collect();
        edges.sort_unstable();
        edges.dedup_by(|next, kept| next.saturating_sub(*kept) < NEAR);
        Self(edges)
    }

    /// The column that a cell of a row begins at, from 0; the cell's own number where no edge is known.
    pub fn column(&self, row: &Row, cell: usize) -> u32 {
        let found = row.edge(cell).map(|edge| self.0.partition_point(|column| *column <= edge));
        u32::try_from(found.and_then(|after| after.checked_sub(1)).unwrap_or(cell)).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_different_cells_share_a_grid() {
        let row =
            |edges: &[i16]| Row { edges: edges.to_vec(), cells: vec![Merged::default(); edges.len() - 1] };
        let rows = [row(&[0, 1000, 2000, 3000]), row(&[5, 2010, 3000])];
        let grid = Grid::of(rows.iter());
        assert_eq!([0, 1, 2].map(|cell| grid.column(&rows[0], cell)), [0, 1, 2]);
        assert_eq!([0, 1].map(|cell| grid.column(&rows[1], cell)), [0, 2]);
        assert_eq!(grid.column(&Row::default(), 4), 4);
    }

    #[test]
    fn a_definition_of_cells() {
        let mut operand = vec![2, 0, 0, 100, 0, 200, 0];
        operand.extend([0b0110_0000, 0].into_iter().chain([0; 18]));
        operand.extend([0b0010_0000, 0].into_iter().chain([0; 18]));
        let mut row = Row::default();
        row.take(&Sprm { code: DEFINE_TABLE, operand: &operand });
        assert_eq!(row.edges, [0, 100, 200]);
        assert!(!row.is_merged(0) && row.is_merged(1));
        row.take(&Sprm { code: 0xD62B, operand: &[1, 0] });
        row.take(&Sprm { code: 0x5624, operand: &[0, 2] });
        assert_eq!(row.cells, [Merged::default(), Merged { left: true, up: false }]);
    }
}
