//! Sums in words (大写金额): 人民币壹拾贰万叁仟肆佰元伍角整.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::{Captures, Regex};
use rust_decimal::Decimal;

use super::money::believable;
use super::numeral::{self, digit};
use super::pattern;

/// A sum in words with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Shadow bytes of the numeral with its units, without 人民币 or 大写.
    pub range: Range<usize>,
    /// Shadow bytes with 人民币 or another currency before it.
    pub whole: Range<usize>,
    /// In units of the currency; `None` where the words are not a well-formed number.
    pub amount: Option<Decimal>,
    /// The currency word before it, if any.
    pub currency: Option<Range<usize>>,
}

const DIGITS: &str = "零〇○一二三四五六七八九两壹贰貳叁叄肆伍陆陸柒捌玖拾佰仟十百千万萬亿億廿卅";

static SUM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        "(人民币|港币|美元|欧元|日元)?:?(([{DIGITS}]+(?:点[{DIGITS}]+)?)(?:元|圆|园)(?:[零〇]?[{DIGITS}]角)?(?:[零〇]?[{DIGITS}]分)?(?:整|正)?)"
    ))
});

/// A sum in words that leaves 元 out: (大写:叁拾伍万). Only where its place says that it is one, and nothing
/// but an end follows.
static BARE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:大写[金额数字为是:()(人民币)_]{{0,16}}|(人民币):?)(([{DIGITS}]{{2,}})(?:整|正)?)_*(?:[)\],。;:、\s]|$)"
    ))
});

/// 总额为四十五万: behind the name of the price, where its phrase ends.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:总额|总价款?|总金额|合同价款?|价款|费用|报酬)(?:为|:)[_\t]*(?P<sum>[{DIGITS}]{{1,10}}万)[_\t]*(?:[,。;、(\n]|$)"
    ))
});

/// More numeral behind a sum that has already ended: 叁拾陆圆 of 叁拾陆圆万整.
static SURPLUS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "^[元圆角分整正]*[零壹贰貳叁叄肆伍陆陸柒捌玖拾佰仟万萬亿億][零壹贰貳叁叄肆伍陆陸柒捌玖拾佰仟万萬亿億元圆角分整正]*",
    )
});

/// Capital digits: words without one of them are ordinary prose (三千元以下).
const CAPITALS: &str = "壹贰貳叁叄肆伍陆陸柒捌玖拾佰仟";

/// All sums in words, in order. Small numerals count only with 整 or a currency: 三千元以下罚款 is prose.
/// Where more numeral stands behind a sum that has ended, the whole has no amount: half of it would mislead.
pub fn scan(text: &str) -> Vec<Words> {
    let mut found: Vec<Words> = Vec::new();
    for words in SUM.captures_iter(text).filter_map(|found| words(text, &found)) {
        if found.last().is_none_or(|last| last.range.end <= words.range.start) {
            found.push(words);
        }
    }
    let apart = |words: &Words| {
        !found.iter().any(|known| known.whole.start < words.whole.end && words.whole.start < known.whole.end)
    };
    let named = NAMED.captures_iter(text).filter_map(|found| named(&found));
    let bare: Vec<Words> =
        BARE.captures_iter(text).filter_map(|found| bare(text, &found)).chain(named).filter(apart).collect();
    found.extend(bare);
    found.sort_by_key(|words| words.range.start);
    found
}

/// A sum without 元; small numerals do not count. Below a hundred it may be meant in 万元: no amount then.
fn bare(text: &str, found: &Captures<'_>) -> Option<Words> {
    let (body, currency) = (found.get(2)?, found.get(1));
    if text[body.end()..].trim_start().starts_with(['元', '圆', '万']) {
        return None;
    }
    let capital = body.as_str().chars().any(|c| CAPITALS.contains(c));
    capital.then(|| Words {
        range: body.range(),
        whole: currency.map_or(body.start(), |m| m.start())..body.end(),
        amount: parse(body.as_str()).filter(|amount| *amount >= Decimal::ONE_HUNDRED),
        currency: currency.map(|m| m.range()),
    })
}

