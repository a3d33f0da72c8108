//! One term for all spellings of a sum or a day: 128万元, 1,280,000.00, 壹佰贰拾捌万元整; 2024年3月5日,
//! 2024-03-05, 二〇二四年三月五日.
//!
//! The term stands in the index where the spelling begins, beside the characters themselves.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::figure::{is_decimal, is_digits};
use super::query::value::day_number;
use super::tokens::{Script, runs};
use crate::fields::scan::money::Figures;
use crate::fields::scan::{capital, date, numeral};

/// A sum or a day at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meant {
    /// Bytes of the folded text.
    pub bytes: Range<usize>,
    /// `¥1280000`, `@20240305`: no such term can stand in a text by itself.
    pub term: String,
}

/// Digits from which on a bare number is likely to be a sum: years and numbers of clauses are shorter.
const LONG_NUMBER: usize = 5;

/// More digits are an account or a code.
const LONGEST_NUMBER: usize = 12;

/// All sums and days of a folded text, in order of place.
pub(super) fn meant(figures: &Figures, text: &str) -> Vec<Meant> {
    let mut all: Vec<Meant> = days(text);
    all.extend(
        figures.scan(text).into_iter().map(|found| Meant { bytes: found.range, term: sum(found.amount) }),
    );
    let words = capital::scan(text).into_iter();
    all.extend(words.filter_map(|found| Some(Meant { bytes: found.range, term: sum(found.amount?) })));
    all.extend(small_numerals(text));
    all.extend(bare_numbers(text));
    all.sort_by(|a, b| (a.bytes.start, &a.term).cmp(&(b.bytes.start, &b.term)));
    all.dedup_by(|a, b| a.bytes.start == b.bytes.start && a.term == b.term);
    all
}

/// The sum or day that a whole folded text is, if it is one. A person who types bare digits may mean a sum.
pub(super) fn whole(figures: &Figures, text: &str) -> Option<String> {
    if is_digits(text) || is_decimal(text) {
        let compact = (text.len() == 8).then(|| compact_day(text)).flatten();
        return compact.or_else(|| text.parse().ok().map(sum)).filter(|_| text.len() > 2);
    }
    // The scanners want to be told that a sum is money.
    let closed = format!("{text}元");
    let open = || meant(figures, &closed).into_iter().find(|found| found.bytes == (0..closed.len()));
    let ends = text.ends_with(['万', '亿', '千', '百', '仟', '佰']);
    let is_whole = |found: &Meant| found.bytes == (0..text.len());
    meant(figures, text)
        .into_iter()
        .find(is_whole)
        .or_else(|| open().filter(|_| ends))
        .map(|found| found.term)
}

/// The year that a whole folded text is: 2024年, 2024.
pub(super) fn year(text: &str) -> Option<i64> {
    let year = text.strip_suffix('年').unwrap_or(text);
    let number = year.parse().ok().filter(|_| year.len() == 4 && is_digits(year));
    number.filter(|year| (1979..=2099).contains(year))
}

/// The terms of all days of the month that a whole folded text is: 2024年3月, 2024-03, 2024/3.
pub(super) fn month(text: &str) -> Vec<String> {
    let parts = text.split_once('年').and_then(|(year, month)| Some((year, month.strip_suffix('月')?)));
    let Some((year, month)) = parts.or_else(|| text.split_once(['-', '/'])) else { return Vec::new() };
    let number = |digits: &str, most: usize| {
        digits.parse::<i16>().ok().filter(|_| digits.len() <= most && is_digits(digits))
    };
    let year = number(year, 4).filter(|year| (1949..=2199).contains(year));
    let month = number(month, 2).and_then(|month| i8::try_from(month).ok());
    let first = year.zip(month).and_then(|(year, month)| Date::new(year, month, 1).ok());
    let days = first
        .into_iter()
        .flat_map(|first| first.series(1.day()).take_while(move |day| day.month() == first.month()));
    days.map(|day| format!("@{}", day_number(day))).collect()
}

fn days(text: &str) -> Vec<Meant> {
    let term = |found: &date::Day| format!("@{}", day_number(found.date));
    date::scan(text).into_iter().map(|found| Meant { term: term(&found), bytes: found.range }).collect()
}

/// `20240305`.
fn compact_day(text: &str) -> Option<String> {
    let part = |range: Range<usize>| text.get(range)?.parse::<i16>().ok();
    let (year, month, day) = (part(0..4)?, part(4..6)?, part(6..8)?);
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (1949..=2199).contains(&year).then(|| format!("@{}", day_number(date)))
}

fn sum(amount: Decimal) -> String {
    format!("¥{}", amount.normalize())
}

