//! A table of instalments: 期次 | 支付条件 | 比例 | 金额（元）.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;
use rust_decimal::Decimal;

use super::super::reading::{Reading, Row};
use super::super::resolve::Witness;
use super::super::scan::money::believable;
use super::super::scan::{blank, pattern, period};
use super::split::SHARE;
use super::{is_laid_down, nothing, witness};
use crate::model::fields::Payment;

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:期次|期数|付款阶段|阶段|付款节点|款项|付款名称|支付阶段|批次|款项名称|支付期次)$")
});
static EVENT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:支付|付款)(?:条件|节点|时间|前提|期限)|条件|时间节点"));
static PERCENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"比例|百分比|占(?:合同|总)"));
static SUM: LazyLock<Regex> = LazyLock::new(|| pattern(r"金额|价款|款额"));

/// Which column holds what.
struct Columns {
    head: (Option<u32>, usize),
    name: Option<u32>,
    event: Option<u32>,
    percent: Option<u32>,
    sum: Option<(u32, u32)>,
}

/// The instalments of the first table that has them.
pub fn instalments(reading: &Reading<'_>) -> Vec<Witness<Payment>> {
    let rows = reading.rows.iter().enumerate().filter(|(_, row)| is_laid_down(row.part));
    for (index, row) in rows {
        let Some(columns) = header(reading, row) else { continue };
        let below = reading.rows[index + 1..].iter().take_while(|row| row.is_under(columns.head));
        let found: Vec<_> = below.filter_map(|row| instalment(reading, row, &columns)).collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

fn header(reading: &Reading<'_>, row: &Row) -> Option<Columns> {
    let column = |pattern: &Regex| {
        row.segments
            .iter()
            .find(|s| pattern.is_match(reading.segment(s)))
            .map(|s| (s.column, reading.segment(s)))
    };
    let sum = column(&SUM).map(|(column, label)| (column, if label.contains("万元") { 10_000 } else { 1 }));
    let columns = Columns {
        head: (row.table, row.segments.len()),
        name: column(&NUMBER).map(|c| c.0),
        event: column(&EVENT).map(|c| c.0),
        percent: column(&PERCENT).map(|c| c.0),
        sum,
    };
    let values = columns.percent.is_some() || columns.sum.is_some();
    (values && columns.event.is_some() && row.segments.len() >= 3).then_some(columns)
}

fn instalment(reading: &Reading<'_>, row: &Row, columns: &Columns) -> Option<Witness<Payment>> {
    let cell = |column: Option<u32>| -> Option<Range<usize>> {
        let mut parts = row.segments.iter().filter(|s| Some(s.column) == column);
        let first = parts.next()?.range.clone();
        Some(first.start..parts.next_back().map_or(first.end, |last| last.range.end))
    };
    let text = |column| cell(column).map_or("", |range| reading.slice(range));
    let percent = SHARE.captures(text(columns.percent));
    let percent = percent.and_then(|c| c.name("figure")?.as_str().parse::<Decimal>().ok());
    let percent = percent.filter(|share| *share <= Decimal::ONE_HUNDRED).map(|share| share.normalize());
    let sum = columns.sum.and_then(|(column, scale)| {
        let text = text(Some(column));
        let figure = reading.lexicon.figures.bare(text)?;
        if text.contains('万') { Some(figure) } else { figure.checked_mul(Decimal::from(scale)) }
            .and_then(believable)
    });
    let event = cell(columns.event).filter(|range| !blank::is_blank(reading.slice(range.clone())))?;
    if percent.is_none() && sum.is_none() {
        return None;
    }
    let due = period::scan(reading.slice(event.clone())).into_iter().next_back();
    let due =
        due.filter(|due| reading.slice(event.start + due.range.end..event.end).starts_with(['内', '之']));
    let until = due.as_ref().map_or(event.end, |due| event.start + due.range.start);
    let name = cell(columns.name).map(|range| reading.written(range)).filter(|name| !name.is_empty());
    let payment = Payment {
        name,
        percent,
        amount: sum,
        currency: sum.map(|_| "CNY".to_owned()),
        trigger: Some(reading.written(event.start..until)).filter(|event| !event.is_empty()),
        due: due.map(|due| due.period),
        ..nothing()
    };
    Some(witness(payment, row.range(), 0.92, "payments/table"))
}
