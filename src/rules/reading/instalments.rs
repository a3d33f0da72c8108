//! Instalments (分期付款) that are all of one price, so that their sum says something.

mod whole;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::{Captures, Match, Regex};
use rust_decimal::Decimal;

use super::super::check::Contract;
use super::part_around;
use crate::fields::scan::{numeral, pattern};
use crate::model::fields::Payment;
use crate::model::{Span, Value};

pub use whole::parts_of_whole;

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
        r"(?:第[一二三四五六1-6](?:期|笔|季度|阶段|次)|首期|中期|末期|期中|期末|首付款?|首笔款?|首批|第二笔|第三笔|预付款?|进度款|到货款|验收款|尾款|结项款?|结题款?|终期",
        r"|(?:签约|签订|签署|生效|开工|进场|到货|交货|供货|安装|调试|上线|中期|初稿|交付|完工|竣工|验收|结束|期满)[^,。;\n\d%至达到]{0,8}(?:后|时|付|支付|拨付|拨)|(?:竣工)?结算|质保金|质量保证金)",
        r"[^,。;\n%\d至达]{0,20}?(?:(?P<sum>\d[\d,]*(?:\.\d{1,2})?)(?P<myriad>万)?元|(?P<share>\d{1,3}(?:\.\d{1,2})?)%|百分之(?P<words>[一二三四五六七八九十]{1,3})|(?P<tenths>[一二两三四五六七八九])成)",
    ))
});
/// A share reckoned with those before it: 支付至80%, 累计付到九成.
static CUMULATIVE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:至|达|[付拨]到)[^,。;\n%\d]{0,14}(?:\d{1,3}(?:\.\d+)?%|百分之|[七八九]成)|累计")
});

/// 分三笔付：签约后付60,000元，…: how many instalments a sentence announces, and what it says of them.
static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"分(?P<count>[两二三四五六2-6])(?:笔|期|次|批|个阶段)(?:付|支付|付款|付清|拨付|结算|给付|付给[^,。;:\n]{1,8})?:(?P<what>[^。\n]{10,200})",
    )
});
/// One sum or one share among them.
static PAID: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:(?P<sum>\d[\d,]*(?:\.\d{1,2})?)(?P<myriad>万)?元|(?P<share>\d{1,3}(?:\.\d{1,2})?)%)")
});
/// A sum with the share of the price that it is said to be: 450,000元（占总价30%）.
static PAIRED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<sum>\d[\d,]*(?:\.\d{1,2})?)(?P<myriad>万)?元[(,]?(?:即|占|为|约占)(?:本)?(?:合同|货款|服务费|费用|价款)?(?:总?价款?|总额|总金额|总款)?的?(?P<share>\d{1,3}(?:\.\d{1,2})?)%",
    )
});

/// A share of the whole price with the sum that it is said to come to: 合同总价的20%，即196,000元.
static COMES_TO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:合同|协议)?(?:总价款?|总额|总金额|总造价|价款|总款)的?(?P<share>\d{1,3}(?:\.\d{1,2})?)%[(,]?(?:即|计|合计?|共计|为|折合)(?:人民币)?[¥￥]?(?P<sum>\d[\d,]*(?:\.\d{1,2})?)(?P<myriad>万)?元",
    )
});
/// A share of the whole that is paid, in figures, in words, in tenths (三成).
static BASED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:付|支付|拨付|付款|给付|汇付|缴付)(?P<upto>至|到|达)?[^,。;%\n]{0,10}?(?:总价款?|总额|总金额|价款|货款|合同款|总款|造价|费用)(?:总额)?的?(?P<next>至|到)?(?:(?P<share>\d{1,3}(?:\.\d{1,2})?)%|百分之(?P<words>[一二三四五六七八九十]{1,3})|(?P<tenths>[一二三四五六七八九])成)",
    )
});
/// What an expression took for a sum or a share.
fn taken(captures: &Captures<'_>) -> Option<Written> {
    let number = |name: &str| captures.name(name)?.as_str().replace(',', "").parse::<Decimal>().ok();
    let scale = if captures.name("myriad").is_some() { Decimal::from(10_000) } else { Decimal::ONE };
    let amount = number("sum").and_then(|sum| sum.checked_mul(scale));
    Some(Written { range: captures.get(0)?.range(), amount, percent: percent(captures) })
}

/// A share in figures, in words (百分之三十), in tenths (三成).
fn percent(found: &Captures<'_>) -> Option<Decimal> {
    let words = |name: &str| found.name(name).and_then(|n| numeral::chinese(n.as_str())).map(Decimal::from);
    let figure = found.name("share").and_then(|n| n.as_str().parse::<Decimal>().ok());
    figure.or_else(|| words("words")).or_else(|| words("tenths")?.checked_mul(Decimal::TEN))
}

/// The instalments that one sentence announces by their number, where it gives just as many sums, or shares.
fn announced(contract: &Contract<'_>) -> Vec<Written> {
    let body = &*contract.chosen;
    let all = |captures: Captures<'_>| {
        let (count, what) = (captures.name("count")?, captures.name("what")?);
        let paid = PAID.captures_iter(what.as_str()).filter_map(|found| taken(&found));
        let paid: Vec<_> = paid
            .map(|item| Written {
                range: what.start() + item.range.start..what.start() + item.range.end,
                ..item
            })
            .collect();
        let wanted = if count.as_str() == "两" { 2 } else { numeral::integer(count.as_str())? };
        let alike =
            paid.iter().all(|item| item.amount.is_some()) || paid.iter().all(|item| item.amount.is_none());
        (u64::try_from(paid.len()).ok()? == wanted && alike).then_some(paid)
    };
    ANNOUNCED.captures_iter(body).find_map(all).unwrap_or_default()
}

