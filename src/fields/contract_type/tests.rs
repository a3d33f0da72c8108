//! Types by title, roles and body.

use super::super::{Extracted, Extractors};
use crate::dictionaries::Dictionaries;
use crate::model::fields::AbsentReason;
use crate::text::{Composer, from_lines};

fn read(source: &str) -> Extracted {
    let dictionaries = Dictionaries::embedded();
    let text = from_lines(&Composer::new(&dictionaries).expect("valid"), source);
    Extractors::new(&dictionaries).expect("valid").extract(&text)
}

const PARTIES: &str = "甲方：深圳市罗湖区教育局\n乙方：深圳市远航有限公司\n";

fn code(title: &str, body: &str) -> Option<String> {
    let read = read(&format!("{title}\n{PARTIES}第一条 标的\n{body}本合同一式四份，双方各执两份。"));
    read.fields.contract_type.map(|kind| kind.code.value)
}

#[test]
fn titles_name_the_type() {
    for (title, expected) in [
        ("办公设备采购合同", "sale"),
        ("保洁服务采购合同", "service"),
        ("东湖片区道路修缮工程施工合同", "works"),
        ("办公楼物业管理服务合同", "property-service"),
        ("罗湖区区属国有物业租赁合同", "lease"),
        ("房屋租赁合同", "lease"),
        ("执法车辆租赁服务合同", "lease"),
        ("常年法律顾问聘用合同", "consulting"),
        ("固定期限劳动合同书", "labour"),
        ("综合窗口系统软件开发合同", "technology"),
        ("《办公设备采购合同》补充协议（一）", "supplement"),
        ("房屋租赁合同终止协议", "supplement"),
        ("重点产业项目发展监管协议", "supervision"),
        ("青少年服务战略合作框架协议", "cooperation"),
        ("房屋征收补偿协议", "compensation"),
        ("公益捐赠协议", "gift"),
        ("委托贷款借款合同", "loan"),
        ("机关大楼合同能源管理合同", "energy"),
        ("校车运输合同", "transport"),
        ("档案保管合同", "storage"),
        ("宣传折页印刷合同", "contracting"),
        ("健步行活动冠名赞助合同", "sponsorship"),
        ("课题委托研究合同", "entrustment"),
    ] {
        assert_eq!(code(title, "").as_deref(), Some(expected), "{title}");
    }
}

#[test]
fn a_bare_title_leaves_it_to_the_body() {
    let body = "乙方交付软件及源代码，按需求规格说明书和功能清单验收，软件著作权归甲方。\n";
    assert_eq!(code("合同", body).as_deref(), Some("technology"));
    assert_eq!(code("合同", "双方按约定履行。\n"), None);
}

#[test]
fn two_names_of_equal_weight_are_a_conflict_not_a_guess() {
    let extracted = read(&format!(
        "合同\n{PARTIES}第一条 标的\n货款、货物名称、规格型号、交货地点；服务内容、服务费、服务人员、服务标准。"
    ));
    assert_eq!(extracted.fields.contract_type, None);
    let absent = extracted.absent.iter().find(|absent| absent.field == "contract_type").expect("a reason");
    assert_eq!(absent.reason, AbsentReason::Conflicting);
    assert!(!absent.evidence.is_empty());
}

#[test]
fn the_cues_stand_as_evidence_title_first() {
    let extracted = read(&format!("办公设备采购合同\n{PARTIES}第一条 标的\n货物名称：电脑。"));
    let kind = extracted.fields.contract_type.expect("a type");
    assert_eq!((kind.label.as_str(), kind.code.evidence[0].quote.as_str()), ("买卖合同", "设备采购"));
}

fn article5(source: &str) -> Vec<String> {
    read(source).fields.contract_type.map(|kind| kind.article5).unwrap_or_default()
}

#[test]
fn cases_of_article_five() {
    let bought = format!("办公设备采购合同\n{PARTIES}第一条 价款\n甲方于验收合格后10日内向乙方支付100元。");
    assert_eq!(article5(&bought), ["fiscal-funds"]);
    let let_out = "区属国有物业租赁合同\n出租方（甲方）：深圳市罗湖区清水河街道办事处\n承租方（乙方）：郑海川\n第一条 标的\n房屋。";
    assert_eq!(article5(let_out), ["state-property"]);
    let supplement = format!("办公设备采购合同补充协议\n{PARTIES}第一条 原合同\n内容。");
    assert_eq!(article5(&supplement), ["derived"]);
}

#[test]
fn what_is_no_government_contract_has_no_case() {
    let private = "采购合同\n甲方：甲有限公司\n乙方：乙有限公司\n第一条 价款\n甲方向乙方支付货款100元。";
    assert!(article5(private).is_empty());
    let staff =
        "劳动合同\n甲方（用人单位）：深圳市罗湖区教育局\n乙方（劳动者）：张明\n第一条 期限\n试用期两个月。";
    assert!(article5(staff).is_empty());
    let organs = "合作协议\n甲方：深圳市罗湖区教育局\n乙方：深圳市罗湖区民政局\n第一条 合作\n内容。";
    assert!(article5(organs).is_empty());
}

#[test]
fn a_printed_line_states_the_type() {
    let read =
        read(&format!("政府采购合同\n合同类型：服务类\n{PARTIES}第一条 标的\n见附件。本合同一式四份。"));
    assert_eq!(read.fields.contract_type.map(|kind| kind.code.value).as_deref(), Some("service"));
}
