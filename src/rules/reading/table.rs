//! Tables of prices (报价表、清单) as rows of cells: the columns that multiply, the one that they make, the rows that add up.
//!
//! Rows are lines of the folded body whose cells are parted by tabs, so that tables of Word files and columns on pages
//! are read alike.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;
use rust_decimal::Decimal;

use crate::fields::scan::pattern;

/// A column that is multiplied: 数量, 单价, 月数.
static FACTOR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:.{0,6}数量|单价|.{0,6}单价|每[台套件个只份张本间辆箱批]价|[台套件个只份张本间辆箱]数|月租金|每月租金|租金标准|月数|租期|服务期|期限|人数|人次|人月|次数|天数|工日|工程量|面积|场次|台数|课时|频次|预计数量|综合单价|份数)(?:\([^()]*\))?$",
    )
});
/// The column of what they make: 小计, 金额.
static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:.{0,6}小计|.{0,4}金额|总额|合价|总价|合计|.{0,6}总价|金额小计|价格|费用)(?:\([^()]*\))?$")
});
/// A column that changes the product in a way of its own, or belongs to another reckoning.
static OTHER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"折|优惠|系数|税率|税额|比例|费率|下浮|不含税|限价|面积"));
/// The row of the sum.
static TOTAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:总计|合计|总价|共计|总金额|合计金额|金额合计|费用合计|.{0,6}合计|合同总价)(?:\([^()]*\))?:?$",
    )
});
/// The row of the sum of a section: it adds up what stands above it since the one before.
static SUBTOTAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:.{0,4}小计|小计金额)(?:\([^()]*\))?:?$"));
/// Rows that are sums or parts of other rows.
static PARTIAL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"小计|其中|优惠|折扣|下浮|让利|税前|不含税|含税|大写|报价|暂列"));
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[¥￥]|人民币)?(\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?|\d{1,12}(?:\.\d{1,6})?)(?:元|[台个套项件副辆人月天次份米张年只本批条把])?$",
    )
});

/// One cell.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Shadow bytes.
    pub range: Range<usize>,
    /// The number that makes it up.
    pub number: Option<Decimal>,
}

/// One row of prices.
#[derive(Debug)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
    /// Shadow bytes.
    pub range: Range<usize>,
}

/// A table in which numbers make others.
#[derive(Debug)]
pub struct PriceTable {
    /// The columns that are multiplied; empty where a line's amount does not follow from its row.
    pub factors: Vec<usize>,
    /// The column of the amounts.
    pub amount: usize,
    /// The rows of single items.
    pub items: Vec<Row>,
    /// The rows of the sums of sections (小计), with the items that each adds up.
    pub subtotals: Vec<(Row, Range<usize>)>,
    /// The row of the sum.
    pub total: Option<Row>,
    /// Are the items all there is to add, each counted once?
    pub additive: bool,
}

/// The price tables of a body, in order.
pub fn price_tables(body: &str) -> Vec<PriceTable> {
    let mut tables: Vec<PriceTable> = Vec::new();
    let mut open: Option<(PriceTable, usize)> = None;
    for row in rows(body) {
        let Some(row) = row else {
            tables.extend(open.take().map(|(table, _)| table));
            continue;
        };
        if let Some(header) = header(body, &row) {
            tables.extend(open.take().map(|(table, _)| table));
            open = Some((header, row.cells.len()));
        } else if let Some((table, width)) = open.as_mut() {
            table.take(body, row, *width);
        }
    }
    tables.extend(open.map(|(table, _)| table));
    tables
}

/// The lines of a body as rows; `None` for a line that is none.
fn rows(body: &str) -> impl Iterator<Item = Option<Row>> {
    let mut start = 0;
    body.split('\n').map(move |line| {
        let range = start..start + line.len();
        start = range.end + 1;
        line.contains('\t').then(|| row(line, range))
    })
}

fn row(line: &str, range: Range<usize>) -> Row {
    let mut at = range.start;
    let cells = line.split('\t').map(|cell| {
        let range = at..at + cell.len();
        at = range.end + 1;
        let text = cell.trim();
        let number = NUMBER.captures(text).and_then(|n| n.get(1)?.as_str().replace(',', "").parse().ok());
        Cell { range, number }
    });
    Row { cells: cells.collect(), range }
}

