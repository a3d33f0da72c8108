//! Why a field has the value it has (`hetong extract --explain`): what was considered, how much it weighed, and
//! which pattern or dictionary line brought it up.
//!
//! Extractors and the resolver tell a [`Journal`]. It is kept only when somebody asked; else what they would have
//! said is never made.

use std::cell::RefCell;

use crate::model::Span;

/// What became of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is the value.
    Won,
    /// It states the same value elsewhere and makes it surer.
    Agrees,
    /// It states another value and makes it less sure.
    Differs,
    /// It only raised or lowered others.
    Cue,
    /// It was left out.
    Rejected,
}

impl Verdict {
    /// As a person reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Won => "采用",
            Self::Agrees => "一致",
            Self::Differs => "不同",
            Self::Cue => "线索",
            Self::Rejected => "未采用",
        }
    }
}

/// One candidate.
#[derive(Debug, Clone, PartialEq)]
pub struct Considered {
    /// Where it stands.
    pub span: Span,
    /// What it counted: a probability for values, points for cues.
    pub score: f64,
    /// Extractor and pattern, or dictionary and entry.
    pub source: String,
    /// What became of it.
    pub verdict: Verdict,
    /// Why, in Chinese; may be empty.
    pub why: String,
}

/// Collects candidates when asked to.
#[derive(Debug, Default)]
pub struct Journal(RefCell<Option<Vec<Considered>>>);

impl Journal {
    /// From now on, candidates are kept.
    pub fn open(&self) {
        self.0.replace(Some(Vec::new()));
    }

    /// Notes a candidate, if anybody asked.
    pub fn note(&self, candidate: impl FnOnce() -> Considered) {
        if let Ok(mut kept) = self.0.try_borrow_mut()
            && let Some(kept) = kept.as_mut()
        {
            kept.push(candidate());
        }
    }

    /// What was noted.
    pub fn close(&self) -> Vec<Considered> {
        self.0.take().unwrap_or_default()
    }
}

/// How a field came by its value, or why it has none.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Path of the field.
    pub field: &'static str,
    /// What its extractor reads, in Chinese.
    pub about: &'static str,
    /// The value as the record has it; `None` where it has none.
    pub value: Option<serde_json::Value>,
    /// Why it has none, in Chinese.
    pub absent: Option<&'static str>,
    /// Candidates in the order in which they were weighed.
    pub candidates: Vec<Considered>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_made_unless_somebody_asked() {
        let journal = Journal::default();
        journal.note(|| unreachable!("nobody asked"));
        assert!(journal.close().is_empty());
    }
}
