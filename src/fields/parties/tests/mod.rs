//! Layouts of party blocks, read whole.

use super::super::draft::Draft;
use super::super::reading::tests::with_reading;
use super::*;
use crate::model::fields::Side;

mod scans;
mod sentences;
mod slots;
mod turns;
mod unlabelled;

fn parties(source: &str) -> Vec<Party> {
    with_reading(source, |reading| {
        let mut draft = Draft::default();
        run(reading, &mut draft);
        draft.fields.parties
    })
}

fn names(source: &str) -> Vec<(String, Option<String>)> {
    parties(source).into_iter().map(|p| (p.role, p.name.map(|n| n.value))).collect()
}

fn expect(source: &str, expected: &[(&str, Option<&str>)]) {
    let expected: Vec<_> = expected.iter().map(|(r, n)| ((*r).to_owned(), n.map(str::to_owned))).collect();
    assert_eq!(names(source), expected, "{source}");
}

#[test]
fn label_lines() {
    expect(
        "采购合同\n甲方：甲有限公司\n乙方：乙有限公司\n第一条 标的",
        &[("甲方", Some("甲有限公司")), ("乙方", Some("乙有限公司"))],
    );
}

#[test]
fn two_names_for_one_party() {
    let source = "甲方（采购人）：深圳市罗湖区教育局\n乙方（供应商）：乙有限公司\n第一条 标的\n采购人应付款。\n采购人（盖章）：深圳市罗湖区教育局";
    expect(source, &[("甲方(采购人)", Some("深圳市罗湖区教育局")), ("乙方(供应商)", Some("乙有限公司"))]);
    let found = parties(source);
    assert_eq!(found[0].side, Side::Government);
    assert_eq!(found[1].side, Side::Counterparty);
    assert_eq!(found[0].name.as_ref().map(|n| n.witnesses.len()), Some(1));
}

#[test]
fn role_first_and_letter_in_brackets() {
    expect(
        "出租方（以下简称甲方）：王先生\n承租方（乙方）：李女士\n第一条 房屋",
        &[("甲方(出租方)", Some("王先生")), ("乙方(承租方)", Some("李女士"))],
    );
}

#[test]
fn the_letter_behind_the_name() {
    let source = "出租方：深圳市甲中心（以下简称“甲方”）\n承租方：乙有限公司（以下简称乙方）\n第一条 房屋\n甲方（签章）：深圳市甲中心\t乙方（签章）：乙有限公司";
    expect(source, &[("甲方(出租方)", Some("深圳市甲中心")), ("乙方(承租方)", Some("乙有限公司"))]);
}

#[test]
fn names_on_the_next_line() {
    expect(
        "甲方：\n甲有限公司\n乙方（承包人）：\n乙有限公司\n第一条 工程",
        &[("甲方", Some("甲有限公司")), ("乙方(承包人)", Some("乙有限公司"))],
    );
}

#[test]
fn side_by_side_columns() {
    let source = "甲方：深圳市罗湖区教育局\t乙方：乙中心\n法定代表人：沈慕华\t法定代表人：丁予安\n地址：深圳市罗湖区经二路33号\t地址：深圳市罗湖区怡景路2008号\n第一条 宗旨";
    let found = parties(source);
    let heads: Vec<_> =
        found.iter().map(|p| p.legal_representative.as_ref().map(|v| v.value.as_str())).collect();
    assert_eq!(heads, [Some("沈慕华"), Some("丁予安")]);
    assert_eq!(found[1].address.as_ref().map(|v| v.value.as_str()), Some("深圳市罗湖区怡景路2008号"));
}

#[test]
fn a_matrix_of_parties() {
    let source = "项目\t甲方（委托人）\t乙方（物业服务人）\n单位名称\t深圳市罗湖区东晓街道办事处\t乙物业管理有限公司\n统一社会信用代码\t114403030075542170\t91440300771623484J\n第一条 场所";
    let found = parties(source);
    assert_eq!(found.len(), 2);
    assert_eq!(found[1].name.as_ref().map(|v| v.value.as_str()), Some("乙物业管理有限公司"));
    assert_eq!(found[0].uscc.as_ref().map(|v| v.value.as_str()), Some("114403030075542170"));
}

