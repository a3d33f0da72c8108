//! Days of signing in headers, sentences and beside signatures.

use super::super::reading::tests::with_reading;
use super::*;
use crate::model::fields::AbsentReason;

fn signed(source: &str) -> (Option<String>, Option<AbsentReason>) {
    with_reading(source, |reading| {
        let mut draft = Draft::default();
        run(reading, &mut draft);
        (draft.fields.sign_date.map(|d| d.value.to_string()), draft.absent.first().map(|a| a.reason))
    })
}

#[test]
fn days_of_signing_are_found() {
    let cases = [
        ("签订日期：2023年4月18日\n第一条 标的", "2023-04-18"),
        ("签订日期（Date of Signing）：2022年2月18日\n第一条", "2022-02-18"),
        ("第八条 签订\n本合同于2022年3月4日在深圳市罗湖区签订，自盖章之日起生效。", "2022-03-04"),
        ("第一条 标的\n甲方（盖章）：甲\t乙方（盖章）：乙\n2023年9月5日\t2023年9月6日", "2023-09-06"),
        ("第一条 标的\n甲方（盖章）：甲\n日期：二〇二三年九月五日", "2023-09-05"),
        ("编号：A-1；签订地点：深圳；签订日期：2023年9月5日\n第一条 标的", "2023-09-05"),
        ("签订日期：\n2023年9月5日\n第一条 标的", "2023-09-05"),
        ("甲方：甲\n日期：2023/9/5\n第一条 标的", "2023-09-05"),
        ("双方缔约日：2023年9月5日\n第一条 标的", "2023-09-05"),
        ("依《特种设备安全法》订立本合同，订立于2023年9月5日。\n第一条 标的", "2023-09-05"),
        ("Date: September 5, 2023\n1. Goods: books.", "2023-09-05"),
        ("This Agreement is made on 5 September 2023 between A and B.\n1. Goods: books.", "2023-09-05"),
        ("第一条 标的\n甲方（盖章）：甲\n代表（签字》：丁予安2023年9月5日", "2023-09-05"),
        ("第一条 标的\n甲方（章）\t乙方（章）\n签订日期\t2023年9月5日\t2023年9月5日", "2023-09-05"),
        ("第一条 标的\n第九条 一式四份，2023年9月5日签订于罗湖区某学校。", "2023-09-05"),
        ("第一条 标的\n第八条 其他：合同四份，各执两份，2023年9月5日签订。", "2023-09-05"),
        ("第一条 标的\n甲方（盖章）：甲\n2023年9月5日\n登记机关（盖章）：\n2023年10月8日", "2023-09-05"),
        ("甲乙双方于2023年9月5日订立本合同。\n第一条 标的", "2023-09-05"),
        ("第一条 标的\n第五条 本协议一式两份，双方签字生效，签于2023.9.5。", "2023-09-05"),
        ("双方订立本协议，签署日期2023年9月5日。\n第一条 标的", "2023-09-05"),
        ("第一条 标的\n甲方：　　　乙方：\n2023年9月5日", "2023-09-05"),
        ("第一条 标的\n甲方代表：　　　乙方代表：\n日期 Date：2023年9月5日", "2023-09-05"),
    ];
    for (source, expected) in cases {
        assert_eq!(signed(source).0.as_deref(), Some(expected), "{source}");
    }
}

#[test]
fn open_and_partial_dates_are_none() {
    for source in [
        "第一条 标的\n甲方（盖章）：\n日期：____年____月____日",
        "签订日期：2024年__月__日\n第一条 标的",
        "第一条 标的\n甲方（盖章）：甲\t乙方（盖章）：乙\n日期：2024年1月5日\t日期：____年__月__日",
    ] {
        assert_eq!(signed(source), (None, Some(AbsentReason::Blank)), "{source}");
    }
}

#[test]
fn other_days_are_left_alone() {
    for source in [
        "第一条 期限\n自2024年1月1日起至2024年12月31日止。",
        "甲方于2023年3月6日发布公告。\n第一条 标的",
        "第一条 双方于2021年10月22日签订了原合同。",
        "双方于2021年10月22日签订的《网站维护合同》自本协议生效之日解除。\n第一条 标的",
        "甲方：甲\n交货日期\t2021-10-22\n第一条 标的",
        "鉴于双方于2021年10月22日订立本项目合作意向。\n第一条 标的",
        "一、工期\n开工日期：2021年10月22日\n竣工日期：2022年1月22日",
    ] {
        assert_eq!(signed(source).0, None, "{source}");
    }
}
