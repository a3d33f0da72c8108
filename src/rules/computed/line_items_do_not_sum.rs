//! `line-items-do-not-sum`: a price table (报价表) that is reckoned wrongly.
//!
//! # What it does
//!
//! Multiplies the quantity of each line by its unit price, and by months or people where the table has them, and compares
//! that with the line's amount; adds the lines and compares that with the sum below them.
//!
//! # Why it matters
//!
//! The unit price decides what a change costs and the total what is paid: a wrong table sets one against the other.
//!
//! # What must not be flagged
//!
//! Differences of rounding; tables with discounts, coefficients or tax columns; rows that are parts or sums of others;
//! lines without an amount.

use std::ops::Range;

use rust_decimal::Decimal;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::sums::{self, grouped};
use super::super::reading::sure::Faults;
use super::super::reading::table::{PriceTable, Row, price_tables};
use super::Computed;

/// The rule.
pub const RULE: Computed = Computed {
    slug: "line-items-do-not-sum",
    variants: &[
        ("line", &["row", "factors", "product", "amount", "difference"]),
        ("total", &["count", "sum", "total", "difference"]),
    ],
    compile,
};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {}

#[derive(Debug)]
struct LineItemsDoNotSum;

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let Settings {} = parameters.parse()?;
    Ok(Box::new(LineItemsDoNotSum))
}

/// What rounding may make of an amount: half of its last place, and of the last place of each unit price for every piece. `None`
/// where the pieces are beyond any count.
fn rounding(amount: Decimal, factors: &[Decimal]) -> Option<Decimal> {
    let half = |scale: u32| Decimal::new(5, scale + 1);
    let own = half(amount.normalize().scale().min(2));
    let rounded = factors.iter().filter(|factor| factor.normalize().scale() >= 2);
    let pieces = |price: &Decimal| {
        let mut others = factors.iter().filter(|factor| *factor != price);
        others.try_fold(Decimal::ONE, |pieces, factor| pieces.checked_mul(*factor))
    };
    let each = rounded.map(|price| pieces(price)?.checked_mul(half(price.normalize().scale())));
    sums::total(each.collect::<Option<Vec<_>>>()?).and_then(|all| own.checked_add(all))
}

/// The lines whose amount is not what their row makes.
fn lines(table: &PriceTable) -> Vec<(&Row, Decimal, Decimal, Vec<Decimal>)> {
    let wrong = table.items.iter().filter_map(|row| {
        let ((amount, _), (product, factors)) = (table.amount_of(row)?, table.product(row)?);
        let off = (amount - product).abs() > rounding(amount, &factors)?;
        off.then_some((row, amount, product, factors))
    });
    wrong.collect()
}

/// 45×980=
fn written(factors: &[Decimal]) -> String {
    factors.iter().map(|factor| grouped(*factor)).collect::<Vec<_>>().join("×")
}

/// A table whose lines mostly do not multiply is read wrongly or is of another kind: nothing is said of its lines.
fn is_understood(table: &PriceTable, wrong: usize) -> bool {
    let reckoned = table.items.iter().filter(|row| table.product(row).is_some()).count();
    wrong * 2 <= reckoned || reckoned == 1
}

/// The sum below the lines, and those below sections, where the lines do not make them.
fn totals(contract: &Contract<'_>, table: &PriceTable) -> Vec<(Sighting, Vec<Range<usize>>)> {
    let sections =
        table.subtotals.iter().filter_map(|(row, items)| Some((row, table.items.get(items.clone())?)));
    let whole = table.total.iter().map(|row| (row, table.items.as_slice()));
    let sums = sections.chain(whole).filter(|(_, items)| table.additive && items.len() > 1);
    sums.filter_map(|(row, items)| total(contract, table, row, items)).collect()
}

/// The sum in a row, if the lines that it adds up do not make it.
fn total(
    contract: &Contract<'_>,
    table: &PriceTable,
    row: &Row,
    items: &[Row],
) -> Option<(Sighting, Vec<Range<usize>>)> {
    let (stated, cell) = table.sum(row)?;
    let amounts: Vec<_> = items.iter().filter_map(|item| table.amount_of(item)).collect();
    let sum = sums::total(amounts.iter().map(|(amount, _)| *amount))?;
    let each = Decimal::new(5, stated.normalize().scale().min(2) + 1);
    if (sum - stated).abs() <= each * Decimal::from(amounts.len() + 1) {
        return None;
    }
    let read: Vec<_> =
        amounts.iter().map(|(_, cell)| cell.range.clone()).chain([cell.range.clone()]).collect();
    let places = [row.range.clone()].into_iter().chain(items.iter().map(|item| item.range.clone()));
    let evidence = places.map(|range| contract.text.span_of_shadow(range)).collect();
    let sighting = Sighting::new("total", evidence)
        .with("count", amounts.len())
        .with("sum", grouped(sum))
        .with("total", grouped(stated))
        .with("difference", grouped((sum - stated).abs()));
    Some((sighting, read))
}

impl Check for LineItemsDoNotSum {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let tables = price_tables(contract.text.folded_body());
        if tables.iter().all(|table| table.items.is_empty()) {
            return Verdict::NotApplicable("文中未见可以核算的价格表".to_owned());
        }
        let mut faults = Faults::default();
        for table in &tables {
            let wrong = lines(table);
            if is_understood(table, wrong.len()) {
                for (row, amount, product, factors) in wrong {
                    let span = contract.text.span_of_shadow(row.range.clone());
                    let sighting = Sighting::new("line", vec![span.clone()])
                        .with("row", span.quote.replace('\t', " "))
                        .with("factors", written(&factors))
                        .with("product", grouped(product))
                        .with("amount", grouped(amount))
                        .with("difference", grouped((amount - product).abs()));
                    faults.add(contract.text, std::slice::from_ref(&row.range), sighting);
                }
            }
            for (sighting, read) in totals(contract, table) {
                faults.add(contract.text, &read, sighting);
            }
        }
        faults.verdict("价格表中的数字")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().expect("a number")
    }

    #[test]
    fn rounding_grows_with_the_pieces() {
        assert_eq!(rounding(number("756000.00"), &[number("45"), number("16800")]), Some(number("0.5")));
        assert_eq!(
            rounding(number("756000.12"), &[number("45"), number("168.33")]),
            Some(number("0.005") + number("0.225"))
        );
        let (least, most) = (number("0.000001"), number("999999999999"));
        assert_eq!(rounding(number("1"), &[least, most, most, most]), None);
    }
}