#[test]
fn close_cells_of_a_matrix_are_parted() {
    let source = "项目\t甲方（委托人）\t乙方（物业服务人）\n单位名称\t深圳市罗湖区东晓街道办事处 乙物业管理有限公司\n住所\t罗湖区太白路3042号\t福田区凯丰路17号\n联系人\t钟婉仪\n第一条 场所";
    let found = parties(source);
    let names: Vec<_> = found.iter().map(|p| p.name.as_ref().map(|v| v.value.as_str())).collect();
    assert_eq!(names, [Some("深圳市罗湖区东晓街道办事处"), Some("乙物业管理有限公司")]);
    assert!(found.iter().all(|p| p.contact.is_none()), "one value for two parties tells nothing");
    assert_eq!(found[1].address.as_ref().map(|v| v.value.as_str()), Some("福田区凯丰路17号"));
}

#[test]
fn the_corner_of_a_matrix_may_be_empty() {
    let source = "甲方（采购方）\t乙方（配送方）\n名称\t深圳市罗湖区莲塘小学\t乙餐饮管理有限公司\n统一社会信用代码\t114403030075542170\t91440300771623484J\n第一条 内容";
    let found = parties(source);
    let names: Vec<_> = found.iter().map(|p| p.name.as_ref().map(|v| v.value.as_str())).collect();
    assert_eq!(names, [Some("深圳市罗湖区莲塘小学"), Some("乙餐饮管理有限公司")]);
    assert_eq!(found[1].uscc.as_ref().map(|v| v.value.as_str()), Some("91440300771623484J"));
    let columns = parties("甲方：甲局\t乙方：乙公司\n地址：太白路3042号\t地址：凯丰路17号\n第一条 内容");
    let addresses: Vec<_> = columns.iter().map(|p| p.address.as_ref().map(|v| v.value.as_str())).collect();
    assert_eq!(addresses, [Some("太白路3042号"), Some("凯丰路17号")]);
}

#[test]
fn a_form_of_two_columns() {
    let source = "用能单位（甲方）\t深圳市罗湖区机关事务管理局\n联系人及电话\t易小岚  0755-25666132\n节能服务公司（乙方）\t乙节能科技有限公司\n第1条 术语";
    let found = parties(source);
    assert_eq!(found[0].contact.as_ref().map(|v| v.value.as_str()), Some("易小岚"));
    assert_eq!(found[0].phone.as_ref().map(|v| v.value.as_str()), Some("0755-25666132"));
    assert_eq!(found[1].role, "乙方(节能服务公司)");
}

#[test]
fn three_parties_and_numbered_ones() {
    expect(
        "甲方：甲有限公司\n乙方一：乙有限公司\n乙方二：丙有限公司\n丙方：张明\n第一条 合作",
        &[
            ("甲方", Some("甲有限公司")),
            ("乙方一", Some("乙有限公司")),
            ("乙方二", Some("丙有限公司")),
            ("丙方", Some("张明")),
        ],
    );
}

#[test]
fn blanks_are_no_names() {
    expect("甲方：____________\n乙方：【】\n第一条 标的", &[("甲方", None), ("乙方", None)]);
    expect(
        "甲方（客户）：{{ 客户名称 }}\n乙方：XX公司\n第一条 标的",
        &[("甲方(客户)", None), ("乙方", None)],
    );
}

#[test]
fn parties_in_a_sentence() {
    let source =
        "深圳市罗湖区教育局（以下简称“甲方”）与乙有限公司（以下简称“乙方”）经协商订立本合同。\n第一条 标的";
    expect(source, &[("甲方", Some("深圳市罗湖区教育局")), ("乙方", Some("乙有限公司"))]);
}

#[test]
fn duties_are_no_names() {
    let source = "甲方：甲有限公司\n乙方：乙有限公司\n第一条 义务\n甲方：负责提供场地\n乙方应按时付款。\n（一）甲方：按约付款";
    expect(source, &[("甲方", Some("甲有限公司")), ("乙方", Some("乙有限公司"))]);
}

#[test]
fn a_delegate_is_no_legal_representative() {
    let source = "甲方：甲有限公司\n乙方：乙有限公司\n第一条 标的\n甲方（盖章）：甲有限公司\n法定代表人或授权代表（签字）：梁启明\n";
    assert!(parties(source)[0].legal_representative.is_none());
}

#[test]
fn what_is_missing_is_said() {
    with_reading("甲方：____\n地址：____\n乙方：张明\n第一条 标的", |reading| {
        let mut draft = Draft::default();
        run(reading, &mut draft);
        let reason = |path: &str| draft.absent.iter().find(|a| a.field == path).map(|a| a.reason);
        use crate::model::fields::AbsentReason::*;
        assert_eq!(reason("parties[0].name"), Some(Blank));
        assert_eq!(reason("parties[0].address"), Some(Blank));
        assert_eq!(reason("parties[0].phone"), Some(NotFound));
        assert_eq!(reason("parties[1].uscc"), Some(NotApplicable));
    });
}

