//! Numbers with labels, alone on their line, and those that are another's.

use super::super::reading::tests::with_reading;
use super::*;
use crate::model::fields::AbsentReason;

fn number_of(source: &str) -> Option<String> {
    with_reading(source, |reading| {
        let mut draft = Draft::default();
        run(reading, &mut draft);
        draft.fields.contract_number.map(|n| n.value)
    })
}

#[test]
fn numbers_are_found() {
    let cases = [
        ("合同编号：LHWJ-CG-2023-0417\n采购合同\n第一条", "LHWJ-CG-2023-0417"),
        ("协议编号：LHYJ-2021-038-补1\n一、变更", "LHYJ-2021-038-补1"),
        ("合同编号（Contract No.）：LHRL-2022-PX-011\n第一条", "LHRL-2022-PX-011"),
        ("编号：深罗采〔2021〕12号\n一、标的", "深罗采〔2021〕12号"),
        ("合同编号：（CHWY-2016）    签约日期：2016年\n第一条", "CHWY-2016"),
        ("合同编：2023041107\n第一条", "2023041107"),
        ("合同编号：\nWY-2025-075\n甲方：甲局\n第一条", "WY-2025-075"),
        ("协议\n（2023）民代字第67号\n甲方：甲局\n第一条", "（2023）民代字第67号"),
        ("协议\nNo.DD2023-J1\n甲方：甲局\n第一条", "DD2023-J1"),
        ("协议\n（LHXX-2023-67）\n甲方：甲局\n第一条", "LHXX-2023-67"),
        ("一、基本信息\n1.1 合同编号：A-2023-1\n1.2 其他", "A-2023-1"),
        ("补充协议编号：B-2023-1\n甲方：甲局\n第一条", "B-2023-1"),
        ("合同编号\nWY-2025-075\n甲方：甲局\n第一条", "WY-2025-075"),
        ("采购合同编号：LH-2024-01\n第一条", "LH-2024-01"),
        ("合同编号为：LH-2024-02\n第一条", "LH-2024-02"),
        ("合同编号 LH-2024-03\n第一条", "LH-2024-03"),
        ("合同编号 / Contract No.\tICE-2024-58\n第一条", "ICE-2024-58"),
        ("Sales Contract\nContract No.：uk20230627\nThe Buyers: Mr Li\n1. Goods", "uk20230627"),
        ("合同编号：NC (2021)-401\n1 工程概况\n1.1 名称：甲", "NC (2021)-401"),
        ("合同编号：CG 2024 0101\n采购合同\n第一条", "CG 2024 0101"),
        ("合同编号：FR-GK-******0012-1\n采购合同\n第一条", "FR-GK-******0012-1"),
        ("# 采购合同\n- **合同编号：** A-2023-9\n第一条", "A-2023-9"),
        (
            "买卖合同\n深（罗）房预买字（2021）第1203号\n甲方：甲局\n第一条",
            "深（罗）房预买字（2021）第1203号",
        ),
        ("借款合同\n某企借字2023第11号\n甲方：甲局\n第一条", "某企借字2023第11号"),
        ("出让合同\n深地合字（2021）A0046号\n甲方：甲局\n第一条", "深地合字（2021）A0046号"),
        ("服务项目政府采购合同协议书政府采购合同编号: A-2023-7 采购人: 甲局\n一、标的", "A-2023-7"),
        ("监管协议\n监〔2023〕67号\n甲方：甲局\n第一条", "监〔2023〕67号"),
        ("合同编号 Contract No.：INT-2021-20\n第一条", "INT-2021-20"),
    ];
    for (source, expected) in cases {
        assert_eq!(number_of(source).as_deref(), Some(expected), "{source}");
    }
}

#[test]
fn an_order_has_the_number_of_an_order() {
    let read = |source: &str| {
        with_reading(source, |reading| {
            let mut draft = Draft::default();
            super::super::title::EXTRACTOR.run_on(reading, &mut draft);
            run(reading, &mut draft);
            draft.fields.contract_number.map(|n| n.value)
        })
    };
    assert_eq!(read("采购订单\n订单编号：PO-2024-3\n买方：甲局\n1. 交货").as_deref(), Some("PO-2024-3"));
    assert_eq!(read("采购合同\n订单编号：PO-2024-3\n买方：甲局\n1. 交货"), None);
}

#[test]
fn other_numbers_are_left_alone() {
    for source in [
        "合同编号：\n2024年度采购合同\n甲方：甲局\n第一条",
        "项目编号：ZX-2021-1\n第一条",
        "合同备案编号：BA-2021-1\n第一条",
        "原合同编号：A-2021-1\n第一条",
        "合同编号：[合同编码1]\n第一条",
        "合同编号：         项目编号：XM-2024-1\n第一条",
        "施工合同\n（GF-2017-0201）\n第一条",
        "招标编号：A-1\n一、",
        "采购合同\n一、双方签订了编号为A-2的合同",
        "鉴于双方签订的编号：A-3原合同\n一、",
    ] {
        assert_eq!(number_of(source), None, "{source}");
    }
}

#[test]
fn the_number_of_the_contract_that_is_changed_is_not_the_own() {
    let read = |header: &str, title: &str| {
        let source = format!(
            "{title}\n{header}甲方：甲局\n乙方：乙有限公司\n双方签订了《采购合同》（合同编号：A-2023-1，以下简称原合同），现约定：\n第一条 变更\n本协议一式两份。"
        );
        with_reading(&source, |reading| {
            let mut draft = Draft::default();
            super::super::title::EXTRACTOR.run_on(reading, &mut draft);
            run(reading, &mut draft);
            draft.fields.contract_number.map(|n| n.value)
        })
    };
    assert_eq!(read("", "采购合同补充协议"), None);
    assert_eq!(read("合同编号：A-2023-1\n", "采购合同补充协议"), None);
    let own = read("合同编号：A-2023-1-补1\n", "采购合同补充协议");
    assert_eq!(own.as_deref(), Some("A-2023-1-补1"));
    assert_eq!(read("合同编号：B-7\n", "服务合同").as_deref(), Some("B-7"));
    let subtitle = number_of("《采购合同》\n（合同编号：A-9）\n第一条 标的");
    assert_eq!(subtitle.as_deref(), Some("A-9"));
}

#[test]
fn a_blank_slot_is_said() {
    with_reading("合同编号：________\n第一条", |reading| {
        let mut draft = Draft::default();
        run(reading, &mut draft);
        assert_eq!(draft.absent.first().map(|a| a.reason), Some(AbsentReason::Blank));
    });
}

#[test]
fn the_number_of_an_earlier_contract_is_not_its_own() {
    let told = "第一条 总则\n甲、乙双方于2023年3月签订本合同（编号：LH2023-001），现补充如下。";
    assert_eq!(number_of(told), None);
    let own = "第一条 总则\n甲、乙双方于2023年3月签订本合同，编号LH2023-001。";
    assert_eq!(number_of(own).as_deref(), Some("LH2023-001"));
}