/// The table that a row heads: at least two columns, one of them of amounts.
fn header(body: &str, row: &Row) -> Option<PriceTable> {
    let label = |cell: &Cell| body.get(cell.range.clone()).unwrap_or_default().trim();
    let columns = |pattern: &Regex| -> Vec<usize> {
        row.cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| pattern.is_match(label(cell)))
            .map(|(at, _)| at)
            .collect()
    };
    let numbers = row.cells.iter().any(|cell| cell.number.is_some());
    let [amount] = columns(&AMOUNT)[..] else { return None };
    if row.cells.len() < 2 || numbers {
        return None;
    }
    let factors: Vec<usize> = columns(&FACTOR).into_iter().filter(|column| *column < amount).collect();
    let scale = |at: usize| row.cells.get(at).is_some_and(|cell| label(cell).contains("万元"));
    let other = !columns(&OTHER).is_empty()
        || factors.iter().any(|at| scale(*at) != scale(amount) && scale(*at))
        || scale(amount) && !factors.iter().any(|at| scale(*at));
    let factors = if other || factors.len() < 2 { Vec::new() } else { factors };
    Some(PriceTable {
        factors,
        amount,
        items: Vec::new(),
        subtotals: Vec::new(),
        total: None,
        additive: true,
    })
}

impl PriceTable {
    /// Files a row below the header that has `width` columns.
    fn take(&mut self, body: &str, row: Row, width: usize) {
        let words = body.get(row.range.clone()).unwrap_or_default();
        let labelled = |label: &Regex| {
            row.cells
                .iter()
                .any(|cell| body.get(cell.range.clone()).is_some_and(|c| label.is_match(c.trim())))
        };
        let is_total = labelled(&TOTAL);
        if self.total.is_some() {
            return;
        }
        if labelled(&SUBTOTAL) && self.sum(&row).is_some() {
            let from = self.subtotals.last().map_or(0, |(_, items)| items.end);
            self.subtotals.push((row, from..self.items.len()));
        } else if is_total {
            self.additive &= !PARTIAL.is_match(words);
            self.total = Some(row);
        } else if PARTIAL.is_match(words) || row.cells.len() != width || self.amount_of(&row).is_none() {
            self.additive = false;
        } else {
            self.items.push(row);
        }
    }

    /// The amount of a row of an item.
    pub fn amount_of<'r>(&self, row: &'r Row) -> Option<(Decimal, &'r Cell)> {
        row.cells.get(self.amount).and_then(|cell| Some((cell.number?, cell)))
    }

    /// The amount in the row of the sum: in the column of amounts, else the only number of the row, or its last.
    pub fn sum<'r>(&self, row: &'r Row) -> Option<(Decimal, &'r Cell)> {
        let numbers: Vec<_> = row.cells.iter().filter_map(|cell| Some((cell.number?, cell))).collect();
        let whole = self.items.first().is_some_and(|item| item.cells.len() == row.cells.len());
        match numbers[..] {
            [only] => Some(only),
            _ if whole => self.amount_of(row),
            // Empty cells are folded away: the amounts stand in the last column, and so does their sum.
            [.., last] if self.items.first().is_some_and(|item| item.cells.len() == self.amount + 1) => {
                Some(last)
            }
            _ => None,
        }
    }

    /// What the factors of an item make, with the numbers multiplied.
    pub fn product(&self, row: &Row) -> Option<(Decimal, Vec<Decimal>)> {
        let factors: Option<Vec<Decimal>> =
            self.factors.iter().map(|column| row.cells.get(*column).and_then(|cell| cell.number)).collect();
        let factors = factors.filter(|factors| factors.len() > 1)?;
        let product =
            factors.iter().try_fold(Decimal::ONE, |product, factor| product.checked_mul(*factor))?;
        Some((product, factors))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "清单如下\n序号\t名称\t数量\t单价(元)\t小计(元)\n1\t甲\t45\t16,800.00\t756,000.00\n2\t乙\t45\t980.00\t44,100.00\n合计\t\t\t\t800,100.00\n说明";

    #[test]
    fn a_price_table_has_factors_items_and_a_sum() {
        let tables = price_tables(LIST);
        let [table] = &tables[..] else { panic!("{tables:?}") };
        assert_eq!((table.factors.as_slice(), table.amount), (&[2, 3][..], 4));
        assert!(table.additive && table.items.len() == 2);
        let total = table.total.as_ref().and_then(|row| table.sum(row)).map(|(sum, _)| sum);
        assert_eq!(total, "800100.00".parse().ok());
        let product = table.product(&table.items[0]).map(|(product, _)| product);
        assert_eq!(product, "756000".parse().ok());
    }

    #[test]
    fn other_tables_are_none() {
        for source in [
            "类别\t点位数\t设备数\n学校\t16\t16\n合计\t45\t45",
            "甲方:某局\t乙方:某公司",
            "考核项目\t分值\n合计\t100",
        ] {
            assert!(price_tables(source).is_empty(), "{source}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "[序号数量单价小计合0-9.,\\t\\n元()]{0,80}") {
            for table in price_tables(&text) {
                for item in &table.items {
                    proptest::prop_assert!(text.get(item.range.clone()).is_some());
                    table.product(item);
                }
            }
        }
    }
}
