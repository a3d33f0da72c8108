//! Particulars without a label, and parties that stand together for one side.

use super::*;

fn of(value: &Option<crate::model::Value<String>>) -> Option<&str> {
    value.as_ref().map(|value| value.value.as_str())
}

#[test]
fn an_address_below_the_name_as_on_a_letterhead() {
    let source = "经销协议\n第一条 授权\n独家经销。\n制造商：临江明远照明有限公司\n临江市东城区紫星路58号2幢105\n经销商：山阳市光彩灯饰商行\n山阳市西城区季华路28号12铺";
    let found = parties(source);
    assert_eq!(of(&found[0].address), Some("临江市东城区紫星路58号2幢105"));
    assert_eq!(of(&found[1].address), Some("山阳市西城区季华路28号12铺"));
}

#[test]
fn cells_whose_form_says_what_they_state() {
    let source = "供货协议\n供方（甲方）\t临江明远钢铁有限公司\t91440300708422F6GL\t东城区紫星路58号2幢\n需方（乙方）\t山阳第二工程有限公司\t91430000183764W1BQ\t西城区季华路28号\n第一条 标的";
    let found = parties(source);
    assert_eq!(of(&found[0].uscc), Some("91440300708422F6GL"));
    assert_eq!(of(&found[1].address), Some("西城区季华路28号"));
}

#[test]
fn members_of_a_consortium_are_parties() {
    let source = "总承包合同\n发包人：临江市水务局\n总承包人（联合体）：\n牵头人：临江水利建设有限公司\n成员一：山阳水务设计研究院有限公司\n第一条 工程";
    let found = names(source);
    let named: Vec<&str> = found.iter().filter_map(|(_, name)| name.as_deref()).collect();
    assert_eq!(named, ["临江市水务局", "临江水利建设有限公司", "山阳水务设计研究院有限公司"]);
}

#[test]
fn guidance_before_the_slot_is_no_part_of_what_fills_it() {
    let source = "监理合同\n委托人：临江市水务局\n监理人：山阳监理有限公司\n第一条 标的\n委托人：（盖章）临江市水务局\n法定代表人：（签字）____秦霞____";
    assert_eq!(of(&parties(source)[0].legal_representative), Some("秦霞"));
}

#[test]
fn a_notice_line_gives_person_number_and_place() {
    let source = "协议\n甲方：临江市东城街道办事处\n乙方：山阳科技有限公司\n第一条 标的\n建设。\n第二条 通知\n甲方：秦霞，82228800，东城区东门路21号；乙方：方亮，18926011223，西城区季华路28号。";
    let found = parties(source);
    assert_eq!(of(&found[0].address), Some("东城区东门路21号"));
    assert_eq!((of(&found[1].contact), of(&found[1].phone)), (Some("方亮"), Some("18926011223")));
}
