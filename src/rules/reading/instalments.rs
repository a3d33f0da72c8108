//! Instalments (分期付款) that are all of one price, so that their sum says something.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::{Match, Regex};
use rust_decimal::Decimal;

use super::super::check::Contract;
use super::part_around;
use crate::fields::scan::pattern;
use crate::model::fields::Payment;
use crate::model::{Span, Value};

/// Words that leave the rest of a price to another place: the instalments that were read need not be all.
const REST: [&str; 14] = [
    "余款",
    "余额",
    "剩余",
    "其余",
    "结清",
    "付清",
    "质保金",
    "质量保证金",
    "保留金",
    "尾款",
    "结算",
    "审定",
    "决算",
    "据实",
];

/// A share.
static SHARE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\d{1,3}(?:\.\d{1,4})?%|百分之[一二三四五六七八九十百]+"));

/// What else is paid by shares.
const NO_PRICE: [&str; 9] = ["违约", "滞纳", "利息", "赔偿", "保证金", "扣", "罚", "税", "逾期"];

/// The instalments of a contract, if they are laid down in one article, are no rates that recur, and none is reckoned
/// with those before it (支付至80%).
pub fn plain<'a>(contract: &Contract<'a>) -> Option<&'a [Value<Payment>]> {
    let payments = contract.fields().payments.as_slice();
    let plain = |payment: &Payment| payment.every.is_none() && !payment.cumulative;
    let article = |value: &Value<Payment>| {
        value.evidence.first().and_then(|span| contract.article_of(span)).map(|clause| clause.range.start)
    };
    let first = article(payments.first()?);
    let one_place = payments.iter().all(|value| article(value) == first);
    (payments.len() > 1 && one_place && payments.iter().all(|value| plain(&value.value))).then_some(payments)
}

/// One instalment as it is written behind its label.
#[derive(Debug, Clone)]
pub struct Written {
    /// Shadow bytes.
    pub range: Range<usize>,
    /// The sum, in yuan.
    pub amount: Option<Decimal>,
    /// The share of the price, in percent.
    pub percent: Option<Decimal>,
}

/// 第一期20万元, 首笔款为总额的35%: a label, and what is paid.
static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?:第[一二三四五六1-6](?:期|笔|季度|阶段|次)|首期|中期|末期|首付款?|首笔款?|第二笔|第三笔|预付款?|进度款|到货款|验收款|尾款|结项款?|结题款?|终期)",
        r"[^,。;\n%\d至达]{0,20}(?:(?P<sum>\d[\d,]*(?:\.\d{1,2})?)(?P<myriad>万)?元|(?P<share>\d{1,3}(?:\.\d{1,2})?)%)",
    ))
});

/// The instalments of one article behind their labels, at least three of one kind, where nothing else is left to be paid.
pub fn written(contract: &Contract<'_>) -> Vec<Written> {
    let body = &*contract.chosen;
    let mut found: Vec<Written> = Vec::new();
    for captures in LABELLED.captures_iter(body) {
        let Some(whole) = captures.get(0) else { continue };
        let number = |name: &str| captures.name(name)?.as_str().replace(',', "").parse::<Decimal>().ok();
        let scale = if captures.name("myriad").is_some() { Decimal::from(10_000) } else { Decimal::ONE };
        let amount = number("sum").and_then(|sum| sum.checked_mul(scale));
        found.push(Written { range: whole.range(), amount, percent: number("share") });
    }
    let article =
        |item: &Written| contract.text.article_at(item.range.start).map(|clause| clause.shadow.start);
    let together = found.windows(2).all(|pair| matches!(pair, [a, b] if article(a) == article(b)));
    let outside = |at: usize| !found.iter().any(|item| item.range.contains(&at));
    let rest = REST.iter().any(|word| body.match_indices(word).any(|(at, _)| outside(at)));
    if found.len() > 2 && together && !rest { found } else { Vec::new() }
}

/// May a part of the price stand outside the instalments that were read? So it is where the text speaks of a rest, or of a share that
/// is paid, outside their sentences.
pub fn leaves_a_rest(contract: &Contract<'_>, payments: &[Value<Payment>]) -> bool {
    let body = contract.text.folded_body();
    let read: Vec<_> =
        payments.iter().flat_map(|value| &value.evidence).map(|span| contract.reach_of(span)).collect();
    let outside = |at: usize| !read.iter().any(|range| range.contains(&at));
    let paid_share = |found: Match<'_>| outside(found.start()) && speaks_of_paying(body, found.range());
    REST.iter().any(|word| body.match_indices(word).any(|(at, _)| outside(at)))
        || SHARE.find_iter(body).any(paid_share)
}

/// Is a share, by the words around it, one of a price that is paid?
fn speaks_of_paying(body: &str, share: Range<usize>) -> bool {
    let part = body.get(part_around(body, share)).unwrap_or_default();
    part.contains('付') && !NO_PRICE.iter().any(|word| part.contains(word))
}

/// Is the sum some whole multiple of the price: several prices that are each paid in full?
pub fn is_multiple(sum: Decimal, price: Decimal) -> bool {
    price > Decimal::ZERO && sum > price && sum.checked_rem(price).is_some_and(|rest| rest.is_zero())
}

/// Where the instalments stand.
pub fn places(payments: &[Value<Payment>]) -> Vec<Span> {
    payments.iter().filter_map(|value| value.evidence.first()).cloned().collect()
}
