//! Kind `present`: a defect that shows by what stands in a sentence.
//!
//! The pack gives for each variant what to look for. Words alone do not make a defect, so a match has to
//! survive six questions: does the clause hold what else belongs to it (`beside`), is it in a passage that speaks of the
//! matter (`near`), is it taken back or about something else (`unless`, `unless-sentence`), does it stand inside an exclusion
//! (`mask`), does the side act whose act it has to be (`by`), and is the party that it names such a one (`party`)? Where the
//! words yield nothing, a field that is certain of the defect has the last word, so that the form and the findings do not
//! disagree.

mod find;

use std::borrow::Cow;
use std::cell::LazyCell;
use std::collections::BTreeMap;

use serde::Deserialize;

use self::find::{Find, Wanted};
use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::reading::mask;
use super::fact::Fact;
use super::{Compiled, Parameters};
use crate::fields::scan::Apart;
use crate::model::Span;

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
    /// The field that tells the same.
    #[serde(default)]
    field: Option<Told>,
}

/// A field whose value is the defect.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    /// Which one.
    path: Fact,
    /// Values that are no defect. Either this or `is`.
    #[serde(default)]
    unless: Vec<String>,
    /// Values that are the defect.
    #[serde(default)]
    is: Vec<String>,
    /// The variant that it makes.
    variant: String,
}

#[derive(Debug)]
struct Present {
    mask: Option<Apart>,
    find: Vec<Find>,
    field: Option<Told>,
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
    if let Some(told) = settings.field.as_ref().filter(|told| find.iter().all(|f| f.variant != told.variant))
    {
        return Err(format!("with.field.variant：没有 {}", told.variant));
    }
    let variants = find.iter().map(|find| (find.variant.clone(), &["matches"] as &[_])).collect();
    let check =
        Box::new(Present { mask: lexicon.compile_apart(&settings.mask)?, find, field: settings.field });
    Ok(Compiled { check, variants })
}

/// A defect with its different wordings quoted.
fn sighting(variant: &str, evidence: Vec<Span>) -> Sighting {
    let mut quotes: Vec<String> = Vec::new();
    for quote in evidence.iter().map(|span| format!("“{}”", span.quote)) {
        if quotes.len() < NAMED && !quotes.contains(&quote) {
            quotes.push(quote);
        }
    }
    Sighting::new(variant, evidence).with("matches", quotes.join("、"))
}

impl Told {
    /// The defect as the field tells it, where what it rests on is not taken back and `body` is not blanked out there.
    fn sighting<'c>(
        &self,
        contract: &Contract<'_>,
        find: &[Find],
        body: &LazyCell<Cow<'c, str>, impl FnOnce() -> Cow<'c, str>>,
    ) -> Option<Sighting> {
        let (value, mut evidence) = self.path.of(contract)?;
        let fault = if self.is.is_empty() { !self.unless.contains(&value) } else { self.is.contains(&value) };
        if !fault {
            return None;
        }
        let unless =
            find.iter().filter(|find| find.variant == self.variant).find_map(|find| find.unless.as_ref());
        let taken_back = |span: &Span| {
            let said = |words: &str| unless.is_some_and(|unless| unless.is_match(words));
            let place = contract.shadow_of_span(span);
            let blanked = body.get(place.clone()) != contract.chosen.get(place.clone());
            let unchosen = contract.chosen.get(place).is_some_and(|left| left.trim().is_empty());
            span.supports.is_some() && blanked
                || unchosen
                || said(&span.quote)
                || said(contract.part_of(span))
        };
        // What names the value decides; the clause around it says other things, too.
        let naming = |span: &Span| span.supports.is_some();
        if evidence.iter().any(naming) && evidence.iter().filter(|span| naming(span)).all(taken_back) {
            return None;
        }
        evidence.retain(|span| !taken_back(span));
        (!evidence.is_empty()).then(|| sighting(&self.variant, evidence))
    }
}

impl Check for Present {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let chosen = &*contract.chosen;
        let body = LazyCell::new(|| match &self.mask {
            Some(away) => mask(chosen, away.find_iter(chosen).map(|m| m.range())),
            None => Cow::Borrowed(chosen),
        });
        let possible = |otherwise: bool| {
            let asked = self.find.iter().filter(move |find| find.otherwise == otherwise);
            asked.filter(|find| find.may_stand(contract, chosen))
        };
        let mut hits: Vec<_> = possible(false).filter_map(|find| find.sighting(contract, &body)).collect();
        if hits.is_empty() {
            hits.extend(possible(true).find_map(|find| find.sighting(contract, &body)));
        }
        if hits.is_empty() {
            hits.extend(self.field.as_ref().and_then(|told| told.sighting(contract, &self.find, &body)));
        }
        if hits.is_empty() { Verdict::NothingFound } else { Verdict::Hits(hits) }
    }
}
