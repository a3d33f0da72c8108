//! `title-substance-mismatch`: the title names one relation and the body lays down another.
//!
//! # What it does
//!
//! The pack lists families of contracts with the words of their titles and the words without which a body of that family
//! cannot do. Where the body has no word of the title's family and several of another, the two do not fit.
//!
//! # Why it matters
//!
//! Approval, procurement and filing follow the title; a court follows the body.
//!
//! # What must not be flagged
//!
//! A title that names both families, a body with words of both, supplements, a title that names no family.

use std::collections::{BTreeMap, BTreeSet};

use crate::fields::scan::Regex;
use serde::Deserialize;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::Computed;

/// The rule.
pub const RULE: Computed = Computed {
    slug: "title-substance-mismatch",
    variants: &[("mismatch", &["title", "named", "found", "words"])],
    compile,
};

/// What the pack says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// This many different words make a family.
    least: usize,
    /// Titles that are not judged.
    spared: Vec<String>,
    /// The families by their Chinese names.
    families: BTreeMap<String, Patterns>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Patterns {
    title: Vec<String>,
    body: Vec<String>,
}

#[derive(Debug)]
struct TitleSubstanceMismatch {
    least: usize,
    spared: Option<Regex>,
    families: Vec<Family>,
}

#[derive(Debug)]
struct Family {
    name: String,
    title: Option<Regex>,
    body: Option<Regex>,
}

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let lexicon = &parameters.toolbox.lexicon;
    let settings: Settings = parameters.parse()?;
    let mut families = Vec::new();
    for (name, words) in settings.families {
        families.push(Family {
            name,
            title: lexicon.compile(&words.title)?,
            body: lexicon.compile(&words.body)?,
        });
    }
    Ok(Box::new(TitleSubstanceMismatch {
        least: settings.least,
        spared: lexicon.compile(&settings.spared)?,
        families,
    }))
}

impl Family {
    fn named_by(&self, title: &str) -> bool {
        self.title.as_ref().is_some_and(|regex| regex.is_match(title))
    }

    /// Does a title join the family to something else: 租赁及运输?
    fn is_joined(&self, title: &str) -> bool {
        let joins = ['及', '和', '与', '、', '暨', '兼'];
        self.title.iter().flat_map(|regex| regex.find_iter(title)).any(|found| {
            title.get(found.end()..).is_some_and(|rest| rest.starts_with(joins))
                || title.get(..found.start()).is_some_and(|lead| lead.ends_with(joins))
        })
    }

    /// The different words of the family in a body, with the place of the first.
    fn words<'t>(&self, body: &'t str) -> (BTreeSet<&'t str>, Option<std::ops::Range<usize>>) {
        let found: Vec<_> = self.body.iter().flat_map(|regex| regex.find_iter(body)).collect();
        (found.iter().map(|word| word.as_str()).collect(), found.first().map(|word| word.range()))
    }
}

impl Check for TitleSubstanceMismatch {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let Some(title) = contract.sure(&contract.fields().title) else { return Verdict::NothingFound };
        let plain: String = title.value.chars().filter(|c| !c.is_whitespace()).collect();
        if self.spared.as_ref().is_some_and(|spared| spared.is_match(&plain)) {
            return Verdict::NotApplicable("名称不指明合同类型".to_owned());
        }
        let (named, others): (Vec<_>, Vec<_>) =
            self.families.iter().partition(|family| family.named_by(&plain));
        let body = contract.text.folded_body();
        let rest = body.get(title_end(contract, title)..).unwrap_or(body);
        if named.is_empty() {
            return Verdict::NothingFound;
        }
        // A title may name two (咨询服务): either in the body is enough.
        if named.iter().any(|own| !own.words(rest).0.is_empty()) {
            return Verdict::Passed;
        }
        let found =
            others.iter().map(|family| (family, family.words(rest))).max_by_key(|(_, words)| words.0.len());
        let Some((family, (words, Some(first)))) = found.filter(|(_, words)| words.0.len() >= self.least)
        else {
            return Verdict::NothingFound;
        };
        // 租赁及运输合同: the other of the two that the title joins may be no family of the pack.
        if named.iter().any(|own| own.is_joined(&plain)) {
            let reason = format!("名称“{}”兼指几种合同，与正文是否相符须核对", title.value.trim());
            return Verdict::cannot_tell(reason, title.evidence.clone());
        }
        let own = named.iter().map(|own| own.name.as_str()).collect::<Vec<_>>().join("、");
        let offset = body.len() - rest.len();
        let mut evidence: Vec<_> = title.evidence.iter().take(1).cloned().collect();
        evidence.push(contract.text.span_of_shadow(first.start + offset..first.end + offset));
        let words: Vec<_> = words.into_iter().take(4).collect();
        let sighting = Sighting::new("mismatch", evidence).with("title", title.value.trim());
        Verdict::hit(sighting.with("named", own).with("found", &family.name).with("words", words.join("、")))
    }
}

/// The shadow byte at which the title ends.
fn title_end(contract: &Contract<'_>, title: &crate::model::Value<String>) -> usize {
    let end = title.evidence.first().map_or(0, |span| span.end);
    let byte = contract.text.content.char_indices().nth(end).map_or(0, |(byte, _)| byte);
    contract.text.shadow.from_content(byte)
}
