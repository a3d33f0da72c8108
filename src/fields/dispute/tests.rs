//! Dispute clauses and what they say.

use super::super::reading::tests::with_reading;
use super::*;
use crate::model::fields::Territory;
mod slots;

use DisputeKind::{Arbitration, Both, Court, None as Neither, Unselected};

fn dispute(source: &str) -> Option<Dispute> {
    with_reading(source, |reading| {
        let mut draft = Draft::default();
        super::super::parties::EXTRACTOR.run_on(reading, &mut draft);
        super::super::sign_place::EXTRACTOR.run_on(reading, &mut draft);
        run(reading, &mut draft);
        draft.fields.dispute.map(|v| v.value)
    })
}

#[test]
fn an_unread_page_may_choose() {
    let read = |unread: &[u32], text: &str| {
        let source = format!("第一条 标的\n第九条 争议解决\n{text}\n第十条 其他\n本合同一式两份。");
        super::super::reading::tests::with_unread(&source, unread, |reading| {
            let mut draft = Draft::default();
            run(reading, &mut draft);
            (draft.fields.dispute.map(|d| d.value.kind), draft.absent.first().map(|a| a.reason))
        })
    };
    use crate::model::fields::AbsentReason::UnreadablePage;
    let open = "发生争议的，双方协商解决。";
    assert_eq!(read(&[6], open), (None, Some(UnreadablePage)));
    assert_eq!(read(&[], open), (Some(Neither), None));
    assert_eq!(read(&[6], "协商不成的，提交北京仲裁委员会仲裁。"), (Some(Arbitration), None));
}

#[test]
fn options_below_a_numbered_sentence() {
    for (number, kind, forum) in
        [("1", Arbitration, "深圳国际仲裁院"), ("2", Court, "深圳市罗湖区人民法院"), ("", Unselected, "")]
    {
        let source = format!(
            "甲方：甲局\n乙方：乙有限公司\n第一条 标的\n第二十四条：双方因履行本合同发生的争议，协商不成的，按下列第（{number}）种方式处理：\n（1）提交深圳国际仲裁院仲裁；\n（2）向深圳市罗湖区人民法院起诉。\n第二十五条：其他"
        );
        let found = dispute(&source).expect("a dispute clause");
        assert_eq!((found.kind, found.forum.as_deref().unwrap_or_default()), (kind, forum), "{source}");
    }
}

fn clause(text: &str) -> (DisputeKind, Option<String>) {
    let source = format!(
        "甲方：深圳市罗湖区教育局\n乙方：乙有限公司\n第一条 标的\n第九条 争议解决\n{text}\n第十条 其他\n本合同一式两份。"
    );
    dispute(&source).map(|d| (d.kind, d.forum)).expect("a dispute clause")
}

