//! Word lists, and the patterns that name them.
//!
//! Patterns run on the folded text: full-width punctuation is half-width there, and white space inside
//! words is gone. A pattern with full-width punctuation could never match, so it is refused.

use std::collections::BTreeMap;

use regex::{Regex, RegexBuilder};
use serde::Deserialize;

/// Lists of words by name.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct Lexicon(BTreeMap<String, Vec<String>>);

impl Lexicon {
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
        let regex = RegexBuilder::new(&joined).case_insensitive(true).build();
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

    /// The words of a list as one group, longest first.
    fn alternatives(&self, name: &str) -> Result<String, String> {
        let words = self.0.get(name).ok_or_else(|| format!("没有词表 {name}"))?;
        let mut words: Vec<_> = words.iter().map(|word| regex::escape(word)).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
        Ok(format!("(?:{})", words.join("|")))
    }
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
        for text in ["香港法律", "香港法", "HongKong法"] {
            assert!(regex.is_match(text), "{text}");
        }
        assert!(!regex.is_match("香港"));
    }

    #[test]
    fn what_can_never_match_is_refused() {
        for pattern in ["（香港）", "<<nowhere>>", "<<places", "("] {
            assert!(lexicon().compile(&[pattern.into()]).is_err(), "{pattern}");
        }
    }
}
