//! `liability-imbalance`: the government side answers for its default more heavily than the other side.
//!
//! # What it does
//!
//! Reads the daily rates of default penalties (每逾期一日按…的0.5‰) with who pays them, and compares both sides; and finds
//! a cap that protects the other side alone.
//!
//! # Why it matters
//!
//! A penalty that is far heavier on the government side, or so light on the other that it deters nothing, counts as plainly
//! unreasonable.
//!
//! # What must not be flagged
//!
//! Rates of like size, heavier rates on the other side, caps on both sides or on the government's alone.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::super::reading::actors::{Actor, actor_at};
use super::super::reading::sentences;
use super::Computed;
use crate::fields::scan::{numeral, pattern};
use crate::model::Span;
use crate::model::fields::Side;

/// The rule.
pub const RULE: Computed = Computed {
    slug: "liability-imbalance",
    variants: &[("rates", &["government", "other", "ratio"]), ("cap", &[])],
    compile,
};

/// 0.5‰, 万分之五, 千分之0.5, 3%.
static RATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<figure>\d+(?:\.\d+)?)(?P<sign>[%‰‱])|(?P<base>[百千万])分之(?P<count>\d+(?:\.\d+)?|[一二三四五六七八九十]{1,3})",
    )
});

#[derive(Debug)]
struct LiabilityImbalance {
    words: Words,
    /// From this many times the other side's rate on.
    times: Decimal,
}

fn compile(mut parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let times: i64 = parameters.take("times")?;
    let names = ["daily", "base-due", "base-total", "cap", "cap-unless"];
    Ok(Box::new(LiabilityImbalance { words: Words::new(parameters, &names)?, times: Decimal::from(times) }))
}

/// What a rate is taken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Base {
    /// What is late (欠付金额).
    Due,
    /// The whole price (合同总价).
    Total,
    /// Not said.
    Unstated,
    /// Something else (首期月租金), which is compared with nothing.
    Other,
}

/// One daily rate.
struct Rate {
    base: Base,
    /// Per ten thousand.
    value: Decimal,
    written: String,
    span: Span,
}

/// A rate per ten thousand.
fn value(found: &regex::Captures<'_>) -> Option<Decimal> {
    if let Some(figure) = found.name("figure") {
        let scale = match found.name("sign")?.as_str() {
            "%" => 100,
            "‰" => 10,
            _ => 1,
        };
        return Some(figure.as_str().parse::<Decimal>().ok()? * Decimal::from(scale));
    }
    let count = found.name("count")?.as_str();
    let count = count.parse().ok().or_else(|| numeral::integer(count).map(Decimal::from))?;
    let scale = match found.name("base")?.as_str() {
        "百" => 100,
        "千" => 10,
        _ => 1,
    };
    Some(count * Decimal::from(scale))
}

impl LiabilityImbalance {
    /// What a rate is taken of, by the words before it.
    fn base(&self, words: &str) -> Base {
        let plain = words.trim_matches(|c: char| "按以支付的,日".contains(c));
        match () {
            () if self.words.say("base-due", words) => Base::Due,
            () if self.words.say("base-total", words) => Base::Total,
            () if plain.is_empty() => Base::Unstated,
            () => Base::Other,
        }
    }

    /// The heaviest rate of the government side that has a like one on the other side, with that one.
    fn compared<'r>(&self, rates: &'r [(Side, Rate)]) -> Option<(&'r Rate, &'r Rate)> {
        let of = |side: Side| rates.iter().filter(move |(own, _)| *own == side).map(|(_, rate)| rate);
        let like = |own: Base, other: Base| {
            own == other && own != Base::Other || (own, other) == (Base::Total, Base::Due)
        };
        let pairs = of(Side::Government).filter_map(|government| {
            let others = of(Side::Counterparty).filter(|other| like(government.base, other.base));
            others.max_by_key(|other| other.value).map(|other| (government, other))
        });
        let heavy = |(government, other): &(&Rate, &Rate)| {
            other.value > Decimal::ZERO && government.value >= other.value * self.times
        };
        pairs.filter(heavy).max_by_key(|(government, _)| government.value)
    }

    /// The daily rates of both sides, and who is protected by a cap.
    fn read(&self, contract: &Contract<'_>) -> (Vec<(Side, Rate)>, Vec<(Side, Span)>) {
        let body = &contract.chosen;
        let (mut rates, mut caps) = (Vec::new(), Vec::new());
        for sentence in sentences(body) {
            let words = &body[sentence.clone()];
            let Some(daily) = self.words.find("daily", words).next() else { continue };
            let Actor::One(side) = actor_at(contract, sentence.start, &words[..daily.start()]) else {
                continue;
            };
            let behind = &words[daily.start()..];
            let span = contract.text.span_of_shadow(sentence.clone());
            if let Some(found) = RATE.captures(behind)
                && let (Some(value), Some(whole)) = (value(&found), found.get(0))
            {
                let base = self.base(behind.get(daily.len()..whole.start()).unwrap_or_default());
                let written = whole.as_str().to_owned();
                rates.push((side, Rate { base, value, written, span: span.clone() }));
            }
            if self.words.say("cap", words) && !self.words.say("cap-unless", words) {
                caps.push((side, span));
            }
        }
        (rates, caps)
    }
}

impl Check for LiabilityImbalance {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let (rates, caps) = self.read(contract);
        let mut hits = Vec::new();
        if let Some((government, other)) = self.compared(&rates) {
            let ratio = (government.value / other.value).round_dp(1).normalize();
            let sighting = Sighting::new("rates", vec![government.span.clone(), other.span.clone()]);
            let sighting = sighting.with("government", &government.written).with("other", &other.written);
            hits.push(sighting.with("ratio", ratio));
        }
        let capped = |side: Side| caps.iter().find(|(of, _)| *of == side);
        let both = rates.iter().any(|(side, _)| *side == Side::Government);
        if let (Some((_, span)), None, true) = (capped(Side::Counterparty), capped(Side::Government), both) {
            hits.push(Sighting::new("cap", vec![span.clone()]));
        }
        if hits.is_empty() { Verdict::NothingFound } else { Verdict::Hits(hits) }
    }
}
