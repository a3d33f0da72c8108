//! Durations: 三年, 36个月, 180日历天, 5个工作日, 三(3)年, 一年半, 两年六个月.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::{Captures, Regex};

use super::numeral;
use super::pattern;
use crate::model::Period;

/// A duration with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duration {
    /// Shadow bytes.
    pub range: Range<usize>,
    /// The duration, as stated.
    pub period: Period,
}

/// No contract runs for more years; 二二二年 is a year whose figures were lost.
const LONGEST: u32 = 100;

const NUMERAL: &str = r"(?:\d{1,3}(?:,\d{3})+|\d{1,5}|[一二三四五六七八九十百两壹贰叁肆伍陆柒捌玖拾佰][一二三四五六七八九十百两壹贰叁肆伍陆柒捌玖拾佰零]{0,6})";

/// A bare 日 or 月 is a day or a month of the calendar more often than a duration; they need 个, 历 or a
/// word before them that says so, which only the caller knows.
static PART: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"({NUMERAL})(?:\(({NUMERAL})\))?[_\t]*(个?工作[日天]|个工日|周年|个?(?:自然|合同|服务|财政|会计|日历|租赁|学|运营|管理|经营)年度?|个年头|个?自然年度?|个?年度?半?|个半?月|个?日历[日天]|个?自然[日天]|个?连续[日天]|天|日|周|个?星期|个?季度)|(半年)"
    ))
});

/// two years, 12 months, 15 (fifteen) working days.
static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?-u:\b)(?P<n>\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|sixty|ninety)(?: ?\([^()]{1,12}\))? ?(?P<kind>working |business |calendar )?(?P<unit>day|week|month|year)s?(?-u:\b)",
    )
});
const NUMBERS: [(&str, u32); 17] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("fifteen", 15),
    ("twenty", 20),
    ("thirty", 30),
    ("sixty", 60),
    ("ninety", 90),
];

fn english(found: &Captures<'_>) -> Option<Duration> {
    let count = found.name("n")?.as_str().to_ascii_lowercase();
    let named = || NUMBERS.iter().find(|(word, _)| *word == count).map(|(_, number)| *number);
    let count: u32 = count.parse().ok().or_else(named)?;
    let working = found.name("kind").is_some_and(|kind| !kind.as_str().eq_ignore_ascii_case("calendar "));
    let period = match found.name("unit")?.as_str().to_ascii_lowercase().as_str() {
        "day" if working => Period::working_days(count),
        "day" => Period::days(count),
        "week" => Period::days(count.checked_mul(7)?),
        "month" => Period::months(count),
        _ => Period::years(count),
    };
    let sane = period.years <= LONGEST && !period.is_zero();
    sane.then(|| Duration { range: found.get(0).map_or(0..0, |m| m.range()), period })
}

/// All durations in order; those that stand side by side (两年六个月) are one.
pub fn scan(text: &str) -> Vec<Duration> {
    let mut found: Vec<Duration> = Vec::new();
    for capture in PART.captures_iter(text) {
        let Some(whole) = capture.get(0) else { continue };
        let Some(period) = part(&capture) else { continue };
        if is_calendar(text, &whole.range(), capture.get(3).map_or("", |m| m.as_str())) {
            continue;
        }
        match found
            .last_mut()
            .filter(|last| beside(text, last.range.end, whole.start()) && continues(last.period, period))
        {
            Some(last) => {
                last.period = sum(last.period, period);
                last.range.end = whole.end();
            }
            None => found.push(Duration { range: whole.range(), period }),
        }
    }
    if text.bytes().any(|byte| byte.is_ascii_lowercase()) {
        found.extend(ENGLISH.captures_iter(text).filter_map(|capture| english(&capture)));
        found.sort_by_key(|duration| duration.range.start);
    }
    found
}

/// Do two durations stand side by side, or with 零 or 又 between them (五年零一个月)?
fn beside(text: &str, end: usize, start: usize) -> bool {
    matches!(text.get(end..start), Some("" | "零" | "又" | "加"))
}

