//! What a review says: dates, stages, unread pages, order, fingerprints.

use rust_decimal::Decimal;

use crate::model::fields::{Money, MoneyKind, Sum, Tax, Term};
use crate::model::record::{Kind, Stage};
use crate::model::{Finding, Outcome, Period, Severity};

use super::super::{Packs, is_about_reading};
use super::{Bench, given};
use crate::dictionaries::Dictionaries;

const DUAL: &str = "技术服务合同
第十三条　争议解决
协商不成的，可以向深圳国际仲裁院申请仲裁，也可以向深圳市罗湖区人民法院提起诉讼。";

fn dual(bench: &Bench, date: Option<jiff::civil::Date>) -> Option<Finding> {
    let text = bench.text(DUAL);
    let review = bench.review(&text, |extracted| extracted.fields.sign_date = date.map(given));
    review.findings.into_iter().find(|finding| finding.rule == "dual-forum")
}

#[test]
fn the_signing_date_decides_how_the_regulation_counts() {
    let bench = Bench::new();
    let on = |y, m, d| dual(&bench, Some(jiff::civil::date(y, m, d)));
    assert_eq!(on(2018, 12, 3), None);
    let first = on(2018, 12, 4).expect("in force");
    assert_eq!(first.severity, Severity::Violation);
    assert!(first.message.contains("（《办法》第三十六条第二款）"), "{}", first.message);
    assert_eq!(on(2023, 12, 3).map(|f| f.severity), Some(Severity::Violation));
    let after = on(2023, 12, 4).expect("by analogy");
    assert_eq!(after.severity, Severity::Risk);
    assert!(after.message.contains("（参照原《办法》第三十六条第二款）"), "{}", after.message);
    assert!(after.why.contains("参照适用"), "{}", after.why);
    assert_eq!(dual(&bench, None).map(|f| f.severity), Some(Severity::Risk));
}

#[test]
fn before_the_regulation_the_pack_does_not_apply_and_says_why() {
    let bench = Bench::new();
    let text = bench.text(
        "技术服务合同\n第一条　服务内容\n乙方提供保洁服务。\n第二条　费用\n服务费每月一万元。\n第三条　期限\n\
         服务期限一年。\n第四条　违约责任\n乙方违反第八条约定的，应支付违约金。\n第五条　争议解决\n协商不成的，\
         可以向深圳国际仲裁院申请仲裁，也可以向深圳市罗湖区人民法院提起诉讼。",
    );
    let review = bench.review(&text, |extracted| {
        extracted.fields.sign_date = Some(given(jiff::civil::date(2017, 5, 1)));
    });
    let contradicted = review.findings.iter().find(|finding| finding.rule == "clause-reference-dangling");
    assert_eq!(
        contradicted.map(|finding| finding.pack.as_str()),
        Some("consistency"),
        "what contradicts itself does so on any day"
    );
    let skipped = review.not_applicable.iter().find(|entry| entry.rule == "luohu-2018/dual-forum");
    assert_eq!(
        skipped.map(|entry| entry.why.as_str()),
        Some("签订于2017-05-01，早于《办法》施行日2018-12-04")
    );
    assert!(review.findings.iter().all(|finding| finding.pack != "luohu-2018"));
    assert!(review.findings.iter().all(|finding| finding.basis.is_empty()), "later law is not cited");
}

#[test]
fn a_newer_pack_of_the_district_takes_over() {
    let newer = r#"
id = "luohu-2027"
version = 1
title = "新办法"
governed-by = "luohu-2027"
[home]
district = "深圳市罗湖区"
forums = []
[[sources]]
id = "luohu-2027"
short = "《新办法》"
title = "《新办法》"
number = "一号"
from = "2027-01-01"
articles = 10
"#;
    let mut bench = Bench::new();
    bench.packs =
        Packs::new(&Dictionaries::embedded().with_file("rules/newer/pack.toml", newer)).expect("sound");
    assert!(dual(&bench, Some(jiff::civil::date(2026, 12, 31))).is_some());
    assert_eq!(dual(&bench, Some(jiff::civil::date(2027, 1, 1))), None);
    assert_eq!(dual(&bench, None), None, "an undated draft is judged by what is in force without an end");
}

#[test]
fn what_is_no_contract_is_not_judged() {
    let bench = Bench::new();
    let text = bench.text(DUAL);
    let review = bench.review(&text, |extracted| extracted.kind = Kind::NotAContract);
    assert!(review.findings.is_empty() && review.passed.is_empty());
    assert_eq!(review.not_applicable.len(), bench.packs.list().count());
}

