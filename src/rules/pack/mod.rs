//! A pack: the rules of one regulation or one subject, parsed out of its file, checked and compiled.

mod file;
mod lexicon;
mod rule;
mod template;

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Deserialize;

use crate::dictionaries::DictionaryError;

use super::kinds::Toolbox;
use super::source::Sources;

pub use file::{Example, PackFile};
pub use lexicon::Lexicon;
pub use rule::Rule;

/// The district that a pack is made for.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Home {
    /// Its name with the city: 深圳市罗湖区.
    pub district: String,
    /// Courts and arbitral bodies that count as at home, official and former names.
    pub forums: Vec<String>,
}

/// The rules of one regulation or one subject.
#[derive(Debug)]
pub struct Pack {
    /// Short name: `luohu-2018`.
    pub id: String,
    /// Raised with each change of a rule, its words or its examples.
    pub version: u32,
    /// Title in Chinese.
    pub title: String,
    /// The source whose dates are the pack's dates; `None` for a pack that is always in force.
    pub governed_by: Option<String>,
    /// The home district.
    pub home: Option<Home>,
    /// The rules, in the order of the file.
    pub rules: Vec<Rule>,
}

/// Parses a pack's file.
pub fn parse<'a>(name: &'a str, text: &str) -> Result<(&'a str, PackFile), DictionaryError> {
    toml::from_str(text).map(|file| (name, file)).map_err(|error| DictionaryError::malformed(name, error))
}

/// Checks a pack and compiles its rules.
pub fn build(
    name: &str,
    file: PackFile,
    sources: &Sources,
    toolbox: &Toolbox,
) -> Result<Pack, DictionaryError> {
    let malformed = |problem: String| DictionaryError::malformed(name, problem);
    if let Some(id) = file.governed_by.as_deref().filter(|id| sources.get(id).is_none()) {
        return Err(malformed(format!("governed-by 指向未登记的法规 {id}")));
    }
    let toolbox =
        Toolbox { lexicon: toolbox.lexicon.joined(file.vocabulary), figures: Arc::clone(&toolbox.figures) };
    let mut seen = BTreeSet::new();
    let mut rules = Vec::with_capacity(file.rules.len());
    for entry in file.rules {
        let slug = entry.slug.clone();
        if !seen.insert(slug.clone()) {
            return Err(malformed(format!("规则 {slug} 重复")));
        }
        let rule = Rule::build(&file.id, entry, &toolbox, sources);
        rules.push(rule.map_err(|problem| malformed(format!("规则 {slug}：{problem}")))?);
    }
    Ok(Pack {
        id: file.id,
        version: file.version,
        title: file.title,
        governed_by: file.governed_by,
        home: file.home,
        rules,
    })
}
