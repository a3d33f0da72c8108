//! A label that a row has once for each party: the first is of the party on the left, whatever cell between them stands empty.

use super::super::super::reading::{Row, Segment};
use super::super::tokens::{Kind, Token, tokens};
use super::Walk;

impl Walk<'_, '_> {
    /// Where such labels begin, with the party of each. In a table with borders the columns tell.
    pub(super) fn turns(&self, row: &Row, cut: &[(&Segment, Vec<Token>)]) -> Vec<(usize, usize)> {
        let mut parties: Vec<(u32, usize)> = self.anchors.iter().map(|a| (a.column, a.party)).collect();
        parties.sort_unstable();
        parties.dedup_by_key(|(column, _)| *column);
        if row.table.is_some() || parties.len() < 2 {
            return Vec::new();
        }
        let labels: Vec<_> = cut.iter().flat_map(|(_, tokens)| tokens).filter_map(unowned).collect();
        if labels.len() > MOST {
            return Vec::new();
        }
        let times = |label| labels.iter().filter(|(_, other)| *other == label).count();
        let mut turns = Vec::new();
        for (index, (at, label)) in labels.iter().enumerate() {
            let turn = labels.iter().take(index).filter(|(_, other)| other == label).count();
            if times(*label) == parties.len() {
                turns.extend(parties.get(turn).map(|(_, party)| (*at, *party)));
            }
        }
        turns
    }

    /// Notes a party whose line may stand right below that of another.
    pub(super) fn stack(&mut self, index: usize, row: &Row, party: usize) {
        let below = self.stacked.last().is_some_and(|(last, other)| last + 1 == index && *other != party);
        if !below || row.segments.len() != 1 {
            self.stacked.clear();
        }
        self.stacked.push((index, party));
    }

    /// Two columns of a page that were read line by line (甲方 / 乙方 / 地址 / 地址 / 电话 / 电话): the party of a label that
    /// stands once for each of them, one below the other.
    pub(super) fn stacked_turn(
        &self,
        index: usize,
        row: &Row,
        cut: &[(&Segment, Vec<Token>)],
    ) -> Option<(usize, usize)> {
        let label = |cut: &[(&Segment, Vec<Token>)]| match cut {
            [(_, tokens)] => tokens.first().filter(|_| tokens.len() == 1).and_then(unowned),
            _ => None,
        };
        let (at, own) = label(cut)?;
        let parties = self.stacked.len();
        let near = self.stacked.last().is_some_and(|(last, _)| index > *last && index - last <= STACKED);
        if parties < 2 || row.table.is_some() || !near {
            return None;
        }
        let same = |row: &&Row| {
            let cut: Vec<_> = row.segments.iter().map(|s| (s, tokens(self.reading, s))).collect();
            label(&cut).is_some_and(|(_, other)| other == own)
        };
        let before = self.reading.rows.get(..index)?.iter().rev().take(parties).take_while(same).count();
        let behind = self.reading.rows.get(index + 1..)?.iter().take(parties).take_while(same).count();
        let party = self.stacked.get(before).map(|(_, party)| *party)?;
        (before + behind + 1 == parties).then_some((at, party))
    }
}

/// A row with more labels than these is no row of particulars.
const MOST: usize = 24;

/// So many rows below the lines of the parties their particulars may stand.
const STACKED: usize = 14;

/// Where a label without a party before it begins, and what it states.
fn unowned(token: &Token) -> Option<(usize, super::Label)> {
    match &token.kind {
        Kind::Label { label, owner: None } => Some((token.mark.start, *label)),
        _ => None,
    }
}
