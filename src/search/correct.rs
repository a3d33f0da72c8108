//! What a word that stands in no contract may have been meant to be: words and names of the index near it.

use std::collections::BTreeMap;

use pinyin::ToPinyin;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tantivy::Searcher;
use tantivy::schema::Field;

use super::fuzzy;
use super::query::is_near;
use super::schema::{Fields, name};
use super::{Lexicon, SearchError};
use crate::text::script::is_hanzi;

/// Corrections of one word, at most.
const MOST: usize = 3;

/// Terms of the index looked at, at most: some tens of milliseconds.
const MOST_TERMS: usize = 3_000_000;

/// A word of the index in place of one that it does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Correction {
    /// The word as it was asked for.
    pub word: String,
    /// What stands in contracts.
    pub instead: String,
    /// In how many.
    pub contracts: u64,
}

/// A word with what is near it, and in how many contracts.
struct Sought<'a> {
    word: &'a str,
    /// Its characters.
    length: usize,
    sound: Vec<&'static str>,
    found: BTreeMap<String, u64>,
}

/// The corrections of folded words: of each those that sound the same first, then those that look alike, then by
/// how often they were met with; in how many contracts they stand has to be counted.
pub(super) fn corrections(
    searcher: &Searcher,
    fields: Fields,
    lexicon: &Lexicon,
    words: &[String],
) -> Result<Vec<Correction>, SearchError> {
    let long_enough = words.iter().filter(|word| word.chars().count() > 1);
    let mut sought: Vec<Sought<'_>> = long_enough.map(|word| Sought::new(word)).collect();
    if sought.is_empty() {
        return Ok(Vec::new());
    }
    for field in [fields.body, fields.grams, fields.title, fields.number] {
        near_terms(searcher, field, &mut sought)?;
    }
    for one in &mut sought {
        // Two neighbours need not be a word.
        one.found.retain(|term, _| !term.starts_with(is_hanzi) || lexicon.is_word(term));
    }
    near_names(searcher, &mut sought)?;
    Ok(sought.into_iter().flat_map(|one| one.best(lexicon)).collect())
}

impl<'a> Sought<'a> {
    fn new(word: &'a str) -> Self {
        Self { word, length: word.chars().count(), sound: sound(word), found: BTreeMap::new() }
    }

    /// Takes from a name what is near the word.
    fn look_into(&mut self, name: &str) {
        if self.length < fuzzy::LONG_ENOUGH {
            return;
        }
        for place in fuzzy::find(name, self.word) {
            // Of three characters two must be the same.
            let sound = |part: &str| self.length > fuzzy::LONG_ENOUGH || part.chars().count() == self.length;
            if let Some(part) = name.get(place).filter(|part| *part != self.word && sound(part)) {
                *self.found.entry(part.to_owned()).or_default() += 1;
            }
        }
    }

    fn best(self, lexicon: &Lexicon) -> Vec<Correction> {
        let correction = |(instead, contracts)| Correction { word: self.word.to_owned(), instead, contracts };
        let mut corrections: Vec<Correction> = self.found.into_iter().map(correction).collect();
        let alike = fuzzy::lookalikes(lexicon, self.word);
        let rank = |c: &Correction| {
            let other_sound = self.sound.is_empty() || sound(&c.instead) != self.sound;
            (other_sound, !alike.contains(&c.instead), std::cmp::Reverse(c.contracts))
        };
        corrections.sort_by_key(rank);
        corrections.truncate(MOST);
        corrections
    }

    fn is_near(&self, term: &str) -> bool {
        is_candidate(term, self.word)
            && (is_near(term, self.word) || (!self.sound.is_empty() && sound(term) == self.sound))
    }
}

/// Terms of a field that differ in one character, or sound the same: all words in one go.
fn near_terms(searcher: &Searcher, field: Field, sought: &mut [Sought<'_>]) -> Result<(), SearchError> {
    let mut left = MOST_TERMS;
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().stream().map_err(tantivy::TantivyError::from)?;
        while let Some((term, info)) = terms.next().filter(|_| left > 0) {
            left -= 1;
            let Ok(term) = std::str::from_utf8(term) else { continue };
            for one in sought.iter_mut().filter(|one| one.is_near(term)) {
                let contracts = one.found.entry(term.to_owned()).or_default();
                *contracts = (*contracts).max(u64::from(info.doc_freq));
            }
        }
    }
    Ok(())
}

/// Is it worth a closer look? What is near has about the same length and script, and no other figure.
fn is_candidate(term: &str, word: &str) -> bool {
    let script = |text: &str| text.chars().all(is_hanzi);
    term != word
        && term.len().abs_diff(word.len()) <= 4
        && script(term) == script(word)
        && term.starts_with(|c: char| c.is_alphanumeric())
        && !term.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// Stretches of parties' names that are near a word, all words in one go: names are no words of the dictionary.
fn near_names(searcher: &Searcher, sought: &mut [Sought<'_>]) -> Result<(), SearchError> {
    if sought.iter().all(|one| one.length < fuzzy::LONG_ENOUGH) {
        return Ok(());
    }
    for segment in searcher.segment_readers() {
        let Some(names) = segment.fast_fields().str(name::PARTY)? else { continue };
        let mut stream = names.dictionary().stream().map_err(tantivy::TantivyError::from)?;
        while stream.advance() {
            let Ok(name) = std::str::from_utf8(stream.key()) else { continue };
            sought.iter_mut().for_each(|one| one.look_into(name));
        }
    }
    Ok(())
}

/// How a Chinese word sounds; empty for any other.
fn sound(word: &str) -> Vec<&'static str> {
    let sounds: Option<Vec<_>> = word.to_pinyin().map(|sound| sound.map(|sound| sound.plain())).collect();
    sounds.unwrap_or_default()
}
