//! `liability-imbalance`: the government side answers for its default more heavily than the other side.
//!
//! # What it does
//!
//! Reads the penalties of both sides, by the day (每逾期一日按…的0.5‰) and once (合同总价的30%), in shares and in sums, and
//! compares those for like defaults; and finds a cap or an exemption that protects the other side alone.
//!
//! # Why it matters
//!
//! A penalty that is far heavier on the government side, or so light on the other that it deters nothing, counts as plainly
//! unreasonable.
//!
//! # What must not be flagged
//!
//! Rates of like size, heavier rates on the other side, caps on both sides or on the government's alone.

mod rate;
mod reading;

use rust_decimal::Decimal;

use self::rate::Base;
use self::reading::{Breach, Liabilities, Penalty, Shield};
use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::Computed;
use crate::model::fields::Side;

/// The rule.
pub const RULE: Computed = Computed {
    slug: "liability-imbalance",
    variants: &[
        ("rates", &["government", "other", "ratio"]),
        ("lump", &["government", "other", "ratio"]),
        ("cap", &[]),
        ("exempt", &[]),
    ],
    compile,
};

/// A share of what is late is at least as heavy as this part of the same share of the whole price.
const PART_OF_PRICE: i64 = 10;

/// What the pack says besides `times`.
const NAMES: [&str; 14] = [
    "default",
    "late",
    "ending",
    "any",
    "answers",
    "each",
    "harm",
    "exempt",
    "exempt-unless",
    "base-due",
    "base-total",
    "cap",
    "cap-unless",
    "uncapped",
];

#[derive(Debug)]
struct LiabilityImbalance {
    words: Words,
    /// From this many times the other side's rate on.
    times: Decimal,
}

fn compile(mut parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let times: i64 = parameters.take("times")?;
    Ok(Box::new(LiabilityImbalance { words: Words::new(parameters, &NAMES)?, times: Decimal::from(times) }))
}

/// Can the penalties of both sides be compared at all?
fn like(own: &Penalty, other: &Penalty) -> bool {
    let breaches = match (own.breach, other.breach) {
        _ if own.rate.runs => true,
        (Breach::Other, _) | (_, Breach::Other) => false,
        (Breach::Any, Breach::Ending) | (Breach::Ending, Breach::Any) => true,
        (one, another) => one == another,
    };
    let bases = match (own.rate.base, other.rate.base) {
        // 按日赔付月租金的…, 按日加收…: what the other is taken of is not said, and may be the same.
        (Base::Other, Base::Unstated) | (Base::Unstated, Base::Other) => own.rate.runs,
        (Base::Other, _) | (_, Base::Other) => own.rate.of == other.rate.of,
        (Base::Sum, another) | (another, Base::Sum) => another == Base::Sum,
        _ => true,
    };
    own.rate.runs == other.rate.runs && breaches && bases
}

impl LiabilityImbalance {
    /// The heaviest penalty of the government side that is out of proportion to the like ones of the other side.
    fn apart(&self, variant: &str, penalties: &[&Penalty]) -> Option<Sighting> {
        let of = |side: Side| penalties.iter().filter(move |penalty| penalty.side == side);
        let pairs = of(Side::Government).filter_map(|government| {
            let others = of(Side::Counterparty).filter(|other| like(government, other));
            others.max_by_key(|other| other.rate.value).map(|other| (&government.rate, &other.rate))
        });
        let heavy = pairs.filter(|(government, other)| {
            let alike = government.base == other.base || government.base == Base::Total;
            let times = if alike { self.times } else { Decimal::from(PART_OF_PRICE) };
            let bound = other.value.checked_mul(times);
            other.value > Decimal::ZERO && bound.is_some_and(|bound| government.value >= bound)
        });
        let (government, other) = heavy.max_by_key(|(government, _)| government.value)?;
        let ratio = government.value.checked_div(other.value)?.round_dp(1).normalize();
        let sighting = Sighting::new(variant, vec![government.span.clone(), other.span.clone()]);
        let sighting = sighting.with("government", &government.written).with("other", &other.written);
        Some(sighting.with("ratio", ratio))
    }
}

/// A shield of the other side where the government side has none and answers for the like.
fn shielded(variant: &str, shields: &[Shield], read: &Liabilities) -> Option<Sighting> {
    let government_pays = read.penalties.iter().any(|penalty| penalty.side == Side::Government);
    let bears = |shield: &&Shield| government_pays || (read.government_answers && !shield.of_delay);
    if shields.iter().any(|shield| shield.side == Side::Government) {
        return None;
    }
    let shield = shields.iter().filter(|shield| shield.side == Side::Counterparty).find(bears)?;
    Some(Sighting::new(variant, vec![shield.span.clone()]))
}

impl Check for LiabilityImbalance {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let read = reading::read(&self.words, contract);
        let (daily, once): (Vec<_>, Vec<_>) = read.penalties.iter().partition(|penalty| penalty.rate.runs);
        let found = [
            self.apart("rates", &daily),
            self.apart("lump", &once),
            shielded("cap", &read.caps, &read),
            shielded("exempt", &read.exempt, &read),
        ];
        let hits: Vec<_> = found.into_iter().flatten().collect();
        if hits.is_empty() { Verdict::NothingFound } else { Verdict::Hits(hits) }
    }
}
