//! Where the words that were asked for stand in a text, and what each counts for.

use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::Lexicon;
use super::cover::smaller;
use super::figure::{is_sign, sign_length};
use super::fold::{Folded, is_latin};
use super::fuzzy::{LONG_ENOUGH, find, lookalikes};
use super::plan::Level;
use super::query::{Filter, How, Node, TextField};
use super::tokens::is_joiner;
use super::unit::{Bond, units};

/// Matches of one pattern looked at in a text: more make no better choice, and must not keep another word out.
const MOST_MATCHES: usize = 1_000;

/// The words to mark. Built once for a question.
#[derive(Debug, Default)]
pub(super) struct Marker {
    automaton: Option<AhoCorasick>,
    /// What each pattern counts for.
    sense: Vec<Sense>,
    /// Words in which one character may differ.
    fuzzy: Vec<(String, Sense)>,
    /// Sums and days, in whatever spelling.
    meant: Vec<(String, Sense)>,
    /// May a match be a part of a longer number?
    inside: bool,
    /// The words of quoted text, where the text is not found as it was typed: its punctuation may be another.
    fallback: Option<Box<Marker>>,
}

/// What a match counts for: all patterns of a word count once in a passage, and a part of a word nothing where
/// the whole is shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sense {
    /// Number of the word.
    pub word: usize,
    /// The word that this is a part of; a whole word is its own.
    whole: usize,
    /// How much a passage gains by it.
    pub weight: u32,
}

/// Weight of a word that was asked for: more than all parts of another that a passage may hold.
pub(super) const ASKED: u32 = 100;

impl Sense {
    /// Do these words leave it to be shown?
    pub fn is_new(&self, shown: &[usize]) -> bool {
        !shown.contains(&self.word) && !shown.contains(&self.whole)
    }
}

/// A match in folded bytes.
#[derive(Debug, Clone)]
pub(super) struct Match {
    pub bytes: Range<usize>,
    pub sense: Sense,
}

impl Marker {
    /// The words of a question that are sought, at the level at which it was answered.
    pub fn of(lexicon: &Lexicon, node: &Node, level: Level) -> Self {
        let mut patterns = Patterns::new(lexicon, level);
        patterns.add(node);
        let mut parts = Patterns::new(lexicon, level);
        phrases(node).into_iter().for_each(|phrase| parts.add_words(phrase));
        let fallback = (!parts.list.is_empty()).then(|| Box::new(Self::new(parts)));
        Self { fallback, ..Self::new(patterns) }
    }

    fn new(patterns: Patterns<'_>) -> Self {
        let automaton = AhoCorasick::new(patterns.list.iter().map(|(text, _)| text)).ok();
        let sense = patterns.list.iter().map(|(_, sense)| *sense).collect();
        Self {
            automaton: automaton.filter(|_| !patterns.list.is_empty()),
            sense,
            fuzzy: patterns.fuzzy,
            meant: patterns.meant,
            inside: patterns.level == Level::Inside,
            fallback: None,
        }
    }

    /// The matches in a folded text, in order.
    pub fn matches(&self, lexicon: &Lexicon, folded: &Folded) -> Vec<Match> {
        let mut matches = self.exact(folded);
        if !self.meant.is_empty() {
            matches.extend(lexicon.meant(&folded.text).into_iter().filter_map(|found| {
                let (_, sense) = self.meant.iter().find(|(term, _)| *term == found.term)?;
                Some(Match { bytes: found.bytes, sense: *sense })
            }));
        }
        for (word, sense) in &self.fuzzy {
            let found = find(&folded.text, word).into_iter().take(MOST_MATCHES);
            matches.extend(found.map(|bytes| Match { bytes, sense: *sense }));
        }
        if let Some(fallback) = self.fallback.as_ref().filter(|_| matches.is_empty()) {
            return fallback.matches(lexicon, folded);
        }
        matches.sort_by_key(|found| (found.bytes.start, found.bytes.end));
        matches
    }

    fn exact(&self, folded: &Folded) -> Vec<Match> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut left = vec![MOST_MATCHES; self.sense.len()];
        let found = automaton.find_overlapping_iter(&folded.text).filter_map(|found| {
            let pattern = found.pattern().as_usize();
            let sense = *self.sense.get(pattern)?;
            let left = left.get_mut(pattern).filter(|left| **left > 0)?;
            (self.inside || stands_alone(&folded.text, found.range())).then(|| {
                *left -= 1;
                Match { bytes: found.range(), sense }
            })
        });
        found.collect()
    }
}

/// Is a number or Latin word not torn out of a longer one? Between letters and digits it may be cut.
fn stands_alone(text: &str, bytes: Range<usize>) -> bool {
    let torn = |before: Option<char>, after: Option<char>| {
        before.zip(after).is_some_and(|(a, b)| is_latin(a) && is_latin(b) && a.is_numeric() == b.is_numeric())
    };
    let (Some(before), Some(inside), Some(after)) =
        (text.get(..bytes.start), text.get(bytes.clone()), text.get(bytes.end..))
    else {
        return false;
    };
    !is_fraction(before, &text[bytes.start..])
        && !torn(before.chars().next_back(), inside.chars().next())
        && !torn(inside.chars().next_back(), after.chars().next())
}

/// Does a stretch begin with the fraction of a decimal: 5万 of 1.5万? What has two points is a date, and what
/// stands in a code, as in A3.1, a part of it.
fn is_fraction(before: &str, from: &str) -> bool {
    let Some(head) = before.strip_suffix('.').map(|head| &head[number_start(head)..]) else { return false };
    let fraction = &from[..from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len())];
    let (outer, rest) = (&before[..before.len() - head.len() - 1], &from[fraction.len()..]);
    let in_code = outer.strip_suffix(is_joiner).unwrap_or(outer).ends_with(is_latin) || goes_on(rest);
    !head.is_empty() && !fraction.is_empty() && (sign_length(rest) > 0 || !in_code)
}