#[test]
fn one_way() {
    let cases = [
        ("协商不成的，任何一方均应向深圳市罗湖区人民法院提起诉讼。", Court, Some("深圳市罗湖区人民法院")),
        ("协商不成的，由深圳市罗湖区人民法院管辖。", Court, Some("深圳市罗湖区人民法院")),
        ("协商不成的，向有管辖权的人民法院起诉。", Court, Some("人民法院")),
        ("向工程所在地有管辖权的人民法院提起诉讼。", Court, Some("工程所在地人民法院")),
        ("可向甲方所在地人民法院提起诉讼。", Court, Some("甲方所在地人民法院")),
        ("提交深圳国际仲裁院（深圳仲裁委员会）仲裁。", Arbitration, Some("深圳国际仲裁院")),
        ("任何一方可向任何一方所在地人民法院起诉。", Court, Some("任何一方所在地人民法院")),
        ("提交北京仲裁委员会仲裁。", Arbitration, Some("北京仲裁委员会")),
        (
            "任何争议，均提交深圳国际仲裁院，按照申请仲裁时该院现行有效的仲裁规则在深圳进行仲裁。仲裁裁决是终局的。一方不履行裁决的，另一方可以向有管辖权的人民法院申请强制执行。",
            Arbitration,
            Some("深圳国际仲裁院"),
        ),
        (
            "应提交香港国际仲裁中心，按照提交仲裁通知时有效的《香港国际仲裁中心机构仲裁规则》最终解决。",
            Arbitration,
            Some("香港国际仲裁中心"),
        ),
        (
            "可向劳动争议仲裁委员会申请仲裁；对裁决不服的，可向人民法院起诉。",
            Arbitration,
            Some("劳动争议仲裁委员会"),
        ),
        ("争执发生后三十日内不能和解的，交珠海仲裁委员会裁决。", Arbitration, Some("珠海仲裁委员会")),
        ("向乙方住所地有管辖权的人民法院，即东莞市第二人民法院起诉。", Court, Some("东莞市第二人民法院")),
        ("争议由合同签订地人民法院——珠海市香洲区人民法院审理。", Court, Some("珠海市香洲区人民法院")),
        ("协商不成，在甲方所在地人民\n法院诉讼解决。", Court, None),
        (
            "履行中发生的分歧由双方协商，协商不成时，双方均同意\n由珠海仲裁委员会仲裁。",
            Arbitration,
            Some("珠海仲裁委员会"),
        ),
        (
            "解决方式：□协商 ■仲裁 □诉讼；选择仲裁的，机构为珠海仲裁委员会。",
            Arbitration,
            Some("珠海仲裁委员会"),
        ),
        (
            "按第（1）种方式解决：\n（1）提请__珠海仲裁委员会__仲裁委员会仲裁；\n（2）向__/__人民法院起诉。",
            Arbitration,
            Some("珠海仲裁委员会"),
        ),
        ("双方协商解决，由上级主管部门裁决。", Neither, None),
    ];
    for (text, kind, forum) in cases {
        assert_eq!(clause(text), (kind, forum.map(str::to_owned)), "{text}");
    }
}

#[test]
fn a_way_that_is_ruled_out_is_none() {
    for text in [
        "提交深圳国际仲裁院仲裁；仲裁裁决是终局的，任何一方不得再向人民法院起诉。",
        "提交深圳国际仲裁院仲裁，双方均不得另行向有管辖权的人民法院提起诉讼。",
        "提交深圳国际仲裁院仲裁，双方放弃向法院起诉的权利。",
    ] {
        assert_eq!(clause(text), (Arbitration, Some("深圳国际仲裁院".to_owned())), "{text}");
    }
    for (text, kind) in [
        ("协商不能解决的向深圳市罗湖区人民法院起诉。", Court),
        ("未经协商，不得向深圳市罗湖区人民法院起诉。", Court),
        ("经协商不能通过调解解决的，向深圳市罗湖区人民法院起诉。", Court),
        ("向深圳市罗湖区人民法院起诉，不得申请仲裁。", Court),
        ("应当依法通过诉讼解决，但双方事后书面同意的，可提交仲裁。", Court),
        ("通过诉讼解决，双方另行达成仲裁协议的，提交北京仲裁委员会仲裁。", Court),
        ("不能另行达成协议的，提交北京仲裁委员会仲裁。", Arbitration),
    ] {
        assert_eq!(clause(text).0, kind, "{text}");
    }
}

#[test]
fn labour_disputes_of_others_choose_nothing() {
    for text in [
        "协商不成的，向深圳市罗湖区人民法院起诉。\n驻场人员与乙方发生劳动争议的，应先申请劳动仲裁；对裁决不服的，可向人民法院起诉。",
        "派驻员工与乙方之间发生劳动争议的，可向劳动争议仲裁委员会申请仲裁。\n协商不成的，向深圳市罗湖区人民法院起诉。",
        "协商不成的，向深圳市罗湖区人民法院起诉。\n涉及劳动争议的，由劳动争议仲裁委员会仲裁。",
    ] {
        assert_eq!(clause(text), (Court, Some("深圳市罗湖区人民法院".to_owned())), "{text}");
    }
    let own = "因履行本合同发生劳动争议的，可向劳动争议仲裁委员会申请仲裁；不服的，可向人民法院起诉。";
    assert_eq!(clause(own).0, Arbitration);
}