/// Sums in small numerals: 二十万元. Those in capital ones are found by `capital`.
fn small_numerals(text: &str) -> impl Iterator<Item = Meant> {
    const SMALL: &str = "〇零一二两三四五六七八九十百千万亿";
    text.match_indices(['元', '圆']).filter_map(|(at, sign)| {
        let before = text.get(..at)?;
        let rest = before.trim_end_matches(|c| SMALL.contains(c));
        let number = before.get(rest.len()..).filter(|number| number.chars().nth(1).is_some())?;
        let torn = rest.ends_with(|c: char| {
            c.is_ascii_digit() || "点.几数多".contains(c) || numeral::digit(c).is_some()
        });
        // 二百元五角 is more than 二百元.
        let mut behind = text.get(at + sign.len()..)?.chars();
        let goes_on = behind.next().is_some_and(|c| SMALL.contains(c))
            && behind.next().is_some_and(|c| matches!(c, '角' | '分'));
        let amount = numeral::chinese(number).filter(|amount| !torn && !goes_on && *amount > 0)?;
        Some(Meant { bytes: rest.len()..at + sign.len(), term: sum(Decimal::from(amount)) })
    })
}

/// Numbers without a unit that may be sums all the same, as in a table.
fn bare_numbers(text: &str) -> impl Iterator<Item = Meant> {
    runs(text).filter(|run| run.script == Script::Latin).filter_map(|run| {
        let number = text.get(run.bytes.clone())?;
        let long = is_digits(number) && (LONG_NUMBER..=LONGEST_NUMBER).contains(&number.len());
        let cents = is_decimal(number) && number.len() <= LONGEST_NUMBER + 3;
        let amount: Decimal = (long || cents).then(|| number.parse().ok()).flatten()?;
        Some(Meant { bytes: run.bytes, term: sum(amount) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionaries::Dictionaries;

    fn figures() -> Figures {
        Figures::new(&Dictionaries::embedded()).expect("currencies")
    }

    #[test]
    fn all_spellings_of_a_sum_are_one_term() {
        for text in
            ["128万元", "1280000元", "1280000.00", "壹佰贰拾捌万元整", "1280000", "128万", "1.28百万元"]
        {
            assert_eq!(whole(&figures(), text).as_deref(), Some("¥1280000"), "{text}");
        }
        assert_eq!(whole(&figures(), "5万元").as_deref(), Some("¥50000"));
        for text in ["八十八万八千六百元", "八十八万八千六百", "捌拾捌万捌仟陆佰元整"]
        {
            assert_eq!(whole(&figures(), text).as_deref(), Some("¥888600"), "{text}");
        }
        for text in ["物业", "50", "0.5%", "三方", "ht-2024", "一元", "公元", "十几万元", "百元"]
        {
            assert_eq!(whole(&figures(), text), None, "{text}");
        }
    }

    #[test]
    fn all_spellings_of_a_day_are_one_term() {
        for text in ["2024年3月5日", "2024-03-05", "2024.3.5", "2024/3/5", "二〇二四年三月五日", "20240305"]
        {
            assert_eq!(whole(&figures(), text).as_deref(), Some("@20240305"), "{text}");
        }
    }

    #[test]
    fn a_month_is_all_its_days() {
        for text in ["2024年2月", "2024年02月", "2024-02", "2024/2"] {
            let days = month(text);
            assert_eq!(
                (days.len(), days[0].as_str(), days[28].as_str()),
                (29, "@20240201", "@20240229"),
                "{text}"
            );
        }
        for text in ["2024年13月", "24年3月", "2024年", "3月", "2024-015", "0755-25", "物业"] {
            assert!(month(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_year_is_a_number_of_four_digits() {
        assert_eq!((year("2024年"), year("2024"), year("24年")), (Some(2024), Some(2024), None));
        assert_eq!((year("1024"), year("2024年3月"), year("二〇二四年")), (None, None, None));
    }

    #[test]
    fn sums_in_small_numerals() {
        let terms = |text| meant(&figures(), text).into_iter().map(|found| found.term).collect::<Vec<_>>();
        assert_eq!(terms("罚款二十万元，另付五千元整"), ["¥200000", "¥5000"]);
        assert_eq!(terms("合计二十万零五百元五角，一年付清"), [""; 0]);
        assert!(terms("一百多万元，几十万元，公元，三点五万元").is_empty());
        assert_eq!(terms("20万元"), ["¥200000"]);
    }

    #[test]
    fn sums_and_days_in_a_text() {
        let text = "总价1280000.00(大写壹佰贰拾捌万元整),2024年3月5日,第12条,0755-25666666";
        let terms: Vec<_> = meant(&figures(), text).into_iter().map(|found| found.term).collect();
        assert_eq!(terms, ["¥1280000", "¥1280000", "@20240305"]);
    }
}
