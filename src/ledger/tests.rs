use jiff::civil::date;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::sample::{case, money, particulars, total};
use super::*;
use crate::model::fields::{Direction, MoneyKind};
use crate::model::record::Kind;
use crate::office::{Content, OfficeError, read_workbook};

fn row(number: i64, amount: Option<crate::model::fields::Money>) -> Row {
    Row::of(&case(number), &particulars(number, amount))
}

fn tallied(rows: &[Row]) -> Tally {
    let mut tally = Tally::default();
    rows.iter().for_each(|row| tally.add(row));
    tally
}

#[test]
fn currencies_and_directions_are_never_mixed() {
    let mut received = row(4, total("7.00", "CNY"));
    received.direction = Some(Direction::Receives);
    let rows =
        [row(1, total("100.10", "CNY")), row(2, total("0.90", "CNY")), row(3, total("50", "USD")), received];
    let tally = tallied(&rows);
    assert_eq!(tally.yuan(Flow::Pays), Some("101.00".parse().expect("a sum")));
    assert_eq!(tally.yuan(Flow::Receives), Some("7.00".parse().expect("a sum")));
    assert_eq!(tally.foreign(), "支出50 USD");
    assert_eq!((tally.count, tally.unsummed()), (4, 0));
}

#[test]
fn what_cannot_be_added_is_counted_with_its_reason() {
    let mut supplement = row(5, total("9", "CNY"));
    supplement.kind = Kind::Supplement;
    let rows = [
        row(1, None),
        row(2, Some(money("35", "CNY", MoneyKind::Unit))),
        row(3, Some(money("500", "CNY", MoneyKind::Ceiling))),
        row(4, Some(money("", "CNY", MoneyKind::Open))),
        supplement,
    ];
    let tally = tallied(&rows);
    assert_eq!((tally.yuan(Flow::Pays), tally.unsummed()), (None, 5));
    insta::assert_snapshot!(tally.reasons(), @"金额未读到或有矛盾1份；据实结算，无总价1份；只有单价或按期价1份；上限价或暂定价1份；补充、变更、解除协议（金额可能与主合同重叠）1份");
}

#[test]
fn json_and_csv_have_a_line_for_each_contract() {
    let rows = [row(1, total("1234567890123456.78", "CNY")), row(2, None)];
    let (mut json, mut csv) = (Vec::new(), Vec::new());
    let mut ledger = JsonLedger::new(&mut json).expect("begun");
    let mut lines = CsvLedger::new(&mut csv).expect("begun");
    for row in &rows {
        ledger.add(row).expect("written");
        lines.add(row).expect("written");
    }
    ledger.finish().expect("ended");
    lines.finish().expect("ended");
    let json: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    assert_eq!(json["rows"][0]["amount"], "1234567890123456.78");
    assert_eq!(json["totals"]["count"], 2);
    let csv = String::from_utf8(csv).expect("text");
    assert_eq!(csv.lines().count(), 3);
    assert!(csv.contains(",1234567890123456.78,CNY,总价,2024-02-02,"), "{csv}");
}

#[test]
fn a_sheet_holds_every_row_and_no_sum_loses_a_digit() {
    let rows = [row(1, total("1234567890123456.78", "CNY")), row(2, total("98000.50", "CNY"))];
    let bytes =
        to_workbook::<OfficeError>(date(2024, 7, 1).at(9, 0, 0, 0), |add| rows.iter().try_for_each(add))
            .expect("made");
    let sheets = read_workbook(&bytes).expect("read");
    assert_eq!(sheets[0].content(1, 10), &Content::Text("1234567890123456.78".to_owned()));
    assert_eq!(sheets[0].content(2, 10), &Content::Number("98000.5".to_owned()));
    assert_eq!(sheets[1].find_headings(&["合同总数（份）"]), Some(2));
}

proptest! {
    #[test]
    fn sums_are_those_of_the_figures(cents in proptest::collection::vec(0i64..1_000_000_000_000, 0..40)) {
        let amounts: Vec<Decimal> = cents.iter().map(|cents| Decimal::new(*cents, 2)).collect();
        let rows: Vec<Row> = amounts.iter().map(|amount| row(1, total(&amount.to_string(), "CNY"))).collect();
        let expected: Decimal = amounts.iter().sum();
        prop_assert_eq!(tallied(&rows).yuan(Flow::Pays).unwrap_or_default(), expected);
    }
}

/// `cargo test --release --lib a_hundred_thousand -- --ignored --nocapture`; figures in benches/RESULTS.md.
#[test]
#[ignore = "a measurement"]
fn a_hundred_thousand_rows() {
    let rows = || (0..100_000).map(|number| row(number, total("123456.78", "CNY")));
    let start = std::time::Instant::now();
    let mut ledger = JsonLedger::new(std::io::sink()).expect("begun");
    rows().for_each(|row| ledger.add(&row).expect("written"));
    ledger.finish().expect("ended");
    let json = start.elapsed();
    let start = std::time::Instant::now();
    let made = date(2024, 7, 1).at(9, 0, 0, 0);
    let bytes = to_workbook::<OfficeError>(made, |add| rows().try_for_each(|row| add(&row))).expect("made");
    let peak = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = peak.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default().to_owned();
    println!("JSON {json:.2?}; XLSX {:.2?}, {} bytes; {peak}", start.elapsed(), bytes.len());
}
