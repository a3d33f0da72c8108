use jiff::civil::date;

use super::super::sample::{case, particulars, total};
use super::*;
use crate::dictionaries::Dictionaries;
use crate::ledger::Flow;

fn report(period: Period, rows: impl Iterator<Item = Row>) -> Report {
    let bands = Bands::new(&Dictionaries::embedded()).expect("sound");
    let mut counting = Counting::new(period, date(2025, 1, 1), None, &bands);
    for row in rows {
        counting.add(&row);
    }
    counting.finish()
}

fn rows(amounts: &[&str]) -> impl Iterator<Item = Row> {
    (1..)
        .zip(amounts)
        .map(|(number, amount)| Row::of(&case(number), &particulars(number, total(amount, "CNY"))))
}

#[test]
fn every_contract_of_the_period_stands_once_in_each_breakdown() {
    let amounts = ["50000", "50000.01", "999999.99", "1000000", "9999999.99", "10000000", "1", "2", "3"];
    let report = report(Period::Annual(2024), rows(&amounts));
    assert_eq!(report.signed.count, 9);
    for breakdown in &report.by {
        let counted: u64 = breakdown.lines.iter().map(|line| line.tally.count).sum();
        assert_eq!(counted, 9, "{:?}", breakdown.dimension);
    }
    let bands = report.by.iter().find(|by| by.dimension == Dimension::Amount).expect("there");
    let told: Vec<_> = bands.lines.iter().map(|line| (line.name.as_str(), line.tally.count)).collect();
    assert_eq!(
        told,
        [("5万元以下（含）", 4), ("5万元至100万元", 2), ("100万元至1000万元", 2), ("1000万元以上（含）", 1)]
    );
    assert_eq!(report.signed.yuan(Flow::Pays), Some("22100005.99".parse().expect("a sum")));
}

#[test]
fn half_a_year_ends_in_june_and_what_has_no_day_is_told() {
    let mut dated = rows(&["1", "2", "3"]).collect::<Vec<_>>();
    dated[0].signed = Some(date(2024, 6, 30));
    dated[1].signed = Some(date(2024, 7, 1));
    dated[2].signed = None;
    let mut earlier = dated[0].clone();
    earlier.signed = Some(date(2023, 12, 31));
    dated.push(earlier);
    let report = report(Period::HalfYear(2024), dated.into_iter());
    assert_eq!((report.signed.count, report.undated, report.carried_over), (1, 1, 1));
    assert_eq!(report.title(), "2024年上半年政府合同签订、履行情况报告");
}

#[test]
fn files_are_made_of_any_report() {
    let made = date(2024, 7, 1).at(9, 0, 0, 0);
    for amounts in [&[][..], &["100", "200"]] {
        let report = report(Period::Annual(2024), rows(amounts));
        assert!(report.to_workbook(made).expect("made").starts_with(b"PK"));
        assert!(report.to_document(made).expect("made").starts_with(b"PK"));
    }
}
