//! Penalties as they are written: shares (千分之三, 0.5‰, 5%) and sums (200元), by the day or once.

use std::sync::LazyLock;

use crate::fields::scan::{Captures, Regex};
use rust_decimal::Decimal;

use super::super::super::kinds::Words;
use crate::fields::scan::{numeral, pattern};
use crate::model::Span;

/// 0.5‰, 万分之五, 千分之0.5, 3%, 四成, 十分之一, 一半, 5,000元, 五百元, 1.5万元.
static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<figure>\d+(?:\.\d+)?)(?P<sign>[%‰‱])|(?P<base>[十百千万])分之(?P<count>\d+(?:\.\d+)?|[一二三四五六七八九十]{1,3})|(?P<tenths>[一二三四五六七八九])成|(?P<half>一半|半数)|(?P<sum>\d[\d,]*(?:\.\d+)?|[一二三四五六七八九十百千两]{1,7})(?P<wan>万)?元",
    )
});
/// 每逾期一日, 每迟延一周, 按日, 日万分之五, /天. A bare 每月 is what a price is for, no time of delay.
static PERIOD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"每(?:拖|慢|耽误|拖后|逾期|迟延|延迟|延误|延期|拖延|拖欠|超过|推迟|迟交|迟到|迟|超|晚|误|逾)(?:满|足)?(?:一|1|壹)?个?(?P<over>日历天|工作日|日|天|周|星期|月|小时)|(?:每|按|逐|以|/)(?:一|1|壹)?个?(?P<unit>日历天|工作日|日|天)|(?P<lead>日)(?:息|利率)?[十百千万]分之",
    )
});

/// No penalty is so large.
const LARGEST: u64 = 1_000_000_000_000;
/// Decimal places that are kept.
const PLACES: u32 = 8;

/// What a rate is taken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// What is late (欠付金额).
    Due,
    /// The whole price (合同总价).
    Total,
    /// Not said.
    Unstated,
    /// Yuan, where no price is known to take them of.
    Sum,
    /// Something else (首期月租金), which is compared with the same alone.
    Other,
}

/// One penalty.
#[derive(Debug)]
pub struct Rate {
    /// What it is taken of.
    pub base: Base,
    /// The words for that.
    pub of: String,
    /// Per ten thousand of the base and, where it runs, day; yuan for [`Base::Sum`].
    pub value: Decimal,
    /// As written, after the time that it runs by: 每日千分之三.
    pub written: String,
    /// The sentence.
    pub span: Span,
    /// Does it run by time?
    pub runs: bool,
}

/// Reads the penalty in `words`, a sentence from the default on. `price`, in yuan, makes shares of sums.
pub fn rate(known: &Words, words: &str, price: Option<Decimal>, span: &Span) -> Option<Rate> {
    let period = PERIOD.captures(words);
    let (from, name, days) = period.as_ref().and_then(time).unwrap_or((0, "", Decimal::ONE));
    let found = match FIGURE.captures_at(words, from) {
        Some(found) => found,
        // 按合同价的1‰每日支付: the figure stands before its time.
        None => FIGURE.captures_iter(words).last().filter(|_| from > 0)?,
    };
    let (value, whole) = (value(&found)?, found.get(0)?);
    let before = words.get(from..whole.start()).unwrap_or_else(|| words.get(..whole.start()).unwrap_or(""));
    let (base, value) = match (found.name("sum"), price) {
        (Some(_), Some(price)) if price > Decimal::ZERO => {
            (Base::Total, value.checked_div(price)?.checked_mul(Decimal::from(10_000))?)
        }
        (Some(_), _) => (Base::Sum, value),
        (None, _) => (base(known, before), value),
    };
    let of = before.rsplit(',').next().unwrap_or_default().trim_start_matches(['按', '以']).to_owned();
    let written = format!("{name}{}", whole.as_str());
    let value = value.checked_div(days)?;
    Some(Rate { base, of, value, written, span: span.clone(), runs: !name.is_empty() })
}

/// Where a time of delay ends, what it is called, and how many days it has.
fn time(found: &Captures<'_>) -> Option<(usize, &'static str, Decimal)> {
    let unit = found.name("over").or_else(|| found.name("unit")).or_else(|| found.name("lead"))?;
    let (name, days) = match unit.as_str() {
        "周" | "星期" => ("每周", Decimal::from(7)),
        "月" => ("每月", Decimal::from(30)),
        "小时" => ("每小时", Decimal::ONE / Decimal::from(24)),
        _ => ("每日", Decimal::ONE),
    };
    Some((unit.end(), name, days))
}

/// A share per ten thousand, or a sum in yuan.
fn value(found: &Captures<'_>) -> Option<Decimal> {
    if let Some(figure) = found.name("figure") {
        let scale = match found.name("sign")?.as_str() {
            "%" => 100,
            "‰" => 10,
            _ => 1,
        };
        return number(figure.as_str())?.checked_mul(Decimal::from(scale));
    }
    if let Some(sum) = found.name("sum") {
        let scale = if found.name("wan").is_some() { 10_000 } else { 1 };
        return number(&sum.as_str().replace(',', ""))?.checked_mul(Decimal::from(scale));
    }
    if found.name("half").is_some() {
        return Some(Decimal::from(5_000));
    }
    if let Some(tenths) = found.name("tenths") {
        return number(tenths.as_str())?.checked_mul(Decimal::from(1_000));
    }
    let scale = match found.name("base")?.as_str() {
        "十" => 1_000,
        "百" => 100,
        "千" => 10,
        _ => 1,
    };
    number(found.name("count")?.as_str())?.checked_mul(Decimal::from(scale))
}

/// A number of a size that penalties have.
fn number(written: &str) -> Option<Decimal> {
    let number = written.parse().ok().or_else(|| numeral::integer(written).map(Decimal::from))?;
    (number < Decimal::from(LARGEST)).then(|| number.round_dp(PLACES))
}

/// What a share is taken of, by the words before it.
fn base(known: &Words, words: &str) -> Base {
    match () {
        () if known.say("base-due", words) => Base::Due,
        () if known.say("base-total", words) => Base::Total,
        () if !words.contains(['款', '额', '价', '费', '租', '酬']) => Base::Unstated,
        () => Base::Other,
    }
}
