//! Words for the codes that fields are chosen from, the same where a person writes them and where one reads them.

use super::FieldKind;

/// Codes with the words for them.
pub(super) type Names = &'static [(&'static str, &'static str)];

/// The words for a field (`direction`), or for a part of one (`kind` of a price); none where any text may stand.
pub(super) fn names_of(kind: FieldKind, part: Option<&str>) -> Option<Names> {
    Some(match (kind, part) {
        (FieldKind::Direction, None) => {
            &[("pays", "支出"), ("receives", "收入"), ("both", "有收有支"), ("none", "不涉及价款")]
        }
        (FieldKind::Side, None) => &[("government", "政府方"), ("counterparty", "对方"), ("unknown", "未知")],
        (FieldKind::PartyKind, None) => &[("organisation", "单位"), ("person", "个人"), ("unknown", "未知")],
        (FieldKind::RecordKind, None) => {
            &[("contract", "合同"), ("supplement", "补充协议"), ("not-a-contract", "非合同")]
        }
        (FieldKind::RecordStage, None) => &[("draft", "拟稿"), ("signed", "已签"), ("unknown", "未知")],
        (FieldKind::Money, Some("kind")) => &[
            ("total", "总价"),
            ("ceiling", "上限"),
            ("unit", "单价"),
            ("periodic", "按期"),
            ("open", "据实结算"),
        ],
        (FieldKind::Money, Some("tax")) => {
            &[("included", "含税"), ("excluded", "不含税"), ("unknown", "未知")]
        }
        (FieldKind::Money | FieldKind::Sum, Some("currency")) => {
            &[("CNY", "人民币"), ("HKD", "港元"), ("MOP", "澳门元"), ("USD", "美元"), ("EUR", "欧元")]
        }
        (FieldKind::Dispute, Some("kind")) => &[
            ("court", "诉讼"),
            ("arbitration", "仲裁"),
            ("both", "或裁或诉"),
            ("none", "未约定"),
            ("unselected", "未选定"),
        ],
        (FieldKind::Dispute, Some("territory")) => &[
            ("home", "本区本市"),
            ("mainland", "内地其他地方"),
            ("outside-mainland", "内地以外"),
            ("unknown", "未知"),
        ],
        (FieldKind::Dispute, Some("steps")) => &[("negotiation", "协商"), ("mediation", "调解")],
        (FieldKind::Effective, Some("kind")) => &[
            ("on-signature", "签字生效"),
            ("on-signature-and-seal", "签字盖章生效"),
            ("on-seal", "盖章生效"),
            ("on-approval", "批准生效"),
            ("on-date", "指定日期生效"),
            ("on-condition", "条件成就生效"),
        ],
        _ => return None,
    })
}

/// The code of a word; the word itself where it is none.
pub(super) fn code_of(names: Names, text: &str) -> &str {
    names.iter().find(|(_, name)| *name == text).map_or(text, |(code, _)| code)
}

/// The word for a code of a field or of a part of it; what is no code is itself.
pub(super) fn word_of<'a>(kind: FieldKind, part: Option<&str>, code: &'a str) -> &'a str {
    let names = names_of(kind, part).unwrap_or_default();
    names.iter().find(|(known, _)| *known == code).map_or(code, |(_, word)| word)
}

/// The words to choose from.
pub(super) fn choices(names: Names) -> String {
    let words: Vec<&str> = names.iter().map(|(_, name)| *name).collect();
    format!("下列之一：{}", words.join("、"))
}
