//! `filing-exempt`: a purchase so small that it need not be filed.
//!
//! # What it does
//!
//! Compares what the government side pays with the limit of the regulation; the limit itself is within.
//!
//! # Why it matters
//!
//! Filing may be left out; the department's own review, performance and records stay.
//!
//! # What must not be flagged
//!
//! Rents and other sums that the government side receives, unit prices, leases of premises, labour contracts, supplements.

use rust_decimal::Decimal;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::super::reading::actors::{Actor, actor};
use super::Computed;
use crate::model::fields::{Direction, MoneyKind, Side};

/// The rule.
pub const RULE: Computed = Computed { slug: "filing-exempt", variants: &[("exempt", &["amount"])], compile };

#[derive(Debug)]
struct FilingExempt {
    /// The highest price, in yuan.
    amount: Decimal,
    /// Types of contracts that are purchases.
    purchases: Vec<String>,
    words: Words,
}

fn compile(mut parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let amount: i64 = parameters.take("amount")?;
    let purchases = parameters.take("purchases")?;
    let words = Words::new(parameters, &["buyers", "collects", "pays"])?;
    Ok(Box::new(FilingExempt { amount: Decimal::from(amount), purchases, words }))
}

impl FilingExempt {
    /// Does the government side buy, where the contract says nothing of who pays whom?
    fn buys(&self, contract: &Contract<'_>) -> bool {
        contract.government().is_some_and(|party| self.words.say("buyers", &party.role))
            && !self.words.say("collects", &contract.chosen)
    }

    /// The way of the money, where every sentence that speaks of paying names the same side as paying.
    fn pays(&self, contract: &Contract<'_>) -> Option<Direction> {
        let body = &contract.chosen;
        let mut sides: Vec<Side> = Vec::new();
        for sentence in self.words.sentences("pays", body) {
            let words = &body[sentence.clone()];
            let Some(found) = self.words.find("pays", words).next() else { continue };
            // A party of an earlier part does not pay a sum that is paid: 乙方维修灶具，费用验收后付清.
            let part = words[..found.start()].rfind(',').map_or(0, |at| at + 1);
            let to =
                actor(contract.fields(), words.get(found.end()..)?.strip_prefix('给').unwrap_or_default());
            match (actor(contract.fields(), &words[..found.start()]), to) {
                (Actor::One(Side::Counterparty), _)
                    if actor(contract.fields(), &words[part..found.start()]) == Actor::Nobody => {}
                (Actor::One(side), _) => sides.push(side),
                (Actor::Nobody, Actor::One(Side::Counterparty)) => sides.push(Side::Government),
                (Actor::Nobody, Actor::One(Side::Government)) => sides.push(Side::Counterparty),
                _ => {}
            }
        }
        if sides.is_empty() {
            return self.buys(contract).then_some(Direction::Pays);
        }
        sides.iter().all(|side| *side == Side::Government).then_some(Direction::Pays)
    }
}

impl Check for FilingExempt {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let none = || Verdict::NotApplicable("未读到合同总价".to_owned());
        let Some(amount) = contract.sure(&contract.fields().amount) else { return none() };
        let whole = matches!(amount.value.kind, MoneyKind::Total | MoneyKind::Ceiling);
        let Some(sum) = amount.value.amount.filter(|_| whole && amount.value.currency == "CNY") else {
            return none();
        };
        let Some(kind) = contract.type_code() else {
            return Verdict::NotApplicable("未认出合同类型".to_owned());
        };
        if sum > self.amount
            || sum <= Decimal::ZERO
            || !self.purchases.iter().any(|purchase| purchase == kind)
        {
            return Verdict::NothingFound;
        }
        if contract.government().is_none() {
            return Verdict::cannot_tell(contract.unknown_side(), amount.evidence.clone());
        }
        let direction = contract.sure(&contract.fields().direction).map(|way| way.value);
        match direction.or_else(|| self.pays(contract)) {
            Some(Direction::Pays) => {
                Verdict::hit(Sighting::new("exempt", amount.evidence.clone()).with("amount", sum.normalize()))
            }
            Some(_) => Verdict::NothingFound,
            None => Verdict::cannot_tell("看不出由哪一方付款", amount.evidence.clone()),
        }
    }
}
