//! A whole with the parts that it is paid in, in one sentence: 总额90万元：开幕前拨付50万元，闭幕后拨付40万元.

use std::sync::LazyLock;

use super::super::super::check::Contract;
use super::shares::ANY_SHARE;
use super::written::{SUM, Written, is_cumulative, sentence_from};
use super::{NO_PRICE, REST};
use crate::fields::scan::{Regex, pattern};

/// A whole before a colon.
static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
    let label = r"(?:总额|总价款?|总金额|合计|共计|总计|价款)(?P<kind>[^,。;:\n\d]{0,8})";
    let behind = r"(?:\([^()]{0,30}\))?[,]?(?P<says>[^,。;:\n]{0,8}):";
    pattern(&[label, SUM, behind].concat())
});

/// One of the parts: what is paid.
static PART: LazyLock<Regex> = LazyLock::new(|| pattern(&[r"(?:付|拨|缴|给)[^,。;\d]{0,8}", SUM].concat()));

/// Any amount of money in figures, and the capital numerals of one in words.
static MONEY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[¥￥]\d[\d,.]*(?:万|亿)?元?|\d[\d,.]*(?:万|亿|千|百)?(?:美|欧|日|港)?元|\d[\d,.]*[万亿]|[壹贰叁肆伍陆柒捌玖拾佰仟萬]{2,}",
    )
});

/// A whole that is none, or is not certain.
const UNSURE: [&str; 8] = ["不超", "约", "暂", "上限", "以内", "左右", "单价", "预计"];

/// What makes the list behind a whole more than its parts: rates that recur, sums within sums, alternatives.
const NOT_PLAIN: [&str; 10] = ["每", "其中", "(", ")", "另", "其他", "除", "如", "若", "或"];

/// A whole and the parts that it is paid in, where the sentence is complete, every sum behind the colon is paid once, no rest is
/// left, and its article names no other sum.
pub fn parts_of_whole(contract: &Contract<'_>) -> Option<(Written, Vec<Written>)> {
    let body = &*contract.chosen;
    WHOLE.captures_iter(body).find_map(|found| {
        let head = found.get(0)?;
        let says = |name: &str| found.name(name).map_or("", |words| words.as_str());
        let sure = !UNSURE.iter().any(|word| says("kind").contains(word) || says("says").contains(word));
        let (whole, what) = (Written::read(&found, 0)?, sentence_from(body, head.end())?);
        let parts = PART.captures_iter(what).filter_map(|part| Written::read(&part, head.end()));
        let parts: Vec<_> = parts.collect();
        let complete = parts.len() > 1 && MONEY.find_iter(what).count() == parts.len();
        (sure && complete && is_plain(what) && is_alone(contract, &whole, head.end() + what.len()))
            .then_some((whole, parts))
    })
}

/// Does a list name nothing but parts?
fn is_plain(what: &str) -> bool {
    let mut words = NOT_PLAIN.iter().chain(&REST).chain(&NO_PRICE);
    !is_cumulative(what) && !ANY_SHARE.is_match(what) && !words.any(|word| what.contains(word))
}

/// Does the article name no sum outside the sentence, which begins with the whole and ends at shadow byte `end`?
fn is_alone(contract: &Contract<'_>, whole: &Written, end: usize) -> bool {
    let Some(article) = contract.text.article_at(whole.range.start).map(|clause| clause.shadow.clone())
    else {
        return true;
    };
    let words = contract.chosen.get(article.clone()).unwrap_or_default();
    let sentence = whole.range.start..end;
    MONEY.find_iter(words).all(|money| sentence.contains(&(article.start + money.start())))
}
