//! The ways in which Chinese search goes wrong, one by one, on a whole index.

use std::sync::{Arc, OnceLock};

use jiff::civil::date;
use rust_decimal::Decimal;

use super::*;
use crate::dictionaries::Dictionaries;
use crate::model::fields::{Money, MoneyKind, Party, PartyKind, Tax};
use crate::model::finding::Severity;
use crate::model::record::{Kind, Record, Source, Stage};
use crate::model::{Finding, Outcome, Status, Text, Value, sample};
use crate::text::{Composer, Segmenter, from_lines};

mod chinese;
mod hits;
mod keeping;
mod language;

/// One lexicon for all tests: building the dictionary is what costs.
pub(super) fn lexicon() -> Arc<Lexicon> {
    static LEXICON: OnceLock<Arc<Lexicon>> = OnceLock::new();
    Arc::clone(LEXICON.get_or_init(|| {
        let dictionaries = Dictionaries::embedded();
        let words = Segmenter::new(&dictionaries).expect("words");
        Arc::new(Lexicon::new(&dictionaries, words).expect("synonyms"))
    }))
}

fn value<T>(value: T) -> Option<Value<T>> {
    Some(Value::new(value, 1.0, "test", Vec::new()))
}

fn text(content: &str) -> Text {
    from_lines(&Composer::new(&Dictionaries::embedded()).expect("composer"), content)
}

fn record(id: &str) -> Record {
    let plain = sample::record(id);
    Record { source: Source { path: format!("2024/{id}.txt"), ..plain.source }, ..plain }
}

fn party(name: &str) -> Party {
    Party { kind: PartyKind::Organisation, name: value(name.to_owned()), ..Party::called("甲方") }
}

fn yuan(amount: i64) -> Option<Value<Money>> {
    value(Money {
        amount: Some(Decimal::from(amount)),
        currency: "CNY".to_owned(),
        kind: MoneyKind::Total,
        per: None,
        tax: Tax::Unknown,
    })
}

fn finding(rule: &str, severity: Severity, outcome: Outcome) -> Finding {
    Finding {
        rule: rule.to_owned(),
        pack: "luohu-2018".to_owned(),
        severity,
        outcome,
        fingerprint: String::new(),
        basis: Vec::new(),
        message: String::new(),
        why: String::new(),
        suggestion: String::new(),
        evidence: Vec::new(),
    }
}

/// An index in a folder of its own.
struct Shelf {
    index: Index,
    folder: tempfile::TempDir,
}

