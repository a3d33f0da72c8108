//! A table whose head names the parties and whose first column the particulars.

use std::ops::Range;

use super::super::super::lexicon::Label;
use super::super::super::reading::{Row, Segment};
use super::super::tokens::{Kind, Token, tokens};
use super::anchor::Anchor;
use super::{Statement, Walk};

/// A role alone: no colon, nothing behind it.
fn bare_role(tokens: &[Token]) -> bool {
    matches!(tokens, [Token { kind: Kind::Role { .. }, colon: false, value, .. }] if value.is_empty())
}

/// A label alone, which names a row.
pub(super) fn bare_label(tokens: &[Token]) -> Option<Label> {
    match tokens {
        [Token { kind: Kind::Label { label, owner: None }, value, .. }] if value.is_empty() => Some(*label),
        _ => None,
    }
}

impl Walk<'_, '_> {
    /// Takes the head of such a table, or a row under it; `false` where the row is neither.
    pub(super) fn matrix(&mut self, index: usize, row: &Row) -> bool {
        let Some((first, rest)) = row.segments.split_first().filter(|(_, rest)| !rest.is_empty()) else {
            return false;
        };
        let first_tokens = tokens(self.reading, first);
        let all: Vec<Vec<Token>> = rest.iter().map(|segment| tokens(self.reading, segment)).collect();
        if all.iter().all(|tokens| bare_role(tokens)) {
            if rest.len() >= 2 && !bare_role(&first_tokens) {
                let columns = rest.iter().map(|segment| segment.column);
                self.heads(columns.zip(&all));
                return true;
            }
            if bare_role(&first_tokens) && self.is_head_without_corner(index, row) {
                self.heads((1..).zip(std::iter::once(&first_tokens).chain(&all)));
                return true;
            }
        }
        let in_matrix = self.anchors.len() >= 2 && self.anchors.iter().all(|a| a.column > first.column);
        let label = bare_label(&first_tokens).filter(|_| in_matrix && all.iter().all(Vec::is_empty));
        if let Some(label) = label {
            self.matrix_values(label, rest, row);
        }
        label.is_some()
    }

    /// 甲方 | 乙方 over rows of one cell more: the corner of the table is empty and left no trace.
    fn is_head_without_corner(&self, index: usize, row: &Row) -> bool {
        let Some(next) = self.reading.rows.get(index + 1) else { return false };
        let Some((first, values)) = next.segments.split_first() else { return false };
        bare_label(&tokens(self.reading, first)).is_some()
            && self.cells(values, row.segments.len()).is_some()
            && values.iter().all(|segment| tokens(self.reading, segment).is_empty())
            && row.segments.iter().all(|segment| segment.column < 2 || row.table.is_none())
    }

    /// From here on each column belongs to the party that heads it.
    fn heads<'a>(&mut self, heads: impl Iterator<Item = (u32, &'a Vec<Token>)>) {
        self.anchors.clear();
        for (column, tokens) in heads {
            if let Some(Token { kind: Kind::Role { words, .. }, .. }) = tokens.first() {
                let party = self.party(words);
                self.anchors.push(Anchor::new(column, party));
            }
        }
    }

    fn matrix_values(&mut self, label: Label, segments: &[Segment], row: &Row) {
        let placed = self.placed(segments, row);
        for (party, cell) in placed.into_iter().filter(|_| label != Label::Stop) {
            let value = self.reading.trim(cell.clone(), &[]);
            let statement =
                Statement { label, value, slot: cell, part: row.part, signature: false, parted: true };
            self.blocks[party].statements.push(statement);
        }
    }

    /// The cells with their parties. Cells of a table have columns; stretches of a line are counted, and
    /// where the count does not fit nobody can tell whose they are.
    fn placed(&self, segments: &[Segment], row: &Row) -> Vec<(usize, Range<usize>)> {
        let by_column = |segment: &Segment| {
            let anchor = self.anchors.iter().find(|anchor| anchor.column == segment.column)?;
            Some((anchor.party, segment.range.clone()))
        };
        if row.table.is_some() {
            return segments.iter().filter_map(by_column).collect();
        }
        let cells = self.cells(segments, self.anchors.len()).unwrap_or_default();
        self.anchors.iter().map(|anchor| anchor.party).zip(cells).collect()
    }

    /// So many cells: the stretches as they are, or cut at every white space where neighbouring cells stand
    /// close together.
    fn cells(&self, segments: &[Segment], count: usize) -> Option<Vec<Range<usize>>> {
        if segments.len() == count {
            return Some(segments.iter().map(|segment| segment.range.clone()).collect());
        }
        let cut: Vec<Range<usize>> = segments.iter().flat_map(|segment| self.pieces(segment)).collect();
        (cut.len() == count).then_some(cut)
    }

    /// A stretch cut at white space.
    fn pieces(&self, segment: &Segment) -> Vec<Range<usize>> {
        let text = self.reading.segment(segment);
        let starts = text.char_indices().map(|(at, _)| segment.range.start + at);
        let mut pieces: Vec<Range<usize>> = Vec::new();
        for start in starts.filter(|&at| at == segment.range.start || self.reading.gap_before(at)) {
            if let Some(last) = pieces.last_mut() {
                last.end = start;
            }
            pieces.push(start..segment.range.end);
        }
        pieces
    }
}
