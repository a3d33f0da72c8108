//! What an expression found.

use std::ops::{Index, Range};

use regex_automata::util::captures;

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
    groups: captures::Captures,
}

impl<'h> Captures<'h> {
    pub(super) fn new(text: &'h str, groups: captures::Captures) -> Self {
        Self { text, groups }
    }

    /// A group by its number; the whole match is number 0.
    pub fn get(&self, number: usize) -> Option<Match<'h>> {
        self.groups.get_group(number).map(|span| Match::new(self.text, span))
    }

    /// A group by its name.
    pub fn name(&self, name: &str) -> Option<Match<'h>> {
        self.groups.get_group_by_name(name).map(|span| Match::new(self.text, span))
    }

    /// All groups by their numbers, those that took no part included.
    pub fn iter(&self) -> impl Iterator<Item = Option<Match<'h>>> + '_ {
        self.groups.iter().map(|group| group.map(|span| Match::new(self.text, span)))
    }

    /// Bytes of the whole match.
    pub(super) fn range(&self) -> Range<usize> {
        self.groups.get_group(0).map_or(0..0, |span| span.start..span.end)
    }

    /// Writes words in which `$1` stands for a group.
    pub(super) fn write(&self, words: &str, out: &mut String) {
        self.groups.interpolate_string_into(self.text, words, out);
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
