//! Sums as rules compare and show them: every sum in capital words (大写), and figures in groups of three.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;
use rust_decimal::Decimal;

use crate::fields::scan::capital::{self, Words};
use crate::fields::scan::pattern;

/// Capital numerals and their units: they begin a sum in words or run on in it, and stand in little else.
const NUMERALS: &str = "壹贰貳叁叄肆伍陆陸柒捌玖拾佰仟万萬亿億";

/// Two capital numerals or more side by side.
static RUN: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("[{NUMERALS}][{NUMERALS}零]+")));

/// Every run of capital numerals as a sum: read whole or not at all, so that neither the 叁拾陆圆 of 叁拾陆圆万整
/// counts, nor 叁拾伍万 is overlooked for want of 元.
pub fn in_words(body: &str) -> Vec<Words> {
    let mut sums: Vec<Words> = capital::scan(body).into_iter().map(|words| run_on(body, words)).collect();
    let known: Vec<_> = sums.iter().map(|words| words.whole.clone()).collect();
    let apart =
        |run: &Range<usize>| known.iter().all(|whole| run.end <= whole.start || whole.end <= run.start);
    let runs = RUN.find_iter(body).map(|run| run.range()).filter(apart);
    sums.extend(runs.map(|run| Words {
        amount: body.get(run.clone()).and_then(capital::parse),
        whole: run.clone(),
        range: run,
        currency: None,
    }));
    sums.sort_by_key(|words| words.range.start);
    sums
}

/// The sum with the numerals that run on behind it; such a sum is no well-formed number.
fn run_on(body: &str, words: Words) -> Words {
    let rest = body.get(words.range.end..).unwrap_or_default();
    if !rest.starts_with(|c| NUMERALS.contains(c)) {
        return words;
    }
    let more: usize = rest.chars().take_while(|c| in_sum(*c)).map(char::len_utf8).sum();
    let end = words.range.end + more;
    Words { range: words.range.start..end, whole: words.whole.start..end, amount: None, ..words }
}

/// May the character stand in a sum in capital words?
fn in_sum(c: char) -> bool {
    NUMERALS.contains(c) || "零元圆角分整正".contains(c)
}

/// What `part` is of `whole`, in percent; `None` where either is beyond any money.
pub fn percent_of(part: Decimal, whole: Decimal) -> Option<Decimal> {
    part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)
}

/// What `percent` of a price comes to; `None` where either is beyond any money.
pub fn share_of(price: Decimal, percent: Decimal) -> Option<Decimal> {
    price.checked_mul(percent)?.checked_div(Decimal::ONE_HUNDRED)
}

/// All of them together; `None` where that is beyond any money.
pub fn total(amounts: impl IntoIterator<Item = Decimal>) -> Option<Decimal> {
    amounts.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add)
}

/// 1234567.5 as 1,234,567.50.
pub fn grouped(amount: Decimal) -> String {
    let plain = amount.round_dp(2).to_string();
    let (units, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let (sign, digits) = units.strip_prefix('-').map_or(("", units), |digits| ("-", digits));
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    let whole = fraction.trim_end_matches('0').is_empty();
    let fraction = if whole { String::new() } else { format!(".{fraction:0<2}") };
    format!("{sign}{out}{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_grouped_as_accountants_write_them() {
        let read = |text: &str| grouped(text.parse().expect("a number"));
        assert_eq!(read("1230000"), "1,230,000");
        assert_eq!(read("5000.00"), "5,000");
        assert_eq!(read("1234567.5"), "1,234,567.50");
        assert_eq!(read("12"), "12");
    }

    #[test]
    fn what_is_beyond_any_money_has_no_sum_and_no_share() {
        let (ten, million) = (Decimal::TEN, Decimal::from(1_000_000));
        assert_eq!(percent_of(ten, Decimal::from(40)), Some(Decimal::from(25)));
        assert_eq!(share_of(million, ten), Some(Decimal::from(100_000)));
        assert_eq!(total([ten, ten]), Some(Decimal::from(20)));
        let least = Decimal::new(1, 28);
        assert_eq!(percent_of(Decimal::MAX, ten), None);
        assert_eq!((percent_of(ten, Decimal::ZERO), percent_of(million, least)), (None, None));
        assert_eq!((share_of(Decimal::MAX, ten), total([Decimal::MAX, Decimal::MAX])), (None, None));
    }
}
