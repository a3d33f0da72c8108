//! One variant of a `present` rule: what to look for, and the questions that a match has to survive.

use std::ops::Range;

use serde::Deserialize;

use super::super::super::check::{Contract, Sighting};
use super::super::super::pack::Lexicon;
use super::super::super::reading::actors::{self, Actor, actor, actor_at};
use super::super::super::reading::announced::announced;
use super::super::super::reading::{ENDS, part_around, sentences_with};
use crate::fields::scan::Regex;
use crate::model::fields::Side;

/// A part of a sentence of at most this many characters is quoted whole.
const QUOTED: usize = 60;

/// What makes one variant.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Wanted {
    /// One of these in the body, or nothing is looked for: what each of `any` needs. Spares the many contracts that have none
    /// of it the many wordings.
    #[serde(default)]
    among: Vec<String>,
    /// Any of these in a sentence.
    any: Vec<String>,
    /// Of each of these lists one in the sentence or in the line that announces it, before the match or behind it: slots that a
    /// clause fills in whatever order.
    #[serde(default)]
    beside: Vec<Vec<String>>,
    /// None of these in the part of the sentence, between commas, that matched.
    #[serde(default)]
    unless: Vec<String>,
    /// None of these in the sentence, nor in the line that announces it.
    #[serde(default)]
    unless_sentence: Vec<String>,
    /// Looked for only where no other variant was found: what is said in words that those do not know.
    #[serde(default)]
    otherwise: bool,
    /// A match may go over sentences: the rows of a table. Only `among` and `title` are asked besides.
    #[serde(default)]
    across: bool,
    /// The side that acts in the sentence; without it anybody's act counts.
    #[serde(default)]
    by: Option<Side>,
    /// The side whose act is no defect: what spares the government side harms nobody.
    #[serde(default)]
    not_by: Option<Side>,
    /// One of these in the sentence, the one before it, the line that announces it, or the heading of its article.
    #[serde(default)]
    near: Vec<String>,
    /// One of these in the title of the contract.
    #[serde(default)]
    title: Vec<String>,
    /// One of these in the name, the address or the introduction of the party that the match names (乙方所在地).
    #[serde(default)]
    party: Vec<String>,
}

/// The same, compiled.
#[derive(Debug)]
pub struct Find {
    /// Its name.
    pub variant: String,
    among: Option<Regex>,
    any: Regex,
    beside: Vec<Regex>,
    /// What takes a match back in its part of the sentence.
    pub unless: Option<Regex>,
    unless_sentence: Option<Regex>,
    /// Is it looked for only where no other variant was found?
    pub otherwise: bool,
    across: bool,
    by: Option<Side>,
    not_by: Option<Side>,
    near: Option<Regex>,
    title: Option<Regex>,
    party: Option<Regex>,
}

/// A sentence and what stands before it.
struct Said<'b> {
    /// Where it begins, as a byte of the shadow.
    at: usize,
    words: &'b str,
    /// All that stands before it.
    above: &'b str,
}

impl Find {
    /// Compiles what the pack says. `Err` names the setting that is wrong.
    pub fn new(variant: String, wanted: &Wanted, lexicon: &Lexicon) -> Result<Self, String> {
        let any = lexicon.compile(&wanted.any)?.ok_or_else(|| format!("with.find.{variant}.any 为空"))?;
        let slots = wanted.beside.iter().map(|slot| {
            lexicon.compile(slot)?.ok_or_else(|| format!("with.find.{variant}.beside 有一项为空"))
        });
        let beside = slots.collect::<Result<_, _>>()?;
        Ok(Self {
            variant,
            beside,
            among: lexicon.compile(&wanted.among)?,
            any,
            unless: lexicon.compile(&wanted.unless)?,
            unless_sentence: lexicon.compile(&wanted.unless_sentence)?,
            otherwise: wanted.otherwise,
            across: wanted.across,
            by: wanted.by,
            not_by: wanted.not_by,
            near: lexicon.compile(&wanted.near)?,
            title: lexicon.compile(&wanted.title)?,
            party: lexicon.compile(&wanted.party)?,
        })
    }

    /// Can a contract hold what makes this variant?
    pub fn may_stand(&self, contract: &Contract<'_>, body: &str) -> bool {
        let ruled_out = |slot: &Regex| slot.is_ruled_out(body);
        !ruled_out(&self.any)
            && !self.beside.iter().any(ruled_out)
            && self.title.as_ref().is_none_or(|title| title.is_match(contract.title()))
            && self.among.as_ref().is_none_or(|among| among.is_match(body))
    }