/// Sums beside the shares of the price that they are said to be.
pub fn paired(contract: &Contract<'_>) -> Vec<Written> {
    PAIRED.captures_iter(&contract.chosen).filter_map(|found| taken(&found)).collect()
}

/// Shares of the whole with the sums that they are said to come to.
pub fn equated(contract: &Contract<'_>) -> Vec<Written> {
    COMES_TO.captures_iter(&contract.chosen).filter_map(|found| taken(&found)).collect()
}

/// At least three shares of the whole that one paragraph has paid, none reckoned with those before it and no rest left.
pub fn based(contract: &Contract<'_>) -> Vec<Written> {
    let body = &*contract.chosen;
    let mut start = 0;
    for line in body.split('\n') {
        let found: Vec<_> = BASED.captures_iter(line).collect();
        let alone = found.iter().all(|f| f.name("upto").is_none() && f.name("next").is_none());
        let rest = REST.iter().any(|word| line.contains(word)) || line.contains("累计");
        if found.len() > 2 && alone && !rest {
            let shares = found.iter().filter_map(|found| based_share(found, start)).collect::<Vec<_>>();
            return if shares.len() == found.len() { shares } else { Vec::new() };
        }
        start += line.len() + 1;
    }
    Vec::new()
}

/// The shares of a table of payments: a column 比例 under a heading or a line on paying.
pub fn tabled(contract: &Contract<'_>) -> Vec<Written> {
    let body = &*contract.chosen;
    let (mut start, mut before, mut column) = (0, "", None);
    let mut found = Vec::new();
    for line in body.split('\n') {
        let share = column.and_then(|index| line.split('\t').nth(index)).and_then(whole_share);
        match share {
            Some(percent) => {
                found.push(Written {
                    range: start..start + line.len(),
                    amount: None,
                    percent: Some(percent),
                });
            }
            None if found.len() > 2 => return found,
            None => {
                found.clear();
                let pays =
                    ["付款", "支付", "拨付"].iter().any(|word| before.contains(word) || line.contains(word));
                column = line.split('\t').position(|cell| RATIO.is_match(cell.trim())).filter(|_| pays);
            }
        }
        start += line.len() + 1;
        before = line;
    }
    if found.len() > 2 { found } else { Vec::new() }
}

/// The column of a table that gives the shares of a price.
static RATIO: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:付款|支付|拨付|款项|金额|占比)?(?:比例|占比|百分比)(?:\([^()]*\))?$"));

/// 35%, and nothing else in a cell.
fn whole_share(cell: &str) -> Option<Decimal> {
    cell.trim().strip_suffix('%')?.trim().parse().ok()
}

/// One such share, in a line that begins at shadow byte `start`.
fn based_share(found: &Captures<'_>, start: usize) -> Option<Written> {
    let percent = percent(found)?;
    let whole = found.get(0)?.range();
    Some(Written { range: start + whole.start..start + whole.end, amount: None, percent: Some(percent) })
}

/// The instalments that a sentence announces; else those of one article behind their labels, at least three of one kind, where
/// nothing else is left to be paid.
pub fn written(contract: &Contract<'_>) -> Vec<Written> {
    let announced = announced(contract);
    if !announced.is_empty() {
        return announced;
    }
    let body = &*contract.chosen;
    let mut found: Vec<Written> = Vec::new();
    for captures in LABELLED.captures_iter(body) {
        found.extend(taken(&captures));
    }
    let article =
        |item: &Written| contract.text.article_at(item.range.start).map(|clause| clause.shadow.start);
    let together = found.windows(2).all(|pair| matches!(pair, [a, b] if article(a) == article(b)));
    let within = found.first().zip(found.last()).map(|(a, b)| a.range.start..b.range.end);
    let cumulative = within.and_then(|range| body.get(range)).is_some_and(|words| CUMULATIVE.is_match(words));
    let outside = |at: usize| !found.iter().any(|item| item.range.contains(&at));
    let rest = REST.iter().any(|word| body.match_indices(word).any(|(at, _)| outside(at)));
    let of_one_price = bases(&found, body).len() < 2;
    if found.len() > 2 && together && !rest && !cumulative && of_one_price { found } else { Vec::new() }
}

/// What the shares are taken of, where that is said: 可研编制费, 勘察费.
fn bases<'b>(written: &[Written], body: &'b str) -> BTreeSet<&'b str> {
    let base = |item: &Written| {
        let words = body.get(item.range.clone())?.rsplit_once('的')?.0;
        words.rsplit(['付', '后', '时', '为', '是', ':']).next().filter(|base| !base.is_empty())
    };
    written.iter().filter_map(base).collect()
}

/// May a part of the price stand outside the instalments that were read? So it is where the text speaks of a rest, or of a share that
/// is paid, outside their sentences.
pub fn leaves_a_rest(contract: &Contract<'_>, payments: &[Value<Payment>]) -> bool {
    let body = contract.text.folded_body();
    let read: Vec<_> =
        payments.iter().flat_map(|value| &value.evidence).map(|span| contract.reach_of(span)).collect();
    let outside = |at: usize| !read.iter().any(|range| range.contains(&at));
    let paid_share = |found: Match<'_>| outside(found.start()) && speaks_of_paying(body, found.range());
    // 封顶付40% between two that were read: not all shares of the sentence are among the payments.
    let shares = SHARE.find_iter(body).filter(|share| !outside(share.start())).count();
    let some_unread = payments.iter().all(|value| value.value.percent.is_some()) && shares > payments.len();
    some_unread
        || REST.iter().any(|word| body.match_indices(word).any(|(at, _)| outside(at)))
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
