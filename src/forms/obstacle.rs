//! What stands in the way of a filing amount: a price that contradicts itself, or none for the whole.

use super::reader::Reader;
use super::reading::Reading;
use super::wording::{quoted, rate, sum};
use crate::model::fields::{Money, MoneyKind, Sum, Tax};
use crate::model::{Span, Value};

/// The rule that compares figures and words.
pub(super) const MISMATCH: &str = "amount-words-figures-mismatch";

/// The open entry that the amount has to be, if anything stands in its way.
pub(super) fn to_amount(reader: &Reader<'_>) -> Option<Reading> {
    contradiction(reader).or_else(|| no_whole_price(reader))
}

/// The price contradicts itself: by the rule, by the extractor, or by what stands in the record. The form
/// never chooses: every reading is named.
pub(super) fn contradiction(reader: &Reader<'_>) -> Option<Reading> {
    let fields = &reader.record.fields;
    let (figures, words) = (fields.amount.as_ref(), fields.amount_in_words.as_ref());
    let finding = reader.hits(MISMATCH).next();
    let absent = reader.conflict("amount").or_else(|| reader.conflict("amount_in_words"));
    let apart = figures.is_some_and(figures_differ) || words.is_some_and(words_differ);
    let unequal = unequal(figures, words);
    if finding.is_none() && absent.is_none() && !apart && !unequal {
        return None;
    }
    let stated = figures.into_iter().flat_map(places).chain(words.into_iter().flat_map(places));
    let named =
        absent.map(|absent| &absent.evidence).into_iter().chain(finding.map(|finding| &finding.evidence));
    let evidence = distinct(stated.chain(named.flatten()));
    let mut readings = both(figures, words);
    if apart || !unequal {
        readings.extend(
            quoted(evidence.iter().map(|span| span.quote.as_str())).map(|quotes| format!("原文{quotes}")),
        );
    }
    readings.extend(finding.filter(|_| !unequal).map(|finding| finding.message.clone()));
    let note = format!("合同金额记载不一致：{}；核定前备案金额留空", readings.join("，"));
    Some(Reading::open(note).resting_on(&evidence))
}

/// Each stretch once, in the order found.
fn distinct<'a>(spans: impl Iterator<Item = &'a Span>) -> Vec<Span> {
    spans.fold(Vec::new(), |mut kept: Vec<Span>, span| {
        if !kept.iter().any(|other| (other.start, other.end) == (span.start, span.end)) {
            kept.push(span.clone());
        }
        kept
    })
}

/// What the figures say and what the words say.
fn both(figures: Option<&Value<Money>>, words: Option<&Value<Sum>>) -> Vec<String> {
    let figures = figures.and_then(|value| {
        let Money { amount, currency, .. } = &value.value;
        Some(format!("小写{}", sum((*amount)?, currency)))
    });
    let words = words.and_then(|value| {
        let quote = quoted(value.raw.as_deref().into_iter()).unwrap_or_default();
        Some(format!("大写{quote}即{}", sum(value.value.amount?, &value.value.currency)))
    });
    figures.into_iter().chain(words).collect()
}

fn places<T>(value: &Value<T>) -> impl Iterator<Item = &Span> {
    let others = value.witnesses.iter().flat_map(|other| &other.evidence);
    value.evidence.iter().chain(others)
}

fn unequal(figures: Option<&Value<Money>>, words: Option<&Value<Sum>>) -> bool {
    let (Some(figures), Some(words)) = (figures, words) else { return false };
    match (figures.value.amount, words.value.amount) {
        (Some(one), Some(other)) => one != other || figures.value.currency != words.value.currency,
        _ => false,
    }
}

/// Another place states another price of the same kind. A price with tax and one without are two prices.
fn figures_differ(value: &Value<Money>) -> bool {
    let price = &value.value;
    value.witnesses.iter().map(|witness| &witness.value).any(|other| {
        let taxes = [price.tax, other.tax];
        let comparable = taxes.contains(&Tax::Unknown) || price.tax == other.tax;
        let stated = other.amount.is_some() && other.kind == price.kind && comparable;
        stated && (other.amount != price.amount || other.currency != price.currency)
    })
}

fn words_differ(value: &Value<Sum>) -> bool {
    value.witnesses.iter().any(|other| other.value.amount.is_some() && other.value != value.value)
}

/// The contract states a rate, or leaves the price to be reckoned: nothing that may stand as its amount.
fn no_whole_price(reader: &Reader<'_>) -> Option<Reading> {
    let value = reader.record.fields.amount.as_ref()?;
    let money = &value.value;
    let why = match (money.kind, money.amount) {
        (MoneyKind::Total | MoneyKind::Ceiling, Some(_)) => return None,
        (MoneyKind::Unit | MoneyKind::Periodic, Some(_)) => {
            format!("合同只写明{}，总额请核算后填写", rate(money))
        }
        (MoneyKind::Open, Some(amount)) => {
            format!("据实结算；文中列有{}，请核对后填写", sum(amount, &money.currency))
        }
        (MoneyKind::Open, None) => "据实结算，文中无确定金额".to_owned(),
        (_, None) => "合同价款处没有数额".to_owned(),
    };
    Some(Reading::open(why).resting_on(&value.evidence))
}
