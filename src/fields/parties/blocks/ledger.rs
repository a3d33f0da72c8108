//! A table with a row for each party: 当事人 | 名称 | 住所 | 法定代表人 over 甲方 | … | … | ….

use super::super::super::lexicon::Label;
use super::super::super::reading::Row;
use super::super::tokens::{Kind, Token, tokens};
use super::matrix::bare_label;
use super::{Statement, Walk};

/// What the columns of such a table state.
#[derive(Debug)]
pub(super) struct Head {
    table: (Option<u32>, usize),
    columns: Vec<(u32, Label)>,
}

impl Walk<'_, '_> {
    /// Takes the head of such a table, or a row under it; `false` where the row is neither.
    pub(super) fn ledger(&mut self, row: &Row) -> bool {
        if row.segments.len() < 3 {
            self.ledger = self.ledger.take().filter(|head| row.is_under(head.table));
            return false;
        }
        let cells: Vec<(u32, Vec<Token>)> =
            row.segments.iter().map(|segment| (segment.column, tokens(self.reading, segment))).collect();
        if let Some(head) = head(row, &cells) {
            self.ledger = Some(head);
            return true;
        }
        self.ledger = self.ledger.take().filter(|head| row.is_under(head.table));
        self.entry(row, &cells)
    }

    fn entry(&mut self, row: &Row, cells: &[(u32, Vec<Token>)]) -> bool {
        let Some(head) = &self.ledger else { return false };
        let words = cells.iter().take(2).find_map(|(_, tokens)| match tokens.as_slice() {
            [Token { kind: Kind::Role { words, .. }, value, .. }] if value.is_empty() => Some(words.clone()),
            _ => None,
        });
        let Some(words) = words else { return false };
        let stated: Vec<_> = row
            .segments
            .iter()
            .filter_map(|cell| {
                let (_, label) = head.columns.iter().find(|(column, _)| *column == cell.column)?;
                Some((*label, self.reading.trim(cell.range.clone(), &[])))
            })
            .filter(|(label, _)| *label != Label::Stop)
            .collect();
        let party = self.party(&words);
        for (label, value) in stated {
            let slot = value.clone();
            let statement = Statement { label, value, slot, part: row.part, signature: false, parted: true };
            self.blocks[party].statements.push(statement);
        }
        true
    }
}

/// A row of labels, but for its corner.
fn head(row: &Row, cells: &[(u32, Vec<Token>)]) -> Option<Head> {
    let columns: Vec<(u32, Label)> =
        cells.iter().filter_map(|(column, tokens)| Some((*column, bare_label(tokens)?))).collect();
    let named = columns.iter().any(|(_, label)| *label == Label::Name);
    let corner =
        cells.first().is_some_and(|(column, _)| columns.first().is_some_and(|(first, _)| first != column));
    (named && columns.len() >= 2 && columns.len() + usize::from(corner) == cells.len())
        .then_some(Head { table: (row.table, row.segments.len()), columns })
}