/// First byte of the digits that a text ends with.
fn number_start(text: &str) -> usize {
    text.trim_end_matches(|c: char| c.is_ascii_digit()).len()
}

/// Does a code go on behind its number?
fn goes_on(rest: &str) -> bool {
    rest.strip_prefix(is_joiner).unwrap_or(rest).starts_with(is_latin)
}

/// Collects what to mark.
struct Patterns<'a> {
    lexicon: &'a Lexicon,
    level: Level,
    words: usize,
    list: Vec<(String, Sense)>,
    fuzzy: Vec<(String, Sense)>,
    meant: Vec<(String, Sense)>,
}

/// The quoted texts of a question.
fn phrases(node: &Node) -> Vec<&str> {
    match node {
        Node::Phrase(text) => vec![text],
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().flat_map(phrases).collect(),
        _ => Vec::new(),
    }
}

impl<'a> Patterns<'a> {
    fn new(lexicon: &'a Lexicon, level: Level) -> Self {
        Self { lexicon, level, words: 0, list: Vec::new(), fuzzy: Vec::new(), meant: Vec::new() }
    }

    fn add(&mut self, node: &Node) {
        match node {
            Node::Words(text) => self.add_words(text),
            Node::Phrase(text) => {
                self.add_one(text, ASKED);
                if !self.level.is_whole() {
                    self.add_words(text);
                }
            }
            Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| self.add(node)),
            Node::Near { parts, .. } => parts.iter().for_each(|part| self.add_words(part)),
            Node::Fuzzy(text) => self.add_fuzzy(text),
            Node::Filter(Filter::Text { field: TextField::Body, text, how }) => match how {
                How::Words => self.add_words(text),
                How::Quoted => self.add_one(text, ASKED),
                How::Fuzzy => self.add_fuzzy(text),
            },
            Node::Filter(_) | Node::Not(_) => {}
        }
    }

    fn add_fuzzy(&mut self, text: &str) {
        let word = self.lexicon.fold(text).text;
        lookalikes(self.lexicon, &word).iter().for_each(|other| self.push(other, self.words, ASKED));
        let sense = Sense { word: self.words, whole: self.words, weight: ASKED };
        match word.chars().count() {
            0..LONG_ENOUGH => self.push(&word, self.words, ASKED),
            _ => self.fuzzy.push((word, sense)),
        }
        self.words += 1;
    }

    fn add_words(&mut self, text: &str) {
        let units = units(self.lexicon, text);
        // Words before parts: a pattern that is both counts as a word.
        let first = self.words;
        for unit in &units {
            self.push(&unit.text, self.words, ASKED);
            self.lexicon.synonyms(&unit.text).for_each(|synonym| self.push(synonym, self.words, ASKED));
            self.add_meaning(&unit.text);
            self.add_lookalikes(&unit.text);
            self.words += 1;
        }
        if units.len() > 1 {
            self.add_one(text, 1);
        }
        for (n, unit) in units.iter().enumerate() {
            if matches!(unit.bond, Bond::Loose | Bond::Spread) || !self.level.is_whole() {
                smaller(self.lexicon, unit).iter().for_each(|part| self.add_part(part, first + n));
            }
        }
    }

    fn add_meaning(&mut self, word: &str) {
        let sense = Sense { word: self.words, whole: self.words, weight: ASKED };
        self.meant.extend(self.lexicon.meanings(word).into_iter().map(|term| (term, sense)));
    }

    fn add_lookalikes(&mut self, word: &str) {
        if self.level == Level::Alike {
            let word = self.lexicon.fold(word).text;
            lookalikes(self.lexicon, &word).iter().for_each(|other| self.push(other, self.words, ASKED));
        }
    }

    /// A text that counts as a word of its own.
    fn add_one(&mut self, text: &str, weight: u32) {
        self.push(text, self.words, weight);
        self.add_lookalikes(text);
        self.words += 1;
    }

    fn add_part(&mut self, text: &str, whole: usize) {
        self.push(text, whole, 1);
        self.words += 1;
    }

    fn push(&mut self, text: &str, whole: usize, weight: u32) {
        let folded = self.lexicon.fold(text).text;
        let folded = folded.trim_matches(|c: char| !c.is_alphanumeric() && !is_sign(c)).to_owned();
        let sense = Sense { word: self.words, whole, weight };
        match self.list.iter_mut().find(|(known, _)| *known == folded) {
            // A part of one word may be asked for as another.
            Some((_, known)) if known.weight < weight => *known = sense,
            Some(_) => {}
            None if folded.is_empty() => {}
            None => self.list.push((folded, sense)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begins_fraction(text: &str, inside: &str) -> bool {
        let at = text.find(inside).expect("inside");
        is_fraction(&text[..at], &text[at..])
    }

    #[test]
    fn a_fraction_is_part_of_its_number_alone() {
        for (text, inside) in [("共1.5万元", "5万"), ("元/1.5%", "5%"), ("a0.5%", "5%"), ("1.5", "5")] {
            assert!(begins_fraction(text, inside), "{inside} in {text}");
        }
        for (text, inside) in [("a3.1", "1"), ("2024.3.1", "1"), ("3.1-5", "1"), ("3.1b", "1"), ("第.1", "1")]
        {
            assert!(!begins_fraction(text, inside), "{inside} in {text}");
        }
    }
}
