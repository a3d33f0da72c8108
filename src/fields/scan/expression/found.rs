//! What an expression found.

use std::ops::{Index, Range};
use std::sync::Arc;

use regex_automata::util::interpolate;

/// A match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match<'h> {
    text: &'h str,
    start: usize,
    end: usize,
}

impl<'h> Match<'h> {
    pub(super) fn new(text: &'h str, found: regex_automata::Span) -> Self {
        Self { text, start: found.start, end: found.end }
    }

    /// Its first byte.
    pub fn start(&self) -> usize {
        self.start
    }

    /// The byte behind its last.
    pub fn end(&self) -> usize {
        self.end
    }

    /// Its bytes.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// How many bytes it has.
    pub fn len(&self) -> usize {
        self.end - self.start
    }

    /// Is it empty?
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// What it says.
    pub fn as_str(&self) -> &'h str {
        self.text.get(self.range()).unwrap_or_default()
    }
}

/// A match with its groups.
#[derive(Debug, Clone)]
pub struct Captures<'h> {
    text: &'h str,
    names: Arc<Names>,
    bounds: Box<[Option<usize>]>,
}

/// The names of the groups of an expression, by their numbers.
pub(super) type Names = [Option<Box<str>>];

impl<'h> Captures<'h> {
    /// Bounds are in pairs, those of the whole match first.
    pub(super) fn new(text: &'h str, names: &Arc<Names>, bounds: Box<[Option<usize>]>) -> Self {
        Self { text, names: Arc::clone(names), bounds }
    }

    /// A group by its number; the whole match is number 0.
    pub fn get(&self, number: usize) -> Option<Match<'h>> {
        let bound = |at: usize| self.bounds.get(at).copied().flatten();
        let (start, end) = bound(number * 2).zip(bound(number * 2 + 1))?;
        Some(Match { text: self.text, start, end })
    }

    /// A group by its name.
    pub fn name(&self, name: &str) -> Option<Match<'h>> {
        self.get(self.number(name)?)
    }

    /// All groups by their numbers, those that took no part included.
    pub fn iter(&self) -> impl Iterator<Item = Option<Match<'h>>> + '_ {
        (0..self.names.len()).map(|number| self.get(number))
    }

    /// Bytes of the whole match.
    pub(super) fn range(&self) -> Range<usize> {
        self.get(0).map_or(0..0, |whole| whole.range())
    }

    /// Writes words in which `$1` stands for a group.
    pub(super) fn write(&self, words: &str, out: &mut String) {
        let append = |number: usize, out: &mut String| out.push_str(&self[number]);
        interpolate::string(words, append, |name| self.number(name), out);
    }

    fn number(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| known.as_deref() == Some(name))
    }
}

/// What a group says; nothing where it took no part.
impl Index<usize> for Captures<'_> {
    type Output = str;

    fn index(&self, number: usize) -> &str {
        self.get(number).map_or("", |group| group.as_str())
    }
}

/// What a group says; nothing where it took no part.
impl Index<&str> for Captures<'_> {
    type Output = str;

    fn index(&self, name: &str) -> &str {
        self.name(name).map_or("", |group| group.as_str())
    }
}
