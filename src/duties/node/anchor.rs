//! Which day an event is that a payment waits for, where the contract tells it (`[anchors]` of `duties.toml`).

use std::collections::BTreeMap;

use regex::Regex;
use serde::Deserialize;

/// A day of the contract that others are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The last signature (签订).
    Signed,
    /// Taking effect (生效).
    Effective,
    /// First day of the term (期限起始).
    Start,
    /// Last day of the term (期限届满).
    End,
}

impl Anchor {
    /// As a person reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Signed => "签订",
            Self::Effective => "生效",
            Self::Start => "期限起始",
            Self::End => "期限届满",
        }
    }
}

/// The wordings as they stand in the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::duties) struct Wordings {
    signed: Vec<String>,
    effective: Vec<String>,
    start: Vec<String>,
    end: Vec<String>,
    words: BTreeMap<String, String>,
}

/// The wordings, compiled.
#[derive(Debug, Clone)]
pub(in crate::duties) struct Anchors(Vec<(Anchor, Regex)>);

impl Wordings {
    /// Compiles them; the error names the wording.
    pub(in crate::duties) fn compile(&self) -> Result<Anchors, String> {
        let lists = [
            (Anchor::Signed, &self.signed),
            (Anchor::Effective, &self.effective),
            (Anchor::Start, &self.start),
            (Anchor::End, &self.end),
        ];
        let wordings = lists.into_iter().flat_map(|(anchor, list)| list.iter().map(move |w| (anchor, w)));
        let compiled = wordings.map(|(anchor, wording)| Ok((anchor, self.regex(wording)?)));
        Ok(Anchors(compiled.collect::<Result<_, String>>()?))
    }

    fn regex(&self, wording: &str) -> Result<Regex, String> {
        let spelt = self
            .words
            .iter()
            .fold(wording.to_owned(), |spelt, (name, words)| spelt.replace(&format!("<<{name}>>"), words));
        Regex::new(&format!("^(?:{spelt})$")).map_err(|error| format!("anchors 中的“{wording}”：{error}"))
    }
}

impl Anchors {
    /// The day that the whole of an event stands for; an event that says more than that is none.
    pub(in crate::duties) fn of(&self, event: &str) -> Option<Anchor> {
        let event: String = event.chars().filter(|c| !c.is_whitespace()).collect();
        self.0.iter().find(|(_, wording)| wording.is_match(&event)).map(|(anchor, _)| *anchor)
    }
}
