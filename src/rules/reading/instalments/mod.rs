//! Instalments (分期付款) that are all of one price, so that their sum says something.
//!
//! As the fields read them here; as the text writes them in [`written`] (by their labels, or by their announced number), in
//! [`shares`] (beside their share of the price, or in a column of shares) and in [`whole`] (behind the whole that they make up). [`bases`] tells whether
//! shares are of one price.

pub mod bases;
pub mod shares;
pub mod whole;
pub mod written;

use std::ops::Range;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::super::check::Contract;
use super::{part_around, parts};
use crate::fields::scan::{Match, Regex, pattern};
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

/// What else is paid by shares.
const NO_PRICE: [&str; 9] = ["违约", "滞纳", "利息", "赔偿", "保证金", "扣", "罚", "税", "逾期"];

/// Words beside a share that is not one of the whole price.
const OTHER_BASE: [&str; 10] =
    ["扣除", "暂列", "年度", "当期", "剩余", "余款", "每年", "本期", "结算", "首年"];

/// Words of a share that is one of a part of the price.
const PART_OF_PRICE: [&str; 8] = ["未付", "增加", "增项", "部分", "标段", "分包", "分项", "封顶"];

/// A share.
static SHARE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\d{1,3}(?:\.\d{1,4})?%|百分之[一二三四五六七八九十百]+"));

/// Do the words around a share say that it is reckoned on something other than the whole price?
pub fn has_other_base(words: &str) -> bool {
    OTHER_BASE.iter().any(|word| words.contains(word))
}

/// Do the words of a sentence speak of a share of the whole price, and of nothing else?
fn is_of_whole_price(words: &str) -> bool {
    !has_other_base(words) && !PART_OF_PRICE.iter().chain(&NO_PRICE).any(|word| words.contains(word))
}

/// The instalments of a contract, if they are laid down in one article, are no rates that recur, and none is reckoned
/// with those before it (支付至80%).
pub fn of_one_article<'a>(contract: &Contract<'a>) -> Option<&'a [Value<Payment>]> {
    let payments = contract.fields().payments.as_slice();
    let plain = |payment: &Payment| payment.every.is_none() && !payment.cumulative;
    let article = |value: &Value<Payment>| {
        value.evidence.first().and_then(|span| contract.article_of(span)).map(|clause| clause.range.start)
    };
    let first = article(payments.first()?);
    let one_place = payments.iter().all(|value| article(value) == first);
    (payments.len() > 1 && one_place && payments.iter().all(|value| plain(&value.value))).then_some(payments)
}

/// The sentences that instalments stand in, in shadow bytes.
pub fn reaches(contract: &Contract<'_>, payments: &[Value<Payment>]) -> Vec<Range<usize>> {
    payments.iter().flat_map(|value| &value.evidence).map(|span| contract.reach_of(span)).collect()
}

/// May a part of the price stand outside the stretches that were read? So it is where the text speaks of a rest, or of a share that
/// is paid, outside them.
pub fn leaves_a_rest(contract: &Contract<'_>, read: &[Range<usize>]) -> bool {
    let body = contract.text.folded_body();
    let paid_share =
        |found: Match<'_>| is_outside(read, found.start()) && speaks_of_paying(body, found.range());
    speaks_of_a_rest(body, read)
        || read.iter().any(|range| is_open(body, range.clone()))
        || SHARE.find_iter(body).any(paid_share)
}

/// Does a part of a sentence leave a rest without saying how much: 余款验收后付清?
fn is_open(body: &str, sentence: Range<usize>) -> bool {
    body.get(sentence.clone()).is_some()
        && parts(body, sentence).any(|part| {
            let words = body.get(part).unwrap_or_default();
            let rest = ["余款", "余额", "剩余", "其余"].iter().any(|word| words.contains(word));
            rest && !["元", "万", "%", "百分之"].iter().any(|unit| words.contains(unit))
        })
}

/// Does a text speak of a rest outside the stretches that were read?
fn speaks_of_a_rest(body: &str, read: &[Range<usize>]) -> bool {
    REST.iter().any(|word| body.match_indices(word).any(|(at, _)| is_outside(read, at)))
}

fn is_outside(read: &[Range<usize>], at: usize) -> bool {
    !read.iter().any(|range| range.contains(&at))
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
