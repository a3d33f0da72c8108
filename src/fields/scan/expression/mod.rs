//! Regular expressions that look only where their words stand.
//!
//! A contract has a few places where 仲裁 stands, and an expression about arbitration has no business anywhere else. The
//! words that an expression cannot do without are read off the expression itself ([`needs`]), in chains: 支付, and behind it 元
//! or 万元 ([`chains`]). A stage that asks some hundred expressions of one text has its characters listed once ([`within`],
//! [`list`]); each expression then looks its words up ([`places`]) and is tried only where those of a whole chain stand, in
//! order, no stop between them that no match holds ([`walk`]); where the match has to begin with the word, at that character alone.
//! What is found is what the expression alone would find: of a text that was not listed, and by an expression that needs
//! no word, the engine is asked as it is. That engine is linear in the text.

mod chains;
mod found;
mod list;
mod needs;
mod places;
mod spots;
mod walk;
mod words;

use std::borrow::Cow;
use std::sync::atomic::{AtomicU32, Ordering};

use regex_automata::meta::{self, CapturesMatches, FindMatches};
use regex_automata::{Input, Span};
use regex_syntax::ParserBuilder;

pub use found::{Captures, Match};
use needs::Needs;
pub use places::within;
use spots::Spots;
use walk::Walk;

/// Bytes of states that an expression may keep: an alternation of some hundred names throws them away all the time with the
/// two megabytes that the engine allows by itself.
const STATES: usize = 8 << 20;

/// Bytes that a compiled expression may take.
const COMPILED: usize = 10 << 20;

/// A regular expression that knows the words without which it cannot match.
#[derive(Debug)]
pub struct Regex {
    source: Box<str>,
    engine: meta::Regex,
    needs: Needs,
    /// By which a listed text remembers the places of its words.
    number: u32,
}

/// What is wrong with an expression.
#[derive(Debug, thiserror::Error)]
pub enum Invalid {
    /// It cannot be read.
    #[error("{0}")]
    Syntax(Box<regex_syntax::Error>),
    /// It is too large.
    #[error("{0}")]
    Size(Box<meta::BuildError>),
}

