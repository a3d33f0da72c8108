//! The price (合同价款): figures and words are two witnesses, and the form never chooses between them.

use rust_decimal::Decimal;

use super::obstacle::{self, MISMATCH};
use super::reader::{Reader, is_decided};
use super::reading::Reading;
use super::wording::{quoted, rate, sum};
use crate::model::capital;
use crate::model::fields::{Fields, Money, MoneyKind, Sum, Tax};

/// Said of figures whose words cannot bear them out.
const MALFORMED: &str = "合同的大写金额写法不成数，请核对";

/// The rule that tells contracts under special supervision (重点监管合同).
const KEY_REGULATED: &str = "key-regulated";

/// The price in figures (小写): `1,230,000.00元`. Empty while figures and words contradict each other, and
/// where the contract states no whole price; worked out of the words where only they are there.
pub(super) fn amount(reader: &Reader<'_>) -> Reading {
    let decided = reader.record.fields.amount.as_ref().filter(|value| is_decided(value));
    if let Some(value) = decided {
        let write = |money: &Money| money.amount.map(|amount| sum(amount, &money.currency));
        return reader.read(value, |money| write(money).unwrap_or_else(|| "据实结算".to_owned()));
    }
    if let Some(obstacle) = obstacle::to_amount(reader) {
        return obstacle;
    }
    let Some(value) = &reader.record.fields.amount else { return from_words(reader) };
    let reading = reader
        .read(value, |money| money.amount.map_or_else(String::new, |amount| sum(amount, &money.currency)));
    let reading = match value.value.kind {
        MoneyKind::Ceiling => reading.noting("此为上限价或暂定价，不是结算金额"),
        _ => reading,
    };
    let reading = if malformed(reader) { reading.noting(MALFORMED) } else { reading };
    reader.undecided(MISMATCH).fold(reading, |reading, finding| reading.noting(&finding.message))
}

/// The price in words (大写) as written; worked out of the figures where the contract has none.
pub(super) fn amount_in_words(reader: &Reader<'_>) -> Reading {
    let Fields { amount, amount_in_words, .. } = &reader.record.fields;
    if let Some(words) = amount_in_words.as_ref().filter(|words| is_decided(words)) {
        let write = |words: &Sum| words.amount.and_then(capital::render).unwrap_or_default();
        return reader.read(words, write);
    }
    // Who decided on the figures decided on the words that they make.
    if amount.as_ref().is_some_and(is_decided) {
        return from_figures(reader);
    }
    if let Some(obstacle) = obstacle::to_amount(reader) {
        return obstacle;
    }
    let Some(words) = &reader.record.fields.amount_in_words else { return from_figures(reader) };
    let written = words.raw.clone().or_else(|| words.value.amount.and_then(capital::render));
    match written.filter(|_| words.value.amount.is_some()) {
        Some(written) => Reading::read(words, written).noting_doubt(reader.limits.review_below),
        None => {
            let quote = quoted(words.raw.as_deref().into_iter()).unwrap_or_default();
            Reading::open(format!("合同的大写金额{quote}写法不成数，请核对原件")).resting_on(&words.evidence)
        }
    }
}

/// How the price is fixed (计价方式), with a unit or periodic price itself: `按期计价：3,500.00元/月`. Open while
/// the price contradicts itself, so that no disputed figure slips in here.
pub(super) fn basis(reader: &Reader<'_>) -> Reading {
    if let Some(contradiction) = obstacle::contradiction(reader) {
        return contradiction;
    }
    let Some(value) = &reader.record.fields.amount else { return reader.missing("amount") };
    let reading = reader.read(value, |money| match money.kind {
        MoneyKind::Total => "总价".to_owned(),
        MoneyKind::Ceiling => "上限价或暂定价".to_owned(),
        MoneyKind::Open => "据实结算".to_owned(),
        MoneyKind::Unit | MoneyKind::Periodic => rate(money),
    });
    match value.value.kind {
        MoneyKind::Unit | MoneyKind::Periodic => reading,
        kind => reading.normalised_as(kind),
    }
}

/// Tax in the price or not (含税、不含税).
pub(super) fn tax(reader: &Reader<'_>) -> Reading {
    let Some(value) = &reader.record.fields.amount else { return reader.missing("amount") };
    let tax = value.value.tax;
    let written = match tax {
        Tax::Included => "含税",
        Tax::Excluded => "不含税",
        Tax::Unknown => return Reading::open("合同价款处未写明是否含税").resting_on(&value.evidence),
    };
    reader.field("amount", Some(value), |_| written.to_owned()).normalised_as(tax)
}

/// Is the contract under special supervision (《办法》第六条)? The sum alone never answers no, and other grounds
/// are not read off it: the entry stays open, with what the rules say, or else what the price tells.
pub(super) fn key_regulated(reader: &Reader<'_>) -> Reading {
    let hits: Vec<_> = reader.hits(KEY_REGULATED).map(|finding| finding.message.as_str()).collect();
    let threshold = reader.limits.key_regulated.as_ref();
    let by_price = threshold.and_then(|threshold| match settled(reader) {
        None => threshold.unsettled.as_deref(),
        Some(_) if !hits.is_empty() => None,
        Some(amount) if amount >= threshold.amount() => Some(threshold.reached.as_str()),
        Some(_) => threshold.otherwise.as_deref(),
    });
    let notes: Vec<_> = by_price.into_iter().chain(hits).collect();
    Reading::open(if notes.is_empty() { "请判断".to_owned() } else { notes.join("；") })
}

/// The whole price in yuan where nothing about it is in doubt: read with enough confidence, a total, its
/// words well formed and the same.
pub(super) fn settled(reader: &Reader<'_>) -> Option<Decimal> {
    let value = reader.record.fields.amount.as_ref()?;
    if is_decided(value) {
        return value
            .value
            .amount
            .filter(|_| value.value.kind == MoneyKind::Total && value.value.currency == "CNY");
    }
    let undecided = malformed(reader) || reader.undecided(MISMATCH).next().is_some();
    let sure = value.confidence.get() >= reader.limits.review_below && !undecided;
    let total = value.value.kind == MoneyKind::Total && value.value.currency == "CNY";
    value.value.amount.filter(|_| sure && total && obstacle::to_amount(reader).is_none())
}

/// Words are there and are no number.
fn malformed(reader: &Reader<'_>) -> bool {
    reader.record.fields.amount_in_words.as_ref().is_some_and(|words| words.value.amount.is_none())
}

fn from_words(reader: &Reader<'_>) -> Reading {
    let missing = reader.missing("amount");
    let words = reader.record.fields.amount_in_words.as_ref();
    let Some((words, amount)) = words.and_then(|words| Some((words, words.value.amount?))) else {
        return missing;
    };
    let written = sum(amount, &words.value.currency);
    Reading::computed(written, "由大写换算，请核对", &words.evidence)
}

fn from_figures(reader: &Reader<'_>) -> Reading {
    let missing = reader.missing("amount_in_words");
    let figures = reader.record.fields.amount.as_ref().filter(|value| value.value.currency == "CNY");
    match figures.and_then(|value| Some((value, capital::render(value.value.amount?)?))) {
        Some((value, written)) => Reading::computed(written, "由小写换算，请核对", &value.evidence),
        None => missing,
    }
}
