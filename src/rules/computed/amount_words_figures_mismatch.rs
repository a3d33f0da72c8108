//! `amount-words-figures-mismatch`: the price in words is not the price in figures.
//!
//! # What it does
//!
//! Compares the price in figures with the price in words (大写), in the units of the currency, to the cent.
//!
//! # Why it matters
//!
//! Nobody can tell which of the two was agreed: what is paid, filed and audited would rest on a guess. The rule
//! never chooses; the filing amount stays open until a person has decided.
//!
//! # What must not be flagged
//!
//! The same sum in 元 and 万元; a unit price beside a total in words; words that are not a well-formed number,
//! where the rule cannot tell.

use rust_decimal::Decimal;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::Computed;
use crate::model::fields::{Money, Sum};
use crate::model::{Span, Value};

/// The rule.
pub const RULE: Computed = Computed {
    slug: "amount-words-figures-mismatch",
    variants: &[("mismatch", &["figures", "words", "difference"])],
    compile,
};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {}

#[derive(Debug)]
struct Mismatch;

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let Settings {} = parameters.parse()?;
    Ok(Box::new(Mismatch))
}

/// 1234567.5 as 1,234,567.50.
fn grouped(amount: Decimal) -> String {
    let plain = amount.round_dp(2).to_string();
    let (units, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let (sign, digits) = units.strip_prefix('-').map_or(("", units), |digits| ("-", digits));
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    let fraction =
        if fraction.trim_end_matches('0').is_empty() { String::new() } else { format!(".{fraction:0<2}") };
    format!("{sign}{out}{fraction}")
}

fn spans(figures: &Value<Money>, words: &Value<Sum>) -> Vec<Span> {
    figures.evidence.iter().chain(&words.evidence).cloned().collect()
}

/// Does any place that states the price in figures state the sum in words?
fn agrees(figures: &Value<Money>, words: Decimal) -> bool {
    figures.value.amount == Some(words)
        || figures.witnesses.iter().any(|witness| witness.value.amount == Some(words))
}

impl Check for Mismatch {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let fields = contract.fields();
        let Some(words) = &fields.amount_in_words else {
            return Verdict::NotApplicable("文中未见大写金额".to_owned());
        };
        let Some(figures) = &fields.amount else {
            return Verdict::NotApplicable("文中未见可与大写对照的小写金额".to_owned());
        };
        let (Some(figure), Some(word)) = (figures.value.amount, words.value.amount) else {
            return Verdict::cannot_tell("金额写法不规范，未能读成数", spans(figures, words));
        };
        if contract.sure(&fields.amount).is_none() || contract.sure(&fields.amount_in_words).is_none() {
            return Verdict::cannot_tell("金额文字识读不清", spans(figures, words));
        }
        if figures.value.currency != words.value.currency || agrees(figures, word) {
            return Verdict::Passed;
        }
        let written = |value: Option<&str>| value.unwrap_or_default().trim().to_owned();
        Verdict::hit(
            Sighting::new("mismatch", spans(figures, words))
                .with("figures", grouped(figure))
                .with("words", written(words.raw.as_deref()))
                .with("difference", grouped((figure - word).abs())),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_grouped_as_accountants_write_them() {
        let read = |text: &str| grouped(text.parse().expect("a number"));
        assert_eq!(read("1230000"), "1,230,000");
        assert_eq!(read("5000.00"), "5,000");
        assert_eq!(read("1234567.5"), "1,234,567.50");
        assert_eq!(read("12"), "12");
    }
}