fn part(capture: &Captures<'_>) -> Option<Period> {
    if capture.get(4).is_some() {
        return Some(Period::months(6));
    }
    let count = count(capture.get(1)?.as_str(), capture.get(2).map(|m| m.as_str()))?;
    let unit = capture.get(3)?.as_str();
    let unit = unit.strip_prefix('个').unwrap_or(unit);
    let period = match unit {
        "工作日" | "工作天" | "工日" => Period::working_days(count),
        "月" => Period::months(count),
        "半月" => Period { months: count, days: 15, ..Period::default() },
        "周" | "星期" => Period::days(count.checked_mul(7)?),
        "季度" => Period::months(count.checked_mul(3)?),
        unit if unit.ends_with('半') => Period { years: count, months: 6, ..Period::default() },
        unit if unit.contains('年') => Period::years(count),
        _ => Period::days(count),
    };
    let sane = period.years <= LONGEST && !period.is_zero();
    sane.then_some(period)
}

/// 三(3)年: the two must agree.
fn count(outer: &str, inner: Option<&str>) -> Option<u32> {
    let value = numeral::integer(&outer.replace(',', ""))?;
    let same = inner.is_none_or(|inner| numeral::integer(inner) == Some(value));
    same.then(|| u32::try_from(value).ok()).flatten()
}

/// Is it a piece of a date (2024年, 3月5日, 每月10日) rather than a duration?
fn is_calendar(text: &str, range: &Range<usize>, unit: &str) -> bool {
    // 5___月___11__日: a slot is written around its figures.
    let before = text[..range.start].trim_end_matches('_').chars().next_back();
    let after = text[range.end..].chars().next();
    match unit {
        "年" | "年度" => {
            before.is_some_and(|c| c.is_ascii_digit() || c == '第' || "〇零oO○".contains(c))
                || after.is_some_and(|c| c.is_ascii_digit() || c == '_')
                || text[range.end..].starts_with(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'])
                    && text[range.end..].chars().nth(1).is_some_and(|c| "月十".contains(c))
        }
        "日" => before.is_some_and(|c| "月第每-./+".contains(c) || c.is_ascii_digit()),
        _ => before.is_some_and(|c| c == '第' || c.is_ascii_digit() || c == '.'),
    }
}

fn continues(first: Period, second: Period) -> bool {
    first.years > 0 && first.months == 0 && second.years == 0 && second.working_days == 0
        || first.months > 0 && first.days == 0 && second.days > 0 && second.months == 0 && second.years == 0
}

fn sum(a: Period, b: Period) -> Period {
    Period {
        years: a.years.saturating_add(b.years),
        months: a.months.saturating_add(b.months),
        days: a.days.saturating_add(b.days),
        working_days: a.working_days.saturating_add(b.working_days),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn periods(text: &str) -> Vec<String> {
        scan(text).iter().map(|d| d.period.to_string()).collect()
    }

    #[test]
    fn durations_are_read_as_stated() {
        let cases = [
            ("服务期三年", "P3Y"),
            ("期限为36个月", "P36M"),
            ("共计12个月", "P12M"),
            ("工期120日历天", "P120D"),
            ("180个工作日内", "P180WD"),
            ("三(3)年", "P3Y"),
            ("叁年", "P3Y"),
            ("一年半", "P1Y6M"),
            ("半年", "P6M"),
            ("两年六个月", "P2Y6M"),
            ("十二个月", "P12M"),
            ("45日内", "P45D"),
            ("期限六十八个月", "P68M"),
            ("五年零一个月", "P5Y1M"),
            ("共计2,200日历天", "P2200D"),
            ("一百零五天", "P105D"),
            ("for a period of two years", "P2Y"),
            ("12 months from delivery", "P12M"),
            ("15 (fifteen) working days", "P15WD"),
        ];
        for (text, period) in cases {
            assert_eq!(periods(text), [period], "{text}");
        }
    }

    #[test]
    fn pieces_of_dates_are_no_durations() {
        for text in
            ["2024年3月5日", "二〇二四年三月五日", "每月10日前", "第3年", "2024年", "三(4)年", "第2日"]
        {
            assert!(periods(text).is_empty(), "{text}: {:?}", periods(text));
        }
    }

    proptest! {
        #[test]
        fn a_written_duration_reads_back(n in 1u32..99) {
            let numeral = numeral::render(u64::from(n));
            for text in [format!("{n}年"), format!("{numeral}年")] {
                prop_assert_eq!(periods(&text), vec![Period::years(n).to_string()]);
            }
            prop_assert_eq!(periods(&format!("{numeral}个工作日")), vec![Period::working_days(n).to_string()]);
        }

        #[test]
        fn nothing_panics(text in "[0-9年月日个半天一二三十百()工作第]{0,40}") {
            let _ = scan(&text);
        }
    }
}
