//! The matches of an expression, one after another.

use regex_automata::Input;
use regex_automata::meta::FindMatches;

use super::walk::Walk;
use super::{Captures, Match, Regex};

/// The matches of an expression.
#[derive(Debug)]
pub enum FindIter<'r, 'h> {
    /// Of one whose words do not stand there.
    Nowhere,
    /// Of one that needs no words, or in a text that was not listed.
    Anywhere(&'h str, FindMatches<'r, 'h>),
    /// Near its words.
    Near(Walk<'r, 'h>),
}

impl<'h> Iterator for FindIter<'_, 'h> {
    type Item = Match<'h>;

    fn next(&mut self) -> Option<Match<'h>> {
        match self {
            Self::Nowhere => None,
            Self::Anywhere(text, found) => found.next().map(|found| Match::new(text, found.span())),
            Self::Near(walk) => walk.next_match(),
        }
    }
}

/// The matches of an expression with their groups.
#[derive(Debug)]
pub enum CapturesIter<'r, 'h> {
    /// Of one whose words do not stand there.
    Nowhere,
    /// Of one that needs no words, or in a text that was not listed.
    Anywhere(&'r Regex, &'h str, FindMatches<'r, 'h>),
    /// Near its words.
    Near(Walk<'r, 'h>),
}

impl<'h> Iterator for CapturesIter<'_, 'h> {
    type Item = Captures<'h>;

    fn next(&mut self) -> Option<Captures<'h>> {
        match self {
            Self::Nowhere => None,
            Self::Anywhere(regex, text, found) => {
                let found = found.next()?.span();
                Some(regex.groups_of(text, Input::new(text), found))
            }
            Self::Near(walk) => walk.next_captures(),
        }
    }
}
