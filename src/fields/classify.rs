//! Is it a contract, and is it signed? In doubt: a contract, and unknown.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::lexicon::Mark;
use super::reading::{Part, Reading};
use super::scan::{blank, date, pattern};
use crate::model::Fields;
use crate::model::record::{Kind, Stage};

static SUPPLEMENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"补充(?:协议|合同|条款|约定|备忘录)|(?:变更|终止|解除|续签|续租|续约|展期|延期|修订|修改|顺延|增补)(?:的?(?:协议|合同|约定|备忘录)|确认书|书$)|(?:合同|协议)(?:之)?(?:补充|变更|终止|解除|续签|续约|展期|延期|修订)|^关于[^,。]{2,40}(?:变更|延期|续签|终止|解除|调整|补充)的?(?:协议|约定|备忘录|合同)",
    )
});
static CONTRACT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i:(?-u:\b)this (?:agreement|contract|memorandum|lease|amendment|mou)(?-u:\b)|(?-u:\b)(?:the|both|two) (?:parties|sides)(?-u:\b)|(?-u:\b)party [ab](?-u:\b))|(?-u:\b)[Tt]he (?:Buyer|Seller|Landlord|Tenant|Licensor|Licensee|Organiser|Exhibitor|Donor|Donee|Client|Consultant|Contractor)(?-u:\b)|(?-u:\b)(?:Buyer|Seller|Landlord|Tenant|Licensor|Licensee|Donor|Donee|Client|Consultant|Contractor)s? ?(?::|\()|本(?:合同|协议|合约|约|契约|意向书|备忘录)|合约书|立约|签约双方|(?:经|由)双方|各[执持存][一二两三四五六七八九十\d壹贰叁肆伍陆]份|甲乙双方|甲、乙双方|一式[一二两三四五六七八九十\d壹贰叁肆伍陆柒捌]+份|双方(?:协商|约定|签字|盖章|同意|达成|自愿)",
    )
});
static SEAL: LazyLock<Regex> =
    LazyLock::new(|| pattern("盖章|公章|签章|签字|签名|代表|代理人|负责人|^[甲乙丙丁]方"));
static DRAFT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"送审稿|征求意见稿|草案|草稿|初稿|拟稿|审核稿|讨论稿|示范文本|\(样本\)|合同范本|\(模板\)")
});

/// Words by which a contract closes.
static BINDING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"一式[一二两三四五六七八九十\d壹贰叁肆伍陆柒捌]+份|(?:本合同|本协议|合同|协议)[^。;\n]{0,24}生效",
    )
});
/// What letters, minutes and quotations say of themselves when they are contracts.
static BINDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"本(?:函|纪要|备忘录?|确认书|确认函|订单|报价单?)[^。;]{0,30}(?:即)?(?:具有|具备|有|产生|构成|成为|形成|视为)[^。;]{0,16}(?:合同|协议)(?:之|的)?(?:法律)?(?:效力|约束力|[,。;]|$)|即(?:构成|成为|形成)(?:对)?(?:双方|各方)[^。;]{0,16}(?:合同|协议)|虽(?:名)?为[^。;]{0,10}[,]?[^。;]{0,16}(?:合同|协议)(?:之|的)?(?:法律)?效力",
    )
});
static PARTY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"甲方|乙方|委托方|受托方|发包人|承包人|采购人|供应商"));
/// Documents that speak of contracts and are none, by their first lines. 中标通知书 and 招标文件 bound before a contract are
/// told by the contract's own beginning.
static OTHER_DOCUMENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:招标|采购|竞争性(?:磋商|谈判)|磋商|谈判|询价|比选|遴选|资格预审|单一来源|更正|变更|中标|成交|结果|终止|废标|流标|竞价|拍卖|公开招租|招租|挂牌)(?:项目)?(?:结果|候选人|采购)?(?:公告|公示|邀请书?|邀请函)|(?:招标|采购|磋商|谈判|询价|比选|投标|响应|资格预审)(?:响应)?文件$|(?:中标|成交)通知书$|会议(?:纪要|记录)$|(?:收据|收条|领条|借条|发票|送货单|签收单|报销单|验收单|验收报告|验收报告单|验收证书|验收证明书?|验收意见书?|验收表|验收记录|移交单|交接单|交接清单|入库单|出库单|审批单|会签单|会签表|用印申请|备案表|评审表|评分表|投标函|开标一览表|报价一览表|送审表|审核表|竣工报告|开工报告|决算书|结算书|报价单|报价函|投标函|请示|批复|通知|通告|通报|简报|总结|工作报告|情况报告|调研报告|审查意见书?|审核意见书?|合同公告|合同公示|法律意见书|判决书|裁定书|裁决书|起诉状|营业执照|授权委托书|介绍信|证明书|资质证书|会议议程|应急预案|情况说明|告知书|倡议书|申请表|申请书|审批表|登记表|汇总表|明细表|通知单|结算单|询价单|报价表|采购需求|需求书|可行性研究报告|评审报告|评标报告|检测报告|检验报告|审计报告|自查报告|新闻稿|公约|章程|制度|须知|讲话稿|计划表)$|^(?:关于)?[^,。;]{0,30}(?:复|回|公|便|商洽|催告|催款|询|告知|督促|律师|邀请|问询)函$|^函$|^关于[^,。;]{2,40}(?:的(?:通知|请示|报告|批复|函|说明|意见|方案|通报|公告|公示|情况))$|(?:条例|办法|规定|细则|规则|法|准则|指引|指南|解释|实施方案|工作方案)(?:\((?:试行|暂行|修订|草案|征求意见稿)\))?$",
    )
});
/// Words of those who tell of a contract: reporters, courts.
static NARRATED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"本报讯|记者[^。;\n]{0,6}\)|据报道|诉至|[法本]院(?:认为|审理|判决)|仲裁庭认为")
});

