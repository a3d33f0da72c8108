//! What is wrong with a question.

use std::fmt;
use std::ops::Range;

/// A question that cannot be understood: where, why, and what to write instead. Displayed, it shows the
/// question with a caret under the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// The question.
    pub query: String,
    /// First character of the place, from 0, and one past the last.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// What is wrong, in Chinese.
    pub message: String,
    /// What to write instead, in Chinese.
    pub suggestion: String,
}

impl std::error::Error for QueryError {}

/// A fault found while reading a question, before the question itself is at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// Characters of the question.
    pub at: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub suggestion: String,
}

impl Fault {
    /// A fault at a place.
    pub fn new(at: Range<usize>, message: impl Into<String>, suggestion: impl Into<String>) -> Self {
        Self { at, message: message.into(), suggestion: suggestion.into() }
    }

    /// The error about a question.
    pub fn in_query(self, query: &str) -> QueryError {
        QueryError {
            query: query.to_owned(),
            start: self.at.start,
            end: self.at.end,
            message: self.message,
            suggestion: self.suggestion,
        }
    }
}

/// Characters of a question that are shown, around the place: a pasted text is long.
const SHOWN: usize = 80;

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "检索式有误（第 {} 个字）：{}", self.start + 1, self.message)?;
        // A line break in the question would tear the caret from its place.
        let skipped = self.start.saturating_sub(SHOWN / 2);
        let stretch = self.query.chars().skip(skipped).take(SHOWN);
        let shown: String = stretch.map(|c| if c.is_control() { ' ' } else { c }).collect();
        let start = self.start - skipped;
        let before: usize = shown.chars().take(start).map(columns).sum();
        let length = self.end.saturating_sub(self.start);
        let under: usize = shown.chars().skip(start).take(length).map(columns).sum();
        writeln!(f, "  {shown}")?;
        writeln!(f, "  {}{}", " ".repeat(before), "^".repeat(under.max(1)))?;
        write!(f, "{}", self.suggestion)
    }
}

/// Columns on a terminal: two for Chinese characters and full-width forms.
fn columns(c: char) -> usize {
    match c {
        '\u{1100}'..='\u{115F}'
        | '\u{2E80}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF00}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}'
        | '\u{201C}'..='\u{201D}'
        | '\u{20000}'..='\u{323AF}' => 2,
        _ => 1,
    }
}
