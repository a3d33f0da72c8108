//! Where contracts begin: a title, and below it two or more parties.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use crate::fields::lexicon::Mark;
use crate::fields::reading::{Reading, Row, starts_clause};
use crate::fields::scan::pattern;
use crate::fields::{phrase, title};

/// The beginning of a contract: its title, and below it two or more parties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beginning {
    /// Index of the title's row.
    pub row: usize,
    /// Shadow bytes of the title.
    pub title: Range<usize>,
}

/// So many contracts in one file are told apart.
const MANY: usize = 200;

/// How many rows below the title the parties are named.
const HEAD: usize = 30;

/// Titles under which two roles are named, in order, whether they begin contracts of their own or not. What stands between
/// two of them was signed: a title over two lines, or a cover and a first page, begin one contract.
pub fn beginnings(reading: &Reading<'_>) -> Vec<Beginning> {
    let mut found: Vec<Beginning> = Vec::new();
    let mut between = Between::default();
    for (index, row) in reading.rows.iter().enumerate() {
        let is_title = |text: &str| title::ends_like_title(text) || title::is_bare(text);
        let named = row.table.is_none() && row.segments.len() == 1 && is_title(reading.row(row));
        if !named || found.len() >= MANY || !has_parties(reading, index) {
            continue;
        }
        if let Some(last) = found.last() {
            between.look(reading, last.row..index);
        }
        if found.is_empty() || between.is_contract() {
            found.push(Beginning { row: index, title: row.range() });
            between = Between::default();
        }
    }
    found
}

/// Do two different roles stand as labels in the rows below?
fn has_parties(reading: &Reading<'_>, index: usize) -> bool {
    let mut roles: Vec<usize> = Vec::new();
    for row in reading.rows.iter().skip(index + 1).take(HEAD) {
        // A head of columns (事项 | 需方 | 供方) and two blocks side by side name both in one row.
        for segment in &row.segments {
            let text = reading.segment(segment);
            let Some((range, Mark::Role(role))) = reading.lexicon.marks.find(text).next() else { continue };
            let behind = text[range.end..].trim_start_matches(|c: char| !matches!(c, ':' | ',' | '。'));
            let before = phrase::head(text, 9).len();
            let labelled = range.start < before && (behind.starts_with(':') || is_cell(row, text, &range));
            if labelled && !roles.contains(&role) {
                roles.push(role);
            }
        }
    }
    roles.len() >= 2
}

/// A role that has a cell or a column to itself.
fn is_cell(row: &Row, text: &str, role: &Range<usize>) -> bool {
    row.segments.len() > 1 && text.len() - role.len() <= 12
}

/// What stands between two titles. Each row is looked at once.
#[derive(Default)]
struct Between {
    seen: usize,
    prose: bool,
    sealed: bool,
}

impl Between {
    fn look(&mut self, reading: &Reading<'_>, rows: Range<usize>) {
        static SEALED: LazyLock<Regex> = LazyLock::new(|| pattern(r"盖章|签章|签字|公章|签名"));
        let from = rows.start.max(self.seen);
        for row in reading.rows.get(from..rows.end).unwrap_or_default() {
            let text = reading.row(row);
            let sentence = text.contains('。');
            self.prose |= sentence || starts_clause(text);
            self.sealed |= !sentence && SEALED.is_match(text);
        }
        self.seen = rows.end;
    }

    /// A sentence or a clause, and a block of signatures?
    fn is_contract(&self) -> bool {
        self.prose && self.sealed
    }
}
