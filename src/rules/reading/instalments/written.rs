//! Instalments as they are written behind their labels (第一期20万元), or behind their number (分三笔付：…).

use std::ops::Range;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::super::super::check::Contract;
use super::super::part_around;
use super::{REST, is_outside, speaks_of_a_rest};
use crate::fields::scan::{Captures, Regex, numeral, pattern};

/// A sum in figures: 20万元, 60,000元.
pub(super) const SUM: &str = r"(?P<sum>\d[\d,]*(?:\.\d{1,2})?)(?P<myriad>万)?元";
/// A share in figures: 35%.
pub(super) const SHARE: &str = r"(?P<share>\d{1,3}(?:\.\d{1,2})?)%";

/// A sentence that goes on for more bytes than this is not read: it lays down more than instalments.
const LONGEST: usize = 1_500;

/// One instalment as it is written.
#[derive(Debug, Clone)]
pub struct Written {
    /// Shadow bytes.
    pub range: Range<usize>,
    /// The sum, in yuan.
    pub amount: Option<Decimal>,
    /// The share of the price, in percent.
    pub percent: Option<Decimal>,
}

impl Written {
    /// What an expression took for a sum or a share, in a stretch that begins at shadow byte `start`.
    pub(super) fn read(captures: &Captures<'_>, start: usize) -> Option<Self> {
        let number = |name: &str| captures.name(name)?.as_str().replace(',', "").parse::<Decimal>().ok();
        let scale = if captures.name("myriad").is_some() { Decimal::from(10_000) } else { Decimal::ONE };
        let amount = number("sum").and_then(|sum| sum.checked_mul(scale));
        let found = captures.get(0)?.range();
        Some(Self { range: start + found.start..start + found.end, amount, percent: number("share") })
    }
}

/// 第一期20万元, 首笔款为总额的35%: a label, and what is paid.
static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
    let label = r"(?:第[一二三四五六1-6](?:期|笔|季度|阶段|次)|首期|中期|末期|首付款?|首笔款?|第二笔|第三笔|预付款?|进度款|到货款|验收款|尾款|结项款?|结题款?|终期)[^,。;\n%\d至达]{0,20}";
    pattern(&[label, "(?:", SUM, "|", SHARE, ")"].concat())
});

/// 分三笔付：how many instalments a sentence announces.
static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"分(?P<count>[两二三四五六2-6])(?:笔|期|次|批|个阶段)(?:付|支付|付款|付清|拨付|结算|给付|付给[^,。;:\n]{1,8})?:",
    )
});

/// One sum or one share.
pub(super) static PAID: LazyLock<Regex> = LazyLock::new(|| pattern(&["(?:", SUM, "|", SHARE, ")"].concat()));

/// What is reckoned with what was paid before: 支付至80%, 累计付到, 达到合同价的60%.
static UP_TO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"累计|累积|(?:付|拨|付款)(?:至|达)|(?:付|拨)到[^货场岸]|(?:至|到|达)(?:本|总|合同|协议|价|服务费|工程款|\d|百分之)|付[足满]",
    )
});

/// What makes a list of payments more than one price in parts.
const NOT_PLAIN: [&str; 7] = ["每", "其中", "或者", "否则", "如果", "若", "其他"];

/// Is a payment reckoned with those before it, by the words around it?
pub(super) fn is_cumulative(words: &str) -> bool {
    UP_TO.is_match(words)
}

/// The whole sentence that begins at a place. `None` where its end is not in its paragraph (a list goes on below it), or is far.
pub(super) fn sentence_from(body: &str, at: usize) -> Option<&str> {
    let rest = body.get(at..)?;
    let near = rest.get(..rest.floor_char_boundary(LONGEST))?;
    let end = near.find(['。', '\n']).or_else(|| (near.len() == rest.len()).then_some(rest.len()))?;
    let what = rest.get(..end)?;
    let goes_on = !rest.get(end..)?.starts_with('。') && what.trim_end().ends_with([';', ',', ':', '、']);
    (!goes_on).then_some(what)
}

