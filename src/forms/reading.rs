//! What the record has to say for one entry, before the form's definition names it.

use serde::Serialize;

use super::form::State;
use super::wording::quoted;
use crate::model::{Confidence, Span, Value};

/// A value with its state, or the reason why there is none.
#[derive(Debug)]
pub(super) struct Reading {
    pub value: Option<String>,
    pub normalised: Option<serde_json::Value>,
    pub state: State,
    pub confidence: Option<Confidence>,
    pub evidence: Vec<Span>,
    pub notes: Vec<String>,
}

impl Reading {
    /// Nothing, and why.
    pub fn open(why: impl Into<String>) -> Self {
        Self {
            value: None,
            normalised: None,
            state: State::Open,
            confidence: None,
            evidence: Vec::new(),
            notes: vec![why.into()],
        }
    }

    /// A fact about the file or the record: nothing to doubt, no place in the text.
    pub fn fact(written: impl Into<String>, normalised: impl Serialize) -> Self {
        Self {
            value: Some(written.into()),
            normalised: serde_json::to_value(normalised).ok(),
            state: State::Read,
            confidence: None,
            evidence: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// A value that was read, written out for the clerk.
    pub fn read<T: Serialize>(value: &Value<T>, written: String) -> Self {
        Self {
            confidence: Some(value.confidence),
            evidence: value.evidence.clone(),
            ..Self::fact(written, &value.value)
        }
    }

    /// A value that was not read but worked out of another; the note says from which.
    pub fn computed(written: String, how: &str, evidence: &[Span]) -> Self {
        Self { value: Some(written), ..Self::open(how).resting_on(evidence) }
    }

    /// The same value, normalised otherwise: for a part of a composite value. What is open stays so.
    pub fn normalised_as(mut self, part: impl Serialize) -> Self {
        self.normalised = self.normalised.and_then(|_| serde_json::to_value(part).ok());
        self
    }

    /// The same with one more note.
    pub fn noting(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The same with these places as its evidence.
    pub fn resting_on(mut self, evidence: &[Span]) -> Self {
        self.evidence = evidence.to_vec();
        self
    }

    /// The same, with other wordings that the text has for it.
    pub fn noting_others(self, others: &[&str]) -> Self {
        match quoted(others.iter().copied()) {
            Some(quotes) => self.noting(format!("文中另有不同记载：{quotes}，请核对")),
            None if others.is_empty() => self,
            None => self.noting("文中另有不同记载，请核对"),
        }
    }

    /// The same, with a note where it is less sure than `limit`.
    pub fn noting_doubt(self, limit: f64) -> Self {
        match self.confidence.map(Confidence::get).filter(|sure| *sure < limit) {
            Some(sure) => self.noting(format!("可信度{sure:.2}，请核对")),
            None => self,
        }
    }
}
