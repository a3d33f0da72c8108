//! Kind `present`: a defect that shows by what stands in a sentence.
//!
//! The pack gives for each variant what to look for. Words alone do not make a defect, so a match has to
//! survive three questions: is it in a passage that speaks of the matter (`near`), is it taken back or about
//! something else (`unless`), does it stand inside an exclusion (`mask`)?

use regex::Regex;
use serde::Deserialize;
use std::collections::BTreeMap;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::pack::Lexicon;
use super::super::reading::{mask, part_around, sentences};
use super::{Compiled, Parameters};

/// How many different wordings a message quotes.
const NAMED: usize = 3;

/// What the pack says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Settings {
    /// Stretches that are blanked out before anything is looked for: exclusions in brackets.
    #[serde(default)]
    mask: Vec<String>,
    /// What to look for, by variant.
    find: BTreeMap<String, Wanted>,
}

/// What makes one variant.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// Any of these in a sentence.
    any: Vec<String>,
    /// None of these in the part of the sentence, between commas, that matched.
    #[serde(default)]
    unless: Vec<String>,
    /// One of these in the sentence, the one before it, or the heading of its article.
    #[serde(default)]
    near: Vec<String>,
}

#[derive(Debug)]
struct Present {
    mask: Option<Regex>,
    find: Vec<Find>,
}

#[derive(Debug)]
struct Find {
    variant: String,
    any: Regex,
    unless: Option<Regex>,
    near: Option<Regex>,
}

/// Compiles a rule of this kind.
pub fn compile(parameters: Parameters<'_>) -> Result<Compiled, String> {
    let lexicon = &parameters.toolbox.lexicon;
    let settings: Settings = parameters.parse()?;
    let mut find = Vec::new();
    for (variant, wanted) in settings.find {
        find.push(Find::new(variant, &wanted, lexicon)?);
    }
    if find.is_empty() {
        return Err("with.find 为空".to_owned());
    }
    let variants = find.iter().map(|find| (find.variant.clone(), &["matches"] as &[_])).collect();
    let check = Box::new(Present { mask: lexicon.compile(&settings.mask)?, find });
    Ok(Compiled { check, variants })
}

impl Find {
    fn new(variant: String, wanted: &Wanted, lexicon: &Lexicon) -> Result<Self, String> {
        let any = lexicon.compile(&wanted.any)?.ok_or_else(|| format!("with.find.{variant}.any 为空"))?;
        Ok(Self {
            variant,
            any,
            unless: lexicon.compile(&wanted.unless)?,
            near: lexicon.compile(&wanted.near)?,
        })
    }

    /// Every place in the body that makes this variant.
    fn sighting(&self, contract: &Contract<'_>, body: &str) -> Option<Sighting> {
        let mut evidence = Vec::new();
        let mut before = "";
        for sentence in sentences(body) {
            let words = &body[sentence.clone()];
            for found in self.any.find_iter(words) {
                let range = sentence.start + found.start()..sentence.start + found.end();
                let part = &body[part_around(body, range.clone())];
                let taken_back = self.unless.as_ref().is_some_and(|unless| unless.is_match(part));
                if !taken_back && self.speaks_of_it(contract, words, before, range.start) {
                    evidence.push(contract.text.span_of_shadow(range));
                }
            }
            before = words;
        }
        let mut quotes: Vec<String> = Vec::new();
        for quote in evidence.iter().map(|span| format!("“{}”", span.quote)) {
            if quotes.len() < NAMED && !quotes.contains(&quote) {
                quotes.push(quote);
            }
        }
        let sighting = Sighting::new(&self.variant, evidence).with("matches", quotes.join("、"));
        (!sighting.evidence.is_empty()).then_some(sighting)
    }

    fn speaks_of_it(&self, contract: &Contract<'_>, sentence: &str, before: &str, at: usize) -> bool {
        let Some(near) = &self.near else { return true };
        let heading = || contract.text.article_at(at).and_then(|clause| clause.heading.as_deref());
        near.is_match(sentence) || near.is_match(before) || heading().is_some_and(|h| near.is_match(h))
    }
}

impl Check for Present {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let body = match &self.mask {
            Some(regex) => mask(&contract.chosen, regex.find_iter(&contract.chosen).map(|m| m.range())),
            None => contract.chosen.clone(),
        };
        let hits: Vec<_> = self.find.iter().filter_map(|find| find.sighting(contract, &body)).collect();
        if hits.is_empty() { Verdict::NothingFound } else { Verdict::Hits(hits) }
    }
}
