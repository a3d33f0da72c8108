//! How long a term is (期限的长短): 三年, 租期为12月, 方案20天……共75天.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::phrase;
use super::super::reading::Reading;
use super::super::scan::{numeral, pattern, period};
use super::is_other;
use crate::model::Period;

/// 租期为12月, 租期为三月整: months without 个, where the phrase says nothing else. 5月 alone, and any behind 时间, is a month of the year.
fn months(name: &str, text: &str) -> Option<period::Duration> {
    static MONTHS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^[:为共是_]*(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})(?P<unit>月)(?P<whole>整)?(?:[,。;(]|$)",
        )
    });
    let found = MONTHS.captures(text)?;
    let (count, unit) = (found.name("n")?, found.name("unit")?);
    let count = u32::try_from(numeral::integer(count.as_str())?).ok()?;
    let of_year = count < 12 && found.name("whole").is_none()
        || ["时间", "日期", "期间", "时段"].iter().any(|word| name.ends_with(word));
    if of_year {
        return None;
    }
    Some(period::Duration { range: found.name("n")?.start()..unit.end(), period: Period::months(count) })
}

/// The duration; not one that is bound to an event (三十日前).
pub fn duration(
    reading: &Reading<'_>,
    range: &Range<usize>,
    places: &mut Vec<(&'static str, Range<usize>)>,
    dates_at: Option<usize>,
    title: &str,
) -> Option<Period> {
    let text = reading.slice(range.clone());
    let name =
        phrase::tail(reading.slice(reading.sentence(range.start).start.min(range.start)..range.start), 6);
    // 工作时间：每天8小时, 使用时间为5年以上, 工作安排：…2个月 tell of hours, goods and steps.
    if ["工作时间", "使用时间", "执行时间", "安排"].iter().any(|word| name.ends_with(word)) {
        return None;
    }
    let fits = |found: &period::Duration| {
        let before = &text[..found.range.start];
        let behind = &text[found.range.end..];
        let counted = before.trim_start_matches([':', '为', ',']).starts_with(['自', '从'])
            && before.chars().count() <= 45;
        let close = before.ends_with('共')
            || before.chars().count() <= 20
            || counted
            || dates_at.is_some() && before.chars().count() <= 60;
        let bound = ["前", "以前", "后", "以上"].iter().any(|word| behind.starts_with(word));
        let bounded =
            ["不得少于", "不少于", "至少", "不低于", "不超过", "每", "少", "多", "迟", "晚", "延", "阶段"]
                .iter()
                .any(|word| before.ends_with(word))
                || phrase::tail(before, 4).contains('每');
        let unticked = before.trim_end().ends_with(['□', '☐', '○', '◯']);
        // 2024年5月6日至10日: the last day, which leaves out its month.
        let at = range.start + found.range.start;
        let of_day = places.iter().any(|(_, place)| place.contains(&at));
        close
            && !bound
            && !bounded
            && !unticked
            && !of_day
            && !is_other(before, title)
            && !behind.starts_with("内支付")
    };
    let all: Vec<period::Duration> =
        period::scan(text).into_iter().chain(months(name, text)).filter(|found| fits(found)).collect();
    // 方案30天,初步设计25天,共55天: what the parts come to.
    let sum = |found: &&period::Duration| {
        ["共", "共计", "合计", "总计"].iter().any(|word| text[..found.range.start].ends_with(word))
    };
    let found = all.iter().find(sum).or(all.first())?;
    places.push(("duration", range.start + found.range.start..range.start + found.range.end));
    Some(found.period)
}
