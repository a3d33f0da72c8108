//! Instalments (分期付款) that are all of one price, so that their sum says something.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
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

/// May a part of the price stand outside the instalments that were read? So it is where the text speaks of a rest, or of a share that
/// is paid, outside their sentences.
pub fn leaves_a_rest(contract: &Contract<'_>, payments: &[Value<Payment>]) -> bool {
    let body = contract.text.folded_body();
    let read: Vec<_> =
        payments.iter().flat_map(|value| &value.evidence).map(|span| contract.reach_of(span)).collect();
    let outside = |at: usize| !read.iter().any(|range| range.contains(&at));
    let paid_share =
        |found: regex::Match<'_>| outside(found.start()) && speaks_of_paying(body, found.range());
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
    price > Decimal::ZERO && sum > price && (sum % price).is_zero()
}

/// Where the instalments stand.
pub fn places(payments: &[Value<Payment>]) -> Vec<Span> {
    payments.iter().filter_map(|value| value.evidence.first()).cloned().collect()
}
