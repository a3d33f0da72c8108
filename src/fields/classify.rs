//! Is it a contract, and is it signed? In doubt: a contract, and unknown.

use std::sync::LazyLock;

use regex::Regex;

use super::phrase;
use super::reading::{Part, Reading};
use super::scan::{blank, date, pattern};
use crate::model::Fields;
use crate::model::fields::Party;
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
static SEAL: LazyLock<Regex> =
    LazyLock::new(|| pattern("盖章|公章|签章|签字|签名|代表|代理人|负责人|^[甲乙丙丁]方"));
static DRAFT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"送审稿|征求意见稿|草案|草稿|初稿|拟稿|审核稿|讨论稿|示范文本|\(样本\)|合同范本|\(模板\)")
});

/// Documents that speak of contracts and are none, by their first lines. 中标通知书 and 招标文件 bound before a contract are
/// told by the contract's own beginning.
static OTHER_DOCUMENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:招标|采购|竞争性(?:磋商|谈判)|磋商|谈判|询价|比选|遴选|资格预审|单一来源|更正|变更|中标|成交|结果|终止|废标|流标|竞价|拍卖|公开招租|招租|挂牌)(?:项目)?(?:结果|候选人|采购)?(?:公告|公示|邀请书?|邀请函)|(?:招标|采购|磋商|谈判|询价|比选|投标|响应|资格预审)(?:响应)?文件$|(?:中标|成交)通知书$|会议(?:纪要|记录)$|(?:收据|收条|领条|借条|发票|送货单|签收单|报销单|验收单|验收报告|决算书|结算书|报价单|报价函|投标函|请示|批复|通知|通告|通报|简报|总结|工作报告|情况报告|调研报告|审查意见书?|法律意见书|判决书|裁定书|裁决书|起诉状|营业执照|授权委托书|证明书|资质证书|会议议程|应急预案)$|(?:条例|办法|规定|细则|规则|法|准则|指引|指南|解释|实施方案|工作方案)(?:\((?:试行|暂行|修订|草案|征求意见稿)\))?$",
    )
});
/// Rows in which a document says what it is.
const FIRST_ROWS: usize = 10;

/// Does the document name itself something else than a contract, and begin none?
fn is_other_document(reading: &Reading<'_>) -> bool {
    let first =
        reading.rows.iter().filter(|row| row.table.is_none()).take(FIRST_ROWS).map(|row| reading.row(row));
    let short =
        |text: &&str| (3..=50).contains(&text.chars().count()) && !text.contains(['。', ':', ';', ',']);
    let named = first.filter(short).any(|text| {
        OTHER_DOCUMENT.is_match(text) && !super::title::ends_like_title(text) && !text.contains("合同书")
    });
    named && super::parts::beginnings(reading).is_empty()
}

/// Contract, supplement, or something else. Pages that were not read may show that it is a contract.
pub fn kind(reading: &Reading<'_>, fields: &Fields) -> Kind {
    let title = fields.title.as_ref().map_or("", |title| title.value.as_str());
    let cues = CONTRACT.find_iter(reading.body).take(4).count();
    let known = |party: &&Party| phrase::words(party).any(|word| reading.lexicon.marks.role(word).is_some());
    let untitled = title.is_empty() && fields.parties.iter().filter(known).count() < 2 && cues < 3;
    let bare = fields.parties.is_empty() && cues == 0;
    if reading.text.is_complete() && (untitled || bare || is_other_document(reading)) {
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
    // A slot where a hand signs says nothing, with a printed line or without.
    let by_hand = |line: &str| SEAL.is_match(line);
    let open_slot = signature.iter().any(|line| blank::has_placeholder(line) && !by_hand(line));
    if reading.text.sights.seals.iter().any(|seal| seal.shape != "square") {
        return Stage::Signed;
    }
    match fields.sign_date.is_some() {
        true if !open_date && !open_slot && !marked => Stage::Signed,
        false if !dated && (open_date || marked) => Stage::Draft,
        _ => Stage::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Extracted, Extractors};
    use super::*;
    use crate::dictionaries::Dictionaries;
    use crate::model::fields::AbsentReason;
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
    fn documents_about_contracts_are_none() {
        for source in [
            "罗湖区保洁服务项目公开招标公告\n采购人：甲局\n一、合同履行期限：一年\n本合同签订后十日内开始。",
            "中标通知书\n乙有限公司：\n请于三十日内与我局签订合同。甲乙双方应按招标文件订立。",
            "政府合同管理办法\n第一条 为规范合同管理，制定本办法。\n第二条 本办法所称合同，双方协商订立。",
            "办公会议纪要\n时间：2024年1月5日\n会议同意与乙公司签订合同，双方协商价款。",
            "收据\n今收到乙公司履约保证金500元，本合同编号A-1。",
        ] {
            let extracted = read(source);
            assert_eq!(extracted.kind, Kind::NotAContract, "{source}");
            assert_eq!(extracted.fields, Fields::default(), "{source}");
            assert!(extracted.absent.iter().all(|absent| absent.reason == AbsentReason::NotApplicable));
            assert!(!extracted.absent.is_empty());
        }
    }

    #[test]
    fn a_contract_inside_another_document_is_a_contract() {
        let bound = format!("招标文件\n第五章 合同条款\n采购合同\n{BODY}");
        assert_eq!(read(&bound).kind, Kind::Contract);
        let notice = format!("中标通知书\n乙有限公司：贵公司中标。\n采购合同\n{BODY}");
        assert_eq!(read(&notice).kind, Kind::Contract);
        assert_eq!(read(&format!("施工现场管理办法编制服务合同\n{BODY}")).kind, Kind::Contract);
    }

    #[test]
    fn several_contracts_in_one_file_are_told() {
        let one = format!("采购合同\n{BODY}甲方（盖章）：甲有限公司\n乙方（盖章）：乙有限公司\n");
        let two = format!("{one}保洁服务合同\n{BODY}");
        assert_eq!(
            read(&two).issues.iter().map(|issue| issue.code.as_str()).collect::<Vec<_>>(),
            ["several-contracts"]
        );
        assert!(read(&one).issues.is_empty());
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
