//! Types of contract and the cases of 《办法》第五条第二款, with the words that tell them.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;

use crate::dictionaries::{Dictionaries, DictionaryError};
use crate::model::case::ContractTypes;
use crate::model::fields::Direction;

/// Name of the dictionary.
pub const CONTRACT_TYPES: &str = "contract_types.toml";

/// What each kind of cue counts.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// A word of the title that names the type.
    pub title: f64,
    /// A word of the title that names the subject.
    pub title_weak: f64,
    /// By what names the parties go; counted once.
    pub roles: f64,
    /// A word of the body, once each.
    pub body: f64,
    /// Added to the last word of the title.
    pub last: f64,
    /// All words of the body count no more than this.
    pub body_most: f64,
    /// Below this nothing is concluded.
    pub least: f64,
    /// The first must lead the second by this.
    pub margin: f64,
}

/// Where a cue stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the title, naming the type.
    Title,
    /// In the title, naming the subject.
    TitleWeak,
    /// In the body.
    Body,
}

/// A type of contract.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Type {
    /// Its code.
    pub code: String,
    /// Its Chinese name.
    pub label: String,
    title: Vec<String>,
    title_weak: Vec<String>,
    /// Names that its parties go by.
    pub roles: Vec<String>,
    body: Vec<String>,
}

/// The closed list of types, for people to choose from.
///
/// # Errors
///
/// When the dictionary is malformed.
pub fn contract_types(dictionaries: &Dictionaries) -> Result<ContractTypes, DictionaryError> {
    let file: File = dictionaries.toml(CONTRACT_TYPES)?;
    Ok(ContractTypes::new(file.types.into_iter().map(|kind| (kind.code, kind.label))))
}

/// A case of 第五条第二款; all conditions that are given must hold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Its code.
    pub code: String,
    /// Number of the item.
    pub item: u32,
    /// As the article has it.
    pub label: String,
    /// Types, any of them.
    #[serde(default)]
    pub types: Vec<String>,
    /// Words of the title, any of them.
    #[serde(default)]
    pub title: Vec<String>,
    /// Words of the body, any of them.
    #[serde(default)]
    pub body: Vec<String>,
    /// Does the government side pay or receive?
    #[serde(default)]
    pub direction: Vec<Direction>,
    /// What the government side is called.
    #[serde(default)]
    pub government_role: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    weights: Weights,
    #[serde(rename = "type")]
    types: Vec<Type>,
    article5: Vec<Case>,
}

/// All types and cases, their words matched together.
#[derive(Debug)]
pub struct Types {
    /// What cues count.
    pub weights: Weights,
    /// The types.
    pub types: Vec<Type>,
    /// The cases, in the order of the article.
    pub cases: Vec<Case>,
    title: Words,
    body: Words,
}

impl Types {
    /// Parses the dictionary.
    pub fn new(dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        let mut file: File = dictionaries.toml(CONTRACT_TYPES)?;
        file.article5.sort_by_key(|case| case.item);
        if let Some(code) = unknown_type(&file) {
            return Err(DictionaryError::malformed(CONTRACT_TYPES, format!("没有代码为“{code}”的类型")));
        }
        let title = file.types.iter().enumerate().flat_map(|(index, kind)| {
            let strong = kind.title.iter().map(move |word| (word.as_str(), (index, Place::Title)));
            strong.chain(kind.title_weak.iter().map(move |word| (word.as_str(), (index, Place::TitleWeak))))
        });
        let body = file.types.iter().enumerate().flat_map(|(index, kind)| {
            kind.body.iter().map(move |word| (word.as_str(), (index, Place::Body)))
        });
        Ok(Self {
            title: Words::new(title)?,
            body: Words::new(body)?,
            weights: file.weights,
            cases: file.article5,
            types: file.types,
        })
    }

    /// The words of a title, longest first at each place.
    pub fn in_title<'a>(&'a self, title: &'a str) -> impl Iterator<Item = Cue<'a>> + 'a {
        self.title.find(title)
    }

    /// The words of a body.
    pub fn in_body<'a>(&'a self, body: &'a str) -> impl Iterator<Item = Cue<'a>> + 'a {
        self.body.find(body)
    }
}

/// A type that a case names and nobody describes.
fn unknown_type(file: &File) -> Option<String> {
    let known = |code: &&String| file.types.iter().any(|kind| kind.code == **code);
    file.article5.iter().flat_map(|case| &case.types).find(|code| !known(code)).cloned()
}

/// A word that tells types: where it stands, and whose it is.
#[derive(Debug)]
pub struct Cue<'a> {
    /// Bytes.
    pub range: std::ops::Range<usize>,
    /// Types (by index) and what kind of word it is of each.
    pub of: &'a [(usize, Place)],
}

#[derive(Debug)]
struct Words {
    automaton: AhoCorasick,
    of: Vec<Vec<(usize, Place)>>,
}

impl Words {
    fn new<'a>(words: impl Iterator<Item = (&'a str, (usize, Place))>) -> Result<Self, DictionaryError> {
        let mut by_word: BTreeMap<&str, Vec<(usize, Place)>> = BTreeMap::new();
        for (word, of) in words {
            by_word.entry(word).or_default().push(of);
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(by_word.keys())
            .map_err(|error| DictionaryError::malformed(CONTRACT_TYPES, error))?;
        Ok(Self { automaton, of: by_word.into_values().collect() })
    }

    fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Cue<'a>> + 'a {
        self.automaton
            .find_iter(text)
            .filter_map(|hit| Some(Cue { range: hit.range(), of: self.of.get(hit.pattern().as_usize())? }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_counts() {
        let types = Types::new(&Dictionaries::embedded()).expect("valid");
        let cues: Vec<_> = types.in_title("物业服务合同").map(|cue| cue.range.len() / 3).collect();
        assert_eq!(cues, [4]);
    }

    #[test]
    fn a_case_names_types_that_are_there() {
        let source = Dictionaries::embedded().get(CONTRACT_TYPES).expect("built in").to_owned();
        let broken = source.replace("types = [\"energy\"]", "types = [\"enrgy\"]");
        let error =
            Types::new(&Dictionaries::embedded().with_file(CONTRACT_TYPES, &broken)).expect_err("broken");
        assert!(error.to_string().contains("enrgy"));
    }

    #[test]
    fn codes_are_unique() {
        let types = Types::new(&Dictionaries::embedded()).expect("valid");
        let codes: std::collections::BTreeSet<_> = types.types.iter().map(|kind| &kind.code).collect();
        assert_eq!(codes.len(), types.types.len());
    }
}
