//! Labels that stand once for each party, side by side or one below the other; particulars below a name.

use super::{expect, parties};
use crate::model::Value;

fn value(field: &Option<Value<String>>) -> Option<&str> {
    field.as_ref().map(|value| value.value.as_str())
}

#[test]
fn an_empty_cell_moves_no_value_to_the_other_party() {
    let source = "甲方（公章）\t深圳市罗湖区教育局\t乙方（公章）\t乙有限公司\n法定代表人\t张建国\t法定代表人\t周强\n开户银行\t开户银行\t招商银行深圳分行\n第一条 标的";
    let found = parties(source);
    assert_eq!((value(&found[0].bank), value(&found[1].bank)), (None, Some("招商银行深圳分行")));
    assert_eq!(value(&found[1].legal_representative), Some("周强"));
}

#[test]
fn columns_that_were_read_line_by_line() {
    let source = "第一条 标的\n甲方：深圳市罗湖区教育局（盖章）\n乙方：乙有限公司（盖章）\n地址：深圳市罗湖区深南东路1号\n地址：广州市天河区体育西路2号\n电话：0755-25666001\n电话：020-38881234";
    let found = parties(source);
    assert_eq!(value(&found[0].address), Some("深圳市罗湖区深南东路1号"));
    assert_eq!(value(&found[1].address), Some("广州市天河区体育西路2号"));
    assert_eq!(
        (value(&found[0].phone), value(&found[1].phone)),
        (Some("0755-25666001"), Some("020-38881234"))
    );
}

#[test]
fn particulars_for_the_invoice_stand_below_the_name_of_their_party() {
    let source = "甲方：深圳市罗湖区第三小学\n乙方：乙有限公司\n第一条 发票\n发票信息如下：\n名称：深圳市罗湖区第三小学\n地址、电话：深圳市罗湖区深南东路1号，0755-25666001\n开户行及账号：招商银行深圳分行 755900121010267";
    let found = parties(source);
    assert_eq!(value(&found[0].address), Some("深圳市罗湖区深南东路1号"));
    assert_eq!(value(&found[0].phone), Some("0755-25666001"));
    assert_eq!(value(&found[0].account), Some("755900121010267"));
    assert_eq!(value(&found[1].account), None);
}

#[test]
fn who_is_reached_for_a_party_and_where() {
    let source = "甲方：深圳市罗湖区教育局\n乙方：乙有限公司\n第一条 联络人如下：\n甲方：李晓明，职务：科长，电话：0755-25666001；\n第二条 函件按下列地址送达：甲方，深圳市罗湖区深南东路1号；乙方，广州市天河区体育西路2号。";
    let found = parties(source);
    assert_eq!(value(&found[0].name), Some("深圳市罗湖区教育局"));
    assert_eq!((value(&found[0].contact), value(&found[0].phone)), (Some("李晓明"), Some("0755-25666001")));
    assert_eq!(value(&found[0].address), Some("深圳市罗湖区深南东路1号"));
    assert_eq!(value(&found[1].address), Some("广州市天河区体育西路2号"));
}

#[test]
fn roles_in_brackets_behind_other_words() {
    expect(
        "最终用户（甲方）End User：深圳市罗湖区人民医院\n外贸代理（乙方）Agent：深圳市骏捷进出口有限公司\n一、货物",
        &[("甲方(最终用户)", Some("深圳市罗湖区人民医院")), ("乙方", Some("深圳市骏捷进出口有限公司"))],
    );
    expect(
        "监管方深圳市罗湖区教育局（下称甲方（监管方））；用地方广东明远科技有限公司（下称乙方（用地方））。\n一、承诺",
        &[("甲方", Some("深圳市罗湖区教育局")), ("乙方", Some("广东明远科技有限公司"))],
    );
    expect(
        "深圳市罗湖区教育局（甲方）委托深圳市优万家教育咨询股份有限公司（乙方）承办培训。\n一、内容",
        &[("甲方", Some("深圳市罗湖区教育局")), ("乙方", Some("深圳市优万家教育咨询股份有限公司"))],
    );
}

#[test]
fn empty_slots_of_others_beside_two_lettered_parties_are_none() {
    expect(
        "发包单位：\n承包单位：________\n甲方：深圳市罗湖区水务局\n乙方：乙有限公司\n第一条 标的",
        &[("甲方", Some("深圳市罗湖区水务局")), ("乙方", Some("乙有限公司"))],
    );
}
