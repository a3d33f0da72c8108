//! A contract as the extractors see it: rows of segments, and the parts that come before, among and after
//! the clauses.

mod parts;
mod rows;

use std::ops::Range;

use crate::fields::scan::{Captures, Match, Regex};

use super::explain::Journal;
use super::lexicon::Lexicon;
use crate::model::{Span, Text};
pub use parts::starts_clause;
pub use rows::{Row, Segment};

/// No sentence or line is looked at further than so many bytes to either side: a file that is one line must not cost
/// its length for each word in it.
const LONGEST: usize = 3_000;

/// So many places of one pattern are looked at, from the beginning: each costs the sentence around it, and no contract
/// speaks of one matter more often.
const MANY: usize = 1_000;

/// Where in a contract a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Before the first clause: cover, title, parties, recitals.
    Opening,
    /// Among the clauses.
    Clauses,
    /// In the block of signatures.
    Signature,
    /// In an attachment (附件).
    Attachment,
}

/// The text of one contract with everything that several extractors need to know about it.
#[derive(Debug)]
pub struct Reading<'t> {
    /// The text.
    pub text: &'t Text,
    /// The dictionaries.
    pub lexicon: &'t Lexicon,
    /// The folded body.
    pub body: &'t str,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Where candidates are noted when somebody asks why.
    pub journal: Journal,
}

impl<'t> Reading<'t> {
    /// Cuts the body of a text into rows.
    pub fn new(text: &'t Text, lexicon: &'t Lexicon) -> Self {
        let body = text.folded_body();
        let mut reading =
            Self { text, lexicon, body, rows: rows::rows(text, body), journal: Journal::default() };
        reading.assign_parts();
        reading
    }

