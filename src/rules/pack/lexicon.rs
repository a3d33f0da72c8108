//! Word lists, and the patterns that name them.
//!
//! Countries, languages and arbitral bodies come out of the dictionaries that the fields are read with, so
//! that rules and fields know the same ones; a pack may add to these lists and bring its own.
//!
//! Patterns run on the folded text: full-width punctuation is half-width there, and white space inside
//! words is gone. A pattern with full-width punctuation could never match, so it is refused.

use std::collections::BTreeMap;

use crate::fields::scan::Regex;
use serde::Deserialize;

use crate::dictionaries::{Dictionaries, DictionaryError};

/// Lists of words by name.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct Lexicon(BTreeMap<String, Vec<String>>);

/// What the rules need of `jurisdictions.toml`.
#[derive(Deserialize)]
struct Jurisdictions {
    territory: Vec<Territory>,
    language: Vec<Language>,
}

#[derive(Deserialize)]
struct Territory {
    code: String,
    law: Vec<String>,
    places: Vec<String>,
}

#[derive(Deserialize)]
struct Language {
    code: String,
    words: Vec<String>,
}

/// What the rules need of `institutions.toml`.
#[derive(Deserialize)]
struct Institutions {
    body: Vec<Body>,
}

#[derive(Deserialize)]
struct Body {
    kind: String,
    territory: String,
    exact: String,
    former: Vec<String>,
    short: Vec<String>,
}

impl Body {
    /// Its official and former names.
    fn full_names(&self) -> Vec<String> {
        [std::slice::from_ref(&self.exact), &self.former].concat()
    }

    /// All its names.
    fn names(&self) -> Vec<String> {
        [std::slice::from_ref(&self.exact), &self.former, &self.short].concat()
    }
}

impl Lexicon {
    /// The lists that every pack may name: `foreign-laws`, `foreign-places`, `foreign-languages` (Chinese
    /// names), `foreign-tongues` (English names), `foreign-bodies`, `arbitral-bodies` (those and the mainland's),
    /// `arbitral-names` (official and former names alone), `court-names` (courts, with their short names).
    pub fn shared(dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        let known: Jurisdictions = dictionaries.toml("jurisdictions.toml")?;
        let institutions: Institutions = dictionaries.toml("institutions.toml")?;
        let abroad = || known.territory.iter().filter(|territory| territory.code != "CN");
        let tongues = known.language.iter().filter(|language| language.code != "zh");
        let (english, chinese): (Vec<String>, Vec<String>) =
            tongues.flat_map(|language| language.words.clone()).partition(|word| word.is_ascii());
        let (abroad_bodies, mainland): (Vec<_>, Vec<_>) =
            institutions.body.into_iter().partition(|body| body.territory == "outside-mainland");
        let arbitral = abroad_bodies.iter().chain(&mainland).filter(|body| body.kind == "arbitration");
        let (arbitral, full): (Vec<_>, Vec<_>) =
            arbitral.map(|body| (body.names(), body.full_names())).unzip();
        let courts = mainland.iter().filter(|body| body.kind == "court").flat_map(Body::names).collect();
        Ok(Self(BTreeMap::from([
            ("foreign-laws".to_owned(), abroad().flat_map(|territory| territory.law.clone()).collect()),
            ("foreign-places".to_owned(), abroad().flat_map(|territory| territory.places.clone()).collect()),
            ("foreign-languages".to_owned(), chinese),
            ("foreign-tongues".to_owned(), english),
            ("foreign-bodies".to_owned(), abroad_bodies.iter().flat_map(Body::names).collect()),
            ("arbitral-bodies".to_owned(), arbitral.concat()),
            ("arbitral-names".to_owned(), full.concat()),
            ("court-names".to_owned(), courts),
        ])))
    }

    /// Both together; a list of the same name is added to.
    pub fn joined(&self, other: Self) -> Self {
        let mut lists = self.0.clone();
        for (name, words) in other.0 {
            lists.entry(name).or_default().extend(words);
        }
        Self(lists)
    }

    /// Compiles patterns into one expression that matches any of them, `<<list>>` standing for the
    /// words of a list and a space for any white space or none. Case does not matter. `Ok(None)` for
    /// no patterns.
    pub fn compile(&self, patterns: &[String]) -> Result<Option<Regex>, String> {
        if patterns.is_empty() {
            return Ok(None);
        }
        let expanded: Vec<_> =
            patterns.iter().map(|pattern| self.expand(pattern)).collect::<Result<_, _>>()?;
        let joined = format!("(?:{})", expanded.join(")|(?:"));
        let regex = Regex::in_any_case(&joined);
        regex.map(Some).map_err(|error| format!("表达式有误：{error}"))
    }

    /// Replaces each `<<list>>` by its words.
    fn expand(&self, pattern: &str) -> Result<String, String> {
        if let Some(wide) = pattern.chars().find(|c| ('！'..='～').contains(c) || *c == '\u{3000}') {
            return Err(format!("表达式须用半角：“{wide}”见于 {pattern}"));
        }
        let mut out = String::new();
        let mut rest = pattern;
        while let Some((before, tail)) = rest.split_once("<<") {
            let (name, tail) = tail.split_once(">>").ok_or_else(|| format!("词表名未闭合：{pattern}"))?;
            out.push_str(before);
            out.push_str(&self.alternatives(name)?);
            rest = tail;
        }
        out.push_str(rest);
        Ok(out.replace(' ', r"\s*"))
    }

    /// The words of a list as one group, longest first; Latin words only as whole words.
    fn alternatives(&self, name: &str) -> Result<String, String> {
        let words = self.0.get(name).ok_or_else(|| format!("没有词表 {name}"))?;
        let mut words: Vec<_> = words.iter().map(|word| whole(word)).collect();
        words.sort_by(|a, b| b.chars().count().cmp(&a.chars().count()).then_with(|| a.cmp(b)));
        words.dedup();
        Ok(format!("(?:{})", words.join("|")))
    }
}

/// A word as an expression. ICC is not in ICCID: Latin words end where Latin letters end, while a Chinese
/// character beside them is no obstacle.
fn whole(word: &str) -> String {
    let escaped = regex::escape(word);
    if word.is_ascii() { format!(r"(?-u:\b){escaped}(?-u:\b)") } else { escaped }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon() -> Lexicon {
        Lexicon(BTreeMap::from([("places".into(), vec!["香港".into(), "Hong Kong".into()])]))
    }

    #[test]
    fn a_list_stands_for_its_words() {
        let regex = lexicon().compile(&["<<places>>法律?".into()]).expect("compiles").expect("a pattern");
        for text in ["香港法律", "香港法", "HongKong法", "按Hong Kong法"] {
            assert!(regex.is_match(text), "{text}");
        }
        assert!(!regex.is_match("香港") && !regex.is_match("Hong Kongs法"));
    }

    #[test]
    fn what_can_never_match_is_refused() {
        for pattern in ["（香港）", "<<nowhere>>", "<<places", "("] {
            assert!(lexicon().compile(&[pattern.into()]).is_err(), "{pattern}");
        }
    }
}