/// Rows in which a document says what it is.
const FIRST_ROWS: usize = 10;

/// The number behind the name of an official document: 会议纪要〔2024〕5号, 简报第3期.
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:[(\[〔【]\d{2,4}[)\]〕】]第?\d{1,4}号|\(?第?[\d一二三四五六七八九十]{1,4}[期号次]\)?)$")
});

/// Does the document name itself something else than a contract, and begin none?
fn is_other_document(reading: &Reading<'_>) -> bool {
    names_other_document(reading, FIRST_ROWS)
        && super::parts::beginnings(reading).is_empty()
        && bound_title(reading).is_none()
}

/// Does one of the first rows, above row `end`, name the document something else than a contract?
pub fn names_other_document(reading: &Reading<'_>, end: usize) -> bool {
    let rows = reading.rows.iter().take(end).filter(|row| row.table.is_none()).take(FIRST_ROWS);
    let short =
        |text: &&str| (3..=50).contains(&text.chars().count()) && !text.contains(['。', ':', ';', ',']);
    let named = rows.map(|row| reading.row(row)).filter(short).map(|text| NUMBERED.replace(text, ""));
    named.into_iter().any(|text| {
        let text = text.as_ref();
        // A line of the recitals (根据政府采购法及有关规定) is no name of a document.
        let recital =
            ["根据", "依据", "依照", "按照", "遵照", "为"].iter().any(|word| text.starts_with(word));
        !recital
            && OTHER_DOCUMENT.is_match(text)
            && !super::title::ends_like_title(text)
            && !text.contains("合同书")
    })
}

/// Row and shadow bytes of the title of a contract that is bound behind the other document, whose parties stand in its
/// sentences or its signatures: a title below the first row, and then the words that contracts close with.
pub fn bound_title(reading: &Reading<'_>) -> Option<(usize, Range<usize>)> {
    let mut rows = reading.rows.iter().enumerate().skip(1).filter(|(_, row)| row.part != Part::Attachment);
    let (index, title) =
        rows.find(|(_, row)| row.segments.len() == 1 && super::title::ends_like_title(reading.row(row)))?;
    closes(reading, title.range().end).then(|| (index, title.range()))
}

/// Do the words that contracts close with, and three times a party, stand behind this place?
fn closes(reading: &Reading<'_>, from: usize) -> bool {
    let behind = reading.slice(from..reading.body.len());
    BINDING.is_match(behind) && roles(reading, behind).take(3).count() == 3
}

/// Is it about what two parties do, each named twice at least, whatever they are called?
fn deals(reading: &Reading<'_>) -> bool {
    let mut named: Vec<(usize, usize)> = Vec::new();
    for role in roles(reading, reading.body).take(200) {
        match named.iter_mut().find(|(known, _)| *known == role) {
            Some((_, times)) => *times += 1,
            None => named.push((role, 1)),
        }
    }
    named.iter().filter(|(_, times)| *times >= 2).count() >= 2
}

/// The roles of parties, one for each time that a text names one.
fn roles<'r>(reading: &'r Reading<'_>, text: &'r str) -> impl Iterator<Item = usize> + 'r {
    reading.lexicon.marks.find(text).filter_map(|(_, mark)| match mark {
        Mark::Role(role) => Some(role),
        Mark::Label(_) => None,
    })
}

