//! `signature-incomplete`: signature, seal, date or place of signing is missing.
//!
//! # What it does
//!
//! In a signed contract it looks at the slots of both sides: the government side needs a signature and its official
//! seal or contract seal (公章、合同专用章), the other side one of the two; day and place of signing must be written. In a
//! draft, and where it is not known which it is, the slots for all this must exist.
//!
//! # Why it matters
//!
//! A contract that was not signed and sealed as the regulation wants may bind nobody, or somebody else.
//!
//! # What must not be flagged
//!
//! A seal where no picture of the page shows whether there is one; empty slots in a draft; a party that signed and did
//! not seal, where it is not the government side.

use crate::fields::scan::Regex;
use serde::Deserialize;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::says;
use super::super::reading::signatures::{Filling, Slot, slots};
use super::Computed;
use crate::model::fields::{Party, Side};
use crate::model::record::Stage;
use crate::model::{MarkKind, Seal, Span};

/// The rule.
pub const RULE: Computed = Computed {
    slug: "signature-incomplete",
    variants: &[("signed", &["missing"]), ("draft", &["missing"])],
    compile,
};

/// What the pack says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Settings {
    /// Seals that do not stand for the whole body: 财务专用章, 发票专用章, 科室章.
    wrong_seals: Vec<String>,
    /// A slot or sentence for the day of signing.
    date: Vec<String>,
    /// A slot or sentence for the place of signing.
    place: Vec<String>,
    /// A place of signing that is written out: 签订于深圳罗湖.
    placed: Vec<String>,
}

#[derive(Debug)]
struct SignatureIncomplete {
    wrong_seals: Option<Regex>,
    date: Option<Regex>,
    place: Option<Regex>,
    placed: Option<Regex>,
}

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let lexicon = &parameters.toolbox.lexicon;
    let settings: Settings = parameters.parse()?;
    Ok(Box::new(SignatureIncomplete {
        wrong_seals: lexicon.compile(&settings.wrong_seals)?,
        date: lexicon.compile(&settings.date)?,
        place: lexicon.compile(&settings.place)?,
        placed: lexicon.compile(&settings.placed)?,
    }))
}

/// What is missing, and where.
#[derive(Default)]
struct Missing {
    what: Vec<String>,
    evidence: Vec<Span>,
}

impl Missing {
    fn add(&mut self, what: impl Into<String>, evidence: impl IntoIterator<Item = Span>) {
        self.what.push(what.into());
        self.evidence.extend(evidence);
    }

    fn sighting(self, variant: &str) -> Sighting {
        Sighting::new(variant, self.evidence).with("missing", self.what.join("、"))
    }
}

impl SignatureIncomplete {
    fn signed(&self, contract: &Contract<'_>, slots: &[Slot]) -> Verdict {
        let parties = &contract.fields().parties;
        let mut sure = Missing::default();
        let mut depends = Missing::default();
        let mut unread_date = false;
        for (index, party) in parties.iter().enumerate() {
            let own: Vec<&Slot> = slots.iter().filter(|slot| slot.party == Some(index)).collect();
            match party.side {
                Side::Government => self.government(party, &own, &mut sure),
                Side::Counterparty => other_side(party, &own, &mut sure),
                Side::Unknown => self.government(party, &own, &mut depends),
            }
        }
        if contract.fields().sign_date.is_none() {
            match handwriting_beside(contract, slots) {
                true => unread_date = true,
                false => sure.add("签订日期", None),
            }
        }
        let placed = || says(&self.placed, contract.text.folded_body());
        if contract.fields().sign_place.is_none() && !placed() {
            sure.add("签订地点", None);
        }
        match (sure.what.is_empty(), depends.what.is_empty()) {
            (false, _) => Verdict::hit(sure.sighting("signed")),
            (true, true) if unread_date => {
                Verdict::cannot_tell("签署页有手写内容未能识别，签订日期请核对", depends.evidence)
            }
            (true, true) => Verdict::NothingFound,
            (true, false) => {
                Verdict::cannot_tell("未能判断哪一方是政府方，签字盖章是否齐备请核对", depends.evidence)
            }
        }
    }

