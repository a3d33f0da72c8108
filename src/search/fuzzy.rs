//! A word in which one character may differ: what a scanner, a model or a tired hand made of it.

use std::ops::Range;

use super::Lexicon;
use super::cover::{Placed, cover};
use crate::text::script::is_hanzi;

/// Characters from which on any character of a word may differ; in a shorter one only by one that looks
/// alike, for else half of all words are near it.
pub(super) const LONG_ENOUGH: usize = 3;

/// The ways in which a folded word may be written, as terms at their places, the word itself not among them.
pub(super) fn variants(lexicon: &Lexicon, word: &str) -> Vec<Vec<Placed>> {
    let chars: Vec<char> = word.chars().collect();
    let mut variants: Vec<Vec<Placed>> =
        lookalikes(lexicon, word).iter().map(|variant| cover(lexicon, variant)).collect();
    if chars.len() >= LONG_ENOUGH && chars.iter().all(|c| is_hanzi(*c)) {
        let pieces = Pieces { lexicon, chars: &chars };
        variants.extend((0..chars.len()).map(|at| pieces.without(at, 0)));
        variants.extend((1..chars.len()).map(|at| pieces.with_one_more(at)));
        if chars.len() > LONG_ENOUGH {
            variants.extend((0..chars.len()).map(|at| pieces.without(at, 1)));
        }
    }
    variants.retain(|variant| !variant.is_empty());
    variants
}

/// A word with one character exchanged for one that looks alike.
pub(super) fn lookalikes(lexicon: &Lexicon, word: &str) -> Vec<String> {
    let mut variants = Vec::new();
    for (at, c) in word.char_indices() {
        let (before, after) = (word.get(..at), word.get(at + c.len_utf8()..));
        let Some((before, after)) = before.zip(after) else { continue };
        variants.extend(lexicon.lookalikes(c).map(|other| format!("{before}{other}{after}")));
    }
    variants
}

struct Pieces<'a> {
    lexicon: &'a Lexicon,
    chars: &'a [char],
}

impl Pieces<'_> {
    /// The word without one character, its place `closed` or left open.
    fn without(&self, at: usize, closed: usize) -> Vec<Placed> {
        self.around(at, at + 1, at + 1 - closed)
    }

    /// The word with another character before one of its own.
    fn with_one_more(&self, at: usize) -> Vec<Placed> {
        self.around(at, at, at + 1)
    }

    /// What stands before `end`, and from `start` on, which is put at `place`.
    fn around(&self, end: usize, start: usize, place: usize) -> Vec<Placed> {
        let text = |range: Range<usize>| self.chars.get(range).unwrap_or_default().iter().collect::<String>();
        let mut terms = cover(self.lexicon, &text(0..end));
        let rest = cover(self.lexicon, &text(start..self.chars.len()));
        terms.extend(rest.into_iter().map(|(offset, term)| (offset + place, term)));
        let first = terms.first().map_or(0, |&(offset, _)| offset);
        terms.iter_mut().for_each(|(offset, _)| *offset -= first);
        terms
    }
}

/// Where a folded text has a word or something near it: bytes, in order, none overlapping.
pub(super) fn find(text: &str, word: &str) -> Vec<Range<usize>> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let word: Vec<char> = word.chars().collect();
    let byte = |n: usize| chars.get(n).map_or(text.len(), |&(at, _)| at);
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let rest = chars.get(at..).unwrap_or_default();
        match length(rest, &word) {
            Some(length) => {
                found.push(byte(at)..byte(at + length));
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// Characters of the stretch at the beginning of a text that is a word or near it; its ends are the word's.
fn length(text: &[(usize, char)], word: &[char]) -> Option<usize> {
    let alike = text.iter().zip(word).take_while(|((_, a), b)| a == *b).count();
    if alike == word.len() {
        return Some(alike);
    }
    // Of a difference at the first character the next place tells, unless it is another character.
    let goes_on = |skip_text: usize, skip_word: usize| {
        let rest = word.get(alike + skip_word..)?;
        let there = text.get(alike + skip_text..)?.get(..rest.len())?;
        let sound = there.iter().zip(rest).all(|((_, a), b)| a == b);
        (sound && !rest.is_empty() | (alike > 0)).then_some(alike + skip_text + rest.len())
    };
    let other = goes_on(1, 1).filter(|_| text.get(alike).is_some_and(|(_, c)| c.is_alphanumeric()));
    let (more, less) = (alike > 0, alike > 0 && word.len() > LONG_ENOUGH);
    other.or_else(|| goes_on(1, 0).filter(|_| more)).or_else(|| goes_on(0, 1).filter(|_| less))
}

#[cfg(test)]
mod tests {
    use super::super::tests::lexicon;
    use super::*;

    #[test]
    fn one_character_may_differ() {
        let texts = |text: &str, word: &str| -> Vec<String> {
            find(text, word).into_iter().map(|range| text[range].to_owned()).collect()
        };
        assert_eq!(texts("付违约全和违约金", "违约金"), ["违约全", "违约金"]);
        assert_eq!(texts("履约的保证金", "履约保证金"), ["履约的保证金"]);
        assert_eq!(texts("履约保金", "履约保证金"), ["履约保金"]);
        assert!(texts("约定", "违约金").is_empty());
    }

    #[test]
    fn a_short_word_differs_by_what_looks_alike_only() {
        let lexicon = lexicon();
        assert!(lookalikes(&lexicon, "期末").contains(&"期未".to_owned()));
        assert!(variants(&lexicon, "物业").iter().all(|terms| terms.len() <= 2));
        assert!(variants(&lexicon, "违约金").len() >= 5);
    }
}