/// Contract, supplement, or something else. Pages that were not read may show that it is a contract.
pub fn kind(reading: &Reading<'_>, fields: &Fields) -> Kind {
    let title = fields.title.as_ref().map_or("", |title| title.value.as_str());
    let cues = reading.find_all(&CONTRACT).take(4).count();
    // A part of a contract has clauses and speaks of 本合同 and of its parties, though nothing names it.
    let fragment =
        cues > 0 && (reading.text.clauses.len() >= 3 && PARTY.is_match(reading.body) || deals(reading));
    let bound = cues > 0 && bound_title(reading).is_some();
    let untitled = title.is_empty() && fields.parties.len() < 2 && cues < 3 && !fragment && !bound;
    let bare = fields.parties.is_empty() && cues == 0;
    let whole = super::title::ends_like_title(title) && fields.parties.len() >= 2 && closes(reading, 0);
    let told = title.is_empty() && NARRATED.is_match(reading.body) && !closes(reading, 0);
    let binding = fields.parties.len() >= 2 && BINDS.is_match(reading.body);
    if binding && !told {
        return if amends(reading) { Kind::Supplement } else { Kind::Contract };
    }
    if reading.text.is_complete() && (untitled || bare || told || is_other_document(reading) && !whole) {
        return Kind::NotAContract;
    }
    if is_supplement(title) || amends(reading) { Kind::Supplement } else { Kind::Contract }
}

/// Does it say of another contract that it is the one it changes: 《保洁合同》（以下简称“原合同”）?
fn amends(reading: &Reading<'_>) -> bool {
    static MAIN: LazyLock<Regex> =
        LazyLock::new(|| pattern(r#"(?:简称|称)(?:为)?[:"“'「]*(?:原|主)(?:合同|协议)["”'」]*\)"#));
    static CHANGES: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"变更|补充|终止|解除|延长|延期|顺延|续签|续租|调整|修改|增加|减少"));
    MAIN.find(reading.body).is_some_and(|main| {
        let behind = reading.slice(main.end()..reading.floor((main.end() + 300).min(reading.body.len())));
        CHANGES.is_match(behind)
    })
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
    let marked = DRAFT.is_match(reading.text.folded_own().get(reading.body.len()..).unwrap_or(""))
        || reading.rows.iter().take(4).any(|row| DRAFT.is_match(reading.row(row)));
    let dated = signature.iter().any(|line| !date::scan(line).is_empty());
    let open_date = signature.iter().any(|line| !date::slots(line).is_empty() && date::scan(line).is_empty());
    // A slot where a hand signs says nothing, with a printed line or without.
    let by_hand = |line: &str| SEAL.is_match(line);
    let filled = |line: &str| !date::scan(line).is_empty();
    let open_slot =
        signature.iter().any(|line| blank::has_placeholder(line) && !by_hand(line) && !filled(line));
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
        extractors.extract(&text).settled()
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
    fn a_part_of_a_contract_is_a_contract() {
        let part = "第一条 本合同项目的要求如下：\n1. 目标：研发系统。\n第二条 甲方的义务\n第三条 乙方的义务";
        assert_eq!(read(part).kind, Kind::Contract);
        let law = "第一条 为规范管理，制定本办法。\n第二条 本办法适用于全区。\n第三条 区财政局负责。";
        assert_eq!(read(law).kind, Kind::NotAContract);
    }

    #[test]
    fn documents_about_contracts_are_none() {
        for source in [
            "罗湖区保洁服务项目公开招标公告\n采购人：甲局\n一、合同履行期限：一年\n本合同签订后十日内开始。",
            "中标通知书\n乙有限公司：\n请于三十日内与我局签订合同。甲乙双方应按招标文件订立。",
            "政府合同管理办法\n第一条 为规范合同管理，制定本办法。\n第二条 本办法所称合同，双方协商订立。",
            "办公会议纪要\n时间：2024年1月5日\n会议同意与乙公司签订合同，双方协商价款。",
            "收据\n今收到乙公司履约保证金500元，本合同编号A-1。",
            "关于合同款支付的复函\n甲局：\n本合同双方协商的款项已经到账。本合同继续履行。",
            "罗湖区政府党组会议纪要〔2024〕5号\n会议同意与乙公司签订合同，本合同双方协商价款。",
            "合同履行情况说明\n本合同签订后，双方协商一致，本合同正常履行。",
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
        let prose = "成交通知书\n乙有限公司：贵公司成交。\n垃圾分类督导服务合同\n甲局（甲方）与乙有限公司（乙方）约定如下：\n1. 乙方提供督导服务。\n2. 本合同一式三份，签章后生效。";
        assert_eq!(read(prose).kind, Kind::Contract);
        let notice = format!("中标通知书\n乙有限公司：贵公司中标。\n采购合同\n{BODY}");
        assert_eq!(read(&notice).kind, Kind::Contract);
        assert_eq!(read(&format!("施工现场管理办法编制服务合同\n{BODY}")).kind, Kind::Contract);
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
