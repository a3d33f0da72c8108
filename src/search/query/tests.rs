//! Questions as people type them, right and wrong.

use super::*;

fn words(text: &str) -> Node {
    Node::Words(text.to_owned())
}

fn not(node: Node) -> Node {
    Node::Not(Box::new(node))
}

fn ask(query: &str) -> Node {
    parse(query).expect(query)
}

#[test]
fn words_operators_and_brackets() {
    assert_eq!(ask("物业 违约金"), Node::All(vec![words("物业"), words("违约金")]));
    assert_eq!(ask("物业 -停车"), Node::All(vec![words("物业"), not(words("停车"))]));
    assert_eq!(ask("物业 NOT 停车"), ask("物业 非 停车"));
    let either = Node::Any(vec![words("保洁"), words("保安")]);
    assert_eq!(ask("(保洁 OR 保安) 违约金"), Node::All(vec![either.clone(), words("违约金")]));
    assert_eq!(ask("保洁 或 保安"), either);
    assert_eq!(ask("（保洁 或 保安） 违约金"), ask("(保洁 OR 保安) 违约金"));
}

#[test]
fn operator_words_inside_words_are_words() {
    assert_eq!(ask("非机动车"), words("非机动车"));
    assert_eq!(ask("HT-2024"), words("HT-2024"));
    assert_eq!(ask("上午9:30"), words("上午9:30"));
    assert_eq!(ask("“地址：深圳”"), Node::Phrase("地址：深圳".to_owned()));
}

#[test]
fn quotation_marks_of_any_kind() {
    let phrase = Node::Phrase("不可抗力".to_owned());
    for query in ["\"不可抗力\"", "“不可抗力”", "“不可抗力“", "＂不可抗力＂", "「不可抗力」"]
    {
        assert_eq!(ask(query), phrase, "{query}");
    }
}

#[test]
fn conditions_in_two_languages() {
    let million = Filter::Range(NumberField::Amount, Range { from: Some(100_000_001), to: None });
    assert_eq!(ask("amount:>1000000"), Node::Filter(million));
    assert_eq!(ask("金额：＞１００万"), ask("amount:>1000000"));
    let title = Filter::Text { field: TextField::Title, text: "物业".to_owned(), how: How::Words };
    assert_eq!(ask("标题:物业"), Node::Filter(title));
    assert_eq!(ask("级别:违规"), Node::Filter(Filter::Exact(Exact::Severity, "violation".to_owned())));
    assert_eq!(ask("term_end:2025"), ask("到期:2025"));
}

#[test]
fn a_wrong_question_is_shown_with_its_place() {
    for (query, start, part) in [
        ("物业 \"违约", 3, "引号"),
        ("(物业", 0, "括号"),
        ("物业)", 2, "右括号"),
        ("物业 OR", 3, "一边没有"),
        ("OR 物业", 0, "一边没有"),
        ("物业 NOT", 3, "没有内容"),
        ("owner:张三", 0, "没有名为"),
        ("金额:很多", 3, "不是可以比较"),
        ("金额: 5", 0, "没有值"),
        ("状态:好", 3, "不是可选"),
        ("签订:2025..2023", 3, "起点大于终点"),
        ("", 0, "没有可查的文字"),
        ("，。", 0, "没有可查的文字"),
        ("()", 0, "没有可查的文字"),
    ] {
        let error = parse(query).expect_err(query);
        assert_eq!(error.start, start, "{query}: {error}");
        assert!(error.message.contains(part), "{query}: {error}");
    }
}

#[test]
fn what_is_no_condition_is_no_word_either() {
    for (query, nearest) in [
        ("期限:5年", "到期:"),
        ("titel:物业", "可用的条件"),
        ("titl:物业", "title:"),
        ("当是人:教育局", "当事人:"),
        ("物业 乙方:周砚秋", "当事人:"),
        ("地址：深圳", "可用的条件"),
    ] {
        let error = parse(query).expect_err(query);
        assert!(error.message.contains("没有名为"), "{query}: {error}");
        assert!(error.suggestion.contains(nearest), "{query}: {error}");
        assert!(error.suggestion.contains("引号"), "{query}: {error}");
    }
}

#[test]
fn groups_distances_and_near_words() {
    let title = |text: &str| {
        let text = text.to_owned();
        Node::Filter(Filter::Text { field: TextField::Title, text, how: How::Words })
    };
    assert_eq!(ask("标题:(保洁 OR 保安)"), Node::Any(vec![title("保洁"), title("保安")]));
    assert_eq!(ask("标题:（物业）"), title("物业"));
    let parts = vec!["逾期".to_owned(), "违约金".to_owned()];
    assert_eq!(ask("\"逾期 违约金\"~5"), Node::Near { parts: parts.clone(), slop: 5 });
    assert_eq!(ask("“逾期 违约金”～"), Node::Near { parts, slop: 10 });
    assert_eq!(ask("违约全~"), Node::Fuzzy("违约全".to_owned()));
    assert_eq!(ask("违约全~1"), ask("违约全～"));
    let until = Filter::Range(NumberField::Amount, Range { from: Some(50_000_000), to: None });
    assert_eq!(ask("金额:50万~"), Node::Filter(until));
    for (query, part) in [
        ("\"逾期 违约金\"~5000", "相隔"),
        ("标题:(物业 金额:5)", "括号里"),
        ("级别:(违规 OR 好)", "不是可选"),
    ] {
        let error = parse(query).expect_err(query);
        assert!(error.message.contains(part), "{query}: {error}");
    }
}

#[test]
fn the_caret_stands_under_the_place() {
    let error = parse("物业 金额:很多").expect_err("no amount");
    let shown = error.to_string();
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines.get(1..3), Some(["  物业 金额:很多", "            ^^^^"].as_slice()));
}

#[test]
fn deep_brackets_are_refused() {
    let query = "(".repeat(40) + "物业";
    assert!(parse(&query).expect_err("too deep").message.contains("层"));
}

proptest::proptest! {
    #[test]
    fn nothing_typed_panics(query in "[\\PC()（）\"“”:：\\-非或 ]{0,40}") {
        if let Err(error) = parse(&query) {
            proptest::prop_assert!(!error.to_string().is_empty());
        }
    }
}
