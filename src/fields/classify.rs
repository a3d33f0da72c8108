//! Is it a contract, and is it signed? In doubt: a contract, and unknown.

use std::sync::LazyLock;

use regex::Regex;

use super::reading::{Part, Reading};
use super::scan::{blank, date, pattern};
use crate::model::Fields;
use crate::model::record::{Kind, Stage};

static SUPPLEMENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"补充(?:协议|合同|条款)|(?:变更|终止|解除|续签|展期|延期|修订)(?:协议|合同)|合同(?:补充|变更|终止|解除)|协议(?:补充|变更|终止|解除)|补充协议书",
    )
});
static CONTRACT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"本合同|本协议|甲乙双方|甲、乙双方|一式[一二两三四五六七八九十\d壹贰叁肆伍陆柒捌]+份|双方(?:协商|约定|签字|盖章)",
    )
});
static DRAFT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"送审稿|征求意见稿|草案|草稿|初稿|拟稿|审核稿|讨论稿|示范文本|\(样本\)|合同范本|\(模板\)")
});

/// Contract, supplement, or something else. Pages that were not read may show that it is a contract.
pub fn kind(reading: &Reading<'_>, fields: &Fields) -> Kind {
    let title = fields.title.as_ref().map_or("", |title| title.value.as_str());
    let cues = CONTRACT.find_iter(reading.body).take(4).count();
    let untitled = title.is_empty() && fields.parties.len() < 2 && cues < 3;
    let bare = fields.parties.is_empty() && cues == 0;
    if reading.text.is_complete() && (untitled || bare) {
        return Kind::NotAContract;
    }
    if is_supplement(title) { Kind::Supplement } else { Kind::Contract }
}

/// Does the title name a supplement to, or a change of, another contract?
pub fn is_supplement(title: &str) -> bool {
    SUPPLEMENT.is_match(title)
}

/// Draft, signed, or not to be told. Nobody seals a draft; a small square seal may be a clerk's (经办人名章).
pub fn stage(reading: &Reading<'_>, fields: &Fields) -> Stage {
    let signature: Vec<&str> = reading
        .rows_in(Part::Signature)
        .flat_map(|row| &row.segments)
        .map(|segment| reading.segment(segment))
        .collect();
    let marked = DRAFT.is_match(reading.text.folded().get(reading.body.len()..).unwrap_or(""))
        || reading.rows.iter().take(4).any(|row| DRAFT.is_match(reading.row(row)));
    let dated = signature.iter().any(|line| !date::scan(line).is_empty());
    let open_date = signature.iter().any(|line| !date::slots(line).is_empty() && date::scan(line).is_empty());
    let open_slot = signature.iter().any(|line| blank::has_placeholder(line) || line.ends_with(':'));
    let named = (dated || all_named(fields, &signature)) && !signature.is_empty();
    if reading.text.sights.seals.iter().any(|seal| seal.shape != "square") {
        return Stage::Signed;
    }
    match fields.sign_date.is_some() {
        true if named && !open_date && !open_slot => Stage::Signed,
        false if !dated && (open_date || marked) => Stage::Draft,
        _ => Stage::Unknown,
    }
}

/// Does every party's name stand among the signatures?
fn all_named(fields: &Fields, signature: &[&str]) -> bool {
    let stands = |name: &str| {
        let folded = name.replace('（', "(").replace('）', ")");
        signature.iter().any(|line| line.contains(&folded))
    };
    !fields.parties.is_empty()
        && fields.parties.iter().all(|p| p.name.as_ref().is_some_and(|name| stands(&name.value)))
}

#[cfg(test)]
mod tests {
    use super::super::{Extracted, Extractors};
    use super::*;
    use crate::dictionaries::Dictionaries;
    use crate::text::{Composer, from_lines};

    fn read(source: &str) -> Extracted {
        read_but(source, &[])
    }

    /// Reads a text some of whose pages are not known.
    fn read_but(source: &str, unread: &[u32]) -> Extracted {
        let dictionaries = Dictionaries::embedded();
        let extractors = Extractors::new(&dictionaries).expect("valid");
        let mut text = from_lines(&Composer::new(&dictionaries).expect("valid"), source);
        text.unread_pages = unread.to_vec();
        extractors.extract(&text)
    }

    #[test]
    fn what_was_not_read_is_not_called_anything_but_a_contract() {
        assert_eq!(read("").kind, Kind::Contract);
        let notice = "关于开展检查的通知\n各单位：\n请于月底前完成检查。";
        assert_eq!(read_but(notice, &[2]).kind, Kind::Contract);
        assert_eq!(read_but(notice, &[]).kind, Kind::NotAContract);
    }

    const BODY: &str = "甲方：甲有限公司\n乙方：乙有限公司\n第一条 标的\n本合同一式两份。\n";

    #[test]
    fn kinds_are_told_apart() {
        assert_eq!(read(&format!("采购合同\n{BODY}")).kind, Kind::Contract);
        assert_eq!(read(&format!("采购合同补充协议（一）\n{BODY}")).kind, Kind::Supplement);
        assert_eq!(read("关于开展检查的通知\n各单位：\n请于月底前完成检查。").kind, Kind::NotAContract);
    }

    #[test]
    fn stages_are_told_apart() {
        let with = |tail: &str| read(&format!("采购合同\n{BODY}{tail}")).stage;
        assert_eq!(
            with(
                "甲方（盖章）：甲有限公司\t乙方（盖章）：乙有限公司\n日期：2024年1月5日\t日期：2024年1月6日"
            ),
            Stage::Signed
        );
        assert_eq!(
            with("甲方（盖章）：____\t乙方（盖章）：____\n日期：____年__月__日\t日期：____年__月__日"),
            Stage::Draft
        );
        assert_eq!(with(""), Stage::Unknown);
    }
}