#[test]
fn every_rule_answers_once() {
    let bench = Bench::new();
    let review = bench.review(&bench.text(DUAL), |_| {});
    let mut answered: Vec<String> = review.passed.clone();
    answered.extend(review.not_applicable.iter().map(|entry| entry.rule.clone()));
    answered.extend(review.findings.iter().map(|finding| format!("{}/{}", finding.pack, finding.rule)));
    answered.sort();
    let mut rules: Vec<_> = bench.packs.list().map(|rule| rule.path()).collect();
    rules.sort();
    assert_eq!(answered, rules);
}

#[test]
fn nothing_found_on_half_a_document_is_no_pass() {
    let bench = Bench::new();
    let mut text = bench.text("物业服务合同\n第一条　服务内容\n乙方提供物业服务。");
    text.unread_pages = vec![3, 4];
    let review = bench.review(&text, |_| {});
    let finding = review.findings.iter().find(|finding| finding.rule == "dual-forum").expect("cannot tell");
    assert_eq!(finding.outcome, Outcome::CannotTell);
    assert!(finding.message.contains("第3、4页未能读出"), "{}", finding.message);
}

#[test]
fn a_document_without_text_gets_no_all_clear() {
    let bench = Bench::new();
    for pages in [vec![], vec![1, 2]] {
        let mut text = bench.text("");
        text.unread_pages = pages;
        let review = bench.review(&text, |extracted| extracted.kind = Kind::NotAContract);
        assert!(review.passed.is_empty() && review.not_applicable.is_empty());
        assert_eq!(review.findings.len(), bench.packs.list().count());
        assert!(review.findings.iter().all(is_about_reading));
    }
}

#[test]
fn unread_pages_leave_open_whether_it_is_a_contract_and_what_it_lacks() {
    let bench = Bench::new();
    let mut text = bench.text("物业服务合同\n第一条　服务内容\n乙方提供物业服务。");
    text.unread_pages = vec![2];
    let review = bench.review(&text, |extracted| extracted.kind = Kind::NotAContract);
    assert!(review.not_applicable.is_empty(), "{:?}", review.not_applicable);
    let in_order = ["luohu-2018/title-substance-mismatch", "luohu-2018/vague-title"];
    assert_eq!(review.passed, in_order, "what was seen to be in order stays so");
    assert!(review.findings.iter().all(is_about_reading));
}

#[test]
fn a_fingerprint_stays_when_text_is_added_elsewhere() {
    let bench = Bench::new();
    let before = dual(&bench, None).expect("a hit");
    let text = bench.text(&DUAL.replace("第十三条", "第一条　服务\n乙方提供服务。\n第十四条"));
    let review = bench.review(&text, |_| {});
    let after = review.findings.into_iter().find(|finding| finding.rule == "dual-forum").expect("a hit");
    assert_eq!(before.fingerprint, after.fingerprint);
    assert_eq!(before.fingerprint.len(), 16);
}

#[test]
fn the_gravest_finding_stands_first() {
    let bench = Bench::new();
    let text = bench.text(&format!("合同编号：____\n{DUAL}\n第十四条　语言\n以英文文本为准。"));
    let review = bench.review(&text, |extracted| {
        extracted.stage = Stage::Signed;
        extracted.fields.sign_date = Some(given(jiff::civil::date(2021, 1, 1)));
    });
    let order: Vec<_> = review.findings.iter().map(|f| (f.severity, f.rule.as_str())).collect();
    assert!(order.windows(2).all(|pair| pair[0].0 >= pair[1].0), "{order:?}");
    assert_eq!(order[0].1, "dual-forum");
    assert_eq!(order[1].1, "foreign-language-prevails");
}

fn term(start: Option<(i16, i8, i8)>, end: Option<(i16, i8, i8)>, duration: Option<Period>) -> Term {
    let date = |(y, m, d)| jiff::civil::date(y, m, d);
    Term { start: start.map(date), end: end.map(date), duration, text: "期限".into() }
}

#[test]
fn five_years_is_not_over_five_years() {
    let bench = Bench::new();
    let text = bench.text("服务合同\n第一条　服务");
    let hits = |term: Term| {
        let review = bench.review(&text, |extracted| extracted.fields.term = Some(given(term)));
        review.findings.iter().any(|f| f.rule == "term-over-five-years" && f.outcome == Outcome::Hit)
    };
    for fits in [
        term(None, None, Some(Period::years(5))),
        term(None, None, Some(Period::months(60))),
        term(None, None, Some(Period::days(1827))),
        term(Some((2020, 1, 1)), Some((2025, 1, 1)), None),
        term(Some((2020, 2, 29)), Some((2025, 2, 28)), None),
    ] {
        assert!(!hits(fits.clone()), "{fits:?}");
    }
    for over in [
        term(None, None, Some(Period { years: 5, days: 1, ..Period::default() })),
        term(None, None, Some(Period::months(61))),
        term(None, None, Some(Period::days(1900))),
        term(Some((2020, 1, 1)), Some((2025, 1, 2)), None),
        term(Some((2021, 7, 1)), Some((2029, 6, 30)), Some(Period::years(8))),
    ] {
        assert!(hits(over.clone()), "{over:?}");
    }
}