/// A sum in plain words of 万: nobody writes ten thousand in words without meaning money behind such a name.
fn named(found: &Captures<'_>) -> Option<Words> {
    let body = found.name("sum")?;
    let amount = parse(body.as_str());
    amount.is_some().then(|| Words { range: body.range(), whole: body.range(), amount, currency: None })
}

fn words(text: &str, found: &Captures<'_>) -> Option<Words> {
    let (whole, body) = (found.get(0)?, found.get(2)?);
    let surplus = SURPLUS.find(&text[body.end()..]).map_or(0, |more| more.end());
    let currency = found.get(1);
    let capital = body.as_str().chars().any(|c| CAPITALS.contains(c));
    let closed = body.as_str().ends_with(['整', '正']);
    // 园 stands for 圆 only where the sum goes on or is closed; else it is a garden (柒园社区).
    if body.as_str().contains('园') && !body.as_str().ends_with(['整', '正', '角', '分']) {
        return None;
    }
    if !capital && !closed && currency.is_none() {
        return None;
    }
    Some(Words {
        range: body.start()..body.end() + surplus,
        whole: whole.start()..whole.end() + surplus,
        amount: parse(body.as_str()).filter(|_| surplus == 0),
        currency: currency.map(|m| m.range()),
    })
}

/// Reads a sum in words: `壹万贰仟元整`, `叁佰元伍角`; `None` where it is not well formed.
pub fn parse(text: &str) -> Option<Decimal> {
    let text = text.trim_end_matches(['整', '正']);
    let (units, fraction) = text.split_once(['元', '圆', '园']).unwrap_or((text, ""));
    let mut amount = whole(units)?;
    let mut rest = fraction;
    for (unit, scale) in [('角', 1), ('分', 2)] {
        let Some((count, after)) = rest.split_once(unit) else { continue };
        amount += Decimal::new(i64::try_from(single(count)?).ok()?, scale);
        rest = after;
    }
    if rest.is_empty() { believable(amount) } else { None }
}

/// The units: a numeral, or one with a point before its last unit (叁拾陆点伍万).
fn whole(units: &str) -> Option<Decimal> {
    let Some((before, behind)) = units.split_once('点') else {
        return numeral::chinese(units).map(Decimal::from);
    };
    let (digits, scale) = match behind.strip_suffix(['万', '萬']) {
        Some(digits) => (digits, 10_000),
        None => (behind.strip_suffix(['亿', '億'])?, 100_000_000),
    };
    let places = u32::try_from(digits.chars().count()).ok()?;
    let value = digits
        .chars()
        .try_fold(0i64, |value, c| value.checked_mul(10)?.checked_add(i64::try_from(digit(c)?).ok()?))?;
    let fraction = (places <= 6).then(|| Decimal::new(value, places))?;
    let value =
        Decimal::from(numeral::chinese(before)?).checked_add(fraction)?.checked_mul(Decimal::from(scale))?;
    // 叁拾陆点伍万 is 365000, not 365000.0.
    Some(value.normalize())
}

