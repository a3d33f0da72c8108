//! Which contracts a pack is for.

use crate::fields::scan::Regex;

use super::Lexicon;
use super::file::AppliesTo;

/// Tells the contracts that a pack is for.
#[derive(Debug)]
pub struct Scope {
    /// What they are called, in Chinese.
    pub label: String,
    title: Option<Regex>,
    body: Option<Regex>,
    least: usize,
}

impl Scope {
    /// Compiles what the pack says. `Err` says what is wrong with it.
    pub(super) fn new(wanted: AppliesTo, lexicon: &Lexicon) -> Result<Self, String> {
        Ok(Self {
            label: wanted.label,
            title: lexicon.compile(&wanted.title)?,
            body: lexicon.compile(&wanted.body)?,
            least: wanted.least.max(1),
        })
    }

    /// Is a contract of this title and folded body one of them?
    pub fn holds(&self, title: &str, body: &str) -> bool {
        let titled = self.title.as_ref().is_some_and(|regex| regex.is_match(title));
        titled
            || self
                .body
                .as_ref()
                .is_some_and(|regex| regex.find_iter(body).take(self.least).count() == self.least)
    }
}