#[test]
fn the_mismatch_names_both_sums_and_chooses_neither() {
    let bench = Bench::new();
    let text = bench.text("软件开发合同\n三、合同价款");
    let money = |amount: &str| Money {
        amount: amount.parse::<Decimal>().ok(),
        currency: "CNY".into(),
        kind: MoneyKind::Total,
        per: None,
        tax: Tax::Unknown,
    };
    let review = |figures: &str, words: Option<&str>| {
        let words = Sum { amount: words.and_then(|w| w.parse().ok()), currency: "CNY".into() };
        let mut words = given(words);
        words.raw = Some("壹佰贰拾叁万伍仟元整".into());
        bench.review(&text, |extracted| {
            extracted.fields.amount = Some(given(money(figures)));
            extracted.fields.amount_in_words = Some(words);
        })
    };
    let finding = |figures: &str, words: Option<&str>| {
        review(figures, words).findings.into_iter().find(|f| f.rule == "amount-words-figures-mismatch")
    };
    let hit = finding("1230000", Some("1235000")).expect("a hit");
    assert!(hit.message.contains("小写1,230,000元与大写壹佰贰拾叁万伍仟元整相差5,000元"), "{}", hit.message);
    assert_eq!(finding("1230000.00", Some("1230000")), None);
    let doubt = finding("1230000", None).expect("the words are no number");
    assert_eq!(doubt.outcome, Outcome::CannotTell);
}

/// Findings as a person reads them.
fn rendered(source: &str, stage: Stage, signed: Option<jiff::civil::Date>) -> String {
    let bench = Bench::new();
    let review = bench.review(&bench.text(source), |extracted| {
        extracted.stage = stage;
        extracted.fields.sign_date = signed.map(given);
    });
    let finding = |(number, finding): (usize, &Finding)| {
        let doubt = if finding.outcome == Outcome::CannotTell { "·待核" } else { "" };
        let (label, basis) = (finding.severity.label(), finding.basis.len());
        format!(
            "{}. 【{label}{doubt}】{}\n   理由：{}\n   建议：{}\n   依据{basis}条，原文{}处\n",
            number + 1,
            finding.message,
            finding.why,
            finding.suggestion,
            finding.evidence.len()
        )
    };
    review.findings.iter().enumerate().map(finding).collect()
}

#[test]
fn findings_of_a_signed_contract_read_well() {
    let source = "软件开发合同
三、合同价款
本合同总价为人民币1,230,000元（大写：壹佰贰拾叁万伍仟元整）。
四、合同期限
合同期限为七年，自2021年3月1日起至2028年2月29日止。
十二、争议解决
双方发生争议的，可以向深圳国际仲裁院申请仲裁，也可以向深圳市罗湖区人民法院提起诉讼。
十三、文字
本合同中英文不一致的，以英文文本为准。";
    insta::assert_snapshot!(rendered(source, Stage::Signed, Some(jiff::civil::date(2021, 2, 25))));
}

#[test]
fn findings_of_a_draft_read_well() {
    let source = "补充协议（一）
协议编号：____________
第一条　服务期限延长至____年____月____日。
第二条　争议解决
协商不成的，提交深圳国际仲裁院仲裁；不服裁决的，向人民法院起诉。
第三条　法律适用
本协议适用香港法律。";
    insta::assert_snapshot!(rendered(source, Stage::Draft, None));
}

/// Pieces that rules look for, in any order: nothing may panic, and every quote stands in the text.
const PIECES: [&str; 26] = [
    "第一条　争议解决",
    "\n",
    "。",
    "；",
    "，",
    "提交深圳国际仲裁院仲裁",
    "向法院起诉",
    "按下列第__种方式：",
    "第2种方式：",
    "（1）",
    "（2）",
    "①",
    "□",
    "☑",
    "（√）",
    "（　）",
    "适用香港法律",
    "（不含港澳台法律",
    "）",
    "以英文为准",
    "____",
    "　年　月　日",
    "人民币12,000元（大写：壹万贰仟元整）",
    "期限为六年",
    "自动续期一年",
    "1+1+1",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn nothing_panics_and_every_quote_stands_in_the_text(picks in proptest::collection::vec(0usize..PIECES.len(), 0..30)) {
        thread_local! { static BENCH: Bench = Bench::new(); }
        let source: String = picks.iter().filter_map(|pick| PIECES.get(*pick)).copied().collect();
        BENCH.with(|bench| {
            let text = bench.text(&source);
            for finding in bench.review(&text, |_| {}).findings {
                for span in finding.evidence {
                    let quote: String = text.content.chars().skip(span.start).take(span.end - span.start).collect();
                    assert_eq!(quote, span.quote, "{}", finding.rule);
                }
            }
        });
    }
}