/// One digit, a 零 before it allowed.
fn single(text: &str) -> Option<u64> {
    let text = text.strip_prefix(['零', '〇']).filter(|rest| !rest.is_empty()).unwrap_or(text);
    let mut chars = text.chars();
    let value = digit(chars.next()?)?;
    chars.next().is_none().then_some(value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::capital::render;

    fn amount(text: &str) -> Option<String> {
        parse(text).map(|d| d.normalize().to_string())
    }

    #[test]
    fn a_point_before_a_unit_leaves_no_places() {
        assert_eq!(parse("叁拾陆点伍万元整").map(|sum| sum.to_string()).as_deref(), Some("365000"));
    }

    #[test]
    fn sums_in_words_are_read() {
        let cases = [
            ("捌拾捌万捌仟陆佰元整", "888600"),
            ("壹佰壹拾肆万陆仟贰佰捌拾叁元伍角柒分", "1146283.57"),
            ("贰亿柒仟肆佰柒拾贰万捌仟元捌角", "274728000.8"),
            ("叁佰圆零伍分", "300.05"),
            ("拾万元整", "100000"),
            ("一千二百元整", "1200"),
            ("伍拾万元正", "500000"),
            ("廿万元整", "200000"),
            ("叁佰卅伍圆整", "335"),
            ("贰佰园整", "200"),
            ("零佰伍拾捌万陆仟零佰零拾零元零角零分", "586000"),
            ("叁拾陆点伍万元整", "365000"),
        ];
        for (text, value) in cases {
            assert_eq!(amount(text).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn words_that_are_no_number_have_no_amount() {
        for text in ["壹贰万元整", "万元整", "拾佰元整", "壹万贰仟元叁肆角"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_malformed_sum_is_kept_whole() {
        for (text, written) in [
            ("(大写:叁拾陆圆万整)", "叁拾陆圆万整"),
            ("人民币叁拾元陆万元整。", "叁拾元陆万元整"),
            ("(大写:壹拾元整伍角)", "壹拾元整伍角"),
        ] {
            let found = scan(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!((&text[found[0].range.clone()], found[0].amount), (written, None), "{text}");
        }
        for text in ["壹拾万元分三期支付", "壹拾万元整元", "伍仟元一次付清", "壹拾万元整(人民币)"]
        {
            assert!(scan(text)[0].amount.is_some(), "{text}");
        }
    }

    #[test]
    fn a_sum_may_leave_its_unit_out() {
        for (text, amount) in [
            ("360,000.00元(大写:叁拾伍万)", 350_000),
            ("人民币(大写)叁拾伍万整", 350_000),
            ("(大写:____贰拾万整____)。", 200_000),
            ("报酬总额为四十五万。", 450_000),
            ("人民币壹佰贰拾万,分期支付", 1_200_000),
        ] {
            let amounts: Vec<_> = scan(text).into_iter().map(|words| words.amount).collect();
            assert_eq!(amounts, [Some(Decimal::from(amount))], "{text}");
        }
        assert_eq!(scan("36万元(大写:叁拾陆)")[0].amount, None);
        for text in [
            "(大写:叁拾陆\t万元)",
            "共壹拾份(大写)",
            "份数(大写:壹拾贰份)",
            "人民币十万以上",
            "第拾贰条",
            "大写:三十五万",
        ] {
            assert!(scan(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn prose_is_no_sum() {
        assert!(scan("处三千元以下罚款").is_empty());
        assert!(scan("伍园社区").is_empty());
        let found = scan("总价为人民币888,600.00元(大写:捌拾捌万捌仟陆佰元整)。");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].amount, Some(Decimal::from(888_600)));
    }

    proptest! {
        /// From 0.01 to 10¹⁵ yuan, as many sums of each length.
        #[test]
        fn a_rendered_sum_reads_back(length in 0u32..=17, part in 0.0f64..1.0) {
            let least = 10i64.pow(length);
            let cents = least.saturating_add((least as f64 * 9.0 * part) as i64).min(10i64.pow(17));
            let value = Decimal::new(cents, 2);
            let text = render(value).expect("in range");
            prop_assert_eq!(parse(&text), Some(value), "{}", text);
            let found = scan(&text);
            prop_assert_eq!(found.len(), 1);
            prop_assert_eq!(found[0].range.clone(), 0..text.len());
        }

        #[test]
        fn a_sum_reads_back_however_it_is_written(
            cents in 0i64..100_000_000_000_000, yuan in "[元圆]", end in "[整正]", prefix in "(人民币|)",
        ) {
            let value = Decimal::new(cents, 2);
            let text = render(value).expect("in range").replace('元', &yuan).replace('整', &end);
            let text = format!("{prefix}{text}");
            let found = scan(&text);
            prop_assert_eq!(found.len(), 1, "{}", text);
            prop_assert_eq!(found[0].amount, Some(value), "{}", text);
        }

        #[test]
        fn nothing_panics(text in "[零壹贰拾佰万亿元角分整人民币]{0,40}") {
            let _ = scan(&text);
            let _ = parse(&text);
        }
    }
}