    fn government(&self, party: &Party, slots: &[&Slot], missing: &mut Missing) {
        let who = called(party);
        let seals: Vec<&Seal> = slots.iter().flat_map(|slot| &slot.seals).collect();
        let wrong = |seal: &&Seal| {
            let says = |text: &str| self.wrong_seals.as_ref().is_some_and(|wrong| wrong.is_match(text));
            says(&seal.kind) || says(&seal.text)
        };
        if let Some(seal) = seals.iter().find(|seal| wrong(seal)).filter(|_| seals.iter().all(wrong)) {
            missing.add(
                format!("{who}公章或合同专用章（所见为{}）", seal.kind),
                spans(slots, |slot| slot.wanted.seal),
            );
        } else if is_empty(slots, |slot| slot.wanted.seal, Slot::seal) {
            missing.add(format!("{who}公章或合同专用章"), spans(slots, |slot| slot.wanted.seal));
        }
        if is_unsigned(slots) {
            missing.add(format!("{who}签字"), spans(slots, |slot| slot.wanted.signature));
        }
    }

    /// The slots that a draft lacks.
    fn drafted(&self, contract: &Contract<'_>, slots: &[Slot]) -> Verdict {
        let mut missing = Missing::default();
        let body = contract.text.folded_body();
        let stands = |what: &Option<Regex>| says(what, body);
        let is_whole = contract.stage() == Stage::Draft || contract.fields().parties.len() > 1;
        match (slots.is_empty(), is_whole) {
            (false, _) => {}
            (true, true) => missing.add("签字盖章栏", None),
            // An excerpt: who signs what is said elsewhere.
            (true, false) => return Verdict::cannot_tell("未见签署页，看不出是拟稿还是已签", Vec::new()),
        }
        if !stands(&self.date) && contract.fields().sign_date.is_none() {
            missing.add("签订日期栏", None);
        }
        if !stands(&self.place) && contract.fields().sign_place.is_none() {
            missing.add("签订地点栏", None);
        }
        if missing.what.is_empty() {
            return Verdict::NothingFound;
        }
        missing.evidence.extend(slots.first().map(|slot| slot.span.clone()));
        Verdict::hit(missing.sighting("draft"))
    }
}

/// Is there handwriting on a page with slots? It may be the date.
fn handwriting_beside(contract: &Contract<'_>, slots: &[Slot]) -> bool {
    let pages: Vec<u32> = slots.iter().filter_map(Slot::page).collect();
    contract.text.sights.marks.iter().any(|(page, mark)| mark.kind == MarkKind::Ink && pages.contains(page))
}

/// The other side has signed or sealed.
fn other_side(party: &Party, slots: &[&Slot], missing: &mut Missing) {
    let unsigned = is_unsigned(slots);
    let unsealed = is_empty(slots, |slot| slot.wanted.seal, Slot::seal);
    let only = |wanted: fn(&Slot) -> bool| slots.iter().all(|slot| !wanted(slot));
    if (unsigned || only(|slot| slot.wanted.signature))
        && (unsealed || only(|slot| slot.wanted.seal))
        && !slots.is_empty()
    {
        missing.add(format!("{}签字或盖章", called(party)), spans(slots, |_| true));
    }
}

/// Is every slot for a signature known to be empty, and is there one? A slot for both signature and seal (签章) counts
/// only where there is none for a signature alone.
fn is_unsigned(slots: &[&Slot]) -> bool {
    let alone = slots.iter().any(|slot| slot.wanted.signature && !slot.wanted.seal);
    is_empty(
        slots,
        |slot| slot.wanted.signature && !(alone && slot.wanted.seal),
        |slot| slot.signature.clone(),
    )
}

/// Is every slot of that kind known to be empty, and is there one?
fn is_empty(slots: &[&Slot], wanted: impl Fn(&Slot) -> bool, filling: impl Fn(&Slot) -> Filling) -> bool {
    let mut of_kind = slots.iter().filter(|slot| wanted(slot)).peekable();
    of_kind.peek().is_some() && of_kind.all(|slot| filling(slot) == Filling::Empty)
}

fn spans(slots: &[&Slot], wanted: impl Fn(&Slot) -> bool) -> Vec<Span> {
    slots.iter().filter(|slot| wanted(slot)).map(|slot| slot.span.clone()).collect()
}

/// A party as the message names it.
fn called(party: &Party) -> String {
    if party.role.is_empty() { "一方".to_owned() } else { party.role.clone() }
}

impl Check for SignatureIncomplete {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let slots = slots(contract.text, &contract.fields().parties);
        let verdict = match contract.stage() {
            Stage::Signed => self.signed(contract, &slots),
            Stage::Draft | Stage::Unknown => self.drafted(contract, &slots),
        };
        match (contract.unread(), verdict) {
            (Some(unread), Verdict::Hits(_) | Verdict::CannotTell { .. }) => {
                Verdict::cannot_tell(format!("{unread}，签署页可能在其中"), Vec::new())
            }
            (_, verdict) => verdict,
        }
    }
}

#[cfg(test)]
mod tests;
