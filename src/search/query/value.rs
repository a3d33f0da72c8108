//! Amounts, days and ranges as people type them.

use jiff::Span;
use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Range;
use crate::fields::scan::numeral;

/// How values of a kind are read and counted.
pub(in crate::search) struct Scale {
    /// First and last value that a wording stands for: a year stands for its days.
    read: fn(&str) -> Option<(i64, i64)>,
    /// The value so many steps on.
    step: fn(i64, i64) -> i64,
    examples: &'static str,
}

/// Amounts in fen.
pub(in crate::search) const AMOUNT: Scale = Scale {
    read: amount,
    step: i64::saturating_add,
    examples: "例如 >1000000、>=50万、50万以上、50万..100万、..1亿、=49800.50",
};

/// Days as numbers: 20240305.
pub(in crate::search) const DAY: Scale = Scale {
    read: day,
    step: days_on,
    examples: "例如 2023、2023-05、2023-05-08、2023..2024、>=2023-05、<2025年6月",
};

/// Message and suggestion.
type Problem = (String, String);

/// A day as a number that sorts: 20240305.
pub(in crate::search) fn day_number(date: Date) -> i64 {
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}

/// `a..b`, `a..`, `..b`, `>a`, `>=a`, `<a`, `<=a`, `=a`, `a`; in words `a以上`, `a以下`, `a以内`, `超过a`, `不满a`,
/// with or without the number itself as 民法典第一千二百五十九条 has it.
pub(in crate::search) fn range(text: &str, scale: &Scale) -> Result<Range, Problem> {
    let text: String = text.chars().map(half_width).collect();
    let (from, to) = match text.split_once("..").or_else(|| text.split_once('~')) {
        Some(("", "")) => return Err(("范围的两端都是空的".to_owned(), scale.examples.to_owned())),
        Some((from, to)) => (scale.bound(from)?.map(|from| from.0), scale.bound(to)?.map(|to| to.1)),
        None => compared(&text, scale)?,
    };
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(("范围的起点大于终点".to_owned(), format!("请交换两端；{}", scale.examples)));
    }
    Ok(Range { from, to })
}

impl Scale {
    fn one(&self, text: &str) -> Result<(i64, i64), Problem> {
        let text = text.trim();
        (self.read)(text).ok_or_else(|| (format!("“{text}”不是可以比较的值"), self.examples.to_owned()))
    }

    fn bound(&self, text: &str) -> Result<Option<(i64, i64)>, Problem> {
        if text.is_empty() { Ok(None) } else { self.one(text).map(Some) }
    }
}

fn compared(text: &str, scale: &Scale) -> Result<(Option<i64>, Option<i64>), Problem> {
    let rest = |marks: &[&str]| marks.iter().find_map(|mark| text.strip_prefix(mark));
    let head = |marks: &[&str]| marks.iter().find_map(|mark| text.strip_suffix(mark));
    Ok(if let Some(rest) = rest(&[">=", "≥"]).or_else(|| head(&["以上"])) {
        (Some(scale.one(rest)?.0), None)
    } else if let Some(rest) = rest(&["<=", "≤"]).or_else(|| head(&["以下", "以内"])) {
        (None, Some(scale.one(rest)?.1))
    } else if let Some(rest) = rest(&[">", "超过", "大于", "高于"]) {
        (Some((scale.step)(scale.one(rest)?.1, 1)), None)
    } else if let Some(rest) = rest(&["<", "不满", "不足", "小于", "低于"]) {
        (None, Some((scale.step)(scale.one(rest)?.0, -1)))
    } else {
        let (first, last) = scale.one(rest(&["="]).unwrap_or(text))?;
        (Some(first), Some(last))
    })
}

fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '—' | '–' => '-',
        '…' => '.',
        c => c,
    }
}

