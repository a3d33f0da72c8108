//! The kinds of rules: what a pack can say without new code, and the door to the rules that compute.

mod absent;
pub mod fact;
mod present;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::de::DeserializeOwned;

pub use words::Words;

use super::check::Check;
use super::computed;
use super::pack::Lexicon;
use crate::dictionaries::{Dictionaries, DictionaryError};
use crate::fields::scan::money::Figures;

/// The variants that a rule can answer with, each with the placeholders that it fills.
pub type Variants = BTreeMap<String, &'static [&'static str]>;

/// A rule ready to run.
pub struct Compiled {
    /// The rule.
    pub check: Box<dyn Check>,
    /// What it can answer.
    pub variants: Variants,
}

/// What rules are built with besides their own settings.
#[derive(Debug)]
pub struct Toolbox {
    /// The word lists.
    pub lexicon: Lexicon,
    /// The scanner of sums in figures.
    pub figures: Arc<Figures>,
}

impl Toolbox {
    /// What every pack has.
    pub fn new(dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        Ok(Self { lexicon: Lexicon::shared(dictionaries)?, figures: Arc::new(Figures::new(dictionaries)?) })
    }
}

/// What the pack tells a rule.
pub struct Parameters<'a> {
    /// The rule's `with` table.
    pub table: toml::Table,
    /// What it may use.
    pub toolbox: &'a Toolbox,
}

impl Parameters<'_> {
    /// The table as the type that a rule wants. `Err` names the key that is wrong.
    pub fn parse<T: DeserializeOwned>(self) -> Result<T, String> {
        self.table.try_into().map_err(|error| format!("with：{error}"))
    }

    /// Takes one setting out of the table, so that the rest is words.
    pub fn take<T: DeserializeOwned>(&mut self, key: &str) -> Result<T, String> {
        let value = self.table.remove(key).ok_or_else(|| format!("缺少 with.{key}"))?;
        value.try_into().map_err(|error| format!("with.{key}：{error}"))
    }
}

/// Compiles a rule of any kind.
pub fn compile(slug: &str, kind: &str, table: toml::Table, toolbox: &Toolbox) -> Result<Compiled, String> {
    let parameters = Parameters { table, toolbox };
    match kind {
        "present" => present::compile(parameters),
        "absent" => absent::compile(parameters),
        "computed" => computed::compile(slug, parameters),
        kind => Err(format!("没有 {kind} 这一种类（可用：present、absent、computed）")),
    }
}

/// Is it the kind of the rule that a problem is about, not its settings?
pub fn is_about_kind(problem: &str) -> bool {
    problem.contains("这一种类") || problem.contains("同名的计算规则")
}
