//! Names told from prose, and what is cut off them.

use super::super::super::reading::tests::with_reading;
use super::*;

#[test]
fn names_are_told_from_prose() {
    for text in [
        "深圳市罗湖区教育局",
        "海德森管理顾问(香港)有限公司",
        "深圳市罗湖区清水河街道办事处",
        "广东岭衡律师事务所",
    ] {
        assert_eq!(look(text), Some(Look::Organisation), "{text}");
    }
    for text in ["张明", "司徒建明", "王先生", "郑海川", "于敏", "应建国"] {
        assert_eq!(look(text), Some(Look::Person), "{text}");
    }
    assert_eq!(look("石向东小组"), Some(Look::Other));
    assert!(!is_person("单价") && !is_person("周期"), "words that begin like a surname");
    assert_eq!((look("于本月"), look("由甲方")), (None, None));
    for text in ["应当按时付款", "负责提供场地", "有权解除合同", "", "按照约定支付,并开具发票", "局"]
    {
        assert_eq!(look(text), None, "{text}");
    }
}

#[test]
fn guidance_and_blanks_are_cut_off() {
    let cases = [
        ("甲局（盖章）", Some("甲局")),
        ("（填写全称）甲有限公司", Some("甲有限公司")),
        ("深圳市甲局（以下简称“甲方”）", Some("深圳市甲局")),
        ("____", None),
        ("深圳市XX有限公司", None),
        ("{{ 客户名称 }}", None),
        ("[填写甲方公司名称]", None),
        ("__甲（深圳）有限公司__", Some("甲(深圳)有限公司")),
    ];
    for (text, expected) in cases {
        with_reading(text, |reading| {
            let found = clean(reading, 0..reading.body.len()).map(|range| reading.slice(range));
            assert_eq!(found, expected, "{text}");
        });
    }
}
