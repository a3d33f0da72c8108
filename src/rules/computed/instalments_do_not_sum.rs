//! `instalments-do-not-sum`: instalments (分期付款) that are not the price, or not the share of it that stands beside them.
//!
//! # What it does
//!
//! Adds the sums of the instalments of one clause or table and compares them with the price; compares each sum with
//! the share of the price beside it, where the other instalments keep to theirs.
//!
//! # Why it matters
//!
//! The treasury pays instalments, the filing names the price: where they differ, one of the two is paid wrongly.
//!
//! # What must not be flagged
//!
//! Sums rounded to the yuan; rates that recur; a rest that is paid elsewhere; a price that is a unit price or a
//! ceiling; a share of something other than the price (扣除暂列金额后的20%).

use rust_decimal::Decimal;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::instalments::written::{self, Written};
use super::super::reading::instalments::{self, shares, whole};
use super::super::reading::sums::{self, grouped};
use super::super::reading::sure::Faults;
use super::Computed;
use crate::model::fields::{Money, MoneyKind, Payment};
use crate::model::{Span, Value};

/// The rule.
pub const RULE: Computed = Computed {
    slug: "instalments-do-not-sum",
    variants: &[
        ("sum", &["sum", "price", "difference"]),
        ("share", &["share", "amount", "price", "expected", "difference"]),
    ],
    compile,
};

/// A price read less surely than this is not held against its instalments.
const CERTAIN: f64 = 0.7;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {}

#[derive(Debug)]
struct InstalmentsDoNotSum;

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let Settings {} = parameters.parse()?;
    Ok(Box::new(InstalmentsDoNotSum))
}

/// The price, if it is one sum for the whole that was read surely.
fn price<'a>(contract: &Contract<'a>) -> Option<(&'a Value<Money>, Decimal)> {
    let price = contract.fields().amount.as_ref().filter(|price| price.confidence.get() >= CERTAIN)?;
    let fixed = price.value.kind == MoneyKind::Total && price.value.per.is_none();
    let amount = price.value.amount.filter(|amount| fixed && *amount > Decimal::ZERO)?;
    // Other places state another price: which of them the instalments make up is not known.
    let disputed =
        price.witnesses.iter().any(|other| other.value.amount.is_some_and(|other| other != amount));
    (!disputed).then_some((price, amount))
}

/// Are the instalments all in the currency of the price?
fn alike(price: &Money, payments: &[Value<Payment>]) -> bool {
    payments.iter().all(|p| p.value.currency.as_ref().is_none_or(|currency| *currency == price.currency))
}

/// Closer than a yuan is rounding.
fn differs(one: Decimal, other: Decimal) -> bool {
    (one - other).abs() >= Decimal::ONE
}

/// The instalments together against the price.
fn total(
    contract: &Contract<'_>,
    payments: &[Value<Payment>],
    price: (&Value<Money>, Decimal),
) -> Option<Sighting> {
    let amounts: Vec<Decimal> = payments.iter().filter_map(|value| value.value.amount).collect();
    let sum = sums::total(amounts.iter().copied())?;
    let short =
        sum < price.1 && instalments::leaves_a_rest(contract, &instalments::reaches(contract, payments));
    if amounts.len() != payments.len()
        || !differs(sum, price.1)
        || short
        || instalments::is_multiple(sum, price.1)
    {
        return None;
    }
    let evidence = instalments::places(payments).into_iter().chain(first(&price.0.evidence)).collect();
    let sighting = Sighting::new("sum", evidence).with("sum", grouped(sum)).with("price", grouped(price.1));
    Some(sighting.with("difference", grouped((sum - price.1).abs())))
}

fn first(evidence: &[Span]) -> Option<Span> {
    evidence.first().cloned()
}

/// A share of the price with the sum that is written beside it.
struct Share {
    percent: Decimal,
    amount: Decimal,
    /// What the share comes to.
    expected: Decimal,
}

impl Share {
    fn of(percent: Option<Decimal>, amount: Option<Decimal>, price: Decimal) -> Option<Self> {
        let (percent, amount) = (percent?, amount?);
        Some(Self { percent, amount, expected: sums::share_of(price, percent)?.round_dp(2) })
    }

