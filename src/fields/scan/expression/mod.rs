//! Regular expressions that look only where their words stand.
//!
//! A contract has a few places where 仲裁 stands, and an expression about arbitration has no business anywhere else. The
//! words that an expression cannot do without are read off the expression itself ([`needs`]), in chains: 支付, and behind it 元
//! or 万元 ([`chains`]). A stage that asks some hundred expressions of one text has its characters listed once ([`within`],
//! [`list`]); each expression then looks its words up ([`places`]) and is tried only where those of a whole chain stand, in
//! order, no stop between them that no match holds ([`walk`]); where the match has to begin with the word, at that character alone.
//! One that looks for the beginning or the end of a text is not tried where another character stands there ([`edges`]). The engine says where
//! a match stands, and where its groups stand is told by walking over the match alone ([`groups`]).
//! What is found is what the expression alone would find: of a text that was not listed, and by an expression that needs
//! no word, the engine is asked as it is. That engine is linear in the text.

mod apart;
mod chains;
mod edges;
mod found;
mod groups;
mod iterators;
mod list;
mod needs;
mod places;
mod program;
mod sought;
mod spots;
mod walk;
mod words;

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use regex_automata::{Anchored, Input, PatternID, Span, meta};
use regex_syntax::ParserBuilder;

pub use apart::Apart;
use edges::Edges;
use found::Names;
pub use found::{Captures, Match};
pub use iterators::{CapturesIter, FindIter};
use needs::Needs;
pub use places::within;
use program::Program;
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
    edges: Edges,
    /// By which the groups of a match are told; none where that is left to the engine.
    program: Option<Program>,
    names: Arc<Names>,
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
        let engine = engine.map_err(|error| Invalid::Size(Box::new(error)))?;
        let names = engine.group_info().pattern_names(PatternID::ZERO);
        Ok(Self {
            source: source.into(),
            names: names.map(|name| name.map(Box::from)).collect(),
            engine,
            needs: Needs::of(&parsed),
            edges: Edges::of(&parsed),
            program: Program::of(&parsed),
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

    /// The first match from a place on. What stands before the place is still seen by `\b`.
    fn find_at<'h>(&self, text: &'h str, from: usize) -> Option<Match<'h>> {
        match self.spots(text) {
            Spots::Wanting | Spots::Nowhere => None,
            Spots::Anywhere if from > text.len() => None,
            Spots::Anywhere => self.span(Input::new(text).range(from..)).map(|span| Match::new(text, span)),
            Spots::At(near) => Walk::new(self, text, near).behind_place(from).next_match(),
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
            Spots::Anywhere => CapturesIter::Anywhere(self, text, self.engine.find_iter(text)),
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
        !self.needs.blanks && matches!(places::find(self.number, &self.needs, text), Spots::Wanting)
    }

    /// Places of a text, in order: every match in any stretch of it holds one of them. `None` where nothing is known.
    pub fn places_in(&self, text: &str) -> Option<impl Iterator<Item = usize> + use<>> {
        match places::find(self.number, &self.needs, text) {
            Spots::Wanting | Spots::Nowhere => Some(None.into_iter().flatten()),
            Spots::At(near) => Some(Some(near).into_iter().flatten()),
            Spots::Anywhere => None,
        }
    }

    /// The expression.
    pub fn as_str(&self) -> &str {
        &self.source
    }

    /// Where its words stand in a text, as far as that is known.
    fn spots(&self, text: &str) -> Spots {
        if !self.edges.may_match(text) {
            return Spots::Nowhere;
        }
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
    fn groups<'h>(&self, text: &'h str, shown: Input<'_>) -> Option<Captures<'h>> {
        let found = self.span(shown.clone())?;
        Some(self.groups_of(text, shown, found))
    }

    /// The groups of a match that was found in what is shown of a text.
    fn groups_of<'h>(&self, text: &'h str, shown: Input<'_>, found: Span) -> Captures<'h> {
        let mut bounds: Box<[_]> = vec![None; self.names.len() * 2].into();
        let seen = text.get(..shown.haystack().len()).unwrap_or(text);
        let tell = |program: &Program| groups::tell(program, seen, found.start..found.end, &mut bounds);
        if !self.program.as_ref().is_some_and(tell) {
            bounds = self.bounds_by_engine(shown, found);
        }
        Captures::new(text, &self.names, bounds)
    }

    /// The bounds of the groups of a match, as the engine tells them.
    fn bounds_by_engine(&self, shown: Input<'_>, found: Span) -> Box<[Option<usize>]> {
        let end = shown.end();
        let mut groups = self.engine.create_captures();
        self.engine.search_captures(&shown.range(found.start..end).anchored(Anchored::Yes), &mut groups);
        groups.iter().flat_map(|group| [group.map(|span| span.start), group.map(|span| span.end)]).collect()
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

#[cfg(test)]
mod tests;
