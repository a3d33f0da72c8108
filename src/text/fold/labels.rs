//! The labels that stand before a value: 甲方, 法定代表人, 签订日期.

use std::collections::BTreeSet;
use std::ops::Bound;

use crate::dictionaries::{Dictionaries, DictionaryError};

/// Longest label that is looked for, in characters, its bracketed remark included.
const LONGEST: usize = 48;

/// Parties that other labels may follow.
const PARTIES: &[&str] = &["甲方", "乙方", "丙方", "丁方"];

/// Known labels, without white space.
#[derive(Debug)]
pub struct Labels {
    known: BTreeSet<String>,
}

impl Labels {
    /// Parses `labels.txt`: labels parted by white space; `#` begins a comment.
    pub fn new(dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        let text = dictionaries.get("labels.txt")?;
        let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default());
        Ok(Self { known: lines.flat_map(str::split_whitespace).map(str::to_owned).collect() })
    }

    /// Is this a known label, alone or after a party (甲方地址, 乙方开户行)?
    pub fn is_known(&self, text: &str) -> bool {
        let rest = PARTIES.iter().find_map(|party| text.strip_prefix(party));
        let of_party = |rest: &str| !PARTIES.contains(&rest) && self.known.contains(rest);
        self.known.contains(text) || rest.is_some_and(|rest| of_party(rest.trim_start_matches('的')))
    }

    /// Is folded text a known label alone, perhaps with a remark in brackets behind it?
    pub fn is_alone(&self, folded: &str) -> bool {
        let short = folded.chars().nth(LONGEST).is_none();
        short && self.head(folded.chars()).is_some_and(|(label, colon)| !colon && self.is_known(&label))
    }

    /// May a known label begin with these few characters, 税 of 税号?
    pub fn may_begin(&self, folded: &str) -> bool {
        let from = (Bound::Included(folded), Bound::Unbounded);
        let next = self.known.range::<str, _>(from).next();
        !folded.is_empty() && next.is_some_and(|label| label.starts_with(folded))
    }

    /// Does folded text begin with a known label and a colon, perhaps with a remark in brackets between?
    pub fn begins(&self, folded: impl Iterator<Item = char>) -> bool {
        self.head(folded).is_some_and(|(label, colon)| colon && self.is_known(&label))
    }

    /// The hanzi before the first colon, bracketed remark or end, and whether a colon follows.
    fn head(&self, folded: impl Iterator<Item = char>) -> Option<(String, bool)> {
        let mut label = String::new();
        let mut depth = 0;
        for c in folded.take(LONGEST) {
            match c {
                ':' if depth == 0 => return Some((label, true)),
                '(' => depth += 1,
                ')' => depth -= 1,
                c if depth > 0 || c.is_whitespace() => {}
                c if c.is_alphanumeric() || matches!(c, '/' | '、' | '-') => label.push(c),
                _ => return None,
            }
        }
        Some((label, false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_alone_and_their_beginnings() {
        let labels = Labels::new(&Dictionaries::embedded()).expect("the list");
        assert!(labels.is_alone("联系人") && labels.is_alone("法定代表人(签字)"));
        assert!(!labels.is_alone("联系人:") && !labels.is_alone("联系人由甲方指定"));
        assert!(labels.may_begin("开户") && !labels.may_begin("户开") && !labels.may_begin(""));
    }
}
