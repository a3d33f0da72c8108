//! What search knows of Chinese: words, character forms, synonyms.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Deserialize;

use super::fold::{Fold, Folded};
use super::meant::{self, Meant};
use crate::dictionaries::{Dictionaries, DictionaryError};
use crate::fields::scan::money::Figures;
use crate::text::Segmenter;

const SYNONYMS: &str = "synonyms.toml";
const LOOKALIKES: &str = "lookalikes.toml";

/// Words, character forms and synonyms. Built once, shared by the index, its writer and every search.
pub struct Lexicon {
    words: Segmenter,
    fold: Fold,
    groups: Vec<Vec<String>>,
    group_of: BTreeMap<String, usize>,
    lookalikes: BTreeMap<char, BTreeSet<char>>,
    figures: Figures,
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lexicon").field("groups", &self.groups.len()).finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SynonymFile {
    group: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LookalikeFile {
    groups: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    words: Vec<String>,
}

impl Lexicon {
    /// Parses `synonyms.toml`, `lookalikes.toml` and `currencies.toml`.
    ///
    /// # Errors
    ///
    /// A file is malformed, or a word stands in two groups of synonyms.
    pub fn new(dictionaries: &Dictionaries, words: Segmenter) -> Result<Self, DictionaryError> {
        let fold = Fold::new(dictionaries)?;
        let file: SynonymFile = dictionaries.toml(SYNONYMS)?;
        let groups = dictionaries.toml::<LookalikeFile>(LOOKALIKES)?.groups;
        let lookalikes = lookalikes(groups.iter().map(|group| fold.fold(group).text));
        let figures = Figures::new(dictionaries)?;
        let (groups, group_of) = (Vec::new(), BTreeMap::new());
        let mut lexicon = Self { words, fold, groups, group_of, lookalikes, figures };
        file.group.into_iter().try_for_each(|group| lexicon.add_group(&group.words))?;
        Ok(lexicon)
    }

    fn add_group(&mut self, words: &[String]) -> Result<(), DictionaryError> {
        let folded: Vec<String> = words.iter().map(|word| self.fold(word).text).collect();
        for word in &folded {
            if self.group_of.insert(word.clone(), self.groups.len()).is_some() {
                return Err(DictionaryError::malformed(SYNONYMS, format!("“{word}”出现在两组同义词中")));
            }
        }
        self.groups.push(folded);
        Ok(())
    }

    /// The dictionary.
    pub(super) fn words(&self) -> &Segmenter {
        &self.words
    }

    /// Does the dictionary have a folded word, of two characters and more?
    pub(super) fn is_word(&self, text: &str) -> bool {
        let mut whole = false;
        self.words.every_word(text, |_, start, end| whole |= (start, end) == (0, text.len()));
        whole
    }

    /// A text as it is compared.
    pub(super) fn fold(&self, text: &str) -> Folded {
        self.fold.fold(text)
    }

    /// The sums and days of a folded text.
    pub(super) fn meant(&self, folded: &str) -> Vec<Meant> {
        meant::meant(&self.figures, folded)
    }

    /// The terms of the sum or day that a folded text is, or of the days of the month.
    pub(super) fn meanings(&self, folded: &str) -> Vec<String> {
        meant::whole(&self.figures, folded).map_or_else(|| meant::month(folded), |term| vec![term])
    }

    /// The other words that a folded word stands for.
    pub(super) fn synonyms(&self, word: &str) -> impl Iterator<Item = &str> {
        let group = self.group_of.get(word).and_then(|&group| self.groups.get(group));
        let word = word.to_owned();
        group.into_iter().flatten().map(String::as_str).filter(move |other| *other != word)
    }

    /// The other characters that a folded character may have been taken for.
    pub(super) fn lookalikes(&self, c: char) -> impl Iterator<Item = char> {
        self.lookalikes.get(&c).into_iter().flatten().copied()
    }

    /// Has a folded word synonyms?
    pub(super) fn has_synonyms(&self, word: &str) -> bool {
        self.group_of.contains_key(word)
    }
}

/// Each character with those of its groups.
fn lookalikes(groups: impl Iterator<Item = String>) -> BTreeMap<char, BTreeSet<char>> {
    let mut lookalikes: BTreeMap<char, BTreeSet<char>> = BTreeMap::new();
    for group in groups {
        for c in group.chars() {
            lookalikes.entry(c).or_default().extend(group.chars().filter(|other| *other != c));
        }
    }
    lookalikes
}
