//! The price is never chosen, only shown.

use super::super::sample::*;
use super::super::*;
use super::{entry, withheld};
use crate::model::fields::{AbsentReason, Money, MoneyKind, Tax};
use crate::model::{Confidence, Outcome, Value};

#[test]
fn a_price_that_contradicts_itself_stays_empty_with_both_readings() {
    for key in ["amount", "amount_in_words"] {
        let note = withheld(&mismatch(), key);
        assert!(note.contains("1,230,000.00元") && note.contains("1,235,000.00元"), "{note}");
    }
    assert!(withheld(&mismatch(), "price_basis").contains("不一致"));
}

#[test]
fn a_contradiction_counts_without_the_rule_and_without_the_values() {
    let mut unseen = mismatch();
    unseen.findings.clear();
    assert!(withheld(&unseen, "amount").contains("不一致"));

    let mut by_extractor = full();
    let places = vec![span(300, "100元", 1), span(900, "200元", 2)];
    by_extractor.fields.amount = None;
    by_extractor.absent = vec![absent("amount", AbsentReason::Conflicting, places)];
    let note = withheld(&by_extractor, "amount");
    assert!(note.contains("“100元”、“200元”"), "{note}");
    assert!(withheld(&by_extractor, "amount_in_words").contains("不一致"));

    let mut by_rule = full();
    by_rule.fields.amount_in_words = None;
    by_rule.findings = vec![hit("amount-words-figures-mismatch", "相差1元", Vec::new())];
    assert!(withheld(&by_rule, "amount").contains("相差1元"));
}

#[test]
fn another_place_with_another_price_keeps_the_amount_empty() {
    let mut record = full();
    let with = |record: &mut Record, price: Money| {
        let witness: Value<_> = value(price, "他处", 900, 0.8);
        record.fields.amount.as_mut().expect("a price").witnesses = vec![witness];
    };
    with(&mut record, total("1"));
    assert!(withheld(&record, "amount").contains("他处"));
    with(&mut record, Money { tax: Tax::Excluded, ..total("11603774.06") });
    assert_eq!(entry(&record, "amount").state, State::Read, "a price without tax is another price");
}

#[test]
fn words_are_worked_out_of_figures_and_marked() {
    let entry = entry(&partly_absent(), "amount_in_words");
    assert_eq!(entry.value.as_deref(), Some("肆万捌仟元整"));
    assert_eq!((entry.state, entry.normalised), (State::Open, None));
    assert_eq!(entry.note.as_deref(), Some("由小写换算，请核对"));
}

#[test]
fn figures_are_worked_out_of_words_and_marked() {
    let mut record = full();
    record.fields.amount = None;
    let entry = entry(&record, "amount");
    assert_eq!(entry.value.as_deref(), Some("12,300,000.50元"));
    assert_eq!((entry.state, entry.note.as_deref()), (State::Open, Some("由大写换算，请核对")));
}

#[test]
fn a_rate_is_no_amount() {
    let mut record = full();
    record.fields.amount_in_words = None;
    let price = &mut record.fields.amount.as_mut().expect("a price").value;
    *price = Money { kind: MoneyKind::Periodic, per: Some("月".to_owned()), ..total("3500") };
    assert!(withheld(&record, "amount").contains("3,500.00元/月"));
    assert!(withheld(&record, "amount_in_words").contains("3,500.00元/月"));
    assert_eq!(entry(&record, "price_basis").value.as_deref(), Some("按期计价3,500.00元/月"));
    assert!(entry(&record, "key_regulated").note.expect("a note").contains("尚不确定"));
}

#[test]
fn words_that_are_no_number_are_not_filled_in() {
    let mut record = full();
    record.fields.amount_in_words.as_mut().expect("words").value.amount = None;
    assert!(withheld(&record, "amount_in_words").contains("不成数"));
    let figures = entry(&record, "amount");
    assert!(figures.value.is_some() && figures.note.expect("a note").contains("不成数"));
    assert!(entry(&record, "key_regulated").note.expect("a note").contains("尚不确定"));
}

fn key_regulated(amount: &str, change: impl Fn(&mut Record)) -> String {
    let mut record = full();
    record.fields.amount = Some(value(total(amount), amount, 300, 0.96));
    record.fields.amount_in_words = None;
    change(&mut record);
    withheld(&record, "key_regulated")
}

#[test]
fn ten_million_is_reached_at_ten_million_and_only_by_a_settled_price() {
    let as_read = |_: &mut Record| ();
    assert!(key_regulated("10000000", as_read).contains("达到1000万元"));
    assert!(key_regulated("9999999.99", as_read).contains("未达1000万元"));
    let doubtful = |record: &mut Record| {
        record.fields.amount.as_mut().expect("a price").confidence = Confidence::new(0.79);
    };
    assert!(key_regulated("10000000", doubtful).contains("尚不确定"));
    let dollars = |record: &mut Record| {
        record.fields.amount.as_mut().expect("a price").value.currency = "USD".to_owned();
    };
    assert!(key_regulated("10000000", dollars).contains("尚不确定"));
    let undecided = |record: &mut Record| {
        let mut finding = hit("amount-words-figures-mismatch", "无法比对", Vec::new());
        finding.outcome = Outcome::CannotTell;
        record.findings.push(finding);
    };
    assert!(key_regulated("10000000", undecided).contains("尚不确定"));
    let by_rule =
        |record: &mut Record| record.findings.push(hit("key-regulated", "区属物业出租", Vec::new()));
    assert_eq!(key_regulated("10000000", by_rule), "区属物业出租");
}
