//! The whole stage on whole contracts, and the registry.

use super::*;
use crate::platform::thread_seconds;
use crate::text::{Composer, from_lines};

fn read(source: &str) -> Extracted {
    let dictionaries = Dictionaries::embedded();
    let extractors = Extractors::new(&dictionaries).expect("valid");
    extractors.extract(&from_lines(&Composer::new(&dictionaries).expect("valid"), source))
}

#[test]
fn every_extractor_says_what_it_reads() {
    let mut seen = std::collections::BTreeSet::new();
    for extractor in EXTRACTORS {
        assert!(seen.insert(extractor.field), "{} is registered twice", extractor.field);
        assert!(extractor.about.chars().count() >= 8, "{}", extractor.field);
    }
}

#[test]
fn a_field_has_a_value_or_a_reason() {
    for source in
        ["", "随便写的一句话。", "采购合同\n甲方：甲有限公司\n乙方：____\n第一条 标的\n合同总价500元。"]
    {
        let record = serde_json::to_value(&read(source).fields).expect("serialises");
        let absent = read(source).absent;
        for extractor in EXTRACTORS {
            let has = record
                .get(extractor.field)
                .is_some_and(|v| !v.is_null() && v.as_array().is_none_or(|a| !a.is_empty()));
            let why = absent.iter().any(|a| a.field == extractor.field);
            assert!(has != why, "{}: value {has}, reason {why}\n{source}", extractor.field);
        }
    }
}

#[test]
fn evidence_quotes_the_text() {
    let source =
        "物 业 服 务 合 同\n合同编号：Ａ－１\n甲方（盖章）：甲有限公司\n第一条 合同总价为人民币５００元。";
    let dictionaries = Dictionaries::embedded();
    let text = from_lines(&Composer::new(&dictionaries).expect("valid"), source);
    let fields = Extractors::new(&dictionaries).expect("valid").extract(&text).fields;
    let characters: Vec<char> = text.content.chars().collect();
    let title = fields.title.expect("a title");
    let amount = fields.amount.expect("an amount");
    for span in title.evidence.iter().chain(&amount.evidence) {
        assert_eq!(characters[span.start..span.end].iter().collect::<String>(), span.quote);
    }
    assert_eq!(title.raw.as_deref(), Some("物 业 服 务 合 同"));
    assert_eq!(title.value, "物业服务合同");
}

proptest::proptest! {
    #[test]
    fn nothing_panics(source in r"[甲乙方：（）盖章合同编号日期年月日0-9元万人民币争议仲裁法院第一二条、。；\n\t _第种方式以英文为准自起至止]{0,200}") {
        let _ = read(&source);
    }
}

/// CPU seconds from lines to fields for so many bytes of one stretch, over and over.
fn seconds(stretch: &str, bytes: usize) -> f64 {
    let dictionaries = Dictionaries::embedded();
    let extractors = Extractors::new(&dictionaries).expect("valid");
    let composer = Composer::new(&dictionaries).expect("valid");
    let source = stretch.repeat(bytes / stretch.len());
    let begun = thread_seconds();
    let _ = extractors.extract(&from_lines(&composer, &source));
    thread_seconds() - begun
}

/// Five megabytes in one line, in a program that is not optimised: what costs the square of its length would take hours.
#[test]
fn one_hostile_line_costs_no_more_than_its_length() {
    for stretch in ["7", "甲方：", "（", "第一条", "2024年3月5日"] {
        let took = seconds(stretch, 5_000_000);
        assert!(took < 40.0, "{stretch}: {took:.1} s");
    }
}

/// What extractors look for, over and over: each place is looked at with the sentence around it, and only so many.
#[test]
fn no_word_costs_its_line_at_every_place() {
    for stretch in [
        "付款100元",
        "保证金交纳",
        "本合同一式两份，盖章生效，",
        "合同编号：A1 ",
        "10日内甲方应支付30%，",
        "有效期三年自2024年3月5日起",
        "甲方\t",
        "甲方：\n",
        "第一条 标的\n",
        "附件一：清单\n",
        "采购合同\n",
    ] {
        let took = seconds(stretch, 500_000);
        assert!(took < 20.0, "{stretch}: {took:.1} s");
    }
}
