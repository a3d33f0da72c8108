//! `free-of-charge`: the government side gives something for nothing.
//!
//! # What it does
//!
//! Finds 无偿, 免费 and a rent of nothing, and asks who gives.
//!
//! # Why it matters
//!
//! Giving for nothing counts as plainly unreasonable unless the government side gains or a special reason is shown.
//!
//! # What must not be flagged
//!
//! What the other side gives for nothing (免费保修、免费培训), small help to performance (无偿提供值班用房), transfers
//! between government bodies, prices that the government sets.

use std::ops::Range;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::super::reading::actors::{Actor, actor, actor_at};
use super::super::reading::{part_around, sentences};
use super::Computed;
use crate::fields::scan::Match;
use crate::model::Span;
use crate::model::fields::{Direction, Side};

/// The rule.
pub const RULE: Computed = Computed { slug: "free-of-charge", variants: &[("gift", &[])], compile };

#[derive(Debug)]
struct FreeOfCharge(Words);

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let names = ["gives", "takes", "zero", "hands", "unless", "set-price", "owned", "used", "unpaid"];
    Ok(Box::new(FreeOfCharge(Words::new(parameters, &names)?)))
}

/// What a party is called that gives a thing away for a price.
const GIVERS: [&str; 6] = ["出租", "出借", "转让", "出让", "卖", "许可"];

impl FreeOfCharge {
    /// A price of nothing for what the government side gives.
    fn for_nothing(&self, contract: &Contract<'_>, sentence: &Range<usize>) -> Option<Span> {
        let words = contract.chosen.get(sentence.clone())?;
        let found = self.0.find("zero", words).next()?;
        let part =
            part_around(&contract.chosen, sentence.start + found.start()..sentence.start + found.end());
        let government = contract.government()?;
        let receives = contract.sure(&contract.fields().direction).map(|way| way.value);
        let actor = actor_at(contract, sentence.start, &words[..found.start()]);
        let gives = GIVERS.iter().any(|word| government.role.contains(word))
            || matches!(receives, Some(Direction::Receives))
            || matches!(actor, Actor::One(Side::Government | Side::Counterparty));
        // 乙方将排练厅供甲方使用，分文不取: what the other side hands over is its own.
        let own = actor == Actor::One(Side::Counterparty) && self.0.say("hands", &words[..found.start()]);
        let spared = own || self.0.say("set-price", words);
        (gives && !spared).then(|| contract.text.span_of_shadow(part))
    }
}

impl FreeOfCharge {
    /// What is the government side's, used by the other for nothing, in whatever order the sentence says so.
    fn used_for_nothing(&self, contract: &Contract<'_>, sentence: &Range<usize>) -> Option<Span> {
        let words = contract.chosen.get(sentence.clone())?;
        let unpaid = self.0.find("unpaid", words).next()?;
        if !self.0.say("used", words) || self.0.say("set-price", words) {
            return None;
        }
        // 甲方的展厅: whose it is stands as its owner.
        let owner = |owned: &str| actor(contract.fields(), &owned.replace(['的', '之'], ""));
        let government = |owned: Match<'_>| owner(owned.as_str()) == Actor::One(Side::Government);
        self.0.find("owned", words).any(government).then_some(())?;
        let part =
            part_around(&contract.chosen, sentence.start + unpaid.start()..sentence.start + unpaid.end());
        let spared = self.0.say("unless", contract.chosen.get(part.clone())?);
        (!spared).then(|| contract.text.span_of_shadow(part))
    }

    /// Does the government side hand the thing over in the same sentence: 甲方将车位借予乙方，乙方无需支付使用费?
    fn hands_over(&self, words: &str, found: &Match<'_>, side: Side) -> bool {
        side == Side::Government && self.0.say("hands", &words[..found.start()])
    }
}

impl Check for FreeOfCharge {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let parties = &contract.fields().parties;
        if parties.len() > 1 && parties.iter().all(|party| party.side == Side::Government) {
            return Verdict::NotApplicable("各方均为政府一方".to_owned());
        }
        let body = &contract.chosen;
        let (mut hits, mut doubts) = (Vec::new(), Vec::new());
        for sentence in sentences(body) {
            let words = &body[sentence.clone()];
            let nothing = self.for_nothing(contract, &sentence);
            if let Some(span) = nothing.or_else(|| self.used_for_nothing(contract, &sentence)) {
                hits.push(Sighting::new("gift", vec![span]));
            }
            for (key, giver) in [("gives", Side::Government), ("takes", Side::Counterparty)] {
                for found in self.0.find(key, words) {
                    let range = sentence.start + found.start()..sentence.start + found.end();
                    let part = part_around(body, range);
                    if self.0.say("unless", &body[part.clone()]) || self.0.say("set-price", words) {
                        continue;
                    }
                    let span = contract.text.span_of_shadow(part);
                    match actor_at(contract, sentence.start, &words[..found.start()]) {
                        Actor::One(side) if side == giver || self.hands_over(words, &found, side) => {
                            hits.push(Sighting::new("gift", vec![span]))
                        }
                        Actor::One(Side::Unknown) => doubts.push(span),
                        _ => {}
                    }
                }
            }
        }
        contract.by_side(hits, doubts)
    }
}
