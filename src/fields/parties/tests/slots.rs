//! Slots that hold two particulars, hidden and half names, sentences that appoint, labels without colons.

use super::{expect, names, parties};

#[test]
fn particulars_in_brackets_behind_the_name() {
    let source = "出租人：张明（身份证号：110101199003074935；电话：13800138000）\n承租人：深圳市罗湖区教育局（法定代表人：何嘉敏）\n第一条 租赁物";
    let found = parties(source);
    let name = |index: usize| found[index].name.as_ref().map(|name| name.value.as_str());
    assert_eq!((name(0), name(1)), (Some("张明"), Some("深圳市罗湖区教育局")));
    assert_eq!(found[0].phone.as_ref().map(|phone| phone.value.as_str()), Some("13800138000"));
    assert_eq!(found[1].legal_representative.as_ref().map(|rep| rep.value.as_str()), Some("何嘉敏"));
}

#[test]
fn contact_and_telephone_in_one_slot() {
    for line in [
        "联系人：秦霞（0755-25666132）",
        "联系人/电话：秦霞　0755-25666132",
        "联系方式：秦霞0755-25666132",
        "联系电话：0755-25666132（秦霞）",
    ] {
        let found = parties(&format!("甲方：深圳市罗湖区教育局\n{line}\n乙方：乙有限公司\n第一条 标的"));
        let value = |field: &Option<crate::model::Value<String>>| field.as_ref().map(|v| v.value.clone());
        assert_eq!(value(&found[0].contact).as_deref(), Some("秦霞"), "{line}");
        assert_eq!(value(&found[0].phone).as_deref(), Some("0755-25666132"), "{line}");
        assert_eq!(value(&found[1].contact), None, "{line}");
    }
}

#[test]
fn sentences_appoint_contacts_and_name_accounts() {
    let source = "甲方：深圳市罗湖区教育局\n乙方：深圳市远航有限公司\n第二条 费用由甲方转入乙方下列账户：户名深圳市远航有限公司，开户行招商银行深圳罗湖支行，账号755912345678901。\n第三条 甲方指定秦霞为本项目联系人，联系电话0755-25666132；乙方指定方亮为项目联系人，联系电话13800138000。";
    let found = parties(source);
    let value = |field: &Option<crate::model::Value<String>>| field.as_ref().map(|v| v.value.clone());
    assert_eq!(value(&found[0].contact).as_deref(), Some("秦霞"));
    assert_eq!(value(&found[1].contact).as_deref(), Some("方亮"));
    assert_eq!(value(&found[1].phone).as_deref(), Some("13800138000"));
    assert_eq!(value(&found[1].bank).as_deref(), Some("招商银行深圳罗湖支行"));
    assert_eq!(value(&found[1].account).as_deref(), Some("755912345678901"));
    assert_eq!(value(&found[0].account), None);
}

#[test]
fn what_is_left_of_a_name_is_none() {
    for (line, expected) in [
        ("____科技有限公司", None),
        ("[合同中心-采购单位名称]", None),
        ("******有限公司", Some("******有限公司")),
        ("证件类型及编号", None),
    ] {
        let found = names(&format!("甲方：{line}\n乙方：深圳市远航有限公司\n第一条 标的"));
        let first = found.iter().find(|(role, _)| role == "甲方").and_then(|(_, name)| name.clone());
        assert_eq!(first.as_deref(), expected, "{line}");
    }
}

#[test]
fn who_is_spoken_of_in_a_clause_is_no_party() {
    let source = "监理合同\n委托人：深圳市罗湖区教育局\n监理人：深圳市远航监理有限公司\n第一条 工程概况\n3．施工单位：深圳市高建建设有限公司；\n委托人（盖章）：深圳市罗湖区教育局";
    expect(source, &[("委托人", Some("深圳市罗湖区教育局")), ("监理人", Some("深圳市远航监理有限公司"))]);
}

#[test]
fn labels_and_values_on_lines_of_their_own() {
    let source = "甲方\n深圳市罗湖区教育局\n法定代表人\n秦霞\n联系电话\n0755-25666132\n地址\n深圳市罗湖区文锦中路1号\n乙方\n深圳市远航有限公司\n第一条 标的";
    let found = parties(source);
    let value = |field: &Option<crate::model::Value<String>>| field.as_ref().map(|v| v.value.clone());
    assert_eq!(value(&found[0].legal_representative).as_deref(), Some("秦霞"));
    assert_eq!(value(&found[0].phone).as_deref(), Some("0755-25666132"));
    assert_eq!(value(&found[0].address).as_deref(), Some("深圳市罗湖区文锦中路1号"));
}

#[test]
fn contacts_in_clauses() {
    let head = "甲方：深圳市罗湖区教育局\n乙方：深圳市远航有限公司\n第六条 联系方式\n";
    for text in [
        "甲方联系人：秦霞 联系电话：0755-25666132\n乙方联系人：方亮 联系电话：13800138000",
        "甲方：秦霞，0755-25666132\n乙方：方亮，13800138000",
        "甲方联系人由秦霞担任，电话0755-25666132。乙方联系人由方亮担任，电话13800138000。",
        "甲方委派秦霞负责日常联络（电话：0755-25666132），乙方委派方亮负责日常联络（电话：13800138000）。",
    ] {
        let found = parties(&format!("{head}{text}\n第七条 其他\n未尽事宜由双方另行协商。"));
        let value = |field: &Option<crate::model::Value<String>>| field.as_ref().map(|v| v.value.clone());
        let both: Vec<_> = found.iter().map(|p| (value(&p.contact), value(&p.phone))).collect();
        let expected = [("秦霞", "0755-25666132"), ("方亮", "13800138000")];
        let expected: Vec<_> = expected.map(|(a, b)| (Some(a.to_owned()), Some(b.to_owned()))).to_vec();
        assert_eq!(both, expected, "{text}");
        assert_eq!(value(&found[0].name).as_deref(), Some("深圳市罗湖区教育局"), "{text}");
    }
}

#[test]
fn a_role_before_the_name_is_no_part_of_it() {
    let source = "发包人深圳市罗湖区教育局（以下简称甲方）系机关法人，住所地深圳市罗湖区文锦中路1号，负责人何嘉敏。承包人深圳市远航有限公司（以下简称乙方）系依法设立的公司，住所地深圳市福田区深南大道2号，法定代表人易小岚。\n第一条 标的";
    let found = parties(source);
    let name = |index: usize| found[index].name.as_ref().map(|name| name.value.as_str());
    assert_eq!((name(0), name(1)), (Some("深圳市罗湖区教育局"), Some("深圳市远航有限公司")));
    assert_eq!(found.len(), 2);
    assert_eq!(found[1].legal_representative.as_ref().map(|rep| rep.value.as_str()), Some("易小岚"));
}