fn days_on(number: i64, days: i64) -> i64 {
    let date = i16::try_from(number / 10_000).ok().and_then(|year| {
        let (month, day) = ((number / 100 % 100) as i8, (number % 100) as i8);
        Date::new(year, month, day).ok()?.checked_add(Span::new().days(days)).ok()
    });
    date.map_or(number, day_number)
}

/// An amount in fen: `1,000,000`, `50万`, `1.2亿元`, `一百二十万`.
fn amount(text: &str) -> Option<(i64, i64)> {
    let text =
        text.trim_start_matches(['¥', '￥']).trim_end_matches(['整', '正']).trim_end_matches(['元', '圆']);
    if let Some(yuan) = numeral::chinese(text).filter(|_| !text.contains(|c: char| c.is_ascii_digit())) {
        let fen = i64::try_from(yuan).ok()?.checked_mul(100)?;
        return Some((fen, fen));
    }
    let (number, unit) = match text.char_indices().next_back()? {
        (at, '亿') => (&text[..at], 10_000_000_000_i64),
        (at, '万') => (&text[..at], 1_000_000),
        (at, '千') => (&text[..at], 100_000),
        _ => (text, 100),
    };
    let plain = number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
    let number: Decimal = number.replace(',', "").parse().ok().filter(|_| plain)?;
    let fen = number.checked_mul(Decimal::from(unit))?.round().to_i64()?;
    Some((fen, fen))
}

/// A year, a month or a day, as its first and last day: `2023`, `2023-05`, `2023.5.8`, `2023年5月8日`.
fn day(text: &str) -> Option<(i64, i64)> {
    let text = text.trim_end_matches(['日', '号', '月', '年']);
    let mut parts = text.split(['-', '/', '.', '年', '月']);
    let year: i16 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    let day: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    if parts.next().is_some() {
        return None;
    }
    let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
    let last = match (month, day) {
        (None, _) => Date::new(year, 12, 31).ok()?,
        (Some(_), None) => first.last_of_month(),
        (Some(_), Some(_)) => first,
    };
    Some((day_number(first), day_number(last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> (Option<i64>, Option<i64>) {
        let range = range(text, &DAY).expect(text);
        (range.from, range.to)
    }

    #[test]
    fn amounts_in_any_unit() {
        assert_eq!(amount("1,000,000"), Some((100_000_000, 100_000_000)));
        assert_eq!(amount("50万元"), amount("500000"));
        assert_eq!(amount("1.2亿"), amount("120000000.00"));
        assert_eq!(amount("一百万"), amount("1000000"));
        assert_eq!(amount("壹佰贰拾万元整"), amount("120万"));
        assert_eq!(amount("一百多万"), None);
        assert_eq!(amount("-5"), None);
        assert_eq!(amount("999999999999999999999亿"), None);
        assert_eq!(amount(""), None);
    }

    #[test]
    fn bounds_in_words() {
        let bounds = |text: &str| range(text, &AMOUNT).map(|range| (range.from, range.to)).expect(text);
        for (words, signs) in
            [("50万以上", ">=50万"), ("50万元以下", "<=50万"), ("超过100万", ">100万"), ("不满5千", "<5千")]
        {
            assert_eq!(bounds(words), bounds(signs), "{words}");
        }
    }

    #[test]
    fn a_month_is_all_its_days() {
        assert_eq!(days("2024-02"), (Some(20240201), Some(20240229)));
        assert_eq!(days("2023..2024"), (Some(20230101), Some(20241231)));
        assert_eq!(days("<2025年6月"), (None, Some(20250531)));
        assert_eq!(days("＞２０２３"), (Some(20240101), None));
        assert_eq!(days("2023年5月8日"), (Some(20230508), Some(20230508)));
        assert!(range("2023-13", &DAY).is_err());
        assert!(range("2025..2023", &DAY).is_err());
        assert!(range("..", &DAY).is_err());
    }

    proptest::proptest! {
        #[test]
        fn nothing_typed_panics(text in "\\PC{0,20}") {
            let _ = range(&text, &AMOUNT);
            let _ = range(&text, &DAY);
        }
    }
}