#[test]
fn parties_by_words_of_their_own() {
    expect(
        "剧场使用协议\n场地提供方：深圳市罗湖区文化馆\n场地使用方：乙文化传播有限责任公司\n第一条 场地",
        &[("场地提供方", Some("深圳市罗湖区文化馆")), ("场地使用方", Some("乙文化传播有限责任公司"))],
    );
    expect(
        "施工合同\n发包人：深圳市罗湖区水务局\n承包人：乙公司\n见证方：丙公司\n使用单位：丁公司\n第一条 工程",
        &[("发包人", Some("深圳市罗湖区水务局")), ("承包人", Some("乙公司"))],
    );
}

#[test]
fn particulars_in_the_sentence_that_introduces_the_parties() {
    let source = "深圳市罗湖区民政局（以下简称“甲方”，地址：深圳市罗湖区太白路3042号，联系人：钟婉仪，电话：（0755）25531076）与乙科技有限责任公司（统一社会信用代码91440300771623484J，法定代表人丁予安，以下简称“乙方”）订立本合同。\n第一条 标的";
    let found = parties(source);
    assert_eq!(found.len(), 2, "{found:?}");
    let text = |v: &Option<Value<String>>| v.as_ref().map(|v| v.value.clone());
    assert_eq!(text(&found[0].address).as_deref(), Some("深圳市罗湖区太白路3042号"));
    assert_eq!(text(&found[0].contact).as_deref(), Some("钟婉仪"));
    assert_eq!(text(&found[0].phone).as_deref(), Some("(0755)25531076"));
    assert_eq!(text(&found[1].name).as_deref(), Some("乙科技有限责任公司"));
    assert_eq!(text(&found[1].uscc).as_deref(), Some("91440300771623484J"));
    assert_eq!(text(&found[1].legal_representative).as_deref(), Some("丁予安"));
}

#[test]
fn names_right_behind_their_words() {
    let source = "甲方深圳市罗湖区住房和建设局委托乙方乙环境技术有限公司（住所位于深圳市福田区凯丰路17号）开展监测，订立本合同。\n第一条 标的";
    let found = parties(source);
    let names: Vec<_> = found.iter().map(|p| p.name.as_ref().map(|v| v.value.as_str())).collect();
    assert_eq!(names, [Some("深圳市罗湖区住房和建设局"), Some("乙环境技术有限公司")]);
    assert_eq!(found[1].address.as_ref().map(|v| v.value.as_str()), Some("深圳市福田区凯丰路17号"));
}

#[test]
fn another_persons_particulars_are_not_the_partys() {
    let source = "甲方：甲有限公司\n乙方：乙有限公司\n第一条 人员\n乙方项目负责人：张明，电话：13500602917。\n甲方应当支付费用，联系人员变动时通知对方，电话：13500602918。";
    assert!(
        parties(source).iter().all(|p| p.phone.is_none() && p.contact.is_none()),
        "{:?}",
        parties(source)
    );
}

#[test]
fn labels_with_english_beside_them() {
    let found = parties(
        "甲方 Party A：深圳市罗湖区图书馆\n地址 Address：深圳市罗湖区怡景路2008号\n乙方 / Party B：乙（香港）有限公司\n第一条 标的",
    );
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].address.as_ref().map(|v| v.value.as_str()), Some("深圳市罗湖区怡景路2008号"));
    assert_eq!(found[1].name.as_ref().map(|v| v.value.as_str()), Some("乙（香港）有限公司"));
}

#[test]
fn particulars_on_the_next_line() {
    let found = parties(
        "甲方：\n深圳市罗湖区螺岭小学\n地址：\n深圳市罗湖区怡景路2008号\n法定代表人：\n沈慕华\n乙方：\n乙公司\n第一条 标的",
    );
    assert_eq!(found[0].legal_representative.as_ref().map(|v| v.value.as_str()), Some("沈慕华"));
    assert_eq!(found[0].address.as_ref().map(|v| v.value.as_str()), Some("深圳市罗湖区怡景路2008号"));
}

#[test]
fn a_number_of_the_person_behind_the_name() {
    let found =
        parties("赠与人：温仲振（身份证号11010519491231002X）\n受赠人：深圳市罗湖区文化馆\n第一条 标的");
    assert_eq!(found[0].name.as_ref().map(|v| v.value.as_str()), Some("温仲振"));
    assert_eq!(found[0].id_number.as_ref().map(|v| v.value.as_str()), Some("11010519491231002X"));
}
