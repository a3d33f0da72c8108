//! Goes through the stretches of a text in which the words of an expression stand.

use std::ops::Range;

use regex_automata::{Anchored, Input};

use super::spots::Near;
use super::{Captures, Match, Regex};

/// So many bytes to either side of a word a stop is sought.
const NEAR: usize = 1_500;

/// What an expression sees around a match, in bytes.
const MARGIN: usize = 4;

/// A stretch that an expression is shown.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    /// From here on a match may begin.
    from: usize,
    /// It begins no later than here.
    upto: usize,
    /// So much of the text is shown.
    end: usize,
}

impl Stretch {
    /// What the engine is shown of a text.
    fn shown<'h>(&self, text: &'h str) -> Input<'h> {
        let anchored = if self.upto == self.from { Anchored::Yes } else { Anchored::No };
        let shown = text.get(..self.end).unwrap_or_default();
        Input::new(shown).range(self.from..).anchored(anchored)
    }

    /// What is left of it behind a match.
    fn rest(self, from: usize) -> Option<Self> {
        (from <= self.upto).then_some(Self { from, ..self })
    }
}

/// Where a walk over a text stands.
#[derive(Debug)]
pub struct Walk<'r, 'h> {
    regex: &'r Regex,
    text: &'h str,
    near: Near,
    /// No match begins before.
    from: usize,
    /// The stretch that is looked at.
    stretch: Option<Stretch>,
}

impl<'r, 'h> Walk<'r, 'h> {
    /// At the beginning of a text.
    pub fn new(regex: &'r Regex, text: &'h str, near: Near) -> Self {
        Self { regex, text, near, from: 0, stretch: None }
    }

    /// The same, for matches from a place on.
    pub fn behind_place(self, from: usize) -> Self {
        Self { from, ..self }
    }

    /// Is there a match? What looks around itself may be misled by the end of a stretch.
    pub fn any(mut self) -> bool {
        if self.regex.needs.looks_around {
            return self.next_match().is_some();
        }
        while let Some(stretch) = self.next_stretch() {
            if self.regex.engine.is_match(stretch.shown(self.text)) {
                return true;
            }
            self.from = self.behind(stretch.upto);
        }
        false
    }

    /// The next match.
    pub fn next_match(&mut self) -> Option<Match<'h>> {
        let (regex, text) = (self.regex, self.text);
        self.next_by(|shown| regex.span(shown).map(|span| Match::new(text, span)), Match::range)
    }

    /// The next match with its groups.
    pub fn next_captures(&mut self) -> Option<Captures<'h>> {
        let (regex, text) = (self.regex, self.text);
        self.next_by(|shown| regex.groups(text, shown), Captures::range)
    }

    /// The next of what is found; an expression that needs words has no empty matches.
    fn next_by<T>(
        &mut self,
        find: impl Fn(Input<'h>) -> Option<T>,
        range: impl Fn(&T) -> Range<usize>,
    ) -> Option<T> {
        loop {
            let stretch = match self.stretch.take() {
                Some(stretch) => stretch,
                None => self.next_stretch()?,
            };
            let found = find(stretch.shown(self.text)).map(|found| (range(&found), found));
            match found.filter(|(range, _)| range.start <= stretch.upto) {
                Some((range, found)) => {
                    self.from = range.end;
                    self.stretch = stretch.rest(range.end);
                    return Some(found);
                }
                None => self.from = self.behind(stretch.upto),
            }
        }
    }

    /// The stretch around the next place of a word. A match that begins with the word is sought there alone. Between stops all
    /// matches are found at once. Where no stop is near, only those that begin before the word are sure to be seen whole, by
    /// how long they can be; and where they may be of any length, all that is left is shown.
    fn next_stretch(&mut self) -> Option<Stretch> {
        let at = self.near.at_or_behind(self.from)?;
        let (text, begins) = (self.text, self.near.before() == Some(0));
        let longest = self.regex.needs.longest;
        if begins && longest.is_some() {
            return Some(Stretch { from: at, upto: at, end: text.len() });
        }
        let earliest = self.near.before().map(|most| text.floor_char_boundary(at.saturating_sub(most)));
        let from = earliest.unwrap_or_else(|| self.stop_before(at)).max(self.from);
        if let Some(end) = self.stop_behind(at) {
            return Some(Stretch { from, upto: if begins { at } else { end }, end });
        }
        let end = longest.map(|most| text.ceil_char_boundary(at + most + MARGIN));
        Some(match end.filter(|end| *end < text.len()) {
            Some(end) => Stretch { from, upto: at, end },
            None => Stretch { from, upto: text.len(), end: text.len() },
        })
    }

    /// The place behind the last stop before a word, as far as one is near.
    fn stop_before(&self, at: usize) -> usize {
        let near = self.text.floor_char_boundary(at.saturating_sub(NEAR)).max(self.from);
        let stops = &self.regex.needs.stops;
        let before = self.text.get(near..at).unwrap_or_default();
        let stop = before.char_indices().rev().find(|(_, c)| stops.contains(c));
        stop.map_or(self.from, |(found, c)| near + found + c.len_utf8())
    }

    /// The first stop behind a word, as far as one is near.
    fn stop_behind(&self, at: usize) -> Option<usize> {
        let stops = &self.regex.needs.stops;
        if stops.is_empty() {
            return None;
        }
        let end = self.text.floor_char_boundary(at + NEAR);
        let behind = self.text.get(at..end).unwrap_or_default();
        let stop = behind.char_indices().find(|(_, c)| stops.contains(c));
        stop.map(|(found, _)| at + found).or((end == self.text.len()).then_some(end))
    }

    /// The place behind the character at a place.
    fn behind(&self, at: usize) -> usize {
        self.text.ceil_char_boundary(at + 1)
    }
}
