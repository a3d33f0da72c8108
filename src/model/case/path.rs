//! Paths of fields: `sign_date`, `parties[1].uscc`, `term.end`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::field::{FIELDS, Field};
use super::{FieldError, FieldKind};

/// Entries of a form that no text can tell stand below this name: `slot.budget_item`.
const SLOT: &str = "slot.";

/// A checked path of a field, an entry of a form (`slot.KEY`), or of a part of a value (`term.end`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FieldPath {
    /// The pattern, `[]` for the index; the whole path of a slot.
    pattern: String,
    index: Option<usize>,
    part: Option<String>,
}

impl FieldPath {
    /// The kind of value that stands there.
    pub fn kind(&self) -> FieldKind {
        self.field().map_or(FieldKind::Slot, |field| field.kind)
    }

    /// Its name, as a person reads it: `当事人[1]·统一社会信用代码`.
    pub fn label(&self) -> String {
        let name = match self.field() {
            Some(field) => field.label,
            None => self.slot().unwrap_or(&self.pattern),
        };
        match self.index {
            Some(index) if self.list() == "parties" => {
                format!("第{}方当事人·{name}", index.saturating_add(1))
            }
            Some(index) => format!("{name}（第{}项）", index.saturating_add(1)),
            None => name.to_owned(),
        }
    }

    /// The key of a form's open entry, where it is one.
    pub fn slot(&self) -> Option<&str> {
        self.pattern.strip_prefix(SLOT)
    }

    /// The part of the value that is meant: `end` of `term.end`.
    pub fn part(&self) -> Option<&str> {
        self.part.as_deref()
    }

    /// The same path without the part: decisions are on whole fields.
    #[must_use]
    pub fn whole(&self) -> Self {
        Self { part: None, ..self.clone() }
    }

    /// The number in the list, from 0.
    pub fn index(&self) -> Option<usize> {
        self.index
    }

    /// The same field of another entry of the list.
    pub(super) fn at(&self, index: usize) -> Self {
        Self { index: self.index.map(|_| index), ..self.clone() }
    }

    /// First name of the path: `parties`.
    pub(super) fn list(&self) -> &str {
        self.pattern.split(['[', '.']).next().unwrap_or(&self.pattern)
    }

    /// What stands behind the number: `uscc` of `parties[1].uscc`.
    pub(super) fn key(&self) -> Option<&str> {
        self.pattern.split_once("[].").map(|(_, key)| key)
    }

    fn field(&self) -> Option<&'static Field> {
        FIELDS.iter().find(|field| field.pattern == self.pattern)
    }
}

impl FromStr for FieldPath {
    type Err = FieldError;

    fn from_str(text: &str) -> Result<Self, FieldError> {
        let unknown = || FieldError::Unknown(text.to_owned());
        if let Some(key) = text.strip_prefix(SLOT) {
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']');
            let known = !key.is_empty() && key.chars().all(plain);
            let slot = Self { pattern: text.to_owned(), index: None, part: None };
            return known.then_some(slot).ok_or_else(unknown);
        }
        let (pattern, index) = without_index(text).ok_or_else(unknown)?;
        let known = |pattern: &str| FIELDS.iter().any(|field| field.pattern == pattern);
        if known(&pattern) {
            return Ok(Self { pattern, index, part: None });
        }
        let (whole, part) = pattern.rsplit_once('.').filter(|(whole, _)| known(whole)).ok_or_else(unknown)?;
        let path = Self { pattern: whole.to_owned(), index, part: Some(part.to_owned()) };
        if path.kind().has_parts() { Ok(path) } else { Err(unknown()) }
    }
}

/// `parties[1].uscc` as `parties[].uscc` and 1.
fn without_index(text: &str) -> Option<(String, Option<usize>)> {
    let Some((list, rest)) = text.split_once('[') else { return Some((text.to_owned(), None)) };
    let (number, rest) = rest.split_once(']')?;
    let plain = !number.is_empty() && number.len() <= 4 && number.bytes().all(|b| b.is_ascii_digit());
    let index = number.parse().ok().filter(|_| plain)?;
    Some((format!("{list}[]{rest}"), Some(index)))
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.index, self.pattern.split_once("[]")) {
            (Some(index), Some((list, rest))) => write!(f, "{list}[{index}]{rest}")?,
            _ => f.write_str(&self.pattern)?,
        }
        self.part.as_ref().map_or(Ok(()), |part| write!(f, ".{part}"))
    }
}

impl TryFrom<String> for FieldPath {
    type Error = FieldError;

    fn try_from(text: String) -> Result<Self, FieldError> {
        text.parse()
    }
}

impl From<FieldPath> for String {
    fn from(path: FieldPath) -> Self {
        path.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paths_are_written_as_they_were_read() {
        for text in
            ["title", "parties[1].uscc", "term.end", "payments[2]", "payments[2].amount", "slot.budget"]
        {
            assert_eq!(text.parse::<FieldPath>().expect(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_no_field_is_refused() {
        for text in [
            "",
            "titel",
            "parties.uscc",
            "parties[].uscc",
            "parties[-1].uscc",
            "parties[1]",
            "title.x",
            "slot.",
        ] {
            assert!(text.parse::<FieldPath>().is_err(), "{text}");
        }
    }

    #[test]
    fn labels_count_parties_as_people_do() {
        let path: FieldPath = "parties[1].uscc".parse().expect("a path");
        assert_eq!(path.label(), "第2方当事人·统一社会信用代码");
        assert_eq!((path.list(), path.key(), path.index()), ("parties", Some("uscc"), Some(1)));
    }

    proptest! {
        #[test]
        fn nothing_written_makes_it_stumble(text in "[a-z\\[\\].0-9_甲]{0,24}") {
            if let Ok(path) = text.parse::<FieldPath>() {
                prop_assert_eq!(path.to_string().parse::<FieldPath>(), Ok(path));
            }
        }
    }
}
