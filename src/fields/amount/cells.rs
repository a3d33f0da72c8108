//! Prices in cells of tables (表格中的价款): beside their label, or at the end of the row of totals.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;
use rust_decimal::Decimal;

use super::super::reading::{Part, Reading, Row};
use super::super::scan::money::{Figure, believable};
use super::super::scan::pattern;
use super::Candidate;
use super::weigh::Weight;

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:签约合同价|合同(?:含税)?(?:总价款|总价|总金额|总额|金额|价款|价)|总(?:价|金额|价款|费用|额)|成交(?:价|金额)|中标(?:价|金额)|价税合计|含税(?:总价|总金额|金额|合同金额|合同价)|(?:应付|实付|优惠后|折后|让利后|下浮后)[\p{Han}]{0,4}(?:总额|总价|总金额|金额|合计|合同价))(?:\((?:含税|小写|人民币|¥|￥)\))?(?:\((?P<unit>万元|元|人民币元|人民币)\))?:?$",
    )
});
/// The first cell of the row of totals.
static TOTALS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:合\s?计|总\s?计|共\s?计|总价|总金额|含税合计|合计金额|总计金额|(?:金额|费用|价款|总价|价税|[\p{Han}]{2}费)(?:合计|总计))(?:\((?:含税|含税\d{1,2}%|大写|小写|人民币|元|人民币元)\))?:?$",
    )
});
/// The column of a table of goods that is added up.
static SUMS: LazyLock<Regex> = LazyLock::new(|| pattern(r"金额|总价|合价|小计|价税合计"));

/// The same, where it is added up for every month.
static RECURRING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:每个?[月季年日天]|[月季日])(?:度|租)?(?:小计|金额|合计|总价|合价)"));

/// Every price that stands in cells.
pub fn cells(reading: &Reading<'_>) -> Vec<Candidate> {
    let rows = reading.rows.iter().enumerate().filter(|(_, row)| row.segments.len() >= 2);
    rows.flat_map(|(index, row)| {
        labelled(reading, row).into_iter().chain(total(reading, index, row)).collect::<Vec<_>>()
    })
    .collect()
}

/// 合同金额（元） | 1,280,000.00 in neighbouring cells.
fn labelled(reading: &Reading<'_>, row: &Row) -> Vec<Candidate> {
    let neighbours = row.segments.iter().zip(row.segments.iter().skip(1));
    neighbours
        .filter_map(|(label, value)| {
            let label = LABEL.captures(reading.segment(label))?;
            let number = reading.lexicon.figures.bare(reading.segment(value))?;
            let scale = if label.name("unit").is_some_and(|u| u.as_str() == "万元") { 10_000 } else { 1 };
            // What is paid after the discount is the price, whatever the sum above it is called.
            let net = ["应付", "实付", "优惠后", "折后", "让利后", "下浮后"];
            let name = label.get(0).map_or("", |name| name.as_str());
            let score = if net.iter().any(|word| name.starts_with(word)) { 10.5 } else { 9.0 };
            Some(candidate(
                believable(number.checked_mul(Decimal::from(scale))?)?,
                value.range.clone(),
                score,
            ))
        })
        .collect()
}

/// 合计 | | | 12,000.00: the last number of the row of totals, below a column of sums.
fn total(reading: &Reading<'_>, index: usize, row: &Row) -> Option<Candidate> {
    let label = row.segments.iter().find(|segment| !segment.range.is_empty())?;
    if row.part == Part::Attachment || !TOTALS.is_match(reading.segment(label)) {
        return None;
    }
    let rest = row.segments.iter().filter(|segment| segment.range.start > label.range.start);
    let (range, number) = rest
        .filter_map(|s| Some((s.range.clone(), reading.lexicon.figures.bare(reading.segment(s))?)))
        .next_back()?;
    let above = reading.rows.get(index.saturating_sub(60)..index)?;
    let head = above.iter().rev().take_while(|other| other.table == row.table && other.segments.len() >= 2);
    let head = head.flat_map(|row| &row.segments).find(|s| SUMS.is_match(reading.segment(s)))?;
    let head = reading.segment(head);
    // 每月小计: what comes of adding these up is paid every month.
    let periodic = RECURRING.is_match(head);
    let in_yuan = head.contains('元') && !head.contains("万元");
    let scaled = head.contains("万元") || !in_yuan && in_ten_thousands(reading, above, row);
    let scale = if scaled { 10_000 } else { 1 };
    let sum = believable(number.checked_mul(Decimal::from(scale))?)?;
    let found = candidate(sum, range, if periodic { 4.0 } else { 7.5 });
    Some(Candidate { weight: Weight { periodic, ..found.weight }, ..found })
}

/// 单位：万元, in the line over the table.
fn in_ten_thousands(reading: &Reading<'_>, above: &[Row], row: &Row) -> bool {
    // 中标单位的报价为12万元 says nothing of the table.
    static UNIT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?:^|[^\p{Han}]|金额|货币|计量|计价|计算)单位[: (]*(?:人民币)?万元[)]?[。;]?\s*$")
    });
    let over = above.iter().rev().find(|other| other.table != row.table || other.segments.len() < 2);
    over.is_some_and(|line| UNIT.is_match(reading.row(line)))
}

fn candidate(amount: Decimal, range: Range<usize>, score: f64) -> Candidate {
    let figure = Figure { range, amount, currency: "CNY".to_owned(), per: None };
    Candidate { figure: Some(figure), words: None, weight: Weight { score, unit: false, periodic: false } }
}