#[test]
fn both_ways() {
    for text in [
        "可以向深圳国际仲裁院申请仲裁，也可以向深圳市罗湖区人民法院提起诉讼。",
        "先向深圳国际仲裁院申请仲裁，对裁决不服的，再向人民法院起诉。",
        "通过仲裁或者诉讼解决。",
    ] {
        assert_eq!(clause(text).0, Both, "{text}");
    }
}

#[test]
fn lists_of_options() {
    let list = |number: &str| {
        format!(
            "协商不成的，按下列第{number}种方式解决：\n（一）提交深圳国际仲裁院仲裁；\n（二）向深圳市罗湖区人民法院提起诉讼。"
        )
    };
    assert_eq!(clause(&list("____")).0, Unselected);
    assert_eq!(clause(&list("二")), (Court, Some("深圳市罗湖区人民法院".to_owned())));
    assert_eq!(clause(&list("（1）")), (Arbitration, Some("深圳国际仲裁院".to_owned())));
    assert_eq!(clause(&list("_2_")).0, Court);
}

#[test]
fn ticked_boxes() {
    assert_eq!(clause("☑提交深圳国际仲裁院仲裁\n□向深圳市罗湖区人民法院起诉").0, Arbitration);
    assert_eq!(clause("□提交深圳国际仲裁院仲裁；√向深圳市罗湖区人民法院起诉。").0, Court);
    assert_eq!(clause("□提交深圳国际仲裁院仲裁\n□向深圳市罗湖区人民法院起诉").0, Unselected);
}

#[test]
fn a_choice_made_elsewhere_decides() {
    let source = "第二部分 通用条款\n10. 争议解决\n10.1 应先行协商。\n10.2 协商不成的，双方可以在专用条款中约定以下一种方式解决：\n（1）向约定的仲裁委员会申请仲裁；\n（2）向有管辖权的人民法院提起诉讼。\n第三部分 专用条款\n10.2 双方选定通用条款10.2款第（2）种方式，即向工程所在地有管辖权的人民法院提起诉讼。";
    let found = dispute(source).expect("a clause");
    assert_eq!((found.kind, found.forum.as_deref()), (Court, Some("工程所在地人民法院")));
}

#[test]
fn other_mentions_are_no_clause() {
    for source in [
        "一、服务内容\n行政诉讼、仲裁案件的代理不在常规服务之内。",
        "第七条 通知\n人民法院或仲裁机构在争议解决中的法律文书可向上述地址送达。",
        "第十二条 派驻人员与乙方之间的劳动争议由乙方依法处理，与甲方无关；",
    ] {
        assert_eq!(dispute(source), None, "{source}");
    }
}

#[test]
fn the_sentence_that_settles_may_speak_of_service_too() {
    let text =
        "发生争议的，任何一方书面通知对方后，可向乙方所在地人民法院起诉，法律文书送达地址以合同所载为准。";
    let found = dispute(&format!("第七条 其他\n{text}"));
    assert_eq!(found.map(|d| (d.kind, d.forum)), Some((Court, Some("乙方所在地人民法院".to_owned()))));
}

#[test]
fn where_the_forum_sits() {
    let territory = |text: &str| {
        let source = format!("甲方：深圳市罗湖区教育局\n乙方：乙有限公司\n第九条 争议解决\n{text}");
        dispute(&source).map(|d| d.territory)
    };
    assert_eq!(territory("向深圳市罗湖区人民法院起诉。"), Some(Territory::Home));
    assert_eq!(territory("向甲方所在地人民法院起诉。"), Some(Territory::Home));
    assert_eq!(territory("提交深圳国际仲裁院仲裁。"), Some(Territory::Home));
    assert_eq!(territory("提交北京仲裁委员会仲裁。"), Some(Territory::Mainland));
    assert_eq!(territory("提交香港国际仲裁中心仲裁。"), Some(Territory::OutsideMainland));
    assert_eq!(territory("向原告所在地人民法院起诉。"), Some(Territory::Unknown));
    assert_eq!(territory("雙方同意以臺灣高雄地方法院為第一審管轄法院。"), Some(Territory::OutsideMainland));
}