    fn of_payment(payment: &Payment, price: Decimal) -> Option<Self> {
        Self::of(payment.percent, payment.amount, price)
    }

    fn of_written(item: &Written, price: Decimal) -> Option<Self> {
        Self::of(item.percent, item.amount, price)
    }

    fn is_kept(&self) -> bool {
        !differs(self.amount, self.expected)
    }

    /// The same, of a share that is written with a fraction (33.33%): a plain one (30%) is meant as it is written.
    fn is_rounded_fraction(&self, price: Decimal) -> bool {
        !self.percent.fract().is_zero() && self.is_rounded(price)
    }

    /// Is the share that the sum is of the price, rounded to the digits that are written, the written one (一期占33%)?
    fn is_rounded(&self, price: Decimal) -> bool {
        let share = sums::percent_of(self.amount, price);
        share.is_some_and(|share| share.round_dp(self.percent.scale()) == self.percent)
    }

    /// The share is not kept: where it stands, and what it is a share of.
    fn sighting(&self, place: Option<Span>, price: (&Value<Money>, Decimal)) -> Sighting {
        Sighting::new("share", place.into_iter().chain(first(&price.0.evidence)).collect())
            .with("share", self.percent.normalize())
            .with("amount", grouped(self.amount))
            .with("price", grouped(price.1))
            .with("expected", grouped(self.expected))
            .with("difference", grouped((self.amount - self.expected).abs()))
    }

    fn verdict(&self, contract: &Contract<'_>, item: &Written, price: (&Value<Money>, Decimal)) -> Verdict {
        let place = contract.text.span_of_shadow(item.range.clone());
        let mut faults = Faults::default();
        faults.add(contract.text, std::slice::from_ref(&item.range), self.sighting(Some(place), price));
        faults.verdict("分期金额")
    }
}

/// Instalments whose sum is not their share, where at least one other keeps to it.
fn unkept(
    contract: &Contract<'_>,
    payments: &[Value<Payment>],
    price: (&Value<Money>, Decimal),
) -> Vec<Sighting> {
    let read = |value: &Value<Payment>| Share::of_payment(&value.value, price.1);
    let kept = payments.iter().filter_map(read).any(|share| share.is_kept());
    let own_base = |value: &&Value<Payment>| {
        let says = value.evidence.first().map_or("", |span| contract.part_of(span));
        let quote = value.evidence.first().map_or("", |span| span.quote.as_str());
        !instalments::has_other_base(says) && !instalments::has_other_base(quote)
    };
    let wrong = payments.iter().filter(|_| kept).filter(own_base).filter_map(|value| {
        let share = read(value).filter(|share| !share.is_kept() && !share.is_rounded_fraction(price.1))?;
        Some(share.sighting(first(&value.evidence), price))
    });
    wrong.collect()
}

/// Sums that are not the share beside them, where the payments were not read one by one and at least one other keeps to its own.
fn beside_shares(contract: &Contract<'_>, price: (&Value<Money>, Decimal)) -> Option<Verdict> {
    let written = shares::sums_with_shares(contract);
    let read = |item| Some((item, Share::of_written(item, price.1)?));
    let shares: Vec<_> = written.iter().filter_map(read).collect();
    let kept = shares.iter().any(|(_, share)| share.is_kept());
    let (item, share) = shares.iter().find(|(_, share)| !share.is_kept() && !share.is_rounded(price.1))?;
    kept.then(|| share.verdict(contract, item, price))
}

/// A whole and its parts in one sentence, whatever was read as the price.
fn in_one_sentence(contract: &Contract<'_>) -> Option<Verdict> {
    let (whole, parts) = whole::parts_of_whole(contract)?;
    let amounts: Option<Vec<Decimal>> = parts.iter().map(|item| item.amount).collect();
    let (sum, price) = (sums::total(amounts?)?, whole.amount?);
    if !differs(sum, price) || instalments::is_multiple(sum, price) {
        return None;
    }
    let read: Vec<_> = parts.into_iter().chain(std::iter::once(whole)).map(|item| item.range).collect();
    let places = read.iter().map(|range| contract.text.span_of_shadow(range.clone())).collect();
    let sighting = Sighting::new("sum", places).with("sum", grouped(sum)).with("price", grouped(price));
    let mut faults = Faults::default();
    faults.add(contract.text, &read, sighting.with("difference", grouped((sum - price).abs())));
    Some(faults.verdict("分期金额"))
}

