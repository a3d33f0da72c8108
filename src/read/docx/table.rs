//! Where a table's cells stand, and which of them are shown.

use std::collections::BTreeSet;

use super::xml::{Malformed, Xml};
use crate::model::Cell;

/// Columns that one cell may span; Word has no more than 63.
const WIDEST: u32 = 1_000;

/// A table that is being read.
#[derive(Debug)]
pub(super) struct Table {
    /// Its number in the document.
    pub number: u32,
    /// Was the row deleted with changes tracked?
    pub row_deleted: bool,
    row: u32,
    column: u32,
    span: u32,
    merge: Merge,
    /// Columns at which a vertically merged cell goes on from the row above.
    merged: BTreeSet<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Merge {
    No,
    Begins,
    GoesOn,
}

/// What became of a row or cell with changes tracked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Change {
    /// Nothing.
    None,
    /// It was put in.
    Inserted,
    /// It was taken out.
    Deleted,
}

impl Table {
    /// An empty table.
    pub fn new(number: u32) -> Self {
        Self {
            number,
            row_deleted: false,
            row: 0,
            column: 0,
            span: 1,
            merge: Merge::No,
            merged: BTreeSet::new(),
        }
    }

    /// The cell that is being read.
    pub fn cell(&self) -> Cell {
        Cell { row: self.row, column: self.column }
    }

    /// A row begins.
    pub fn begin_row(&mut self) {
        self.column = 0;
        self.row_deleted = false;
    }

    /// Reads the `w:trPr` that began last.
    pub fn read_row(&mut self, xml: &mut Xml<'_>) -> Result<Change, Malformed> {
        let depth = xml.depth();
        let mut change = Change::None;
        while let Some(element) = xml.next_inside(depth)? {
            match element.name {
                "w:gridBefore" => self.column = element.number().unwrap_or_default().min(WIDEST),
                "w:del" => change = Change::Deleted,
                "w:ins" => change = Change::Inserted,
                _ => {}
            }
        }
        self.row_deleted = change == Change::Deleted;
        Ok(change)
    }

    /// A row ends. Deleted rows do not count: nobody sees them once the change is accepted.
    pub fn end_row(&mut self) {
        self.row = self.row.saturating_add(u32::from(!self.row_deleted));
    }

    /// A cell begins.
    pub fn begin_cell(&mut self) {
        self.span = 1;
        self.merge = Merge::No;
    }

    /// Reads the `w:tcPr` that began last. The second value says whether the cell is shown: one that was
    /// deleted or merged into its neighbour is not.
    pub fn read_cell(&mut self, xml: &mut Xml<'_>) -> Result<(Change, bool), Malformed> {
        let depth = xml.depth();
        let (mut change, mut is_merged_left) = (Change::None, false);
        while let Some(element) = xml.next_inside(depth)? {
            let begins = || element.val().as_deref() == Some("restart");
            match element.name {
                "w:gridSpan" => self.span = element.number().unwrap_or(1).clamp(1, WIDEST),
                "w:vMerge" => self.merge = if begins() { Merge::Begins } else { Merge::GoesOn },
                "w:hMerge" => is_merged_left = !begins() && self.column > 0,
                "w:cellDel" => change = Change::Deleted,
                "w:cellIns" => change = Change::Inserted,
                _ => {}
            }
        }
        let is_merged_up = self.merge == Merge::GoesOn && self.merged.contains(&self.column);
        Ok((change, change != Change::Deleted && !is_merged_left && !is_merged_up))
    }

    /// A cell ends.
    pub fn end_cell(&mut self) {
        match self.merge {
            Merge::No => self.merged.remove(&self.column),
            Merge::Begins | Merge::GoesOn => self.merged.insert(self.column),
        };
        self.column = self.column.saturating_add(self.span);
    }
}