#[test]
fn what_goes_on_meanwhile_chooses_nothing() {
    let text = "1. 协商不成的，提交深圳国际仲裁院仲裁。\n2. 如对任何争议进行仲裁或向人民法院提起诉讼，除争议事项外，双方应继续履行本合同其他义务。";
    assert_eq!(clause(text), (Arbitration, Some("深圳国际仲裁院".to_owned())));
    let text = "提交深圳国际仲裁院仲裁，任何一方不得寻求法庭或其他机构更改裁决。";
    assert_eq!(clause(text), (Arbitration, Some("深圳国际仲裁院".to_owned())));
}

#[test]
fn options_chosen_by_a_dotted_number_or_in_odd_brackets() {
    let text =
        "双方同意按下列方式 1.1 予以解决：\n1.1向深圳国际仲裁院申请仲裁；\n1.2向甲方所在地人民法院提起诉讼。";
    assert_eq!(clause(text), (Arbitration, Some("深圳国际仲裁院".to_owned())));
    let text =
        "双方约定采取下述第〔2〕种争议解决方式：\n1.向仲裁委员会申请仲裁。\n2.向甲方所在地人民法院提起诉讼。";
    assert_eq!(clause(text), (Court, Some("甲方所在地人民法院".to_owned())));
}

#[test]
fn options_chosen_by_their_number_alone() {
    let list = |choice: &str, one: &str, two: &str| {
        format!(
            "协商不成的，双方{choice}解决。\n{one}提交北京仲裁委员会仲裁；\n{two}向乙方所在地人民法院起诉。"
        )
    };
    let second = (Court, Some("乙方所在地人民法院".to_owned()));
    assert_eq!(clause(&list("同意采用方式二", "方式一：", "方式二：")), second);
    assert_eq!(clause(&list("约定按照 【2】 方式", "1、", "2、")), second);
    assert_eq!(clause(&list("选择第贰种方式", "壹、", "贰、")), second);
    assert_eq!(clause(&list("选择下列第 B 项", "A. ", "B. ")), second);
    assert_eq!(clause(&list("选择【  】方式", "1、", "2、")).0, Unselected);
}

#[test]
fn what_only_mentions_a_court_or_a_tribunal() {
    let arbitral = (Arbitration, Some("北京仲裁委员会".to_owned()));
    for rest in [
        "在仲裁裁决或法院判决作出之前，双方应继续履行。",
        "任何一方不得就此另行提起诉讼。",
        "法院的生效判决、裁定送达至上述地址。",
        "对解除有异议的，可以请求人民法院或者仲裁机构确认解除行为的效力。",
        "（未约定仲裁机构，事后又未达成书面仲裁协议的，可向人民法院起诉。）",
    ] {
        assert_eq!(clause(&format!("协商不成的，提交北京仲裁委员会仲裁。{rest}")), arbitral, "{rest}");
    }
    let court = (Court, Some("深圳市罗湖区人民法院".to_owned()));
    for text in [
        "双方同意以深圳市罗湖区人民法院为第一审管辖法院。",
        "诉讼管辖：深圳市罗湖区人民法院。",
        "向深圳市罗湖区人民法院起诉。除非另有书面协议，任何一方不得因争议申请仲裁。",
    ] {
        assert_eq!(clause(text), court, "{text}");
    }
    assert_eq!(clause("协商不成的，可以向（甲方/乙方）所在地人民法院起诉。"), (Court, None));
}

#[test]
fn a_heading_with_a_number_and_no_mark() {
    let source = "甲方：深圳市罗湖区教育局\n乙方：乙有限公司\n1 标的\n办公桌十张。\n6 争议解决\n深圳国际仲裁院仲裁。\n7 其他\n一式两份。";
    let found = dispute(source).expect("a dispute clause");
    assert_eq!((found.kind, found.forum.as_deref()), (Arbitration, Some("深圳国际仲裁院")));
    assert_eq!(
        clause("双方就原协议再无其他争议；因本协议产生的争议，由深圳市罗湖区人民法院管辖。"),
        (Court, Some("深圳市罗湖区人民法院".to_owned()))
    );
}
