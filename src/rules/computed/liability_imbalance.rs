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
    variants: &[
        ("rates", &["government", "other", "ratio"]),
        ("lump", &["government", "other", "ratio"]),
        ("cap", &[]),
        ("exempt", &[]),
    ],
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
    let names =
        ["daily", "lump", "harm", "exempt", "exempt-unless", "base-due", "base-total", "cap", "cap-unless"];
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

/// What the clauses on liability say of both sides.
#[derive(Default)]
struct Liabilities {
    /// Daily rates.
    daily: Vec<(Side, Rate)>,
    /// What is due once, as a share of the price.
    lump: Vec<(Side, Rate)>,
    /// Who is protected by a cap.
    caps: Vec<Cap>,
    /// Who answers for nothing.
    exempt: Vec<Cap>,
    /// Does the government side answer for all harm?
    all_harm: bool,
}

impl Liabilities {
    /// Does the government side answer for something?
    fn government_answers(&self) -> bool {
        let rates = self.daily.iter().chain(&self.lump);
        self.all_harm || rates.into_iter().any(|(side, _)| *side == Side::Government)
    }
}

/// A share of what is late is at least as heavy as this part of the same share of the whole price.
const PART_OF_PRICE: i64 = 10;

/// A cap on what a side pays, with its place.
type Cap = (Side, Span);

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
            own == other && own != Base::Other
                || matches!((own, other), (Base::Total, Base::Due) | (Base::Due, Base::Total))
        };
        let pairs = of(Side::Government).filter_map(|government| {
            let others = of(Side::Counterparty).filter(|other| like(government.base, other.base));
            others.max_by_key(|other| other.value).map(|other| (government, other))
        });
        let heavy = |(government, other): &(&Rate, &Rate)| {
            let alike = government.base == other.base || government.base == Base::Total;
            let times = if alike { self.times } else { Decimal::from(PART_OF_PRICE) };
            other.value > Decimal::ZERO && government.value >= other.value * times
        };
        pairs.filter(heavy).max_by_key(|(government, _)| government.value)
    }

    /// What the contract says of both sides.
    fn read(&self, contract: &Contract<'_>) -> Liabilities {
        let body = &contract.chosen;
        let mut read = Liabilities::default();
        for sentence in sentences(body) {
            let words = &body[sentence.clone()];
            let span = contract.text.span_of_shadow(sentence.clone());
            let acts = |key| {
                let found = self.words.find(key, words).next()?;
                // 供方的全部赔偿责任: whose liability it is stands as its owner.
                let lead = words[..found.start()].replace('的', "");
                let actor = actor_at(contract, sentence.start, &lead);
                if let Actor::One(side) = actor { Some((side, found)) } else { None }
            };
            let daily = acts("daily");
            if let Some((side, found)) = daily {
                read.daily.extend(self.rate(words, found, &span).map(|rate| (side, rate)));
            } else if let Some((side, found)) = acts("lump") {
                read.lump.extend(self.rate(words, found, &span).map(|rate| (side, rate)));
            }
            let capped = daily.or_else(|| acts("cap"));
            if let Some((side, _)) =
                capped.filter(|_| self.words.say("cap", words) && !self.words.say("cap-unless", words))
            {
                read.caps.push((side, span.clone()));
            }
            read.all_harm |= acts("harm").is_some_and(|(side, _)| side == Side::Government);
            if let Some((side, _)) = acts("exempt").filter(|_| !self.words.say("exempt-unless", words)) {
                read.exempt.push((side, span));
            }
        }
        read
    }

    /// The rate behind the words that announce one.
    fn rate(&self, words: &str, announced: regex::Match<'_>, span: &Span) -> Option<Rate> {
        let behind = &words[announced.start()..];
        let found = RATE.captures(behind)?;
        let (value, whole) = (value(&found)?, found.get(0)?);
        let base = self.base(behind.get(announced.len()..whole.start()).unwrap_or_default());
        Some(Rate { base, value, written: whole.as_str().to_owned(), span: span.clone() })
    }

    /// Rates of both sides that are far apart.
    fn apart(&self, variant: &str, rates: &[(Side, Rate)]) -> Option<Sighting> {
        let (government, other) = self.compared(rates)?;
        let ratio = (government.value / other.value).round_dp(1).normalize();
        let sighting = Sighting::new(variant, vec![government.span.clone(), other.span.clone()]);
        let sighting = sighting.with("government", &government.written).with("other", &other.written);
        Some(sighting.with("ratio", ratio))
    }
}

impl Check for LiabilityImbalance {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let read = self.read(contract);
        let mut hits = Vec::new();
        hits.extend(self.apart("rates", &read.daily));
        hits.extend(self.apart("lump", &read.lump));
        for (variant, spared) in [("cap", &read.caps), ("exempt", &read.exempt)] {
            let of = |side: Side| spared.iter().find(|(own, _)| *own == side);
            if let (Some((_, span)), None, true) =
                (of(Side::Counterparty), of(Side::Government), read.government_answers())
            {
                hits.push(Sighting::new(variant, vec![span.clone()]));
            }
        }
        if hits.is_empty() { Verdict::NothingFound } else { Verdict::Hits(hits) }
    }
}
