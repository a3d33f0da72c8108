//! Shares of the price as they are written: beside the sum that they come to, behind what is paid, in a column of a table.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::super::super::check::Contract;
use super::super::{part_around, sentence_around};
use super::written::{SHARE, SUM, Written, article_leaves_a_rest};
use super::{NO_PRICE, is_of_whole_price};
use crate::fields::scan::{Captures, Regex, numeral, pattern};

/// A sum with the share of the price that it is said to be: 450,000元（占总价30%）.
static SUM_THEN_SHARE: LazyLock<Regex> = LazyLock::new(|| {
    let base = r"[(,]?(?:即|占|为)(?:本)?(?:合同|货款|服务费|费用|价款)?(?:总?价款?|总额|总金额|总款)?的?";
    pattern(&[SUM, base, SHARE].concat())
});

/// A share of the contract's price with the sum that it is said to come to: 合同总价的20%，即196,000元.
static SHARE_THEN_SUM: LazyLock<Regex> = LazyLock::new(|| {
    let base = r"(?:合同|协议)(?:总价款?|总额|总金额|总造价|价款|总款)的?";
    let is = r"[(,]?(?:即|计|合计|共计|折合)(?:人民币)?[¥￥]?";
    pattern(&[base, SHARE, is, SUM].concat())
});

/// An instalment's name, and nothing else, before its share: 预付款为.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:\d{1,2}[.、)])?[ (]*(?:首付款?|首期款?|首笔款?|预付款?|进度款|到货款|验收款|尾款)(?:为|是|按|:)?本?$",
    )
});

/// A share of the whole that is paid, in figures, in words, in tenths (三成).
static PAID_SHARE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:付|支付|拨付|付款|给付|汇付|缴付)(?P<upto>至|到|达)?(?:[给向]?[甲乙]方)?(?P<base>(?:本?(?:合同|协议)|货款|服务费|费用|工程)?(?:总价款?|总额|总金额|价款|货款|合同款|总款|造价|费用)(?:总额)?)的?(?P<next>至|到)?(?:(?P<share>\d{1,3}(?:\.\d{1,2})?)%|百分之(?P<words>[一二三四五六七八九十]{1,3})|(?P<tenths>[一二三四五六七八九])成)",
    )
});

/// Any share at all, in whatever words; one in brackets repeats the one before it (三成（30%）).
pub(super) static ANY_SHARE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\d(?:\.\d+)?%|百分之[一二三四五六七八九十]|[一二三四五六七八九]成"));

/// Words that make some shares stand in the place of others, or reckon them with others.
const ALTERNATIVE: [&str; 11] =
    ["其他", "其中", "否则", "如果", "如有", "如为", "或", "若", "累计", "企业", "每"];

/// The column of a table that gives the shares of a price.
static RATIO: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:付款|支付|拨付|款项|金额|占比)?(?:比例|占比|百分比)(?:\([^()]*\))?$"));

/// The column of a table that names the instalments.
static STAGES: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"期|次|笔|批|阶段|里程碑|节点|序号|进度|款项|条件|时间"));

/// What other shares a table of payments may give: by grade, together with those before.
const GRADES: [&str; 9] = ["优秀", "良好", "不合格", "等级", "考核", "得分", "评分", "累计", "付至"];

/// Sums beside the shares of the whole price that they are said to be.
pub fn sums_with_shares(contract: &Contract<'_>) -> Vec<Written> {
    let body = &*contract.chosen;
    let read = SUM_THEN_SHARE.captures_iter(body).filter_map(|found| Written::read(&found, 0));
    let whole =
        |item: &Written| body.get(part_around(body, item.range.clone())).is_some_and(is_of_whole_price);
    read.filter(whole).collect()
}

/// A share of the contract's price with the sum that it is said to come to.
#[derive(Debug)]
pub struct Equation {
    /// The share and the sum.
    pub item: Written,
    /// Does nothing but the name of an instalment stand before it, so that its base is the contract's price?
    pub named: bool,
}

/// Shares of the contract's price with the sums that they are said to come to, where their sentences speak of nothing else.
pub fn shares_with_sums(contract: &Contract<'_>) -> Vec<Equation> {
    let body = &*contract.chosen;
    let read = SHARE_THEN_SUM.captures_iter(body).filter_map(|found| {
        let item = Written::read(&found, 0)?;
        let sentence = body.get(sentence_around(body, item.range.clone()))?;
        let lead = body.get(part_around(body, item.range.clone()).start..item.range.start)?;
        let named = NAMED.is_match(lead);
        let paid = lead.contains(['付', '拨']) || lead.is_empty();
        ((named || paid) && is_of_whole_price(sentence)).then_some(Equation { item, named })
    });
    read.collect()
}

