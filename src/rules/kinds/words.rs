//! The expressions of a computed rule, by the names that its code knows them by.

use std::borrow::Cow;
use std::ops::Range;

use crate::fields::scan::{Match, Regex};

use super::super::reading::{mask, sentences_with};
use super::Parameters;

/// Named lists of patterns out of a pack; a name that is missing, unknown or empty is refused when the pack is built.
#[derive(Debug)]
pub struct Words(Vec<(&'static str, Regex)>);

impl Words {
    /// Compiles the table of a rule. `Err` names the key that is wrong.
    pub fn new(parameters: Parameters<'_>, names: &[&'static str]) -> Result<Self, String> {
        if let Some(unknown) = parameters.table.keys().find(|key| !names.contains(&key.as_str())) {
            return Err(format!("with.{unknown}：没有此项"));
        }
        let mut compiled = Vec::with_capacity(names.len());
        for name in names {
            let value = parameters.table.get(*name).ok_or_else(|| format!("缺少 with.{name}"))?;
            let patterns: Vec<String> =
                value.clone().try_into().map_err(|error| format!("with.{name}：{error}"))?;
            let regex = parameters.toolbox.lexicon.compile(&patterns)?;
            compiled.push((*name, regex.ok_or_else(|| format!("with.{name} 为空"))?));
        }
        Ok(Self(compiled))
    }

    /// The expression of that name.
    pub fn get(&self, name: &str) -> Option<&Regex> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, regex)| regex)
    }

    /// The sentences of a text in which it may match.
    pub fn sentences(&self, name: &str, text: &str) -> Vec<Range<usize>> {
        self.get(name).map(|regex| sentences_with(text, regex)).unwrap_or_default()
    }

    /// Does a text match it?
    pub fn say(&self, name: &str, text: &str) -> bool {
        self.get(name).is_some_and(|regex| regex.is_match(text))
    }

    /// The text with every match blanked out byte for byte.
    pub fn without<'t>(&self, name: &str, text: &'t str) -> Cow<'t, str> {
        mask(text, self.find(name, text).map(|found| found.range()))
    }

    /// Every match in a text, in order.
    pub fn find<'t>(&self, name: &str, text: &'t str) -> impl Iterator<Item = Match<'t>> {
        self.get(name).into_iter().flat_map(|regex| regex.find_iter(text))
    }
}
