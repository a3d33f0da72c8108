//! A pack: the rules of one regulation or one subject, parsed out of its files, checked and compiled.

mod coverage;
mod file;
mod lexicon;
mod rule;
mod template;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::dictionaries::{Dictionaries, DictionaryError};

use super::kinds::Toolbox;
use super::source::Sources;

pub use coverage::{Article, Coverage};
use file::RuleFile;
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
    /// The rules, in the order of the articles that they rest on.
    pub rules: Vec<Rule>,
    /// What becomes of each article of its regulation, where the pack says so.
    pub coverage: Option<Coverage>,
}

/// A pack's files, parsed.
pub struct Files<'a> {
    /// Path of `pack.toml` inside the dictionaries.
    pub head_name: &'a str,
    /// What is in it.
    pub head: PackFile,
    /// The files of the rules: path, slug, content.
    rules: Vec<(&'a str, &'a str, RuleFile)>,
    /// The coverage with its path.
    coverage: Option<(&'a str, Coverage)>,
}

/// What is found of a pack while its folder is walked.
#[derive(Default)]
struct Folder<'a> {
    head: Option<(&'a str, PackFile)>,
    rules: Vec<(&'a str, &'a str, RuleFile)>,
    coverage: Option<(&'a str, Coverage)>,
}

/// Parses the files of all packs in a folder of the dictionaries: `folder/PACK/pack.toml`, `folder/PACK/SLUG.toml`, and
/// `folder/PACK/coverage.toml` where there is one.
pub fn parse<'a>(dictionaries: &'a Dictionaries, folder: &'a str) -> Result<Vec<Files<'a>>, DictionaryError> {
    let mut packs: BTreeMap<&str, Folder<'a>> = BTreeMap::new();
    for (name, text) in dictionaries.folder(folder).filter(|(name, _)| name.ends_with(".toml")) {
        let place = name[folder.len() + 1..].trim_end_matches(".toml").split_once('/');
        let Some((pack, slug)) = place.filter(|(_, slug)| !slug.contains('/')) else {
            return Err(DictionaryError::malformed(
                name,
                "规则包应为一个文件夹：pack.toml 和每条规则一个文件",
            ));
        };
        let entry = packs.entry(pack).or_default();
        match slug {
            "pack" => entry.head = Some((name, read(name, text)?)),
            "coverage" => entry.coverage = Some((name, read(name, text)?)),
            slug => entry.rules.push((name, slug, read(name, text)?)),
        }
    }
    let whole = packs.into_iter().map(|(pack, Folder { head, rules, coverage })| match head {
        Some((head_name, head)) => Ok(Files { head_name, head, rules, coverage }),
        None => Err(DictionaryError::malformed(&format!("{folder}/{pack}/pack.toml"), "缺少此文件")),
    });
    whole.collect()
}

fn read<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, DictionaryError> {
    toml::from_str(text).map_err(|error| {
        let place = error.span().map(|span| place(text, span.start)).unwrap_or_default();
        DictionaryError::malformed(name, format!("{place}{}", error.message()))
    })
}

/// Line and column of a byte, both from 1, and the line: 第3行第8列（kind = "magic"）：.
fn place(text: &str, byte: usize) -> String {
    const SHOWN: usize = 60;
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let shown: String = text.lines().nth(line).unwrap_or_default().trim().chars().take(SHOWN).collect();
    format!("第{}行第{column}列（{shown}）：", line + 1)
}

/// Checks a pack and compiles its rules.
pub fn build(files: Files<'_>, sources: &Sources, toolbox: &Toolbox) -> Result<Pack, DictionaryError> {
    let head = files.head;
    if let Some(id) = head.governed_by.as_deref().filter(|id| sources.get(id).is_none()) {
        let problem = format!("governed-by 指向未登记的法规 {id}");
        return Err(DictionaryError::malformed(files.head_name, problem));
    }
    let toolbox =
        Toolbox { lexicon: toolbox.lexicon.joined(head.vocabulary), figures: Arc::clone(&toolbox.figures) };
    let mut rules = Vec::with_capacity(files.rules.len());
    for (name, slug, entry) in files.rules {
        let rule = Rule::build(&head.id, slug, entry, &toolbox, sources);
        rules.push(rule.map_err(|problem| DictionaryError::malformed(name, problem))?);
    }
    rules.sort_by(|one, other| one.order().cmp(&other.order()));
    if let Some((name, coverage)) = &files.coverage {
        let source = head.governed_by.as_deref().and_then(|id| sources.get(id));
        let checked =
            source.ok_or_else(|| "pack.toml 没有 governed-by".to_owned()).and_then(|s| coverage.check(s));
        checked.map_err(|problem| DictionaryError::malformed(name, problem))?;
    }
    Ok(Pack {
        id: head.id,
        version: head.version,
        title: head.title,
        governed_by: head.governed_by,
        home: head.home,
        rules,
        coverage: files.coverage.map(|(_, coverage)| coverage),
    })
}