    /// The folded text of a stretch.
    pub fn slice(&self, range: Range<usize>) -> &'t str {
        self.body.get(range).unwrap_or("")
    }

    /// The folded text of a segment.
    pub fn segment(&self, segment: &Segment) -> &'t str {
        self.slice(segment.range.clone())
    }

    /// The folded text of a row.
    pub fn row(&self, row: &Row) -> &'t str {
        self.slice(row.range())
    }

    /// Evidence for a stretch.
    pub fn span(&self, range: Range<usize>) -> Span {
        self.text.span_of_shadow(range)
    }

    /// How sure the characters of a stretch were read: what rests on doubtful ones is no surer than they are.
    pub fn reading_confidence(&self, range: &Range<usize>) -> f64 {
        f64::from(self.text.reading_confidence(range.clone()))
    }

    /// The stretch as written, without the white space that letter-spacing and line ends put into it. One
    /// space stays between Latin words; full-width letters and digits become half-width; what shows nothing in the
    /// shadow is left out.
    pub fn written(&self, range: Range<usize>) -> String {
        let content = self.text.shadow.to_content(&self.text.content, range.clone());
        let shown = self.text.shadow.origin.get(range).unwrap_or_default();
        let mut out = String::new();
        let mut gap = false;
        for (at, c) in self.text.content.get(content.clone()).unwrap_or("").char_indices() {
            if c.is_whitespace() {
                gap = true;
                continue;
            }
            // Marks of Markdown and the line under a figure are no part of what is said.
            if shown.binary_search(&((content.start + at) as u32)).is_err() {
                continue;
            }
            let c = match c {
                '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
                    char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)
                }
                c => c,
            };
            let latin =
                |c: char| c.is_ascii_alphanumeric() || matches!(c, ',' | '.' | '&' | '-' | '(' | ')' | '\'');
            if gap && latin(c) && out.chars().next_back().is_some_and(latin) {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        }
        out
    }

    /// Does white space stand right before this place in the text as written?
    pub fn gap_before(&self, at: usize) -> bool {
        let origin = |i: usize| self.text.shadow.origin.get(i).copied().map(|o| o as usize);
        let Some(here) = origin(at) else { return false };
        self.text
            .content
            .get(..here)
            .and_then(|before| before.chars().next_back())
            .is_some_and(char::is_whitespace)
    }

    /// How many blanks stand between the beginning of its line and a place, in the text as written; wide ones count twice.
    pub fn indent(&self, at: usize) -> usize {
        let here = self.text.shadow.origin.get(at).map_or(0, |origin| *origin as usize);
        let before = self.text.content.get(..here).unwrap_or("").chars().rev();
        let blanks = before.take_while(|c| c.is_whitespace() && *c != '\n');
        blanks.map(|c| if matches!(c, '\u{3000}' | '\t') { 2 } else { 1 }).sum()
    }

    /// Narrows a stretch by what stands at its ends: white space, blanks, and the given characters.
    pub fn trim(&self, range: Range<usize>, extra: &[char]) -> Range<usize> {
        let slice = self.slice(range.clone());
        let is_edge = |c: char| c.is_whitespace() || c == '_' || extra.contains(&c);
        let kept = slice.trim_start_matches(is_edge);
        let start = range.start + slice.len() - kept.len();
        start..start + kept.trim_end_matches(is_edge).len()
    }

    /// The places where a pattern stands in the body: no more than a thousand of them.
    pub fn find_all<'r>(&self, regex: &'r Regex) -> impl Iterator<Item = Match<'t>> + use<'r, 't> {
        regex.find_iter(self.body).take(MANY)
    }

    /// The same with the groups of the pattern.
    pub fn captures_all<'r>(&self, regex: &'r Regex) -> impl Iterator<Item = Captures<'t>> + use<'r, 't> {
        regex.captures_iter(self.body).take(MANY)
    }

    /// The sentence around a place: from the last 。；line break to the next.
    pub fn sentence(&self, at: usize) -> Range<usize> {
        self.around(at, &['。', ';', '\n', '\t'])
    }

    /// The sentence before a place, no more than so many characters of it.
    pub fn around_within(&self, at: usize, most: usize) -> Range<usize> {
        let before = self.slice(0..at);
        let near = before.char_indices().rev().nth(most.saturating_sub(1)).map_or(0, |(i, _)| i);
        let stop = |c: char| matches!(c, '。' | ';' | '\n' | '\t');
        let start = before[near..]
            .char_indices()
            .rev()
            .find(|(_, c)| stop(*c))
            .map_or(near, |(i, c)| near + i + c.len_utf8());
        start..at
    }

    /// The line around a place.
    pub fn line(&self, at: usize) -> Range<usize> {
        self.around(at, &['\n'])
    }

    /// What stands before a place, from the last of some characters on.
    pub fn before(&self, at: usize, ends: &[char]) -> Range<usize> {
        let from = self.floor(at.saturating_sub(LONGEST));
        let before = self.slice(from..at);
        let start = before
            .rfind(ends)
            .map_or(from, |i| from + i + before[i..].chars().next().map_or(1, char::len_utf8));
        start..at
    }

    fn around(&self, at: usize, ends: &[char]) -> Range<usize> {
        let start = self.before(at, ends).start;
        let to = self.floor((at + LONGEST).min(self.body.len()));
        let end = self.slice(at..to).find(ends).map_or(to, |i| at + i);
        start..end
    }

    /// The last place at or before this one that cuts no character.
    pub fn floor(&self, mut at: usize) -> usize {
        while at > 0 && !self.body.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// Rows of one part.
    pub fn rows_in(&self, part: Part) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.part == part)
    }

    /// The row that holds a place, or the next one.
    pub fn row_at(&self, at: usize) -> Option<&Row> {
        self.rows.get(self.rows.partition_point(|row| row.range().end <= at))
    }

    /// The part that a place belongs to.
    pub fn part_at(&self, at: usize) -> Part {
        self.row_at(at).or(self.rows.last()).map_or(Part::Clauses, |row| row.part)
    }

    fn assign_parts(&mut self) {
        let parts: Vec<Part> = parts::assign(self);
        for (row, part) in self.rows.iter_mut().zip(parts) {
            row.part = part;
        }
    }
}

#[cfg(test)]
pub(super) mod tests;
