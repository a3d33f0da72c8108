//! ([`Text`], fields) → findings: rule packs out of `dictionaries/rules/PACK/`, kinds of rules in code.
//!
//! A pack is data: words, thresholds, messages and examples that a lawyer can edit. A rule in it is
//! of one of three kinds: `present` and `absent` are wholly described by the pack, `computed` names
//! a file under `computed/`. Whatever its kind, a compiled rule is a `Check` that looks
//! at one contract and answers with a `Verdict`; `review` turns the answers into findings.
//!
//! Nothing here looks at the clock: a contract that bears no signing date is judged by the same standing
//! of the regulation today and in ten years (see [`Source::standing`]).

mod check;
mod computed;
pub mod examples;
mod kept;
mod kinds;
mod pack;
pub mod pairs;
mod reading;
mod review;
mod source;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::dictionaries::{Dictionaries, DictionaryError};
use crate::fields::Extracted;
use crate::model::Text;
use crate::model::finding::Review;

pub use check::cite as cite_clause;
pub use kept::Kept;
pub use pack::{Article, Coverage, Example, Home, Pack, Rule, WORDING};
pub use review::{fingerprint, is_about_reading};
pub use source::{Source, Sources, Standing};

/// Folder of the packs inside the dictionaries.
const FOLDER: &str = "rules";

/// All rule packs, parsed and compiled. Built once, shared by all threads.
#[derive(Debug)]
pub struct Packs {
    packs: Vec<Pack>,
    sources: Sources,
}

impl Packs {
    /// Parses and checks every pack in `dictionaries/rules`.
    ///
    /// # Errors
    ///
    /// [`DictionaryError::Malformed`] names the file, line and column: an unknown kind or key, a basis that does not exist in its source, a pattern that cannot be compiled, a message
    /// with a placeholder that its rule does not fill.
    pub fn new(dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        let files = pack::parse(dictionaries, FOLDER)?;
        let sources = Sources::gather(files.iter().flat_map(|files| {
            files.head.sources.iter().map(move |source| (files.head_name, source.clone()))
        }))?;
        let toolbox = kinds::Toolbox::new(dictionaries)?;
        let mut seen = BTreeSet::new();
        let mut packs = Vec::with_capacity(files.len());
        for files in files {
            if !seen.insert(files.head.id.clone()) {
                return Err(files.refused("id", format!("规则包 {} 与另一文件夹重名", files.head.id)));
            }
            let enabled = files.head.enabled;
            let pack = pack::build(files, &sources, &toolbox)?;
            if enabled {
                packs.push(pack);
            }
        }
        Ok(Self { packs, sources })
    }

    /// Runs every rule over one contract. `extracted.stage` decides between the draft and signed forms.
    pub fn review(&self, text: &Text, extracted: &Extracted) -> Review {
        self.review_changed(text, extracted, Kept::default())
    }

    /// The same, but of rules that are as they were when the same contract was reviewed before, the answers are kept.
    pub fn review_changed(&self, text: &Text, extracted: &Extracted, kept: Kept) -> Review {
        review::review(self, text, extracted, kept)
    }

    /// Packs with their versions, as `made_by.packs` lists them: `luohu-2018@1`.
    pub fn versions(&self) -> Vec<String> {
        self.packs.iter().map(|pack| format!("{}@{}", pack.id, pack.version)).collect()
    }

    /// The packs, in the order of their file names.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// Every rule of every pack, pack by pack: what `hetong rules list` prints.
    pub fn list(&self) -> impl Iterator<Item = &Rule> {
        self.packs.iter().flat_map(|pack| &pack.rules)
    }

    /// The rules of that slug, in every pack that has one: what `hetong rules explain` prints.
    pub fn explain<'a>(&'a self, slug: &'a str) -> impl Iterator<Item = &'a Rule> {
        self.list().filter(move |rule| rule.slug == slug)
    }

    /// The regulations that the packs cite.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }
}
