//! Quantities in price tables: 货物名称 | 单位 | 数量 | 单价 | 小计.

use std::sync::LazyLock;

use crate::fields::scan::Regex;
use rust_decimal::Decimal;

use super::super::reading::{Part, Reading, Row};
use super::super::resolve::Witness;
use super::super::scan::pattern;
use super::{UNIT, number};
use crate::model::fields::Quantity;

static COUNT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"^(?:采购|供货|租用|租赁|增加|订购|购买|需求|服务|工程|印刷|合同|投放|预计|预估)?(?:数量|印数|印量|工作量|工程量|(?P<own>台|套|辆|件|人|册|栋|间|户)数|面积|建筑面积|租赁面积)(?:[(/](?P<unit>{UNIT})\)?)?$"
    ))
});
static UNIT_COLUMN: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:计量|数量)?单位$"));
static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"名称|品名|车型|印刷品|资源|规格|品目|品种|书名|货物|产品|物品|设备$|^项目$|^内容$|^类别$|^类型$|标的|工种|服务(?:内容|项目)|岗位|物业|房屋|地址|位置|点位",
    )
});
static TOTAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"合计|总计|小计|共计|总价|大写"));
/// 10台: a number with its unit in the cell itself.
static CELL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(r"^(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,12}}(?:\.\d+)?)(?P<unit>{UNIT})?$"))
});

/// Which column holds what, and the unit that the head of the column gives.
struct Columns {
    head: (Option<u32>, usize),
    count: u32,
    unit: Option<u32>,
    item: Option<u32>,
    given: Option<String>,
}

/// The quantities of all tables that have a column for them.
pub fn quantities(reading: &Reading<'_>) -> Vec<Witness<Quantity>> {
    let mut found = Vec::new();
    let mut columns: Option<Columns> = None;
    for (index, row) in reading.rows.iter().enumerate() {
        if columns.as_ref().is_some_and(|columns| row.table != columns.head.0) {
            columns = None;
        }
        match header(reading, row) {
            Some(header) => columns = Some(header).filter(|_| !of_handover(reading, index)),
            None => {
                let under = columns.as_ref().filter(|columns| row.is_under(columns.head));
                found.extend(under.and_then(|columns| quantity(reading, row, columns)));
            }
        }
    }
    found
}

/// 数量 | 20台, side by side in one row of a form.
pub fn labelled(reading: &Reading<'_>) -> Vec<Witness<Quantity>> {
    let mut found = Vec::new();
    for row in reading.rows.iter().filter(|row| row.segments.len() >= 2) {
        for pair in row.segments.windows(2) {
            let [label, value] = pair else { continue };
            let cell = COUNT.is_match(reading.segment(label)).then(|| CELL.captures(reading.segment(value)));
            let Some(cell) = cell.flatten() else { continue };
            let (Some(unit), Some(figure)) = (cell.name("unit"), cell.name("number")) else { continue };
            let Some(number) = number(figure.as_str()).filter(|number| *number > Decimal::ZERO) else {
                continue;
            };
            let unit = Some(unit.as_str().to_owned());
            let quantity = Quantity { number: number.normalize(), unit, item: None };
            found.push(Witness::new(quantity, value.range.clone(), 0.88, "quantity/form"));
        }
    }
    found
}

/// Rows above a table among which its name stands.
const ABOVE: usize = 3;

/// Does the table below this head list what is handed over, returned or marked (交接清单、领用登记、评分表), and not what is bought?
fn of_handover(reading: &Reading<'_>, head: usize) -> bool {
    let above = reading.rows.get(head.saturating_sub(ABOVE)..head).unwrap_or_default();
    let names = above.iter().filter(|row| row.table.is_none() && row.part != Part::Clauses);
    names.map(|row| reading.row(row)).any(|text| {
        let short = text.chars().count() <= 30;
        short
            && ["交接", "移交", "清点", "领用", "评分", "测评", "样表"].iter().any(|word| text.contains(word))
    })
}

fn header(reading: &Reading<'_>, row: &Row) -> Option<Columns> {
    if row.segments.len() < 3 {
        return None;
    }
    let find = |pattern: &Regex| row.segments.iter().find(|s| pattern.is_match(reading.segment(s)));
    let count = find(&COUNT)?;
    let given = COUNT
        .captures(reading.segment(count))
        .and_then(|c| Some(c.name("unit").or(c.name("own"))?.as_str().to_owned()));
    let item = find(&ITEM).map(|item| item.column);
    // Where no column is headed by a word for goods, the first that is neither a number nor a price names them.
    static APART: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"序号|编号|数量|单位|价|金额|小计|合计|备注|比例|日期|时间"));
    static PRICED: LazyLock<Regex> = LazyLock::new(|| pattern(r"单价|金额|小计|合价|总价|合计"));
    let first = || {
        let mut others = row.segments.iter().filter(|s| !APART.is_match(reading.segment(s)));
        find(&PRICED).and_then(|_| others.next()).map(|s| s.column)
    };
    let item = item.or_else(first);
    item?;
    Some(Columns {
        head: (row.table, row.segments.len()),
        count: count.column,
        unit: find(&UNIT_COLUMN).map(|unit| unit.column),
        item,
        given,
    })
}

fn quantity(reading: &Reading<'_>, row: &Row, columns: &Columns) -> Option<Witness<Quantity>> {
    let cell = |column: Option<u32>| row.segments.iter().find(|s| Some(s.column) == column);
    let text = |column| cell(column).map_or("", |cell| reading.segment(cell));
    if row.segments.iter().any(|s| TOTAL.is_match(reading.segment(s))) {
        return None;
    }
    let count = cell(Some(columns.count))?;
    let found = CELL.captures(reading.segment(count))?;
    let own = found.name("unit").map(|unit| unit.as_str().to_owned());
    let column = Some(text(columns.unit)).filter(|unit| !unit.is_empty() && unit.chars().count() <= 6);
    let unit = own.or_else(|| column.map(str::to_owned)).or_else(|| columns.given.clone());
    let item =
        cell(columns.item).map(|cell| reading.written(cell.range.clone())).filter(|item| !item.is_empty());
    let number = number(found.name("number")?.as_str()).filter(|number| *number > Decimal::ZERO)?;
    let quantity = Quantity { number: number.normalize(), unit, item };
    Some(Witness::new(quantity, row.range(), 0.93, "quantity/table"))
}
