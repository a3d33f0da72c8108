//! The days and the duration that a stretch of text states.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::{Captures, Match, Regex};
use jiff::civil::Date;

use super::super::reading::Reading;
use super::super::scan::date::{self, Day};
use super::super::scan::pattern;
use super::english;
use crate::model::fields::Term;

/// What a day is written of, blanks between its parts included: 2024年3月1日, 二〇二四年三月一日, ___2024__年__3__月.
const DAYS: &str = r"[\d〇零○oO一二三四五六七八九十元廿卅年月日曰号./\-_]{8,60}";
/// The hour at which a day begins or ends: 零时, 24时, 00:00.
const HOUR: &str = r"(?:(?:零|\d{1,2})[时点](?:整)?|\d{1,2}:\d{2})?";
/// A day behind a label, without wide blanks.
const DAY: &str = r"[\d〇零○oO一二三四五六七八九十年月日曰./\-_]{8,14}";

static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:自|从|由|于|在|:|为|\(|^|,| |即|期限|期|预计|暂定|计划|日期)(?P<start>{DAYS})(?:[(\[][^()\[\]]{{0,20}}[)\]])?{HOUR}(?:起算|起租|算起|起|开始(?:实施|执行|履行|施工|服务)?|始)?(?:,)?(?:至|到|迄|-{{1,2}}|—{{1,2}}|–|~|～|止于|算到)(?P<end>{DAYS})(?:止|终止|结束)?"
    ))
});
/// 2024年3月1日至12月20日, 2024.5.7-7.21, 自2024年3月1日起至次年2月28日: the last day without its year.
static WITHIN_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<start>\d{4}(?:年\d{1,2}月\d{1,2}[日号曰]|[./]\d{1,2}[./]\d{1,2}))(?:[(\[][^()\[\]]{0,8}[)\]])?(?:起|开始)?,?(?:至|到|-{1,2}|—{1,2}|–|~|～)(?P<year>同年|当年|本年|次年|翌年|第二年)?(?P<month>\d{1,2})[月./](?P<day>\d{1,2})(?:[日号曰]|[^\d年./]|$)",
    )
});
/// 2024年5月6日至10日: the last day without its month.
static WITHIN_MONTH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<start>\d{4}年\d{1,2}月\d{1,2}[日号]?)(?:至|到|-{1,2}|—{1,2}|–|~|～)(?P<day>\d{1,2})[日号](?:[^\d]|$)",
    )
});
/// 2024年3月1日起2025年2月28日止.
static UNTIL: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"(?P<start>{DAYS})起,?(?P<end>{DAYS})(?:止|终止|结束|届满)")));
static END_ONLY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"^:?(?:截)?(?:至|到)[\[【(]?(?P<named>{DAYS})[\])】]?(?:止|[,。;]|$)|(?:至|到)(?P<end>{DAYS})(?:止|终止|届满|结束|为止)|(?:^|[:为于在])(?P<before>{DAYS})(?:之?前|以前)(?:全部)?(?:完成|竣工|完工|。|$)"
    ))
});
/// 自签订之日起至2027年12月31日, without 止.
static END_SINCE: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"(?:自|从|为|:|是|^)[^,。;\n]{{2,20}}起,?(?:至|到)(?P<end>{DAYS})")));
static START_ONLY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:自|从|于|由)(?P<start>{DAYS})(?:起|开始|始)|(?:起租|起算|起始|开始|计租|起保)(?:日期?|时间):?(?:为|是)?(?P<named>{DAYS})"
    ))
});
static FROM_TO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:(?:开工|开始|起始|进场|开始履行|起租|起算|计租|开通)(?:日期|时间|日)|计划开工):?(?:为|是)?(?P<start>{DAY})[^。]{{0,24}}?(?:(?:竣工|完工|结束|终止|截止|届满|期满|到期|退租)(?:日期|时间|日)|计划(?:竣工|完工)):?(?:为|是)?(?P<end>{DAY})"
    ))
});

static COURSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:自|于|从|计划于|,|^)(?P<start>{DAYS})(?:起)?(?:生效|开始|开工|进场|起租|起算|入驻|执行|履行|实施|启用|启动|开通|上画|上刊|开展|开班|开幕|入场|交房|上线|到岗|开园|布展|起始|动工)[^。;\n\d]{{0,10}}?(?P<end>{DAYS})(?:终止|届满|期满|竣工|完工|结束|止|到期|前|结题|结项|终|交工|撤场|退场|关闭|下画|下刊|闭幕|撤展|离岗|结业|归还|交还|返还|退房)"
    ))
});
static WORKS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(r"(?P<start>{DAY})(?:开工|进场)[^。;\n\d]{{0,8}}?(?P<end>{DAY})(?:前)?(?:竣工|完工)"))
});
static FIRST_DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:开工|进场|起始|开始|开始履行|起租|起算|起保|启用|用车|入住)(?:日期|时间|日)(?:为)?:?[\t\n]?(?P<day>{DAY})"
    ))
});
static LAST_DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:竣工|完工|终止|截止|届满|期满|到期|结束|退租|终保|还车|退房)(?:日期|时间|日)(?:为)?:?[\t\n]?(?P<day>{DAY})"
    ))
});

/// The planned first and last day of works, each behind its label, no further than a few lines apart.
pub fn schedule(reading: &Reading<'_>) -> Option<(Day, Day)> {
    let named = |found: &Captures<'_>, name: &str| {
        let part = found.name(name)?;
        let day = date::scan(part.as_str()).into_iter().next()?;
        Some(Day { range: part.start() + day.range.start..part.start() + day.range.end, date: day.date })
    };
    let works = WORKS.captures(reading.body);
    let works = works.and_then(|found| Some((named(&found, "start")?, named(&found, "end")?)));
    let labelled = || {
        let first = FIRST_DAY.captures(reading.body)?;
        let last = LAST_DAY.captures(reading.body)?;
        Some((named(&first, "day")?, named(&last, "day")?))
    };
    let (first, last) = works.or_else(labelled)?;
    let ordered = first.range.end <= last.range.start && first.date < last.date;
    (ordered && last.range.start - first.range.end <= 200).then_some((first, last))
}

/// Days from one day to another.
pub fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// Do first day, last day and duration go together, within two days in a hundred? What is not stated fits. Working days are
/// five of seven, less the holidays: a quarter is allowed for.
pub fn fits(term: &Term) -> bool {
    let (Some(start), Some(end), Some(duration)) = (term.start, term.end, term.duration) else { return true };
    let working = f64::from(duration.working_days) * 7.0 / 5.0;
    let counted =
        f64::from(duration.years) * 365.25 + f64::from(duration.months) * 30.44 + f64::from(duration.days);
    let apart = f64::from(days(start, end)) + 1.0 - counted - working;
    apart.abs() <= 3.0 + counted * 0.02 + working * 0.25
}

/// First day, last day, and where they begin.
pub type Dates = (Option<Date>, Option<Date>, Option<usize>);

