//! A cell beside the particulars of a party that holds its name letter by letter: 委 / 托 / 人 / (甲方).

use super::super::super::lexicon::Mark;
use super::super::super::reading::Row;
use super::Walk;
use super::anchor::Anchor;

/// No more letters than this stand in one line of such a cell.
const LETTERS: usize = 4;

impl Walk<'_, '_> {
    /// From here on particulars belong to the party whose word the first cell spells; `false` where it spells none.
    pub(super) fn vertical(&mut self, row: &Row) -> bool {
        let Some(column) = row.segments.first().map(|first| first.column) else { return false };
        let lines = row.segments.iter().filter(|segment| segment.column == column);
        let lines: Vec<&str> = lines.map(|segment| self.reading.segment(segment)).collect();
        let short = lines.iter().all(|line| line.chars().count() <= LETTERS);
        if row.table.is_none() || lines.len() < 2 || !short {
            return false;
        }
        let word: String = lines.concat();
        let marks = self.reading.lexicon.marks.find(&word);
        let roles: Vec<_> =
            marks.filter(|(_, mark)| matches!(mark, Mark::Role(_))).map(|(at, _)| at).collect();
        let spelt: usize = roles.iter().map(|at| at.len()).sum();
        // Beside the roles no more than brackets.
        if roles.is_empty() || word.len() > spelt + 2 {
            return false;
        }
        let words: Vec<String> = roles.into_iter().filter_map(|at| word.get(at)).map(str::to_owned).collect();
        let party = self.party(&words);
        self.anchors = vec![Anchor::new(column, party)];
        true
    }
}