/// The instalments that one sentence announces by their number, where it gives just as many sums, or shares, and leaves no rest.
fn announced(contract: &Contract<'_>) -> Vec<Written> {
    ANNOUNCED
        .captures_iter(&contract.chosen)
        .find_map(|captures| announced_by(contract, &captures))
        .unwrap_or_default()
}

fn announced_by(contract: &Contract<'_>, captures: &Captures<'_>) -> Option<Vec<Written>> {
    let body = &*contract.chosen;
    let (head, count) = (captures.get(0)?, captures.name("count")?.as_str());
    let what = sentence_from(body, head.end())?;
    let found = PAID.captures_iter(what).filter_map(|found| Written::read(&found, head.end()));
    let paid: Vec<_> =
        found.map(|item| Written { range: part_around(body, item.range.clone()), ..item }).collect();
    let wanted = if count == "两" { 2 } else { numeral::integer(count)? };
    let sums = paid.iter().filter(|item| item.amount.is_some()).count();
    let plain = !is_cumulative(what) && !NOT_PLAIN.iter().any(|word| what.contains(word));
    let whole = u64::try_from(paid.len()).ok()? == wanted && (sums == 0 || sums == paid.len());
    (plain && whole && !article_leaves_a_rest(contract, &paid)).then_some(paid)
}

/// Does the article of instalments speak of a rest outside them?
pub(super) fn article_leaves_a_rest(contract: &Contract<'_>, read: &[Written]) -> bool {
    let Some(first) = read.first() else { return false };
    let article = contract.text.article_at(first.range.start).map(|clause| clause.shadow.clone());
    let article = article.unwrap_or(0..contract.chosen.len());
    let words = contract.chosen.get(article.clone()).unwrap_or_default();
    let ranges: Vec<_> = read.iter().map(|item| item.range.clone()).collect();
    REST.iter().any(|word| words.match_indices(word).any(|(at, _)| is_outside(&ranges, article.start + at)))
}

/// The instalments behind their labels in one article, at least three of one kind, where nothing else is left to be paid.
fn labelled(contract: &Contract<'_>) -> Vec<Written> {
    let body = &*contract.chosen;
    let found: Vec<Written> =
        LABELLED.captures_iter(body).filter_map(|found| Written::read(&found, 0)).collect();
    let article =
        |item: &Written| contract.text.article_at(item.range.start).map(|clause| clause.shadow.start);
    let together = found.windows(2).all(|pair| matches!(pair, [a, b] if article(a) == article(b)));
    let ranges: Vec<_> = found.iter().map(|item| item.range.clone()).collect();
    let cumulative = || ranges.iter().any(|range| body.get(range.clone()).is_some_and(is_cumulative));
    let plain = found.len() > 2 && together && !cumulative() && !speaks_of_a_rest(body, &ranges);
    if plain { found } else { Vec::new() }
}

/// The instalments that a sentence announces by their number; else those behind their labels.
pub fn by_count_or_label(contract: &Contract<'_>) -> Vec<Written> {
    let announced = announced(contract);
    if announced.is_empty() { labelled(contract) } else { announced }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_reckoned_with_what_was_paid_before_is_told() {
        for words in ["支付至30%", "累计支付60%", "付到合同价的85%", "达到总价的80%", "拨付至总额的97%"]
        {
            assert!(is_cumulative(words), "{words}");
        }
        for words in ["到货后支付30%", "货到付合同价的50%", "支付到货款30%"] {
            assert!(!is_cumulative(words), "{words}");
        }
    }

    #[test]
    fn a_sentence_ends_in_its_paragraph_or_is_not_read() {
        assert_eq!(sentence_from("甲;乙。丙", 0), Some("甲;乙"));
        assert_eq!(sentence_from("甲;乙\n丙", 0), Some("甲;乙"));
        assert_eq!(sentence_from("甲;乙;\n丙。", 0), None);
        assert_eq!(sentence_from(&"甲".repeat(LONGEST), 0), None);
    }
}