impl Shelf {
    fn of(entries: &[(Record, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = Index::create_or_open(folder.path(), lexicon()).expect("an index");
        let shelf = Self { index, folder };
        shelf.put(entries);
        shelf
    }

    /// Contracts without fields, named a, b, c …
    fn of_texts(texts: &[&str]) -> Self {
        let name = |n: usize| char::from(b'a' + n as u8).to_string();
        let entries: Vec<_> = texts.iter().enumerate().map(|(n, text)| (record(&name(n)), *text)).collect();
        Self::of(&entries)
    }

    fn put(&self, entries: &[(Record, &str)]) {
        let mut writer = self.index.writer().expect("a writer");
        for (record, content) in entries {
            writer.put(record, &text(content)).expect("put");
        }
        writer.finish().expect("finished");
        self.index.refresh().expect("refreshed");
    }

    fn ask(&self, query: &str) -> SearchAnswer {
        self.index.search(query, &SearchOptions::default()).unwrap_or_else(|error| panic!("{query}: {error}"))
    }

    /// Ids of what is found without relaxing, in order of their names.
    fn ids(&self, query: &str) -> Vec<String> {
        let answer = self.ask(query);
        assert_eq!(answer.total as usize, answer.hits.len(), "{query}");
        let strict = answer.relaxed.is_none();
        let mut ids: Vec<_> = answer.hits.into_iter().map(|hit| hit.id).filter(|_| strict).collect();
        ids.sort();
        ids
    }
}

fn marked(passage: &Passage) -> Vec<String> {
    let part = |[from, to]: &[usize; 2]| passage.text.chars().skip(*from).take(to - from).collect();
    passage.highlights.iter().map(part).collect()
}

#[test]
fn words_run_together_need_not_stand_together() {
    let shelf = Shelf::of_texts(&[
        "乙方逾期交货的，应当向甲方支付违约金。",
        "乙方逾期交货违约金为每日千分之三。",
        "乙方应当按时交货。",
    ]);
    let answer = shelf.ask("逾期交货违约金");
    let ids: Vec<_> = answer.hits.iter().map(|hit| hit.id.as_str()).collect();
    assert_eq!(ids, ["b", "a"], "the one that stands together comes first");
}

#[test]
fn a_word_inside_a_longer_one_is_found() {
    let shelf = Shelf::of_texts(&["乙方提交履约保证金伍万元。", "质量保证金在质保期满后退还。", "无担保。"]);
    assert_eq!(shelf.ids("保证金"), ["a", "b"]);
    assert_eq!(shelf.ids("履约保证金"), ["a"]);
}

#[test]
fn names_are_found_by_any_part() {
    let mut entry = record("a");
    entry.fields.parties = vec![party("深圳市罗湖区清水河街道办事处"), party("深圳市鹏劭珩物业管理有限公司")];
    let shelf = Shelf::of(&[(entry, "合同正文，由王劭珩负责。"), (record("b"), "深圳市南山区某街道办事处")]);
    for query in
        ["清水河", "罗湖区清水河街道", "鹏劭珩", "劭珩物业", "当事人:清水河", "当事人:“罗湖区清水河街道”"]
    {
        assert_eq!(shelf.ids(query), ["a"], "{query}");
    }
    assert_eq!(shelf.ids("王劭珩"), ["a"]);
}

#[test]
fn segmentation_by_context_hides_nothing() {
    let contents = ["本市民生工程建设", "研究生命科学的起源", "由张建国负责验收", "产品和服务清单"];
    let shelf = Shelf::of_texts(&contents);
    for (content, id) in contents.iter().zip(["a", "b", "c", "d"]) {
        let chars: Vec<char> = content.chars().collect();
        for length in 2..=4 {
            for part in chars.windows(length) {
                let part: String = part.iter().collect();
                assert!(shelf.ids(&format!("“{part}”")).contains(&id.to_owned()), "{part} in {content}");
            }
        }
    }
}

#[test]
fn exclusion_never_leaks() {
    let shelf = Shelf::of_texts(&["物业服务，含停车管理。", "物业服务与保洁。", "物业服务，停车。"]);
    for query in ["物业 -停车", "物业 NOT 停车", "物业 非 停车", "物业 －“停车”", "物业 -停车管理 -停车"]
    {
        assert_eq!(shelf.ids(query), ["b"], "{query}");
    }
    assert_eq!(shelf.ids("-停车"), ["b"]);
    assert_eq!(shelf.ids("物业 -停车管理"), ["b", "c"], "only what is written is excluded");
    assert_eq!(shelf.ids("(物业 OR 保安) -停车"), ["b"]);
    // Nothing holds 电梯: relaxed to any word, and still without 停车.
    let relaxed = shelf.ask("物业 电梯 -停车");
    assert_eq!(relaxed.hits.iter().map(|hit| hit.id.as_str()).collect::<Vec<_>>(), ["b"]);
    assert!(relaxed.relaxed.is_some());
}

#[test]
fn exclusion_does_not_reach_synonyms() {
    let shelf = Shelf::of_texts(&["甲方支付价款。", "采购人支付价款。"]);
    assert_eq!(shelf.ids("价款 -甲方"), ["b"]);
}

#[test]
fn width_spaces_and_separators_do_not_count() {
    let shelf = Shelf::of_texts(&[
        "合同编号：ＨＴ－２０２４－０１５，金额１２３４５６７．８０元",
        "甲　方：罗湖区 教育局，1,234,567.80",
    ]);
    assert_eq!(shelf.ids("HT-2024-015"), ["a"]);
    assert_eq!(shelf.ids("ht-2024"), ["a"]);
    assert_eq!(shelf.ids("２０２４－０１５"), ["a"]);
    assert_eq!(shelf.ids("1234567.80"), ["a", "b"]);
    assert_eq!(shelf.ids("“甲方”"), ["b"]);
    assert_eq!(shelf.ids("罗湖区教育局"), ["b"]);
}

#[test]
fn a_share_is_found_with_its_own_sign_only() {
    let shelf = Shelf::of_texts(&["每日按0.5%支付违约金。", "每日按０．５‰支付违约金。", "费率为10.5 ％。"]);
    for (query, ids) in [
        ("0.5%", vec!["a"]),
        ("0.5‰", vec!["b"]),
        ("“0.5％支付”", vec!["a"]),
        ("10.5%", vec!["c"]),
        ("0.5", vec!["a", "b"]),
        ("违约金 -0.5‰", vec!["a"]),
    ] {
        assert_eq!(shelf.ids(query), ids, "{query}");
    }
    assert_eq!(shelf.ask("5%").total, 0, "nor by a part, nor relaxed");
    assert_eq!(shelf.ask("0.5%").hits[0].passages.iter().flat_map(marked).collect::<Vec<_>>(), ["0.5%"]);
}

#[test]
fn a_date_and_an_amount_are_found_whole() {
    let shelf = Shelf::of_texts(&[
        "签订于2023 年 9 月 8 日。",
        "签订于2023年8月15日，9月至8日内付款。",
        "总价1.5万元。",
        "总价二十一万元。",
        "总价二十万，又十一万。",
    ]);
    assert_eq!(shelf.ids("2023年9月8日"), ["a"]);
    let passage = &shelf.ask("2023年9月8日").hits[0].passages[0];
    assert_eq!(marked(passage), ["2023 年 9 月 8 日"]);
    assert_eq!(shelf.ask("2023年9月9日").total, 0);
    assert_eq!(shelf.ask("5万元").total, 0);
    assert_eq!(shelf.ids("二十一万"), ["d"]);
    assert_eq!(shelf.ask("三十一万").total, 0);
}

#[test]
fn quoted_text_is_found_as_written() {
    let shelf = Shelf::of_texts(&["因不可抗力不能履行合同的", "不可预见的力量，抗力不足", "合同履行不能"]);
    assert_eq!(shelf.ids("“不可抗力”"), ["a"]);
    assert_eq!(shelf.ids("\"履行合同\""), ["a"]);
    assert_eq!(shelf.ids("“合同履行”"), ["c"]);
}

#[test]
fn synonyms_are_found_after_the_word_itself() {
    let shelf = Shelf::of_texts(&["采购人应当付款。", "甲方应当付款。", "监理应当到场。"]);
    let answer = shelf.ask("甲方");
    assert_eq!(answer.hits.iter().map(|hit| hit.id.as_str()).collect::<Vec<_>>(), ["b", "a"]);
}

#[test]
fn amounts_in_capital_numerals_are_found_whole() {
    let shelf = Shelf::of_texts(&["合计人民币壹拾贰万叁仟元整", "合计人民币叁仟壹拾贰万元整"]);
    assert_eq!(shelf.ids("壹拾贰万叁仟元整"), ["a"]);
}

#[test]
fn highlights_stand_where_the_words_are() {
    let shelf = Shelf::of_texts(&["𠀀𠀁前言。\n乙方交付保洁　服 务，每日违约金ＡＢ１２元；𠀂其他。"]);
    let hit = &shelf.ask("保洁服务 AB12").hits[0];
    let passage = &hit.passages[0];
    assert_eq!(marked(passage), ["保洁　服 务", "ＡＢ１２"]);
    let content: Vec<char> =
        "𠀀𠀁前言。\n乙方交付保洁　服 务，每日违约金ＡＢ１２元；𠀂其他。".chars().collect();
    let verbatim: String = content[passage.start..passage.end].iter().collect();
    assert_eq!(verbatim, passage.text);
}

#[test]
fn overlapping_words_are_one_highlight() {
    let shelf = Shelf::of_texts(&["履约保证金、保证金、保证"]);
    let hit = &shelf.ask("履约保证金 保证金 保证").hits[0];
    assert_eq!(marked(&hit.passages[0]), ["履约保证金", "保证金", "保证"]);
}

#[test]
fn a_number_inside_a_longer_one_is_not_marked() {
    let shelf = Shelf::of_texts(&["共2050台，其中50台备用。"]);
    assert_eq!(marked(&shelf.ask("50").hits[0].passages[0]), ["50"]);
}

#[test]
fn the_passage_with_most_words_comes_first() {
    let long = "违约金另议。".repeat(40) + "逾期交货的，每日违约金千分之三。" + &"双方另议。".repeat(40);
    let shelf = Shelf::of_texts(&[&long]);
    let passage = &shelf.ask("逾期交货违约金").hits[0].passages[0];
    assert!(passage.text.contains("逾期交货的，每日违约金"), "{passage:?}");
    assert!(passage.text.chars().count() <= 130);
}

#[test]
fn passages_show_every_word_that_was_asked_for() {
    let filler = "双方另议其他事项。".repeat(30);
    let text = format!(
        "罗湖区采购合同\n第一条 地点\n罗湖区罗湖街道，罗湖。{filler}\n第二条 罗湖\n罗湖区。{filler}\n\
         第七条 履约保证金\n乙方提交保证。{filler}"
    );
    let shelf = Shelf::of_texts(&[&text]);
    for query in ["履约保证金 罗湖", "罗湖 履约保证金", "罗湖区 罗湖街道 履约保证金"]
    {
        let hit = &shelf.ask(query).hits[0];
        let marks: Vec<String> = hit.passages.iter().flat_map(marked).collect();
        assert!(marks.iter().any(|mark| mark.starts_with("罗湖")), "{query}: {marks:?}");
        assert!(marks.contains(&"履约保证金".to_owned()), "{query}: {marks:?}");
        assert_eq!(hit.passages.len(), 2);
    }
}

#[test]
fn a_word_said_thousands_of_times_keeps_no_other_out() {
    let shelf = Shelf::of_texts(&[&("甲方应当。".repeat(5_000) + "电梯维保。")]);
    let hit = &shelf.ask("甲方 电梯").hits[0];
    assert!(hit.passages.iter().flat_map(marked).any(|mark| mark == "电梯"));
}

#[test]
fn a_word_is_not_shown_by_its_parts() {
    let filler = "双方另议其他事项。".repeat(30);
    let text =
        format!("逾期的，交货的，违约金另议。{filler}\n逾期交货违约金为百分之三。{filler}\n电梯。{filler}");
    let hit = &Shelf::of_texts(&[&text]).ask("逾期交货违约金 电梯").hits[0];
    let marks: Vec<String> = hit.passages.iter().flat_map(marked).collect();
    assert_eq!(marks, ["逾期交货违约金", "电梯"]);
}

#[test]
fn a_passage_names_its_clause_and_stays_inside_it() {
    let shelf = Shelf::of_texts(&[
        "采购合同\n第一条 付款\n甲方验收后付款。\n第二条 争议解决\n争议由人民法院管辖。\n第三条 其他\n本合同一式陆份。",
    ]);
    let hit = &shelf.ask("争议 管辖").hits[0];
    let passage = &hit.passages[0];
    assert_eq!(passage.clause.as_deref(), Some("第二条 争议解决"));
    assert!(!passage.text.contains("一式陆份"), "{passage:?}");
    assert_eq!(marked(passage), ["争议", "争议", "管辖"]);
}

#[test]
fn an_answer_is_what_its_schema_says() {
    let schema = serde_json::to_value(schemars::schema_for!(SearchAnswer)).expect("a schema");
    let answer = serde_json::to_value(described().ask("物业 OR 采购")).expect("an answer");
    let validator = jsonschema::validator_for(&schema).expect("a sound schema");
    assert!(validator.validate(&answer).is_ok(), "{answer}");
}

#[test]
fn nothing_found_is_relaxed_and_said() {
    let shelf = Shelf::of_texts(&["物业服务，含保洁。", "电梯维保。"]);
    let answer = shelf.ask("物业 电梯");
    assert_eq!(answer.total, 2);
    assert_eq!(answer.relaxed.as_ref().map(|relaxed| relaxed.step.as_str()), Some("any-word"));
    let answer = shelf.ask("物业 火箭发射");
    assert_eq!(answer.total, 1);
    let relaxed = answer.relaxed.expect("relaxed");
    assert!(!relaxed.unknown_words.is_empty() && relaxed.message.contains("火箭"));
    let answer = shelf.ask("“服务物业”");
    assert_eq!(answer.relaxed.map(|relaxed| relaxed.step).as_deref(), Some("sub-words"));
    let answer = shelf.ask("航天");
    assert_eq!((answer.total, answer.relaxed.map(|relaxed| relaxed.step)), (0, Some("nothing".to_owned())));
}

#[test]
fn the_count_of_a_relaxed_question_is_not_its_own() {
    let shelf = Shelf::of_texts(&["物业服务，含保洁。", "电梯维保。"]);
    let answer = shelf.ask("物业 电梯");
    let message = answer.relaxed.expect("relaxed").message;
    assert!(message.starts_with("0 份完全符合；放宽为") && message.contains("2 份"), "{message}");
    assert!(answer.understood.contains("0 份完全符合"), "{}", answer.understood);
    assert!(!shelf.ask("物业").understood.contains("0 份"));
}

#[test]
fn a_record_is_found_by_the_beginning_of_its_id() {
    let ids =
        ["3f2a9c1b77d0e4".repeat(5)[..64].to_owned(), "3f2a9c1c".repeat(8), "12345678".repeat(8) + "#2"];
    let entry = |id: &String| {
        let mut entry = record(id);
        entry.source.path = "2024/合同.txt".to_owned();
        (entry, "物业服务，编号3f-77，9c-1b。")
    };
    let shelf = Shelf::of(&ids.each_ref().map(entry));
    assert_eq!(shelf.ids("3f2a9c1b77d0"), [ids[0].as_str()]);
    assert_eq!(shelf.ids("3F2A9C1B 物业"), [ids[0].as_str()]);
    assert_eq!(shelf.ids(&ids[1]), [ids[1].as_str()]);
    assert_eq!(shelf.ids(&ids[2]), [ids[2].as_str()]);
    assert_eq!(shelf.ids("12345678"), [ids[2].as_str()]);
    assert_eq!(shelf.ids("物业 -3f2a9c1b -3f2a9c1c"), [ids[2].as_str()]);
    assert_eq!(shelf.ask("3f2a9c1d").total, 0, "never by its halves");
}

#[test]
fn conditions_are_never_relaxed() {
    let mut partial = record("a");
    partial.status = Status::Partial;
    let shelf = Shelf::of(&[(partial, "电梯维保"), (record("b"), "物业服务")]);
    let answer = shelf.ask("物业 电梯 状态:部分");
    assert_eq!(answer.hits.iter().map(|hit| hit.id.as_str()).collect::<Vec<_>>(), ["a"]);
}

fn described() -> Shelf {
    let mut a = record("a");
    a.fields.title = value("物业服务合同".to_owned());
    a.fields.contract_number = value("SZLH-2023-001".to_owned());
    a.fields.amount = yuan(500_000);
    a.fields.sign_date = value(date(2023, 5, 8));
    a.fields.parties = vec![party("深圳市罗湖区教育局")];
    a.findings = vec![
        finding("dual-forum", Severity::Violation, Outcome::Hit),
        finding("dual-forum", Severity::Violation, Outcome::Hit),
        finding("vague-title", Severity::Risk, Outcome::CannotTell),
    ];
    let mut b = record("b");
    b.fields.title = value("电梯采购合同".to_owned());
    b.fields.amount = yuan(2_000_000);
    b.fields.sign_date = value(date(2024, 12, 31));
    b.status = Status::Partial;
    b.kind = Kind::Supplement;
    Shelf::of(&[(a, "正文甲"), (b, "正文乙")])
}

#[test]
fn conditions_find_what_they_say() {
    let shelf = described();
    for (query, expected) in [
        ("金额:>=50万", vec!["a", "b"]),
        ("金额:>50万", vec!["b"]),
        ("amount:50万..100万", vec!["a"]),
        ("signed:2023", vec!["a"]),
        ("签订:2023..2024", vec!["a", "b"]),
        ("签订:>2024-12-30", vec!["b"]),
        ("签订:<2023-05-08", vec![]),
        ("规则:dual-forum", vec!["a"]),
        ("rule:luohu-2018/dual-forum", vec!["a"]),
        ("rule:vague-title", vec![]),
        ("undecided:vague-title", vec!["a"]),
        ("级别:违规", vec!["a"]),
        ("status:partial", vec!["b"]),
        ("类别:补充协议", vec!["b"]),
        ("标题:物业", vec!["a"]),
        ("编号:2023-001", vec!["a"]),
        ("路径:2024/b", vec!["b"]),
        ("合同 -标题:物业", vec!["b"]),
        ("正文 签订:2023", vec!["a"]),
    ] {
        assert_eq!(shelf.ids(query), expected, "{query}");
    }
}

#[test]
fn a_condition_that_nothing_meets_is_told() {
    let shelf = described();
    for (query, part) in [
        ("规则:不存在", "dual-forum"),
        ("规则:金额大小写不一致", "dual-forum"),
        ("待核:不存在", "vague-title"),
        ("正文 -规则:不存在", "命中规则 不存在"),
        ("物业 电梯 规则:不存在", "命中规则 不存在"),
        ("当事人:周砚秋", "周砚秋"),
        ("金额:>1亿", "金额（元）"),
    ] {
        let message = shelf.ask(query).relaxed.unwrap_or_else(|| panic!("{query}")).message;
        assert!(message.contains("没有一份符合") && message.contains(part), "{query}: {message}");
    }
    for query in ["规则:dual-forum", "金额:>1 签订:2023", "电梯 规则:dual-forum"] {
        let message = shelf.ask(query).relaxed.map(|relaxed| relaxed.message).unwrap_or_default();
        assert!(!message.contains("没有一份符合"), "{query}: {message}");
    }
}

#[test]
fn facets_count_contracts_not_findings() {
    let answer = described().ask("合同");
    let counts = |name: &str| -> Vec<(String, u64)> {
        let facet = answer.facets.iter().find(|facet| facet.name == name);
        facet.into_iter().flat_map(|f| &f.counts).map(|c| (c.value.clone(), c.count)).collect()
    };
    assert_eq!(counts("rule"), [("dual-forum".to_owned(), 1)]);
    assert_eq!(counts("year"), [("2024".to_owned(), 1), ("2023".to_owned(), 1)]);
    assert_eq!(counts("status"), [("complete".to_owned(), 1), ("partial".to_owned(), 1)]);
    assert_eq!(counts("party"), [("深圳市罗湖区教育局".to_owned(), 1)]);
}

#[test]
fn the_answer_says_how_the_question_was_read() {
    let answer = described().ask("物业 -停车 金额:>50万 签订:<2024");
    assert_eq!(
        answer.understood,
        "含“物业”，且不含“停车”，且金额（元） ≥ 500000.01，且签订日期 ≤ 2023-12-31"
    );
}

#[test]
fn a_fault_of_the_question_prints_once() {
    let shelf = Shelf::of_texts(&["物业服务"]);
    let error = shelf.index.search("(物业", &SearchOptions::default()).expect_err("no closing bracket");
    assert!(std::error::Error::source(&error).is_none() && error.to_string().contains("括号"));
}

#[test]
fn putting_twice_gives_one_hit() {
    let shelf = Shelf::of_texts(&["物业服务"]);
    shelf.put(&[(record("a"), "电梯维保"), (record("a"), "电梯采购")]);
    assert_eq!(shelf.index.len(), 1);
    assert!(shelf.ids("物业").is_empty());
    assert_eq!(shelf.ids("电梯采购"), ["a"]);
    let mut writer = shelf.index.writer().expect("a writer");
    writer.delete("a");
    writer.finish().expect("finished");
    shelf.index.refresh().expect("refreshed");
    assert!(shelf.index.is_empty());
}

#[test]
fn a_secret_text_stays_out() {
    let mut secret = record("a");
    secret.fields.title = value("雷达采购合同".to_owned());
    secret.findings = vec![finding("secret-marked", Severity::Violation, Outcome::Hit)];
    let shelf = Shelf::of(&[(secret, "机密★十年 雷达")]);
    assert!(shelf.ids("雷达").is_empty());
    let hit = &shelf.ask("规则:secret-marked").hits[0];
    assert!(hit.withheld && hit.title.is_none() && hit.passages.is_empty());
}

#[test]
fn a_missing_a_damaged_and_an_old_index() {
    let shelf = Shelf::of_texts(&["物业服务"]);
    assert!(shelf.index.was_rebuilt());
    let store = shelf.folder.path();
    let again = Index::create_or_open(store, lexicon()).expect("opened");
    assert!(!again.was_rebuilt() && again.len() == 1);
    drop(again);
    std::fs::create_dir(store.join("index-0")).expect("an old index");
    std::fs::write(Index::folder(store).join("meta.json"), "{").expect("damaged");
    assert!(matches!(Index::open(store, lexicon()), Err(SearchError::Broken { .. })));
    let rebuilt = Index::create_or_open(store, lexicon()).expect("rebuilt");
    assert!(rebuilt.was_rebuilt() && rebuilt.is_empty() && !store.join("index-0").exists());
    assert!(matches!(Index::open(&store.join("none"), lexicon()), Err(SearchError::Missing(_))));
}

#[test]
fn pages_of_hits_follow_each_other() {
    let texts = vec!["物业服务"; 7];
    let shelf = Shelf::of_texts(&texts);
    let page = |offset| {
        let options = SearchOptions { limit: 3, offset, ..SearchOptions::default() };
        let answer = shelf.index.search("物业", &options).expect("found");
        assert_eq!(answer.total, 7);
        answer.hits.into_iter().map(|hit| hit.id).collect::<String>()
    };
    assert_eq!([page(0), page(3), page(6), page(9)], ["abc", "def", "g", ""]);
}

/// Many short texts over few characters, in several segments: every phrase has near misses.
fn crowd() -> (&'static Shelf, &'static [String]) {
    static CROWD: OnceLock<(Shelf, Vec<String>)> = OnceLock::new();
    let (shelf, texts) = CROWD.get_or_init(|| {
        let chars = ['物', '业', '服', '务', '合', '同'];
        let char_at = |n: usize| chars[n * n / 7 % chars.len()];
        let text = |n: usize| (0..6).map(|i| char_at(n * (i + 3) + i * i)).collect::<String>();
        let texts: Vec<String> = (0..120).map(text).collect();
        let shelf = Shelf::of(&[]);
        for (part, some) in texts.chunks(40).enumerate() {
            let entries = some.iter().enumerate().map(|(n, text)| {
                let mut entry = record(&format!("{:03}", part * 40 + n));
                entry.source.path = String::new();
                (entry, text.as_str())
            });
            shelf.put(&entries.collect::<Vec<_>>());
        }
        (shelf, texts)
    });
    (shelf, texts)
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn no_question_panics(query in "[物业服务合同违约金a1.（）\"“ ：:非或-]{1,12}") {
        static SHELF: OnceLock<Shelf> = OnceLock::new();
        let shelf = SHELF.get_or_init(|| Shelf::of_texts(&["物业服务合同，违约金a1-1.5。\n业务合 同金"]));
        let _ = shelf.index.search(&query, &SearchOptions::default());
    }

    #[test]
    fn quoting_and_excluding_are_exact(with in "[物业服务合同]{1,2}", without in "[物业服务合同]{1,3}") {
        let (shelf, texts) = crowd();
        let options = SearchOptions { limit: 200, ..SearchOptions::default() };
        let answer = shelf.index.search(&format!("“{with}” -“{without}”"), &options).expect("answered");
        let mut found: Vec<usize> = answer.hits.iter().filter_map(|hit| hit.id.parse().ok()).collect();
        found.sort_unstable();
        let wanted = |text: &String| text.contains(&with) && !text.contains(&without);
        let expected: Vec<usize> = (0..texts.len()).filter(|&n| wanted(&texts[n])).collect();
        let leaked = found.iter().any(|&n| texts[n].contains(&without));
        proptest::prop_assert!(!leaked);
        proptest::prop_assert!(answer.relaxed.is_some() || found == expected);
        proptest::prop_assert_eq!(answer.relaxed.is_some(), expected.is_empty());
    }

    #[test]
    fn any_part_of_a_text_is_found_by_quoting_it(start in 0_usize..40, length in 1_usize..20) {
        static SHELF: OnceLock<Shelf> = OnceLock::new();
        const CONTENT: &str = "深圳市罗湖区住房和建设局与中标人签订本市政道路养护合同期限三年自签订之日起生效一式陆份甲方执肆份";
        let shelf = SHELF.get_or_init(|| Shelf::of_texts(&[CONTENT]));
        let part: String = CONTENT.chars().skip(start).take(length).collect();
        if !part.is_empty() {
            let answer = shelf.ask(&format!("“{part}”"));
            proptest::prop_assert!(answer.relaxed.is_none() && answer.total == 1, "{}", part);
            proptest::prop_assert!(marked(&answer.hits[0].passages[0]).contains(&part));
        }
    }
}
