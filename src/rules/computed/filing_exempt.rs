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

use std::sync::LazyLock;

use crate::fields::scan::Regex;
use rust_decimal::Decimal;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::actors::{Actor, actor};
use super::super::reading::sentences;
use super::Computed;
use crate::fields::scan::pattern;
use crate::model::fields::{Direction, MoneyKind, Side};

/// The rule.
pub const RULE: Computed = Computed { slug: "filing-exempt", variants: &[("exempt", &["amount"])], compile };

#[derive(Debug)]
struct FilingExempt {
    /// The highest price, in yuan.
    amount: Decimal,
    /// Types of contracts that are purchases.
    purchases: Vec<String>,
}

fn compile(mut parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let amount: i64 = parameters.take("amount")?;
    Ok(Box::new(FilingExempt { amount: Decimal::from(amount), purchases: parameters.take("purchases")? }))
}

/// What the party is called that a purchase is made for.
const BUYERS: [&str; 9] = ["采购", "需方", "买", "委托", "发包", "定作", "托运", "用户", "甲方"];

/// What shows that the government side is paid: rent, fees that it collects, things that it sells.
static COLLECTS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:收取|收缴|缴纳|缴交|上缴|交纳)|(?:出租|出售|变卖|处置|拍卖)"));

/// Does the government side buy, where the contract says nothing of who pays whom?
fn buys(contract: &Contract<'_>) -> bool {
    let buyer = |role: &str| BUYERS.iter().any(|word| role.contains(word));
    contract.government().is_some_and(|party| buyer(&party.role)) && !COLLECTS.is_match(&contract.chosen)
}

/// 支付给乙方, 甲方验收后付款.
static PAYS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:支付|付款|付清|付给|结清)"));

/// The way of the money, where every sentence that speaks of paying names the same side as paying.
fn pays(contract: &Contract<'_>) -> Option<Direction> {
    let body = &contract.chosen;
    let mut sides: Vec<Side> = Vec::new();
    for sentence in sentences(body) {
        let words = &body[sentence.clone()];
        let Some(found) = PAYS.find(words) else { continue };
        // A party of an earlier part does not pay a sum that is paid: 乙方维修灶具，费用验收后付清.
        let part = words[..found.start()].rfind(',').map_or(0, |at| at + 1);
        let to = actor(contract.fields(), words.get(found.end()..)?.strip_prefix('给').unwrap_or_default());
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
        return buys(contract).then_some(Direction::Pays);
    }
    sides.iter().all(|side| *side == Side::Government).then_some(Direction::Pays)
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
        match direction.or_else(|| pays(contract)) {
            Some(Direction::Pays) => {
                Verdict::hit(Sighting::new("exempt", amount.evidence.clone()).with("amount", sum.normalize()))
            }
            Some(_) => Verdict::NothingFound,
            None => Verdict::cannot_tell("看不出由哪一方付款", amount.evidence.clone()),
        }
    }
}
