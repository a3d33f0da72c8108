//! Files of several contracts, and contracts that only look like several.

use super::*;
use crate::fields::reading::tests::with_reading;

/// First lines of the bodies of a file's contracts.
fn heads(source: &str) -> Vec<String> {
    with_reading(source, |reading| {
        let division = divide(reading);
        assert!(division.doubtful.is_empty(), "{source}");
        let first = |cut: &Cut| {
            let paragraph = reading.text.paragraphs.get(cut.body.start).expect("there");
            reading.text.content[paragraph.range.clone()].to_owned()
        };
        division.cuts.iter().map(first).collect()
    })
}

fn contract(title: &str, second: &str) -> String {
    format!(
        "{title}\n甲方：深圳市罗湖区教育局\n乙方：{second}\n第一条 标的\n乙方提供约定的标的。\n甲方（盖章）：深圳市罗湖区教育局\n乙方（盖章）：{second}\n2024年3月5日\n"
    )
}

#[test]
fn two_contracts_are_two() {
    let one = contract("办公设备采购合同", "深圳市启明科技有限公司");
    let other = contract("保洁服务合同", "深圳市洁净物业有限公司");
    assert_eq!(heads(&format!("{one}{other}")), ["办公设备采购合同", "保洁服务合同"]);
    // The same form with another party, the same parties under another title, a number above the title.
    let lease = contract("房屋租赁合同", "张三丰");
    assert_eq!(heads(&format!("{lease}{}", contract("房屋租赁合同", "李四光"))).len(), 2);
    let repair = contract("设备维修合同", "深圳市启明科技有限公司");
    assert_eq!(heads(&format!("{one}{repair}")), ["办公设备采购合同", "设备维修合同"]);
    assert_eq!(heads(&format!("{one}合同编号：LH-2\n{other}")), ["办公设备采购合同", "合同编号：LH-2"]);
    // Behind the attachments of the first.
    let attached = format!("{one}附件一：设备清单\n台式电脑二十台\n{other}");
    assert_eq!(heads(&attached), ["办公设备采购合同", "保洁服务合同"]);
}

#[test]
fn a_supplement_behind_its_contract_is_filed_for_itself() {
    let one = contract("办公设备采购合同", "深圳市启明科技有限公司");
    let supplement = contract("办公设备采购合同补充协议", "深圳市启明科技有限公司");
    assert_eq!(heads(&format!("{one}{supplement}")), ["办公设备采购合同", "办公设备采购合同补充协议"]);
}

#[test]
fn what_belongs_to_a_contract_stays_with_it() {
    let one = contract("办公设备采购合同", "深圳市启明科技有限公司");
    let same = |title: &str| contract(title, "深圳市启明科技有限公司");
    let cover = "办公设备采购合同\n甲方：深圳市罗湖区教育局\n乙方：深圳市启明科技有限公司\n";
    assert!(heads(&format!("{cover}{one}")).is_empty());
    // Signed beside the contract by its parties.
    assert!(heads(&format!("{one}{}", same("廉洁协议"))).is_empty());
    // Headed as an attachment, or listed as one.
    assert!(heads(&format!("{one}附件二\n{}", contract("售后服务合同", "深圳市另一家有限公司"))).is_empty());
    let listing = one.replace("约定的标的。", "约定的标的。\n附件一：售后服务协议");
    assert!(heads(&format!("{listing}{}", same("售后服务协议"))).is_empty());
    // The same contract printed twice, and the agreement inside a printed form.
    assert!(heads(&format!("{one}{one}")).is_empty());
    assert!(heads(&format!("{one}{}", same("合同协议书"))).is_empty());
    // A blank form.
    let blank =
        "办公设备采购合同\n甲方：____\n乙方：____\n第一条 标的\n略。\n甲方（盖章）：\n乙方（盖章）：\n";
    assert!(heads(&format!("{one}{blank}")).is_empty());
    assert!(heads("合同管理办法\n第一条 为规范合同管理。").is_empty());
    assert!(heads("").is_empty());
}

#[test]
fn a_companion_with_another_party_is_a_contract() {
    let one = contract("办公设备采购合同", "深圳市启明科技有限公司");
    let other = contract("保密协议", "深圳市另一家有限公司");
    assert_eq!(heads(&format!("{one}{other}")), ["办公设备采购合同", "保密协议"]);
}

#[test]
fn another_form_without_names_is_told() {
    let one = contract("办公设备采购合同", "深圳市启明科技有限公司");
    let blank = "设备维修合同\n甲方：____\n乙方：____\n第一条 标的\n略。\n甲方（盖章）：\n乙方（盖章）：\n";
    with_reading(&format!("{one}{blank}"), |reading| {
        let division = divide(reading);
        assert!(division.cuts.is_empty());
        assert_eq!(division.doubtful.len(), 2);
    });
}

#[test]
fn a_contract_behind_its_award_notice_stands_alone() {
    let one = contract("办公设备采购合同", "深圳市启明科技有限公司");
    let notice = "中标通知书\n深圳市启明科技有限公司：\n你公司中标，中标价五百元。\n深圳市招标有限公司\n";
    assert_eq!(heads(&format!("{notice}{one}")), ["办公设备采购合同"]);
    let other = contract("保洁服务合同", "深圳市洁净物业有限公司");
    let both = format!("{notice}{one}{other}");
    assert_eq!(heads(&both), ["办公设备采购合同", "保洁服务合同"]);
}

#[test]
fn the_contract_chapter_of_a_tender_document_is_the_contract() {
    let form = "办公设备采购合同\n甲方：____\n乙方：____\n第一条 标的\n略。\n本合同一式四份。\n甲方（盖章）：\n乙方（盖章）：\n";
    let tender = format!(
        "深圳市罗湖区教育局办公设备采购项目\n招标文件\n第一章 投标邀请\n投标人应当缴纳保证金一万元。\n第四章 合同条款及格式\n{form}第五章 投标文件格式\n联合体协议书\n甲方：____\n乙方：____\n双方组成联合体。\n"
    );
    with_reading(&tender, |reading| {
        let division = divide(reading);
        let [cut] = division.cuts.as_slice() else { panic!("{division:?}") };
        let line = |index: usize| &reading.text.content[reading.text.paragraphs[index].range.clone()];
        assert_eq!(line(cut.body.start), "办公设备采购合同");
        assert_eq!(line(cut.body.end), "第五章 投标文件格式");
        assert_eq!(cut.whole, 0..reading.text.paragraphs.len());
    });
}
