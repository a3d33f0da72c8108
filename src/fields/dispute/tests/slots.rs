//! Slots that stand open or struck out, boxes and numbers in odd places, names in short, special terms.

use super::*;

#[test]
fn an_open_slot_names_nobody() {
    for (text, expected) in [
        ("协商不成的，向          人民法院提起诉讼。", (Court, None)),
        ("协商不成的，向________人民法院提起诉讼。", (Court, None)),
        ("协商不成的，提交        仲裁委员会仲裁。", (Arbitration, None)),
        ("协商不成的，向有管辖权的人民法院提起诉讼。", (Court, Some("人民法院"))),
        ("协商不成的，向__深圳市福田区__人民法院起诉。", (Court, Some("深圳市福田区人民法院"))),
        ("协商不成的，向    甲方所在地    人民法院起诉。", (Court, Some("甲方所在地人民法院"))),
        (
            "协商不成的，约定向 / 仲裁委员会提请仲裁或向 工程所在地 人民法院提起诉讼。",
            (Court, Some("工程所在地人民法院")),
        ),
    ] {
        assert_eq!(clause(text), (expected.0, expected.1.map(str::to_owned)), "{text}");
    }
}

#[test]
fn choices_in_odd_places() {
    let court = (Court, Some("甲方所在地人民法院".to_owned()));
    for text in [
        "争议解决方式：B\nA. 提交深圳国际仲裁院仲裁；\nB. 向甲方所在地人民法院起诉。",
        "（√）1. 向甲方所在地人民法院起诉；\n（  ）2. 提交深圳国际仲裁院仲裁。",
        "提交深圳国际仲裁院仲裁（  ）\n向甲方所在地人民法院起诉（√）",
        "1. 提交深圳国际仲裁院仲裁；\n√2. 向甲方所在地人民法院起诉。",
        "争议解决方式：□仲裁 ☑诉讼\n管辖法院：甲方所在地人民法院",
        "协商不成的，可采取以下第    （2）     种方式解决：\n（1）由         仲裁委员会仲裁；\n（2）向甲方所在地人民法院起诉。",
        "对有关条款发生争议的，任何一方有权选择下列第②种方式解决：\n①提交深圳国际仲裁院仲裁；②向甲方所在地人民法院起诉。",
    ] {
        assert_eq!(clause(text), court, "{text}");
    }
    let one = "双方可以约定以下一种方式解决争议：\n（1）向约定的仲裁委员会申请仲裁；\n（2）向人民法院起诉。";
    assert_eq!(clause(one).0, Unselected);
}

#[test]
fn bodies_by_short_and_by_two_names() {
    for (text, name) in [
        ("提交贸仲按其现行规则仲裁。", "贸仲"),
        ("提请深国仲仲裁。", "深国仲"),
        ("提交CIETAC按其规则仲裁。", "CIETAC"),
        ("提交北京仲裁委员会/北京国际仲裁中心仲裁。", "北京仲裁委员会"),
        ("提交中国国际经济贸易仲裁委员会（CIETAC）仲裁。", "中国国际经济贸易仲裁委员会"),
    ] {
        assert_eq!(clause(text), (Arbitration, Some(name.to_owned())), "{text}");
    }
}

#[test]
fn courts_that_are_only_spoken_of() {
    let arbitral = (Arbitration, Some("深圳国际仲裁院".to_owned()));
    for text in [
        "提交深圳国际仲裁院仲裁。仲裁费用由败诉方承担，人民法院另有裁定的除外。",
        "各方同意排除法院管辖，提交深圳国际仲裁院。",
    ] {
        assert_eq!(clause(text), arbitral, "{text}");
    }
}

#[test]
fn special_terms_go_before_general_ones() {
    let terms = |general: &str, special: &str| {
        let source = format!(
            "第一部分 通用条款\n12. 争议解决\n12.1 {general}\n第二部分 专用条款\n12. 争议解决\n12.1 {special}"
        );
        dispute(&source).map(|d| (d.kind, d.forum.unwrap_or_default()))
    };
    let court = Some((Court, "甲方所在地人民法院".to_owned()));
    let special = "向甲方所在地人民法院提起诉讼。";
    assert_eq!(terms("协商不成的，提交深圳国际仲裁院仲裁。", special), court);
    assert_eq!(terms("可提交仲裁或向人民法院起诉，具体见专用条款。", special), court);
    let left = terms("协商不成的，提交深圳国际仲裁院仲裁。", "同通用条款，双方协商解决。");
    assert_eq!(left, Some((Arbitration, "深圳国际仲裁院".to_owned())));
}

#[test]
fn clauses_numbered_by_a_dot_reach_to_the_next() {
    let text = "甲方：甲局\n乙方：乙有限公司\n1. 标的\n19. 争议的解决\n19.1 双方友好协商。\n19.2 三十日内不能解决的，任何一方均可向\n甲方住所地人民法院提起诉讼。\n20. 其他";
    let found = dispute(text).expect("a dispute clause");
    assert_eq!((found.kind, found.forum.as_deref()), (Court, Some("甲方住所地人民法院")));
}

#[test]
fn what_looks_like_another_choice_is_none() {
    let court = |name: &str| (Court, Some(name.to_owned()));
    let own = "甲方所在地人民法院";
    for (text, expected) in [
        ("争议解决方式：诉讼☑ 仲裁□，管辖法院：甲方所在地人民法院。", court(own)),
        ("争议解决方式：诉讼（√）仲裁（ ），由甲方所在地人民法院管辖。", court(own)),
        ("双方不得另行约定仲裁机构，协商不成向甲方所在地人民法院提起诉讼。", court(own)),
        ("本合同不另行约定仲裁，双方一致同意向甲方所在地人民法院提起诉讼。", court(own)),
        ("甲方住所地位于深仲大厦，发生争议向甲方所在地人民法院起诉。", court(own)),
        ("请深国仲调解，调解不成的向甲方所在地人民法院起诉。", court(own)),
        (
            "双方协商不成的按约定仲裁条款向深圳仲裁委员会申请仲裁，不得起诉。",
            (Arbitration, Some("深圳仲裁委员会".to_owned())),
        ),
    ] {
        assert_eq!(clause(text), expected, "{text}");
    }
    assert_ne!(clause("双方同意在湖北仲裁。").1.as_deref(), Some("北仲"));
}