/// At least three shares of one price that one paragraph has paid, all of the same base, none reckoned with those before it and no
/// rest left.
pub fn paid_shares(contract: &Contract<'_>) -> Vec<Written> {
    let mut start = 0;
    for line in contract.chosen.split('\n') {
        let found: Vec<_> = PAID_SHARE.captures_iter(line).collect();
        if found.len() > 2 {
            let shares = found.iter().map(|found| paid_share(found, start)).collect::<Option<Vec<_>>>();
            let shares = shares.filter(|_| is_one_price(line, &found)).unwrap_or_default();
            return if article_leaves_a_rest(contract, &shares) { Vec::new() } else { shares };
        }
        start += line.len() + 1;
    }
    Vec::new()
}

/// Are all shares of a line that are paid shares of the same base, added to each other?
fn is_one_price(line: &str, found: &[Captures<'_>]) -> bool {
    let base = |found: &Captures<'_>| found.name("base").map(|base| base.as_str().to_owned());
    let same = found.windows(2).all(|pair| matches!(pair, [a, b] if base(a) == base(b)));
    let alone = found.iter().all(|f| f.name("upto").is_none() && f.name("next").is_none());
    let paid: Vec<_> = found.iter().filter_map(|found| Some(found.get(0)?.range())).collect();
    let other = ANY_SHARE.find_iter(line).any(|share| {
        let within = paid.iter().any(|range| range.contains(&share.start()));
        let repeated = paid.iter().any(|range| line.get(range.end..share.start()).is_some_and(is_bracket));
        let part = line.get(part_around(line, share.range())).unwrap_or_default();
        !within && !repeated && !NO_PRICE.iter().any(|word| part.contains(word))
    });
    same && alone && !other && !ALTERNATIVE.iter().any(|word| line.contains(word))
}

/// Nothing but an opening bracket, or the figures behind one.
fn is_bracket(between: &str) -> bool {
    between.strip_prefix('(').is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()))
}

/// One such share, in a line that begins at shadow byte `start`.
fn paid_share(found: &Captures<'_>, start: usize) -> Option<Written> {
    let words = |name: &str| found.name(name).and_then(|n| numeral::chinese(n.as_str())).map(Decimal::from);
    let figure = found.name("share").and_then(|n| n.as_str().parse::<Decimal>().ok());
    let tenths = || words("tenths")?.checked_mul(Decimal::TEN);
    let percent = figure.or_else(|| words("words")).or_else(tenths)?;
    let whole = found.get(0)?.range();
    Some(Written { range: start + whole.start..start + whole.end, amount: None, percent: Some(percent) })
}

/// The shares of a table of payments: a column 比例 beside one that names the instalments, under a heading or a line on paying.
pub fn tabled_shares(contract: &Contract<'_>) -> Vec<Written> {
    let (mut start, mut before, mut column) = (0, "", None);
    let mut found: Vec<Written> = Vec::new();
    for line in contract.chosen.split('\n') {
        match column.and_then(|index| row(line, index)) {
            Some(percent) => {
                found.push(Written {
                    range: start..start + line.len(),
                    amount: None,
                    percent: Some(percent),
                });
            }
            None if found.len() > 2 => break,
            None => {
                found.clear();
                column = ratio_column(before, line);
            }
        }
        start += line.len() + 1;
        before = line;
    }
    let plain = found.len() > 2 && is_split(contract, &found) && !article_leaves_a_rest(contract, &found);
    if plain { found } else { Vec::new() }
}

/// The share that a row of the table gives; `None` behind its last row, as the one of the sum (合计).
fn row(line: &str, column: usize) -> Option<Decimal> {
    let total = ["合计", "总计", "小计", "共计"].iter().any(|word| line.contains(word));
    line.split('\t').nth(column).filter(|_| !total).and_then(whole_share)
}

/// The column of shares, if a line is the head of a table of instalments.
fn ratio_column(before: &str, head: &str) -> Option<usize> {
    let pays = ["付款", "支付", "拨付"].iter().any(|word| before.contains(word) || head.contains(word));
    let column = head.split('\t').position(|cell| RATIO.is_match(cell.trim()))?;
    let named = head.split('\t').take(column).any(|cell| STAGES.is_match(cell));
    (pays && named && !GRADES.iter().any(|word| head.contains(word))).then_some(column)
}

/// Do rows part one price among them? A row of all of it, rates by grade and shares that grow up to the whole do not.
fn is_split(contract: &Contract<'_>, rows: &[Written]) -> bool {
    let graded = rows.iter().any(|row| {
        let words = contract.chosen.get(row.range.clone()).unwrap_or_default();
        GRADES.iter().any(|word| words.contains(word))
    });
    let shares: Vec<_> = rows.iter().filter_map(|row| row.percent).collect();
    let whole = shares.iter().any(|share| *share >= Decimal::ONE_HUNDRED);
    let grows = shares.windows(2).all(|pair| matches!(pair, [a, b] if a < b));
    let falls = shares.windows(2).all(|pair| matches!(pair, [a, b] if a > b));
    let near = shares.iter().any(|share| *share >= Decimal::from(80));
    !graded && !whole && !((grows || falls) && near)
}

/// 35%, and nothing else in a cell.
fn whole_share(cell: &str) -> Option<Decimal> {
    cell.trim().strip_suffix('%')?.trim().parse().ok()
}
