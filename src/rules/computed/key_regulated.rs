//! `key-regulated`: the contract belongs to those under key supervision (重点监管合同) or is the district government's own.
//!
//! # What it does
//!
//! Collects the reasons: the price, property of the district that is let or disposed of, supervision agreements, the
//! district government as a party, and supplements to such contracts.
//!
//! # Why it matters
//!
//! Such a contract goes to the district's legal office after the department's own review, unless it is an
//! unchanged model text.
//!
//! # What must not be flagged
//!
//! Renting in private premises, sale and lease of housing for talent (人才保障住房), prices below the limit, unit prices.

use rust_decimal::Decimal;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::super::reading::actors::{Actor, actor};
use super::Computed;
use crate::fields::scan::Match;
use crate::model::Span;
use crate::model::fields::{Direction, MoneyKind, Side};

/// The rule.
pub const RULE: Computed = Computed { slug: "key-regulated", variants: &[("key", &["reasons"])], compile };

#[derive(Debug)]
struct KeyRegulated {
    words: Words,
    /// The least price, in yuan.
    amount: Decimal,
}

fn compile(mut parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let amount: i64 = parameters.take("amount")?;
    let names = [
        "talent-housing",
        "disposal",
        "lets",
        "private-premises",
        "supervision",
        "derived",
        "district-government",
    ];
    Ok(Box::new(KeyRegulated { words: Words::new(parameters, &names)?, amount: Decimal::from(amount) }))
}

type Reason = (String, Vec<Span>);

impl KeyRegulated {
    fn price(&self, contract: &Contract<'_>) -> Option<Reason> {
        let amount = contract.sure(&contract.fields().amount)?;
        let whole = matches!(amount.value.kind, MoneyKind::Total | MoneyKind::Ceiling);
        let sum = amount.value.amount.filter(|_| whole && amount.value.currency == "CNY")?;
        let reason = format!("标的{}元，达到1000万元", sum.normalize());
        (sum >= self.amount).then(|| (reason, amount.evidence.clone()))
    }

    /// Property of the district, let or disposed of.
    fn property(&self, contract: &Contract<'_>) -> Option<Reason> {
        let kind = contract.fields().contract_type.as_ref()?;
        let title = contract.title();
        if self.words.say("talent-housing", title) {
            return None;
        }
        let receives =
            contract.sure(&contract.fields().direction).map(|way| way.value) == Some(Direction::Receives);
        let listed = kind.article5.iter().any(|case| case == "state-property");
        let let_out = contract.type_code() == Some("lease")
            && receives
            && self.words.say("disposal", contract.text.folded_body());
        (listed || let_out || self.lets(contract))
            .then(|| ("使用、出租或者处分区属国有物业".to_owned(), kind.code.evidence.clone()))
    }

    /// Does the government side let, lend or sell premises or land: 甲方将区属房产租予乙方?
    fn lets(&self, contract: &Contract<'_>) -> bool {
        let by_government = |found: Match<'_>| {
            let lead = found.as_str().split(['将', '把', '以']).next().unwrap_or_default();
            actor(contract.fields(), lead) == Actor::One(Side::Government)
        };
        self.words.find("lets", &contract.chosen).any(by_government)
    }

    fn supervision(&self, contract: &Contract<'_>) -> Option<Reason> {
        let kind = contract.fields().contract_type.as_ref()?;
        let title = self.words.say("supervision", contract.title());
        let listed = kind.article5.iter().any(|case| case == "supervision-agreement");
        (title && contract.type_code() == Some("supervision") || listed).then(|| {
            ("属于城市更新、棚户区改造、招商引资中的监管协议".to_owned(), kind.code.evidence.clone())
        })
    }

    fn own(&self, contract: &Contract<'_>) -> Option<Reason> {
        let name = contract.government()?.name.as_ref()?;
        self.words
            .say("district-government", &name.value)
            .then(|| ("以区政府名义签订".to_owned(), name.evidence.clone()))
    }

    fn derived(&self, contract: &Contract<'_>) -> Option<Reason> {
        let found = self.words.find("derived", contract.text.folded_body()).next()?;
        (contract.type_code() == Some("supplement")).then(|| {
            (
                "是重点监管合同的补充、变更或者解除协议".to_owned(),
                vec![contract.text.span_of_shadow(found.range())],
            )
        })
    }
}

impl Check for KeyRegulated {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let reasons: Vec<Reason> = [
            self.price(contract),
            self.property(contract),
            self.supervision(contract),
            self.own(contract),
            self.derived(contract),
        ]
        .into_iter()
        .flatten()
        .collect();
        if reasons.is_empty() {
            return Verdict::NothingFound;
        }
        let evidence: Vec<_> = reasons.iter().flat_map(|(_, spans)| spans.iter().take(2).cloned()).collect();
        if contract.government().is_none() {
            return Verdict::cannot_tell(contract.unknown_side(), evidence);
        }
        let told: Vec<_> = reasons.into_iter().map(|(reason, _)| reason).collect();
        Verdict::hit(Sighting::new("key", evidence).with("reasons", told.join("；")))
    }
}
