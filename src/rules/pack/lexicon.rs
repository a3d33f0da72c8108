//! Word lists, and the patterns that name them.
//!
//! Countries, languages and arbitral bodies come out of the dictionaries that the fields are read with, so
//! that rules and fields know the same ones; a pack may add to these lists and bring its own.
//!
//! Patterns run on the folded text: full-width punctuation is half-width there, and white space inside
//! words is gone. A pattern with full-width punctuation could never match, so it is refused.

use std::collections::BTreeMap;

use crate::fields::scan::{Apart, Regex};
use serde::Deserialize;

use crate::dictionaries::{Dictionaries, DictionaryError};

/// Lists by name: of words (`[vocabulary]` of a pack) or of patterns (`[patterns]`).
pub type Lists = BTreeMap<String, Vec<String>>;

/// What patterns may name.
#[derive(Debug, Clone)]
pub struct Lexicon {
    /// Words, taken as they are.
    words: Lists,
    /// Patterns that several rules share, each list as one group, compiled once.
    patterns: BTreeMap<String, String>,
}

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
        let words = BTreeMap::from([
            ("foreign-laws".to_owned(), abroad().flat_map(|territory| territory.law.clone()).collect()),
            ("foreign-places".to_owned(), abroad().flat_map(|territory| territory.places.clone()).collect()),
            ("foreign-languages".to_owned(), chinese),
            ("foreign-tongues".to_owned(), english),
            ("foreign-bodies".to_owned(), abroad_bodies.iter().flat_map(Body::names).collect()),
            ("arbitral-bodies".to_owned(), arbitral.concat()),
            ("arbitral-names".to_owned(), full.concat()),
            ("court-names".to_owned(), courts),
        ]);
        Ok(Self { words, patterns: BTreeMap::new() })
    }

    /// Both together; a list of the same name is added to.
    pub fn joined(&self, more: Lists) -> Self {
        let mut joined = self.clone();
        for (name, words) in more {
            joined.words.entry(name).or_default().extend(words);
        }
        joined
    }

    /// With patterns that others may name like a list of words. They name words themselves, and no other patterns.
    /// `Err` has the name of the list that does not compile or that words have already.
    pub fn naming(mut self, lists: &Lists) -> Result<Self, (String, String)> {
        let mut named = BTreeMap::new();
        for (name, list) in lists {
            let refused = |problem: &str| (name.clone(), problem.to_owned());
            if self.words.contains_key(name) {
                return Err(refused("与词表同名"));
            }
            self.compile(list).map_err(|problem| refused(&problem))?.ok_or_else(|| refused("为空"))?;
            let expanded: Result<Vec<_>, _> = list.iter().map(|pattern| self.expand(pattern)).collect();
            named.insert(name.clone(), format!("(?:{})", expanded.map_err(|p| refused(&p))?.join("|")));
        }
        self.patterns = named;
        Ok(self)
    }

    /// Compiles patterns into one expression that matches any of them, `<<list>>` standing for any of the
    /// words, or of the patterns, of a list and a space for any white space or none. Case does not matter. `Ok(None)` for
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

    /// Compiles patterns like [`compile`](Self::compile), for texts as long as a contract: each is tried for itself.
    pub fn compile_apart(&self, patterns: &[String]) -> Result<Option<Apart>, String> {
        let each = |pattern: &String| self.compile(std::slice::from_ref(pattern));
        let compiled: Option<Vec<_>> = patterns.iter().map(each).collect::<Result<_, _>>()?;
        Ok(compiled.filter(|compiled| !compiled.is_empty()).map(Apart::new))
    }

    /// Replaces each `<<list>>` by what is in it.
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

    /// The patterns of a list as one group, or its words, longest first; Latin words only as whole words.
    fn alternatives(&self, name: &str) -> Result<String, String> {
        if let Some(patterns) = self.patterns.get(name) {
            return Ok(patterns.clone());
        }
        let words = self.words.get(name).ok_or_else(|| format!("没有词表 {name}"))?;
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
        let words = BTreeMap::from([("places".into(), vec!["香港".into(), "Hong Kong".into()])]);
        Lexicon { words, patterns: BTreeMap::new() }
    }

    fn naming(name: &str, pattern: &str) -> Result<Lexicon, (String, String)> {
        lexicon().naming(&BTreeMap::from([(name.to_owned(), vec![pattern.to_owned(), "x".to_owned()])]))
    }

    #[test]
    fn a_named_pattern_stands_for_any_of_its_list() {
        let named = naming("law", "<<places>> 法|美国法").expect("sound");
        let regex = named.compile(&["适用<<law>>(?:$|。)".into()]).expect("compiles").expect("a pattern");
        for text in ["适用香港法", "适用香港 法。", "适用美国法", "适用x"] {
            assert!(regex.is_match(text), "{text}");
        }
        assert!(!regex.is_match("适用香港法律") && !regex.is_match("美国法"));
    }

    #[test]
    fn a_named_pattern_that_cannot_be_used_is_refused_by_its_name() {
        for (name, pattern) in [("places", "a"), ("law", "("), ("law", "<<nowhere>>"), ("law", "<<law>>")] {
            assert_eq!(naming(name, pattern).expect_err("refused").0, name, "{pattern}");
        }
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