/// The days; `places` receives where each stands.
pub fn dates(
    reading: &Reading<'_>,
    range: &Range<usize>,
    places: &mut Vec<(&'static str, Range<usize>)>,
) -> Dates {
    let text = reading.slice(range.clone());
    let mut take = |found: Option<Match<'_>>, part: &'static str| {
        let found = found?;
        let day = date::scan(found.as_str()).into_iter().next()?;
        let at = range.start + found.start() + day.range.start;
        places.push((part, at..at + day.range.len()));
        Some(day.date)
    };
    if let Some(found) = RANGE.captures(text) {
        let start = take(found.name("start"), "start");
        let end = take(found.name("end"), "end");
        if start.is_some() || end.is_some() {
            return (start, end, found.get(0).map(|m| m.start()));
        }
    }
    if let Some((from, to)) = within_year(text) {
        let at = |day: &Range<usize>| range.start + day.start..range.start + day.end;
        places.push(("start", at(&from.range)));
        places.push(("end", at(&to.range)));
        return (Some(from.date), Some(to.date), Some(from.range.start));
    }
    if let Some(found) = UNTIL.captures(text).or_else(|| COURSE.captures(text)) {
        let start = take(found.name("start"), "start");
        let end = take(found.name("end"), "end");
        if start.is_some() && end.is_some() {
            return (start, end, found.get(0).map(|m| m.start()));
        }
    }
    if let Some((from, to)) = planned(reading, range) {
        places.push(("start", from.range));
        places.push(("end", to.range));
        return (Some(from.date), Some(to.date), None);
    }
    if let Some((start, end)) = english::days(text) {
        let mut place = |part, day: Option<Day>| {
            let day = day?;
            places.push((part, range.start + day.range.start..range.start + day.range.end));
            Some(day.date)
        };
        return (place("start", start), place("end", end), None);
    }
    let last = END_ONLY.captures(text).or_else(|| END_SINCE.captures(text));
    let end = last
        .and_then(|found| take(found.name("named").or(found.name("end")).or(found.name("before")), "end"));
    let start = START_ONLY
        .captures(text)
        .and_then(|found| take(found.name("start").or(found.name("named")), "start"));
    (start, end, None)
}

/// The first day in words that stand before the length: 自2024年3月1日起执行.
pub fn beginning(text: &str) -> Option<Day> {
    let found = START_ONLY.captures(text)?;
    let part = found.name("start").or(found.name("named"))?;
    let day = date::scan(part.as_str()).into_iter().next()?;
    Some(Day { range: part.start() + day.range.start..part.start() + day.range.end, date: day.date })
}

/// A last day that leaves out its year stands in that of the first day, or the next where it says so.
fn within_year(text: &str) -> Option<(Day, Day)> {
    if let Some(days) = year_first(text) {
        return Some(days);
    }
    let Some(found) = WITHIN_YEAR.captures(text) else { return within_month(text) };
    let (first, month, last) = (found.name("start")?, found.name("month")?, found.name("day")?);
    let from = date::scan(first.as_str()).into_iter().next()?;
    let later = matches!(found.name("year").map(|year| year.as_str()), Some("次年" | "翌年" | "第二年"));
    let year = from.date.year().checked_add(i16::from(later))?;
    let date = Date::new(year, month.as_str().parse().ok()?, last.as_str().parse().ok()?).ok()?;
    let start = found.name("year").map_or(month.start(), |year| year.start());
    let mark = text[last.end()..].chars().next().filter(|c| matches!(c, '日' | '号' | '曰'));
    let to = Day { range: start..last.end() + mark.map_or(0, char::len_utf8), date };
    (from.date < date).then_some((Day { range: first.range(), date: from.date }, to))
}

/// 2024年5月6日至10日: both days stand in one month.
fn within_month(text: &str) -> Option<(Day, Day)> {
    let found = WITHIN_MONTH.captures(text)?;
    let (first, last) = (found.name("start")?, found.name("day")?);
    let from =
        date::scan(&format!("{}日", first.as_str().trim_end_matches(['日', '号']))).into_iter().next()?;
    let date = Date::new(from.date.year(), from.date.month(), last.as_str().parse().ok()?).ok()?;
    let to = Day { range: last.start()..last.end() + '日'.len_utf8(), date };
    (from.date < date).then_some((Day { range: first.range(), date: from.date }, to))
}

/// 2025年全年（1月1日至12月31日）: the year of both days stands before them.
fn year_first(text: &str) -> Option<(Day, Day)> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?P<year>\d{4})年(?:全年|度|期间)?\(?(?P<from>\d{1,2}月\d{1,2}[日号])(?:起)?(?:至|到|-{1,2}|—{1,2}|–|~|～)(?P<to>\d{1,2}月\d{1,2}[日号])",
        )
    });
    let found = YEAR.captures(text)?;
    let day = |name: &str| {
        let (year, part) = (found.name("year")?, found.name(name)?);
        let day = date::scan(&format!("{}年{}", year.as_str(), part.as_str())).into_iter().next()?;
        Some(Day { range: part.range(), date: day.date })
    };
    let (from, to) = (day("from")?, day("to")?);
    (found.name("year")?.end() + "年".len() < from.range.start && from.date < to.date).then_some((from, to))
}

/// 计划开工日期为…，计划竣工日期为…: in the sentence or the rest of its paragraph.
fn planned(reading: &Reading<'_>, range: &Range<usize>) -> Option<(Day, Day)> {
    let line = range.start..reading.line(range.start).end.max(range.start);
    let found = FROM_TO.captures(reading.slice(line.clone()))?;
    let day = |name: &str| {
        let part = found.name(name)?;
        let day = date::scan(part.as_str()).into_iter().next()?;
        let at = line.start + part.start();
        Some(Day { range: at + day.range.start..at + day.range.end, date: day.date })
    };
    Some((day("start")?, day("end")?))
}
