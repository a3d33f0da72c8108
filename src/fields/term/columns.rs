//! First and last day apart (起止日期分列): in columns of a table, 起租日期 | 退租日期 over the days, or on lines of their own.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::reading::{Part, Reading, Row};
use super::super::scan::date::{self, Day};
use super::super::scan::pattern;
use super::Candidate;
use super::length::duration;
use super::stated::{dates, schedule};
use crate::model::fields::Term;

static FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:服务|租赁|租期|合同|保险|使用|用车)?(?:起|开始|起始|起租|起保|启用|开工|进场)(?:日期|时间|日|期)?$",
    )
});
static LAST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:服务|租赁|租期|合同|保险|使用|用车)?(?:止|结束|终止|截止|到期|届满|退租|终保|还车|竣工|完工)(?:日期|时间|日|期)?$",
    )
});

static TERM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:服务|租赁|租用|使用|合同|维保|运维|维护|保险|许可|授权|订阅|投放|发布|刊登|承包|养护|借用|聘用|租)(?:期限?|周期|期间|起止(?:日期|时间)?|时间|年限)$|^起止(?:日期|时间)?$",
    )
});

/// The days below such a head, where the table has one row of them.
pub fn columns(reading: &Reading<'_>) -> Option<Candidate> {
    let rows = reading.rows.iter().enumerate().filter(|(_, row)| row.part != Part::Attachment);
    rows.filter(|(_, row)| row.segments.len() >= 2).find_map(|(index, head)| {
        let column = |label: &Regex| {
            head.segments.iter().find(|segment| label.is_match(reading.segment(segment))).map(|s| s.column)
        };
        let (first, last) = (column(&FIRST)?, column(&LAST)?);
        let below = reading.rows.get(index + 1..)?;
        let mut terms = below
            .iter()
            .take_while(|row| row.is_under((head.table, head.segments.len())))
            .filter_map(|row| Some((day(reading, row, first)?, day(reading, row, last)?)));
        let (from, to) = terms.next().filter(|(from, to)| from.date < to.date)?;
        terms.next().is_none().then(|| candidate(reading, from, to))
    })
}

/// The term below such a head (服务期 | …): the same in every row.
pub fn column(reading: &Reading<'_>) -> Option<Candidate> {
    let rows = reading.rows.iter().enumerate().filter(|(_, row)| row.part != Part::Attachment);
    rows.filter(|(_, row)| row.segments.len() >= 3).find_map(|(index, head)| {
        let column = head.segments.iter().find(|segment| TERM.is_match(reading.segment(segment)))?.column;
        let below = reading.rows.get(index + 1..)?;
        let mut terms = below
            .iter()
            .take_while(|row| row.is_under((head.table, head.segments.len())))
            .filter_map(|row| row.segments.iter().find(|segment| segment.column == column))
            .filter_map(|cell| whole(reading, cell.range.clone()));
        let first = terms.next()?;
        terms.all(|other| same(&other.term, &first.term)).then_some(first)
    })
}

fn same(a: &Term, b: &Term) -> bool {
    (a.start, a.end, a.duration) == (b.start, b.end, b.duration)
}

/// A cell with a first and a last day.
fn whole(reading: &Reading<'_>, range: Range<usize>) -> Option<Candidate> {
    let mut places = Vec::new();
    let (start, end, at) = dates(reading, &range, &mut places);
    let (start, end) = (Some(start?), Some(end?));
    let duration = duration(reading, &range, &mut places, at, "");
    let term = Term { start, end, duration, text: reading.written(range.clone()) };
    Some(Candidate { term, places, range, score: 7.0 })
}

/// 开工日期：…, 竣工日期：… on lines of their own.
pub fn scheduled(reading: &Reading<'_>) -> Option<Candidate> {
    let (start, end) = schedule(reading)?;
    let range = start.range.start..start.range.end;
    let text = reading.written(start.range.start..end.range.end);
    let term = Term { start: Some(start.date), end: Some(end.date), duration: None, text };
    let places = vec![("start", start.range), ("end", end.range)];
    Some(Candidate { term, places, range, score: 7.0 })
}

/// The day that makes up a cell.
fn day(reading: &Reading<'_>, row: &Row, column: u32) -> Option<Day> {
    let segment = row.segments.iter().find(|segment| segment.column == column)?;
    let day = date::scan(reading.segment(segment)).into_iter().next().filter(|day| day.range.start == 0)?;
    let base = segment.range.start;
    Some(Day { range: base + day.range.start..base + day.range.end, date: day.date })
}

fn candidate(reading: &Reading<'_>, from: Day, to: Day) -> Candidate {
    let (start, end) = (from.range.start.min(to.range.start), from.range.end.max(to.range.end));
    let text = reading.written(start..end);
    let term = Term { start: Some(from.date), end: Some(to.date), duration: None, text };
    let range = from.range.clone();
    Candidate { term, places: vec![("start", from.range), ("end", to.range)], range, score: 7.0 }
}
