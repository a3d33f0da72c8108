//! Lines cut into roles and labels.

use super::super::super::reading::tests::with_reading;
use super::*;

fn read(line: &str) -> Vec<(String, String)> {
    with_reading(line, |reading| {
        let all: Vec<Token> = reading.rows[0].segments.iter().flat_map(|s| tokens(reading, s)).collect();
        all.iter()
            .map(|token| {
                let kind = match &token.kind {
                    Kind::Role { words, .. } => words.join("+"),
                    Kind::Label { label, owner } => {
                        format!("{}{label:?}", owner.clone().unwrap_or_default())
                    }
                };
                (kind, reading.slice(token.value.clone()).to_owned())
            })
            .collect()
    })
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

#[test]
fn roles_and_labels_are_cut_apart() {
    let cases: [(&str, &[(&str, &str)]); 9] = [
        ("甲方（采购人）：深圳市罗湖区教育局", &[("甲方+采购人", "深圳市罗湖区教育局")]),
        ("甲 方：甲局　　乙 方：乙公司", &[("甲方", "甲局"), ("乙方", "乙公司")]),
        ("出租方（以下简称甲方）：____", &[("出租方+甲方", "")]),
        ("联系人：何嘉敏　联系电话：0755-25531076", &[("Contact", "何嘉敏"), ("Phone", "0755-25531076")]),
        ("甲方地址：深南东路1号", &[("甲方Address", "深南东路1号")]),
        ("甲方（盖章）：", &[("甲方", "")]),
        ("统一社会信用代码（USCC）：11440303K3172674XQ", &[("Uscc", "11440303K3172674XQ")]),
        ("法定代表人或授权代表（签字）：邱伟坤", &[("Signatory", "邱伟坤")]),
        ("发包人（全称）：甲办事处", &[("发包人", "甲办事处")]),
    ];
    for (line, expected) in cases {
        assert_eq!(read(line), pairs(expected), "{line}");
    }
}

#[test]
fn prose_has_no_tokens() {
    for line in ["甲方应当按时付款", "甲、乙双方协商一致", "甲方有权要求乙方更换人员", "由甲方负责联系人员"]
    {
        assert!(read(line).is_empty(), "{line}: {:?}", read(line));
    }
}
