use crate::dictionaries::Dictionaries;
use crate::model::text::Clause;
use crate::text::{Composer, from_lines};

/// One line a clause: indent for its depth, the number, the heading.
fn outline_of(source: &str) -> String {
    let composer = Composer::new(&Dictionaries::embedded()).expect("the dictionaries are sound");
    let text = from_lines(&composer, source);
    for clause in &text.clauses {
        assert!(text.content[clause.range.clone()].starts_with(&clause.label), "{clause:?}");
        assert!(text.shadow.text.get(clause.shadow.clone()).is_some());
    }
    let depth =
        |clause: &Clause| std::iter::successors(clause.parent, |&index| text.clauses[index].parent).count();
    let line = |clause: &Clause| {
        format!("{}{} {}", "  ".repeat(depth(clause)), clause.label, clause.heading.as_deref().unwrap_or("-"))
    };
    text.clauses.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn check(source: &str, outline: &[&str]) {
    assert_eq!(outline_of(source), outline.join("\n"));
}

#[test]
fn articles_with_decimals() {
    check(
        "采购合同\n第一条 合同标的\n1.1 甲方向乙方采购设备。\n1.2 数量见附件。\n第二条 付款\n2.1 付款方式\n2.1.1 预付款。\n2.1.2 尾款。\n2.2 发票。",
        &[
            "第一条 合同标的",
            "  1.1 -",
            "  1.2 -",
            "第二条 付款",
            "  2.1 付款方式",
            "    2.1.1 -",
            "    2.1.2 -",
            "  2.2 -",
        ],
    );
}

#[test]
fn nesting_follows_first_appearance() {
    check(
        "一、总则\n1. 定义\n（一）合同，指本合同。\n（二）设备，指附件所列。\n2. 解释\n（1）第一。\n（2）第二。\n二、付款",
        &[
            "一、 总则",
            "  1. 定义",
            "    （一） -",
            "    （二） -",
            "  2. 解释",
            "    （1） -",
            "    （2） -",
            "二、 付款",
        ],
    );
    check(
        "第一章 总则\n第一条 目的\n第二条 范围\n第二章 权利\n第三条 甲方权利\n第一节 一般\n第四条 乙方权利",
        &[
            "第一章 总则",
            "  第一条 目的",
            "  第二条 范围",
            "第二章 权利",
            "  第三条 甲方权利",
            "  第一节 一般",
            "    第四条 乙方权利",
        ],
    );
    check(
        "一、总则\n第一条 目的\n第二条 范围\n二、其他\n第三条 附则",
        &["一、 总则", "  第一条 目的", "  第二条 范围", "二、 其他", "  第三条 附则"],
    );
}

#[test]
fn headings_are_set_off() {
    check(
        "第一条【争议解决】协商不成的，起诉。\n第二条 违约责任 甲方违约的，应当赔偿。\n第三条　保密　双方保密。\n第四条：付款方式：分期支付，共三期。\n五、甲方应当在收到发票后付款。\n第 6 条 验收。乙方应当配合，提供资料。",
        &["第一条 争议解决", "第二条 违约责任", "第三条 保密", "第四条 付款方式", "  五、 -", "第 6 条 验收"],
    );
    check(
        "第一条　租赁期限。\n自签订之日起三年。\n第二条　因不可抗力造成损失的，互不承担责任。",
        &["第一条 租赁期限", "第二条 -"],
    );
    check("1．范围\n2，期限\n3、价款\n4,5号楼", &["1． 范围", "2， 期限", "3、 价款"]);
}

#[test]
fn quantities_and_quotations_are_no_clauses() {
    check(
        "第一条 价款\n1.5万元以内的，免于备案。\n2024.3.5\n3.14\n第三条规定的期限。\n第五条、第六条不适用。\n3 个工作日内付款。\n10%的预付款。\n（一）项所列情形。\n2.0版软件",
        &["第一条 价款"],
    );
}

#[test]
fn a_quantity_like_number_counts_where_the_count_goes_on() {
    check(
        "第二条 服务\n2.1 年度考核每年一次。\n2.2 平台建设由乙方负责。\n2.3 个人信息应当保密。",
        &["第二条 服务", "  2.1 -", "  2.2 -", "  2.3 -"],
    );
    check("1 总则\n1.1 目的。\n2 付款\n2.1 方式。", &["1 总则", "  1.1 -", "2 付款", "  2.1 -"]);
}

#[test]
fn capital_numerals_and_gaps_count_as_well() {
    check(
        "壹　委托事项\n一、范围\n二、内容\n贰　委托期限\n一　土建　100",
        &["壹 委托事项", "  一、 范围", "  二、 内容", "贰 委托期限"],
    );
}

#[test]
fn counting_starts_anew_after_an_attachment() {
    check(
        "第一条 标的\n第二条 其他\n（一）一式四份。\n甲方（盖章）：    乙方（盖章）：\n附件一：廉政协议\n第一条 甲方责任\n第二条 乙方责任",
        &["第一条 标的", "第二条 其他", "  （一） -", "第一条 甲方责任", "第二条 乙方责任"],
    );
}

#[test]
fn ranges_end_where_the_next_begins() {
    let composer = Composer::new(&Dictionaries::embedded()).expect("sound");
    let text = from_lines(
        &composer,
        "第一条 标的\n采购设备。\n（一）电脑。\n第二条 其他\n一式四份。\n甲方（盖章）：\n日期：",
    );
    let quotes: Vec<&str> = text.clauses.iter().map(|clause| &text.content[clause.range.clone()]).collect();
    assert_eq!(quotes, ["第一条 标的\n采购设备。\n（一）电脑。", "（一）电脑。", "第二条 其他\n一式四份。"]);
}

#[test]
fn a_table_of_contents_is_no_outline() {
    check("第一条 标的……………1\n第二条 付款......2\n第一条 标的\n第二条 付款", &["第一条 标的", "第二条 付款"]);
}
