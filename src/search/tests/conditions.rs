//! Conditions, what is counted, and what is said when nothing is found.

use super::*;

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
fn what_nearly_all_have_is_counted_exactly() {
    let entry = |id: &str, amount: i64| {
        let mut entry = record(id);
        entry.fields.amount = yuan(amount);
        entry.fields.parties = vec![party(&format!("{id}公司"))];
        (entry, if id == "c" { "电梯" } else { "物业" })
    };
    let ids = ["a", "b", "c", "d", "e", "f", "g"];
    let shelf = Shelf::of(&ids.map(|id| entry(id, 100)));
    // What was replaced still stands in the index until it is merged away.
    shelf.put(&[entry("d", 7)]);
    let answer = shelf.ask("物业");
    assert_eq!((answer.total, answer.totals[0].contracts), (6, 6));
    assert_eq!(answer.totals[0].amount, Decimal::from(507));
    let facet = |name: &str| answer.facets.iter().find(|facet| facet.name == name).expect("counted");
    assert_eq!(facet("status").counts[0].count, 6);
    let parties: Vec<_> =
        facet("party").counts.iter().map(|count| (count.value.as_str(), count.count)).collect();
    assert_eq!(parties, ["a公司", "b公司", "d公司", "e公司", "f公司", "g公司"].map(|name| (name, 1)));
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