    /// Every place in the body that makes this variant.
    pub fn sighting(&self, contract: &Contract<'_>, body: &str) -> Option<Sighting> {
        if self.across {
            let found: Vec<_> =
                self.any.find_iter(body).map(|found| contract.text.span_of_shadow(found.range())).collect();
            return (!found.is_empty()).then(|| super::sighting(&self.variant, found));
        }
        let mut evidence = Vec::new();
        for sentence in sentences_with(body, &self.any) {
            let words = &body[sentence.clone()];
            let said = Said { at: sentence.start, words, above: &body[..sentence.start] };
            for found in self.any.find_iter(words) {
                // A comma that a pattern begins with belongs to the part before.
                let comma = found.len() - found.as_str().trim_start_matches([',', '、', ':']).len();
                let range = sentence.start + found.start() + comma..sentence.start + found.end();
                let lead = announced(contract, sentence.start);
                if !self.is_taken_back(&contract.chosen, &range, words, lead)
                    && self.is_filled(words, lead)
                    && self.speaks_of_it(contract, &said, lead, range.start)
                    && self.acts(contract, &said, lead, found.range())
                    && self.is_of_such_a_party(contract, found.as_str())
                {
                    evidence.push(contract.text.span_of_shadow(quotable(body, range)));
                }
            }
        }
        (!evidence.is_empty()).then(|| super::sighting(&self.variant, evidence))
    }

    /// Is it taken back, or about something else? What is masked may still take the words back: …的约定对本合同不适用.
    fn is_taken_back(&self, chosen: &str, range: &Range<usize>, words: &str, lead: &str) -> bool {
        let part = &chosen[part_around(chosen, range.clone())];
        self.unless.as_ref().is_some_and(|unless| unless.is_match(part))
            || self.unless_sentence.as_ref().is_some_and(|not| not.is_match(words) || not.is_match(lead))
    }

    /// Does the sentence, or the line that announces it, hold what belongs to the match?
    fn is_filled(&self, words: &str, lead: &str) -> bool {
        self.beside.iter().all(|slot| slot.is_match(words) || slot.is_match(lead))
    }

    /// Does the side act whose act it has to be? Where nobody is named before the match, who is named in it acts (差额由甲方补足), else
    /// who the line above announces.
    fn acts(&self, contract: &Contract<'_>, said: &Said<'_>, lead: &str, found: Range<usize>) -> bool {
        if self.by.is_none() && self.not_by.is_none() {
            return true;
        }
        let named = [&said.words[..found.start], &said.words[..found.end], lead];
        let acting = named.iter().map(|words| actor(contract.fields(), words));
        let acting = acting.into_iter().find(|acting| *acting != Actor::Nobody);
        let acting = acting.unwrap_or_else(|| actor_at(contract, said.at, ""));
        let is = |side: Side| acting == Actor::One(side);
        self.by.is_none_or(is) && !self.not_by.is_some_and(is)
    }

    fn speaks_of_it(&self, contract: &Contract<'_>, said: &Said<'_>, lead: &str, at: usize) -> bool {
        let Some(near) = &self.near else { return true };
        let heading = || contract.text.article_at(at).and_then(|clause| clause.heading.as_deref());
        let before = || said.above.rsplit(ENDS).find(|words| !words.trim().is_empty());
        near.is_match(said.words)
            || near.is_match(lead)
            || near.is_match(before().unwrap_or_default())
            || heading().is_some_and(|h| near.is_match(h))
    }

    /// Is the counterparty that the match names one that the pack looks for?
    fn is_of_such_a_party(&self, contract: &Contract<'_>, found: &str) -> bool {
        let Some(wanted) = &self.party else { return true };
        let called = actors::called(contract.fields(), found);
        called
            .filter(|party| party.side != Side::Government)
            .is_some_and(|party| actors::introduced(contract, party).any(|words| wanted.is_match(words)))
    }
}

/// What a person is shown of a match: the part of the sentence, between commas, that it stands in, where that
/// is short enough. A match itself may end inside a name or a bracket.
fn quotable(body: &str, range: Range<usize>) -> Range<usize> {
    let part = part_around(body, range.clone());
    let words = &body[part.clone()];
    let lead = words.len() - words.trim_start().len();
    let whole = part.start + lead..part.start + lead + words.trim().len();
    let short = words.chars().count() <= QUOTED;
    if short && whole.start <= range.start && range.end <= whole.end { whole } else { range }
}
