//! Several expressions that are asked as if they were one.
//!
//! Joined to one (`a|b|c`), expressions with repeats of different lengths make an automaton that is in a new state at nearly
//! every character, and the rare word of one does not tell where the others have to be tried. Apart, each is tried where
//! its own words stand.

use super::{Match, Regex};

/// Finds what the alternation of some expressions finds.
#[derive(Debug)]
pub struct Apart(Vec<Regex>);

impl Apart {
    /// Of these; where two match from the same place on, the first counts. None of them may match the empty text.
    pub fn new(expressions: Vec<Regex>) -> Self {
        Self(expressions)
    }

    /// All matches, in order, none over another.
    pub fn find_iter<'r, 'h>(&'r self, text: &'h str) -> Merged<'r, 'h> {
        let next = self.0.iter().map(|expression| expression.find_at(text, 0)).collect();
        Merged { text, expressions: &self.0, next }
    }
}

/// The matches of several expressions.
#[derive(Debug)]
pub struct Merged<'r, 'h> {
    text: &'h str,
    expressions: &'r [Regex],
    /// The next match of each.
    next: Vec<Option<Match<'h>>>,
}

impl<'h> Iterator for Merged<'_, 'h> {
    type Item = Match<'h>;

    fn next(&mut self) -> Option<Match<'h>> {
        let found = self.next.iter().copied().flatten().min_by_key(Match::start)?;
        let from = found.end().max(self.text.ceil_char_boundary(found.start() + 1));
        for (expression, next) in self.expressions.iter().zip(&mut self.next) {
            if next.is_some_and(|next| next.start() < from) {
                *next = expression.find_at(self.text, from);
            }
        }
        Some(found)
    }
}
