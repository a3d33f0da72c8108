//! `percentages-do-not-sum`: shares of one price that do not make up the whole.
//!
//! # What it does
//!
//! Adds the percentages of the instalments of one clause or table.
//!
//! # Why it matters
//!
//! What is above the whole is paid without ground; what is missing has no day on which it is due.
//!
//! # What must not be flagged
//!
//! Shares reckoned with those before them (支付至80%); rates that recur; a rest that is paid elsewhere or after settlement;
//! several prices in one clause, each paid in full.

use std::ops::Range;

use rust_decimal::Decimal;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::instalments::written::{self, Written};
use super::super::reading::instalments::{self, bases, shares};
use super::super::reading::sure::Faults;
use super::Computed;
use crate::model::Span;

/// The rule.
pub const RULE: Computed = Computed {
    slug: "percentages-do-not-sum",
    variants: &[("above", &["shares", "sum", "difference"]), ("below", &["shares", "sum", "difference"])],
    compile,
};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {}

#[derive(Debug)]
struct PercentagesDoNotSum;

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let Settings {} = parameters.parse()?;
    Ok(Box::new(PercentagesDoNotSum))
}

/// 30%+40%+20%
fn added(shares: &[Decimal]) -> String {
    shares.iter().map(|share| format!("{}%", share.normalize())).collect::<Vec<_>>().join("+")
}

/// The instalments of which the text writes the share, by their labels, by the sentence that announces how many there are, by what
/// is paid of the price, or by a table.
fn as_written(contract: &Contract<'_>) -> Vec<Written> {
    let stated = written::by_count_or_label(contract);
    if !stated.is_empty() && stated.iter().all(|item| item.percent.is_some()) {
        return stated;
    }
    let paid = shares::paid_shares(contract);
    if paid.is_empty() { shares::tabled_shares(contract) } else { paid }
}

/// The answer by shares of one price and the stretches that they stand in; `reaches` are those in which a word on a rest belongs to
/// one of them.
fn judge(
    contract: &Contract<'_>,
    shares: &[Decimal],
    places: Vec<Span>,
    reaches: &[Range<usize>],
) -> Verdict {
    let (sum, whole) = (shares.iter().sum::<Decimal>(), Decimal::ONE_HUNDRED);
    let above = sum > whole;
    let explained = || match above {
        true => instalments::is_multiple(sum, whole),
        false => instalments::leaves_a_rest(contract, reaches),
    };
    if sum == whole || explained() {
        return Verdict::NothingFound;
    }
    let read: Vec<_> = places.iter().map(|span| contract.shadow_of_span(span)).collect();
    let sighting = Sighting::new(if above { "above" } else { "below" }, places)
        .with("shares", added(shares))
        .with("sum", sum.normalize())
        .with("difference", (sum - whole).abs().normalize());
    let mut faults = Faults::default();
    faults.add(contract.text, &read, sighting);
    faults.verdict("付款比例")
}

impl Check for PercentagesDoNotSum {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let none = || Verdict::NotApplicable("文中未见可以相加的分期付款比例".to_owned());
        let written = as_written(contract);
        if !written.is_empty() {
            let shares: Vec<_> = written.iter().filter_map(|item| item.percent).collect();
            let reaches: Vec<_> = written.into_iter().map(|item| item.range).collect();
            let places = reaches.iter().map(|range| contract.text.span_of_shadow(range.clone())).collect();
            return judge(contract, &shares, places, &reaches);
        }
        let Some(payments) = instalments::of_one_article(contract) else { return none() };
        let shares: Vec<_> = payments.iter().filter_map(|value| value.value.percent).collect();
        if shares.len() != payments.len() || !bases::are_of_one_price(contract, payments) {
            return none();
        }
        let reaches = instalments::reaches(contract, payments);
        judge(contract, &shares, instalments::places(payments), &reaches)
    }
}
