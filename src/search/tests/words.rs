//! Words, names, figures and exclusions: what is found and what is not.

use super::*;

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