impl Regex {
    /// Compiles an expression.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn new(source: &str) -> Result<Self, Invalid> {
        Self::compile(source, false)
    }

    /// Compiles an expression for which case does not matter.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn in_any_case(source: &str) -> Result<Self, Invalid> {
        Self::compile(source, true)
    }

    fn compile(source: &str, any_case: bool) -> Result<Self, Invalid> {
        static NUMBERS: AtomicU32 = AtomicU32::new(0);
        let parsed = ParserBuilder::new().case_insensitive(any_case).build().parse(source);
        let parsed = parsed.map_err(|error| Invalid::Syntax(Box::new(error)))?;
        let limits = meta::Config::new().nfa_size_limit(Some(COMPILED)).hybrid_cache_capacity(STATES);
        let engine = meta::Builder::new().configure(limits).build_from_hir(&parsed);
        Ok(Self {
            source: source.into(),
            engine: engine.map_err(|error| Invalid::Size(Box::new(error)))?,
            needs: Needs::of(&parsed),
            number: NUMBERS.fetch_add(1, Ordering::Relaxed),
        })
    }

    /// Does it match?
    pub fn is_match(&self, text: &str) -> bool {
        match self.spots(text) {
            Spots::Wanting | Spots::Nowhere => false,
            Spots::Anywhere => self.engine.is_match(text),
            Spots::At(near) => Walk::new(self, text, near).any(),
        }
    }

    /// The first match.
    pub fn find<'h>(&self, text: &'h str) -> Option<Match<'h>> {
        match self.spots(text) {
            Spots::Wanting | Spots::Nowhere => None,
            Spots::Anywhere => self.engine.find(text).map(|found| Match::new(text, found.span())),
            Spots::At(near) => Walk::new(self, text, near).next_match(),
        }
    }

    /// The first match with its groups.
    pub fn captures<'h>(&self, text: &'h str) -> Option<Captures<'h>> {
        match self.spots(text) {
            Spots::Wanting | Spots::Nowhere => None,
            Spots::Anywhere => self.groups(text, Input::new(text)),
            Spots::At(near) => Walk::new(self, text, near).next_captures(),
        }
    }

    /// The first match from a place on, with its groups. What stands before the place is still seen by `\b`.
    pub fn captures_at<'h>(&self, text: &'h str, from: usize) -> Option<Captures<'h>> {
        match self.spots(text) {
            Spots::Wanting | Spots::Nowhere => None,
            _ => self.groups(text, Input::new(text).range(from..)),
        }
    }

    /// All matches, in order, none over another.
    pub fn find_iter<'r, 'h>(&'r self, text: &'h str) -> FindIter<'r, 'h> {
        match self.spots(text) {
            Spots::Wanting | Spots::Nowhere => FindIter::Nowhere,
            Spots::Anywhere => FindIter::Anywhere(text, self.engine.find_iter(text)),
            Spots::At(near) => FindIter::Near(Walk::new(self, text, near)),
        }
    }

    /// All matches with their groups.
    pub fn captures_iter<'r, 'h>(&'r self, text: &'h str) -> CapturesIter<'r, 'h> {
        match self.spots(text) {
            Spots::Wanting | Spots::Nowhere => CapturesIter::Nowhere,
            Spots::Anywhere => CapturesIter::Anywhere(text, Box::new(self.engine.captures_iter(text))),
            Spots::At(near) => CapturesIter::Near(Walk::new(self, text, near)),
        }
    }

    /// The text with every match replaced; `$1` stands for a group.
    pub fn replace_all<'h>(&self, text: &'h str, by: &str) -> Cow<'h, str> {
        replaced(text, self.captures_iter(text), by)
    }

    /// The text with the first match replaced.
    pub fn replace<'h>(&self, text: &'h str, by: &str) -> Cow<'h, str> {
        replaced(text, self.captures(text).into_iter(), by)
    }

    /// Is it known that it cannot match in a text, nor in what is left of it where stretches are blanked out?
    pub fn is_ruled_out(&self, text: &str) -> bool {
        !self.needs.blanks && matches!(self.spots(text), Spots::Wanting)
    }

    /// The expression.
    pub fn as_str(&self) -> &str {
        &self.source
    }

    /// Where its words stand in a text, as far as that is known.
    fn spots(&self, text: &str) -> Spots {
        match places::find(self.number, &self.needs, text) {
            Spots::At(_) if self.needs.begins_text => Spots::Anywhere,
            spots => spots,
        }
    }

    /// The next match in what is shown of a text.
    fn span(&self, shown: Input<'_>) -> Option<Span> {
        self.engine.search(&shown).map(|found| found.span())
    }

    /// The same with its groups.
    fn groups<'h>(&self, text: &'h str, shown: Input<'h>) -> Option<Captures<'h>> {
        let mut groups = self.engine.create_captures();
        self.engine.search_captures(&shown, &mut groups);
        groups.is_match().then(|| Captures::new(text, groups))
    }
}

/// A text in which words stand in the place of what was found.
fn replaced<'h>(text: &'h str, found: impl Iterator<Item = Captures<'h>>, by: &str) -> Cow<'h, str> {
    let (mut out, mut from) = (String::new(), None);
    for found in found {
        let range = found.range();
        out.push_str(text.get(from.unwrap_or(0)..range.start).unwrap_or_default());
        found.write(by, &mut out);
        from = Some(range.end);
    }
    let Some(from) = from else { return Cow::Borrowed(text) };
    out.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

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
    Anywhere(&'h str, Box<CapturesMatches<'r, 'h>>),
    /// Near its words.
    Near(Walk<'r, 'h>),
}

impl<'h> Iterator for CapturesIter<'_, 'h> {
    type Item = Captures<'h>;

    fn next(&mut self) -> Option<Captures<'h>> {
        match self {
            Self::Nowhere => None,
            Self::Anywhere(text, found) => found.next().map(|groups| Captures::new(text, groups)),
            Self::Near(walk) => walk.next_captures(),
        }
    }
}

#[cfg(test)]
mod tests;
