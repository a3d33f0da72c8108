//! Particulars in sentences, behind gaps, in English, and slots that hold none.

use super::*;

#[test]
fn a_name_behind_a_gap_and_before_its_code() {
    let source =
        "甲方\t深圳市甲学校\n乙方\t深圳市乙有限公司（统一社会信用代码：91440300MA5DA7M47L）\n第一条 标的";
    expect(source, &[("甲方", Some("深圳市甲学校")), ("乙方", Some("深圳市乙有限公司"))]);
    assert!(parties(source)[1].uscc.is_some());
}

#[test]
fn contacts_in_a_sentence() {
    for sentence in [
        "甲方联系人秦霞，电话25666810；乙方联系人罗晓曼，电话13530124478。",
        "联系：甲方 秦霞 25666810；乙方 罗晓曼 13530124478。",
    ] {
        let source = format!("甲方：甲局\n乙方：乙有限公司\n第一条 标的\n第九条 {sentence}\n第十条 其他");
        let found: Vec<_> = parties(&source)
            .into_iter()
            .map(|party| (party.contact.map(|c| c.value), party.phone.map(|p| p.value)))
            .collect();
        let some = |text: &str| Some(text.to_owned());
        let expected = [(some("秦霞"), some("25666810")), (some("罗晓曼"), some("13530124478"))];
        assert_eq!(found, expected, "{source}");
    }
    let source =
        "甲方：甲局\n乙方：乙有限公司\n第一条 标的\n第九条 甲方联系人变更的，应当通知乙方联系人，由其确认。";
    assert!(parties(source).iter().all(|party| party.contact.is_none()));
}

#[test]
fn a_slot_for_a_person() {
    for (slot, expected) in [
        ("联系人：步凡", Some("步凡")),
        ("联系人：项目部", None),
        ("联系人：另附", None),
        ("联系人：何明律师", Some("何明")),
    ] {
        let source = format!("甲方：甲局\n{slot}\n乙方：乙有限公司\n第一条 标的");
        let contact = parties(&source).swap_remove(0).contact.map(|contact| contact.value);
        assert_eq!(contact.as_deref(), expected, "{source}");
    }
}

#[test]
fn what_is_set_in_below_two_columns_is_of_the_right_one() {
    let source = "采购合同\n第一条 标的\n甲方：甲局（盖章）\t乙方：乙有限公司（盖章）\n电话：25666810\t电话：25666811\n                              开户银行：招商银行深圳分行\n                              账号：755919230010601";
    let found = parties(source);
    assert_eq!(found[0].bank, None);
    assert_eq!(found[1].account.as_ref().map(|account| account.value.as_str()), Some("755919230010601"));
}

#[test]
fn accounts_behind_the_word_for_their_party() {
    for clause in [
        "由甲方按季支付至乙方账户（某银行深圳分行，755919230010601）。",
        "验收后付清，乙方收款账户为：某银行深圳分行，755919230010601。",
        "验收后付清。乙方账户：某银行深圳分行755919230010601。",
    ] {
        let source = format!("甲方：甲局\n乙方：乙有限公司\n第一条 标的\n第三条 {clause}\n第四条 其他");
        let found = parties(&source);
        let of = |value: &Option<crate::model::Value<String>>| value.as_ref().map(|v| v.value.clone());
        assert_eq!(of(&found[1].bank).as_deref(), Some("某银行深圳分行"), "{source}");
        assert_eq!(of(&found[1].account).as_deref(), Some("755919230010601"), "{source}");
    }
}

#[test]
fn who_takes_the_mail() {
    let source = "甲方：甲局\n乙方：乙有限公司\n第一条 标的\n第九条 送达\n甲方送达地址：深圳市罗湖区爱国路1号，收件人：秦霞，电话：25412345；\n乙方送达地址：深圳市罗湖区爱国路2号，收件人：罗晓曼，电话：25412346。";
    let found = parties(source);
    assert_eq!(found[0].contact.as_ref().map(|c| c.value.as_str()), Some("秦霞"));
    assert_eq!(found[1].contact.as_ref().map(|c| c.value.as_str()), Some("罗晓曼"));
}

#[test]
fn english_lines() {
    let source = "Sales Contract\nContract No.: UK-7\nThe Buyers: Mr Singh\nAddress: 566 Hanworth Road, Hounslow\nThe Sellers: Shenzhen Adwell Technology Co., Ltd.\nAddress: Floor 4, Building A2, Wanan Road, Shenzhen\n1. Goods: books.";
    expect(source, &[("Buyers", Some("Mr Singh")), ("Sellers", Some("Shenzhen Adwell Technology Co., Ltd"))]);
    let address = parties(source)[0].address.as_ref().map(|address| address.value.clone());
    assert_eq!(address.as_deref(), Some("566 Hanworth Road, Hounslow"));
    expect(
        "Lease\nLessor (Party A): Gao Yuan\nLessee (Party B): Termo S.p.A.\nArticle 1 The room.",
        &[("Party A(Lessor)", Some("Gao Yuan")), ("Party B(Lessee)", Some("Termo S.p.A"))],
    );
}

#[test]
fn a_bracket_between_two_colons() {
    let source = "服务合同\n甲方：（用工单位）：深圳市甲局\n乙方：乙责任有限公司\n第一条 标的";
    expect(source, &[("甲方", Some("深圳市甲局")), ("乙方", Some("乙责任有限公司"))]);
    let slots = "租房合同\n出租方：____（甲方）身份证____\n承租方：____（乙方）身份证____\n一、房屋";
    assert!(parties(slots).iter().all(|party| party.name.is_none()), "{slots}");
}

#[test]
fn two_languages_name_one_party() {
    let source = "采购合同 Sales Contract\n买方：深圳市甲局\nBuyer: Shenzhen First Bureau\n卖方：乙有限公司\nSeller: Second Co., Ltd.\nAddress: 4 Wanan Road, Shenzhen\n第一条 标的";
    expect(source, &[("买方", Some("深圳市甲局")), ("卖方", Some("乙有限公司"))]);
    assert!(parties(source)[1].address.is_some(), "the address that only the English lines give");
}
