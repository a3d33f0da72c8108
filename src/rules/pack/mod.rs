//! A pack: the rules of one regulation or one subject, parsed out of its files, checked and compiled.

mod coverage;
mod file;
mod lexicon;
mod place;
mod rule;
mod scope;
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
pub use lexicon::{Lexicon, Lists, WORDING};
use place::Fault;
pub use rule::Rule;
pub use scope::Scope;

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
    /// Which contracts it is for; all where it does not say.
    pub scope: Option<Scope>,
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
    /// The same, as written.
    head_text: &'a str,
    /// The files of the rules: path, slug, text, content.
    rules: Vec<(&'a str, &'a str, &'a str, RuleFile)>,
    /// The coverage with its path and its text.
    coverage: Option<(&'a str, &'a str, Coverage)>,
}

impl Files<'_> {
    /// The error that a key of `pack.toml` makes.
    pub fn refused(&self, key: &str, problem: impl ToString) -> DictionaryError {
        DictionaryError::malformed(self.head_name, Fault::at(&[key], problem).told(self.head_text))
    }
}

/// What is found of a pack while its folder is walked.
#[derive(Default)]
struct Folder<'a> {
    head: Option<(&'a str, &'a str, PackFile)>,
    rules: Vec<(&'a str, &'a str, &'a str, RuleFile)>,
    coverage: Option<(&'a str, &'a str, Coverage)>,
}

/// Parses the files of all packs in a folder of the dictionaries: `folder/PACK/pack.toml`, `folder/PACK/SLUG.toml`, and
/// `folder/PACK/coverage.toml` where there is one.
pub fn parse<'a>(dictionaries: &'a Dictionaries, folder: &'a str) -> Result<Vec<Files<'a>>, DictionaryError> {
    let mut packs: BTreeMap<&str, Folder<'a>> = BTreeMap::new();
    let of_packs = |(name, _): &(&str, &str)| name.ends_with(".toml") && *name != WORDING;
    for (name, text) in dictionaries.folder(folder).filter(of_packs) {
        let place = name[folder.len() + 1..].trim_end_matches(".toml").split_once('/');
        let Some((pack, slug)) = place.filter(|(_, slug)| !slug.contains('/')) else {
            return Err(DictionaryError::malformed(
                name,
                "规则包应为一个文件夹：pack.toml 和每条规则一个文件",
            ));
        };
        let entry = packs.entry(pack).or_default();
        match slug {
            "pack" => entry.head = Some((name, text, read(name, text)?)),
            "coverage" => entry.coverage = Some((name, text, read(name, text)?)),
            slug => entry.rules.push((name, slug, text, read(name, text)?)),
        }
    }
    let whole = packs.into_iter().map(|(pack, Folder { head, rules, coverage })| match head {
        Some((head_name, head_text, head)) => Ok(Files { head_name, head, head_text, rules, coverage }),
        None => Err(DictionaryError::malformed(&format!("{folder}/{pack}/pack.toml"), "缺少此文件")),
    });
    whole.collect()
}

fn read<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, DictionaryError> {
    toml::from_str(text).map_err(|error| {
        let place = error.span().map(|span| place::told(text, span.start)).unwrap_or_default();
        DictionaryError::malformed(name, format!("{place}{}", error.message()))
    })
}

/// Checks a pack and compiles its rules.
pub fn build(files: Files<'_>, sources: &Sources, toolbox: &Toolbox) -> Result<Pack, DictionaryError> {
    if let Some(id) = files.head.governed_by.as_deref().filter(|id| sources.get(id).is_none()) {
        return Err(files.refused("governed-by", format!("governed-by 指向未登记的法规 {id}")));
    }
    let head = files.head;
    let refused = |path: &[&str], problem: String| {
        DictionaryError::malformed(files.head_name, Fault::at(path, problem).told(files.head_text))
    };
    let lexicon = toolbox.lexicon.joined(head.vocabulary).naming(&head.patterns);
    let lexicon = lexicon.map_err(|(name, problem)| refused(&["patterns", &name], problem))?;
    let toolbox = Toolbox { lexicon, figures: Arc::clone(&toolbox.figures) };
    let scope = head.applies_to.map(|wanted| Scope::new(wanted, &toolbox.lexicon)).transpose();
    let scope = scope.map_err(|problem| refused(&["applies-to"], problem))?;
    let mut rules = Vec::with_capacity(files.rules.len());
    for (name, slug, text, entry) in files.rules {
        let rule = Rule::build(&head.id, slug, (name, text), entry, &toolbox, sources);
        rules.push(rule.map_err(|fault| DictionaryError::malformed(name, fault.told(text)))?);
    }
    rules.sort_by(|one, other| one.order().cmp(&other.order()));
    if let Some((name, text, coverage)) = &files.coverage {
        let source = head.governed_by.as_deref().and_then(|id| sources.get(id));
        let checked = source
            .ok_or_else(|| (0, "pack.toml 没有 governed-by".to_owned()))
            .and_then(|s| coverage.check(s));
        checked.map_err(|(index, problem)| {
            let fault = Fault::at(&["article", &index.to_string()], problem);
            DictionaryError::malformed(name, fault.told(text))
        })?;
    }
    Ok(Pack {
        id: head.id,
        version: head.version,
        title: head.title,
        governed_by: head.governed_by,
        home: head.home,
        scope,
        rules,
        coverage: files.coverage.map(|(_, _, coverage)| coverage),
    })
}
