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

use rust_decimal::Decimal;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::instalments;
use super::super::reading::sure::Faults;
use super::Computed;

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

/// The answer by the labels of the instalments, or by the sentence that announces how many there are.
fn as_written(contract: &Contract<'_>) -> Option<Verdict> {
    let written = instalments::written(contract);
    let by_labels = !written.is_empty() && written.iter().all(|item| item.percent.is_some());
    let written = if by_labels { written } else { instalments::based(contract) };
    let written = if written.is_empty() { instalments::tabled(contract) } else { written };
    let shares: Option<Vec<Decimal>> = written.iter().map(|item| item.percent).collect();
    let shares = shares.filter(|shares| !shares.is_empty())?;
    let sum: Decimal = shares.iter().sum();
    if sum == Decimal::ONE_HUNDRED {
        return Some(Verdict::NothingFound);
    }
    let read: Vec<_> = written.into_iter().map(|item| item.range).collect();
    let evidence = read.iter().map(|range| contract.text.span_of_shadow(range.clone())).collect();
    let sighting = Sighting::new(if sum > Decimal::ONE_HUNDRED { "above" } else { "below" }, evidence)
        .with("shares", added(&shares))
        .with("sum", sum.normalize())
        .with("difference", (sum - Decimal::ONE_HUNDRED).abs().normalize());
    let mut faults = Faults::default();
    faults.add(contract.text, &read, sighting);
    Some(faults.verdict("付款比例"))
}

impl Check for PercentagesDoNotSum {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let none = || Verdict::NotApplicable("文中未见可以相加的分期付款比例".to_owned());
        if let Some(verdict) = as_written(contract) {
            return verdict;
        }
        let Some(payments) = instalments::plain(contract) else { return none() };
        let shares: Vec<_> = payments.iter().filter_map(|value| value.value.percent).collect();
        if shares.len() != payments.len() {
            return none();
        }
        let sum: Decimal = shares.iter().sum();
        let whole = Decimal::ONE_HUNDRED;
        let variant = if sum > whole { "above" } else { "below" };
        let explained = if sum > whole {
            instalments::is_multiple(sum, whole)
        } else {
            instalments::leaves_a_rest(contract, payments)
        };
        if sum == whole || explained {
            return Verdict::NothingFound;
        }
        let evidence = instalments::places(payments);
        let read: Vec<_> = evidence.iter().map(|span| contract.shadow_of_span(span)).collect();
        let sighting = Sighting::new(variant, evidence)
            .with("shares", added(&shares))
            .with("sum", sum.normalize())
            .with("difference", (sum - whole).abs().normalize());
        let mut faults = Faults::default();
        faults.add(contract.text, &read, sighting);
        faults.verdict("付款比例")
    }
}
