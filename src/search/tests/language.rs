//! The query language on a whole index.

use super::*;
use crate::model::fields::{ContractType, Dispute, DisputeKind, GoverningLaw, Side, Territory};

/// Two contracts with everything that a condition may ask.
fn filed() -> Shelf {
    let mut a = record("a");
    a.stage = Stage::Draft;
    a.fields.contract_type = Some(ContractType {
        code: Value::new("service".to_owned(), 1.0, "test", Vec::new()),
        label: "服务合同".to_owned(),
        article5: Vec::new(),
    });
    a.fields.parties = vec![party("深圳市罗湖区教育局"), party("深圳市鹏劭珩物业管理有限公司")];
    a.fields.parties[0].side = Side::Government;
    a.fields.parties[1].side = Side::Counterparty;
    a.fields.dispute = value(Dispute {
        kind: DisputeKind::Arbitration,
        forum: Some("深圳国际仲裁院".to_owned()),
        territory: Territory::Home,
        steps: Vec::new(),
    });
    a.fields.governing_law =
        value(GoverningLaw { territory: "CN".to_owned(), text: "中华人民共和国法律".to_owned() });
    a.fields.amount = yuan(500_000);
    a.findings = vec![finding("dual-forum", Severity::Violation, Outcome::Hit)];
    a.findings[0].message = "同时约定仲裁与诉讼".to_owned();
    let mut b = record("b");
    b.fields.amount = yuan(7_000);
    b.fields.amount.as_mut().expect("set").value.currency = "USD".to_owned();
    Shelf::of(&[(a, "正文甲，仲裁。"), (b, "教育局正文乙，同时约定。")])
}

#[test]
fn conditions_on_what_was_read() {
    let shelf = filed();
    for (query, expected) in [
        ("类型:服务", vec!["a"]),
        ("type:service", vec!["a"]),
        ("部门:教育局", vec!["a"]),
        ("dept:物业", vec![]),
        ("相对方:物业", vec!["a"]),
        ("管辖:国际仲裁院", vec!["a"]),
        ("law:CN", vec!["a"]),
        ("法律:中华人民共和国", vec!["a"]),
        ("正文:同时约定", vec!["b"]),
        ("发现:同时约定", vec!["a"]),
        ("finding:“仲裁与诉讼”", vec!["a"]),
        ("阶段:草稿", vec!["a"]),
        ("币种:美元", vec!["b"]),
        ("currency:usd", vec!["b"]),
        ("金额:>1", vec!["a"]),
        ("当事人:(教育局 OR 物业)", vec!["a"]),
        ("正文 -部门:(教育局 OR 罗湖区)", vec!["b"]),
        ("部门:教肓局~", vec!["a"]),
    ] {
        assert_eq!(shelf.ids(query), expected, "{query}");
    }
}

#[test]
fn what_is_sought_in_the_text_alone_is_shown() {
    let shelf = filed();
    assert_eq!(marked(&shelf.ask("正文:同时约定").hits[0].passages[0]).concat(), "同时约定");
    assert!(shelf.ask("发现:同时约定").hits[0].passages.is_empty());
}

#[test]
fn words_near_each_other_in_any_order() {
    let shelf = Shelf::of_texts(&[
        "逾期交货的，乙方支付违约金。",
        "违约金在逾期后支付。",
        "逾期交货。乙方应当按照合同约定，向甲方支付上述全部款项以及违约金。",
        "逾约期违金。",
    ]);
    assert_eq!(shelf.ids("\"逾期 违约金\"~3"), ["b"]);
    assert_eq!(shelf.ids("\"逾期 违约金\"~10"), ["a", "b"]);
    assert_eq!(shelf.ids("“逾期 违约金”~40"), ["a", "b", "c"]);
    assert_eq!(shelf.ids("支付 -“逾期 违约金”~10"), ["c"]);
    assert_eq!(shelf.ids("\"逾期违约金\"~10"), ["a", "b"], "without a space the words are cut");
    let marks = marked(&shelf.ask("\"逾期 违约金\"~3").hits[0].passages[0]);
    assert_eq!(marks, ["违约金", "逾期"]);
}

#[test]
fn one_character_may_differ() {
    let shelf =
        Shelf::of_texts(&["乙方支付违约全。", "乙方支付违约金。", "乙方支付违的约金。", "期未付款。"]);
    assert_eq!(shelf.ids("违约金~"), ["a", "b", "c"]);
    let answer = shelf.ask("违约金~");
    assert_eq!(answer.hits[0].id, "b", "as written comes first");
    let marks: Vec<String> = answer.hits.iter().flat_map(|hit| &hit.passages).flat_map(marked).collect();
    assert!(marks.contains(&"违约全".to_owned()) && marks.contains(&"违的约金".to_owned()), "{marks:?}");
    assert_eq!(shelf.ids("期末~"), ["d"]);
    assert_eq!(marked(&shelf.ask("期末~").hits[0].passages[0]), ["期未"]);
    assert_eq!(shelf.ids("正文 OR 违约金~ -违约全"), ["b", "c"]);
}

#[test]
fn a_code_with_one_wrong_letter() {
    let shelf = Shelf::of_texts(&["编号LHCG-2024-0136。"]);
    assert_eq!(shelf.ids("LHCG-2024-O136~"), ["a"]);
}

#[test]
fn a_word_that_is_excluded_away_is_not_called_unknown() {
    let shelf =
        Shelf::of_texts(&["争议提交深圳国际仲裁院仲裁。", "争议向法院起诉。", "由仲裁委决定。地点深圳。"]);
    let relaxed = shelf.ask("仲裁 NOT 深圳").relaxed.expect("nothing is left");
    assert!(relaxed.message.contains("含“仲裁”的 2 份合同都不符合其余条件"), "{}", relaxed.message);
    assert!(relaxed.corrections.is_empty(), "{:?}", relaxed.corrections);
}

#[test]
fn conditions_that_exclude_each_other_are_told_apart() {
    let shelf = filed();
    let answer = shelf.ask("部门:教育局 金额:>100万 -电梯");
    assert_eq!(answer.total, 0);
    let relaxed = answer.relaxed.expect("never silently empty");
    assert!(relaxed.message.contains("全部已入库合同中没有一份符合条件：金额"), "{}", relaxed.message);
    let relaxed = shelf.ask("类型:采购").relaxed.expect("never silently empty");
    assert!(relaxed.message.contains("出现过的类型有：服务合同"), "{}", relaxed.message);
    let relaxed = shelf.ask("部门:教育局 币种:美元").relaxed.expect("never silently empty");
    assert_eq!(relaxed.step, "empty-condition");
    assert!(
        relaxed.message.contains("部门（政府一方）含“教育局”：1 份；币种为“美元”：1 份"),
        "{}",
        relaxed.message
    );
}

#[test]
fn a_comparison_needs_no_colon() {
    let shelf = filed();
    for query in ["金额>1", "金额>=50万", "金额＞十万", "amount<=500000", "金额:五十万", "金额=500000"]
    {
        assert_eq!(shelf.ids(query), ["a"], "{query}");
    }
    assert_eq!(shelf.ask("金额<10万").total, 0);
}
