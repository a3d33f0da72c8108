//! Days: 2024年3月5日, 2024-03-05, 2024.3.5, 二〇二四年三月五日, 5 March 2024; and the empty slots for them.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::{Captures, Regex};
use jiff::civil::Date;

use super::numeral;
use super::pattern;

/// A day with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Shadow bytes.
    pub range: Range<usize>,
    /// The day.
    pub date: Date,
}

static DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(\d{4})_*年_*(\d{1,2}|元)_*月_*(\d{1,2})_*[日号曰]",
        r"|(\d{4})([-/.])(\d{1,2})[-/.](\d{1,2})",
        r"|([零〇○oO0一二三四五六七八九壹贰叁肆伍陆柒捌玖]{4})年([零一二三四五六七八九十元正壹贰叁肆伍陆柒捌玖拾]{1,3})月([零一二三四五六七八九十廿卅壹贰叁肆伍陆柒捌玖拾]{1,3})[日号曰]",
    ))
});

/// A printed slot for a day in which something is missing: `____年__月__日`, `2024年 月 日`.
static SLOT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:(?:20)?\d{0,2}|[_/*×X【】\[\]()…\-]*)[_\t]*年[_/*×X【】\[\]()…\-\t]*\d{0,2}[_/*×X【】\[\]()…\-\t]*月[_/*×X【】\[\]()…\-\t]*日",
    )
});

/// 5 March 2024, March 5th, 2024, 27th, Jun, 2023.
static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    let months = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
    pattern(&format!(
        r"(?i)(?-u:\b)(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? ?(?:of |day of )?(?P<m>{months})[a-z]{{0,6}}\.?,? ?|(?P<n>{months})[a-z]{{0,6}}\.? ?(?P<e>\d{{1,2}})(?:st|nd|rd|th)?,? ?)(?P<y>\d{{4}})(?-u:\b)"
    ))
});
const MONTHS: &str = "jan feb mar apr may jun jul aug sep oct nov dec";

/// All days in order. Impossible ones (2024年2月30日) are left out.
pub fn scan(text: &str) -> Vec<Day> {
    let mut days = chinese_or_figures(text);
    if text.bytes().any(|byte| byte.is_ascii_lowercase()) {
        days.extend(ENGLISH.captures_iter(text).filter_map(|found| english(&found)));
        days.sort_by_key(|day| day.range.start);
    }
    days
}

fn english(found: &Captures<'_>) -> Option<Day> {
    let month = found.name("m").or(found.name("n"))?.as_str().get(..3)?.to_ascii_lowercase();
    let month = i8::try_from(MONTHS.find(&month)? / 4 + 1).ok()?;
    let day = found.name("d").or(found.name("e"))?.as_str().parse().ok()?;
    let date = Date::new(found.name("y")?.as_str().parse().ok()?, month, day).ok()?;
    (1949..=2199)
        .contains(&date.year())
        .then(|| Day { range: found.get(0).map_or(0..0, |m| m.range()), date })
}

fn chinese_or_figures(text: &str) -> Vec<Day> {
    DAY.captures_iter(text)
        .filter_map(|found| {
            let range = found.get(0)?.range();
            let date = day(&found)?;
            (!inside_number(text, &range)).then_some(Day { range, date })
        })
        .collect()
}

/// Empty or half-filled slots for a day.
pub fn slots(text: &str) -> Vec<Range<usize>> {
    SLOT.find_iter(text)
        .map(|found| found.range())
        .filter(|range| DAY.find(&text[range.clone()]).is_none())
        .collect()
}

fn day(found: &Captures<'_>) -> Option<Date> {
    let part = |i: usize| found.get(i).map(|m| m.as_str());
    let (year, month, day) = if let (Some(y), Some(m), Some(d)) = (part(1), part(2), part(3)) {
        (y.parse().ok()?, if m == "元" { 1 } else { m.parse().ok()? }, d.parse().ok()?)
    } else if let (Some(y), Some(m), Some(d)) = (part(4), part(6), part(7)) {
        (y.parse().ok()?, m.parse().ok()?, d.parse().ok()?)
    } else {
        chinese(part(8)?, part(9)?, part(10)?)?
    };
    let date = Date::new(year, month, day).ok()?;
    (1949..=2199).contains(&date.year()).then_some(date)
}

fn chinese(year: &str, month: &str, day: &str) -> Option<(i16, i8, i8)> {
    // Out of OCR and of some keyboards, 〇 comes as o, O or 0.
    let year = year.replace(['o', 'O', '0'], "〇");
    let plain = |text: &str| numeral::integer(text.trim_start_matches('零'));
    let month = if matches!(month, "元" | "正") { 1 } else { plain(month)? };
    Some((
        i16::try_from(numeral::integer(&year)?).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(plain(day)?).ok()?,
    ))
}

/// Is the match a part of a longer run of digits (a version, an address of the net, a code)?
fn inside_number(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].bytes().next_back();
    let after = text[range.end..].bytes().next();
    let mut rest = text[range.end..].bytes();
    let dotted = rest.next() == Some(b'.') && rest.next().is_some_and(|b| b.is_ascii_digit());
    before.is_some_and(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-')
        || after.is_some_and(|b| b.is_ascii_digit()) && !is_hour(&text[range.end..])
        || dotted
}

/// 2024年3月1日00:00, 2024年3月1日24时: behind the day the hour may follow.
fn is_hour(behind: &str) -> bool {
    let rest = behind.trim_start_matches(|c: char| c.is_ascii_digit());
    behind.len() - rest.len() <= 2 && (rest.is_empty() || rest.starts_with([':', '时', '点']))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_are_read_in_every_style() {
        for text in [
            "2024年3月5日",
            "2024年03月05日",
            "2024-03-05",
            "2024/3/5",
            "2024.3.5",
            "二〇二四年三月五日",
            "二零二四年三月五日",
            "二O二四年三月五号",
            "贰零贰肆年零叁月零伍日",
            "贰零贰肆年叁月伍日",
            "2024__年3___月_5_日",
            "5 March 2024",
            "March 5th, 2024",
            "5th, Mar, 2024",
        ] {
            let found = scan(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].date, date(2024, 3, 5), "{text}");
            assert_eq!(found[0].range, 0..text.len(), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_left_alone() {
        for text in [
            "2024年2月30日",
            "2024年3月",
            "____年__月__日",
            "192.2024.3.5.1",
            "0755-2551-0-1",
            "12024-03-05",
            "1024-01-01",
            "QX-2024-3-5",
        ] {
            assert!(scan(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn slots_are_seen() {
        for text in ["____年____月____日", "年月日", "2024年月日", "20__年__月__日", "2024年3月__日"]
        {
            assert_eq!(slots(text).len(), 1, "{text}");
        }
        assert!(slots("2024年3月5日").is_empty());
    }

    proptest! {
        #[test]
        fn a_written_day_reads_back(y in 1950i16..2199, m in 1i8..=12, d in 1i8..=28) {
            let day = date(y, m, d);
            let digits: String = y.to_string().chars().map(|c| "〇一二三四五六七八九".chars().nth(c as usize - 48).unwrap_or('〇')).collect();
            let (cm, cd) = (numeral::render(m as u64), numeral::render(d as u64));
            let (cm, cd) = (cm.trim_start_matches("一十"), cd.as_str());
            let cm = if m >= 10 { format!("十{cm}") } else { cm.to_owned() };
            let cd = if (10..20).contains(&d) { cd.trim_start_matches('一').to_owned() } else { cd.to_owned() };
            for text in [format!("{y}年{m}月{d}日"), format!("{y}-{m:02}-{d:02}"), format!("{y}.{m}.{d}"), format!("{digits}年{cm}月{cd}日")] {
                let found = scan(&text);
                prop_assert_eq!(found.len(), 1, "{}", text);
                prop_assert_eq!(found[0].date, day, "{}", text);
            }
        }

        #[test]
        fn nothing_panics(text in "[0-9年月日〇一二三十./_-]{0,40}") {
            let _ = scan(&text);
            let _ = slots(&text);
        }
    }
}
