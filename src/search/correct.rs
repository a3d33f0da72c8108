//! What a word that stands in no contract may have been meant to be: words and names of the index near it.

use std::collections::BTreeMap;

use pinyin::ToPinyin;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tantivy::Searcher;
use tantivy::schema::Field;

use super::SearchError;
use super::fuzzy;
use super::query::is_near;
use super::schema::{Fields, name};
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

/// The corrections of a folded word: those that sound the same first, then by the number of contracts.
pub(super) fn corrections(
    searcher: &Searcher,
    fields: Fields,
    word: &str,
) -> Result<Vec<Correction>, SearchError> {
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    if word.chars().count() < 2 {
        return Ok(Vec::new());
    }
    for field in [fields.body, fields.title, fields.number] {
        near_terms(searcher, field, word, &mut found)?;
    }
    near_names(searcher, word, &mut found)?;
    let sound = sound(word);
    let mut corrections: Vec<Correction> = found
        .into_iter()
        .map(|(instead, contracts)| Correction { word: word.to_owned(), instead, contracts })
        .collect();
    let rank = |c: &Correction| {
        (sound.is_empty() || self::sound(&c.instead) != sound, std::cmp::Reverse(c.contracts))
    };
    corrections.sort_by_key(rank);
    corrections.truncate(MOST);
    Ok(corrections)
}

/// Terms of a field that differ in one character, or sound the same.
fn near_terms(
    searcher: &Searcher,
    field: Field,
    word: &str,
    found: &mut BTreeMap<String, u64>,
) -> Result<(), SearchError> {
    let mut left = MOST_TERMS;
    let sound = sound(word);
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().stream().map_err(tantivy::TantivyError::from)?;
        while let Some((term, info)) = terms.next().filter(|_| left > 0) {
            left -= 1;
            let Some(term) = std::str::from_utf8(term).ok().filter(|term| is_candidate(term, word)) else {
                continue;
            };
            if is_near(term, word) || (!sound.is_empty() && self::sound(term) == sound) {
                let contracts = found.entry(term.to_owned()).or_default();
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

/// Stretches of parties' names that are near the word: names are no words of the dictionary.
fn near_names(searcher: &Searcher, word: &str, found: &mut BTreeMap<String, u64>) -> Result<(), SearchError> {
    let length = word.chars().count();
    if length < fuzzy::LONG_ENOUGH {
        return Ok(());
    }
    for segment in searcher.segment_readers() {
        let Some(names) = segment.fast_fields().str(name::PARTY)? else { continue };
        let mut stream = names.dictionary().stream().map_err(tantivy::TantivyError::from)?;
        while stream.advance() {
            let Ok(name) = std::str::from_utf8(stream.key()) else { continue };
            for place in fuzzy::find(name, word) {
                // Of three characters two must be the same.
                let sound = |part: &str| length > fuzzy::LONG_ENOUGH || part.chars().count() == length;
                if let Some(part) = name.get(place).filter(|part| *part != word && sound(part)) {
                    *found.entry(part.to_owned()).or_default() += 1;
                }
            }
        }
    }
    Ok(())
}

/// How a Chinese word sounds; empty for any other.
fn sound(word: &str) -> Vec<&'static str> {
    let sounds: Option<Vec<_>> = word.to_pinyin().map(|sound| sound.map(|sound| sound.plain())).collect();
    sounds.unwrap_or_default()
}