/// A sum that is not the share of the price that it is said to come to (即), where the name of the instalment alone stands before
/// it, or another sum keeps to its share of the same price.
fn equated(contract: &Contract<'_>, price: (&Value<Money>, Decimal)) -> Option<Verdict> {
    let read = shares::shares_with_sums(contract);
    let shares: Vec<_> =
        read.iter().filter_map(|e| Some((e, Share::of_written(&e.item, price.1)?))).collect();
    let kept = shares.iter().any(|(_, share)| share.is_kept());
    let wrong = shares.iter().find(|(equation, share)| {
        (equation.named || kept) && !share.is_kept() && !share.is_rounded_fraction(price.1)
    });
    wrong.map(|(equation, share)| share.verdict(contract, &equation.item, price))
}

/// The answer by what is written of the instalments, where the payments were not read one by one.
fn as_written(contract: &Contract<'_>, price: (&Value<Money>, Decimal)) -> Option<Verdict> {
    beside_shares(contract, price).or_else(|| together(contract, price))
}

/// The instalments together against the price, by their labels or by their announced number.
fn together(contract: &Contract<'_>, price: (&Value<Money>, Decimal)) -> Option<Verdict> {
    let written = written::by_count_or_label(contract);
    let amounts: Option<Vec<Decimal>> = written.iter().map(|item| item.amount).collect();
    let sum = sums::total(amounts.filter(|amounts| !amounts.is_empty())?)?;
    let read: Vec<_> = written.into_iter().map(|item| item.range).collect();
    let short = || sum < price.1 && instalments::leaves_a_rest(contract, &read);
    if !differs(sum, price.1) || instalments::is_multiple(sum, price.1) || short() {
        return Some(Verdict::NothingFound);
    }
    let places = read.iter().map(|range| contract.text.span_of_shadow(range.clone()));
    let sighting = Sighting::new("sum", places.chain(first(&price.0.evidence)).collect());
    let sighting = sighting.with("sum", grouped(sum)).with("price", grouped(price.1));
    let mut faults = Faults::default();
    faults.add(contract.text, &read, sighting.with("difference", grouped((sum - price.1).abs())));
    Some(faults.verdict("分期金额"))
}

impl Check for InstalmentsDoNotSum {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let none = || Verdict::NotApplicable("文中未见可以与合同价款对照的分期付款金额".to_owned());
        if let Some(verdict) = in_one_sentence(contract).or_else(|| equated(contract, price(contract)?)) {
            return verdict;
        }
        let (Some(payments), Some(price)) = (instalments::of_one_article(contract), price(contract)) else {
            return price(contract).and_then(|price| as_written(contract, price)).unwrap_or_else(none);
        };
        // A line that announces the instalments behind a colon is the price, read twice.
        let announces = |payment: &Value<Payment>| {
            payment.value.amount == Some(price.1)
                && payment.raw.as_deref().is_some_and(|raw| raw.trim_end().ends_with(['：', ':']))
        };
        let payments: Vec<_> = payments.iter().filter(|payment| !announces(payment)).cloned().collect();
        let payments = payments.as_slice();
        // A payment of the whole price is the price itself, read twice.
        if payments.iter().any(|payment| payment.value.amount == Some(price.1)) {
            return as_written(contract, price).unwrap_or_else(none);
        }
        if !alike(&price.0.value, payments) {
            return none();
        }
        if payments.iter().all(|value| value.value.amount.is_none()) {
            return as_written(contract, price).unwrap_or_else(none);
        }
        let mut faults = Faults::default();
        // A wrong instalment makes a wrong sum: it is told once, where it stands.
        let mut found = unkept(contract, payments, price);
        if found.is_empty() {
            found.extend(total(contract, payments, price));
        }
        for sighting in found {
            let read: Vec<_> = sighting.evidence.iter().map(|span| contract.shadow_of_span(span)).collect();
            faults.add(contract.text, &read, sighting);
        }
        faults.verdict("分期金额")
    }
}
