//! Clauses that are there or not: secrecy (保密), liability for breach (违约责任), notices and their service (通知与送达).

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::Extractor;
use super::draft::Draft;
use super::explain::{Considered, Verdict};
use super::reading::{Part, Reading, Row, starts_clause};
use super::scan::{blank, pattern};
use crate::model::Confidence;
use crate::model::fields::Presence;

/// Is there a clause on secrecy?
pub const CONFIDENTIALITY: Extractor = Extractor {
    field: "confidentiality",
    about: "保密：有无保密条款",
    run: |reading, draft| {
        draft.fields.confidentiality = presence(reading, draft, "confidentiality", &SECRECY)
    },
};

/// Is there a clause on liability for breach?
pub const BREACH_LIABILITY: Extractor = Extractor {
    field: "breach_liability",
    about: "违约责任：有无违约责任条款",
    run: |reading, draft| {
        draft.fields.breach_liability = presence(reading, draft, "breach_liability", &BREACH)
    },
};

/// Is there a clause on notices and their service?
pub const NOTICE: Extractor = Extractor {
    field: "notice",
    about: "送达：有无通知与送达条款（第二十六条第一款第（十）项）",
    run: |reading, draft| draft.fields.notice = presence(reading, draft, "notice", &SERVICE),
};

/// How a kind of clause is known.
pub struct Cues {
    /// In a heading.
    pub heading: Regex,
    /// In a sentence.
    pub sentence: Regex,
    /// Sentences that speak of it without laying it down.
    pub unless: Regex,
}

/// 通知自由、按时送达的货物 are no service of documents.
static SERVICE: LazyLock<Cues> = LazyLock::new(|| Cues {
    heading: pattern(
        r"送达|^[^,。;]{0,12}(?:通知|联络|联系|通讯|往来)(?:及|与|和|、|方式|条款|义务|信息|$)|函件",
    ),
    sentence: pattern(
        r"(?:送达地址|送达信息|送达方式|视为(?:已经?|有效)?送达|即为送达|送达日|联系(?:地址|方式|信息)[^。;]{0,20}送达)|(?:通知|函件|文件|文书|往来|信函)[^。;]{0,40}(?:送至|送达|寄至|寄往|发往|邮寄|快递|送交|电子邮件)[^。;]{0,20}(?:地址|住所|联系人|信息|方式|签收|对方|送达)",
    ),
    unless: pattern(
        r"法院|仲裁|诉讼文书|货物[^。;]{0,8}送达|餐食|送餐|发票|招标文件|投标文件|中标通知书|此处空白",
    ),
});

static SECRECY: LazyLock<Cues> = LazyLock::new(|| Cues {
    heading: pattern(r"保密|信息保护|商业秘密|个人信息|[Cc]onfidential|CONFIDENTIAL"),
    sentence: pattern(
        r"保密(?:义务|责任|协议|要求|规定|条款|工作)|(?:予以|严格|应当?|负责|负有|须|妥善|履行|承担|进行|采取|给予|加以)[^。;,]{0,10}保密|保守[^。;]{0,16}秘密|(?:不得|不能|禁止)[^。;]{0,24}(?:泄露|泄漏|泄密|披露|透露|外泄|外传)|(?:对|就|为)[^。;,]{2,40}(?:保密|守密)(?:[,。;]|$|之|并)|负[^。;,]{0,6}保密(?:之责|责任|义务)|守密|(?:不得|禁止)[^。;,虚假伪]{0,24}(?:(?:公布|公开|发表|发布|传播|散布)|(?:向|给|为)[^。;,]{0,10}(?:他人|人员|单位|[三何]方|三人)[^。;,]{0,6}提供|提供给)[^。;,虚假伪良违]{0,16}(?:资料|数据|信息|秘密|隐私|文件)|(?:不得|禁止)[^。;,]{0,16}(?:资料|数据|信息|秘密|隐私|文件)[^。;,]{0,12}(?:公开|提供给|提供予|转交|交给|出示|传播)|秘密[^。;]{0,20}不得[^。;]{0,12}(?:公开|使用|提供)|(?:confidential(?:[,.; ]|$)|not disclose|not divulge)|守秘|(?:绝对|互相|相互|彼此|各自|永久|长期|共同)[^。;,]{0,4}保密|(?:不得|不许|不准|不可|禁止|互不|均不)[^。;]{0,20}(?:泄露|泄漏|外传|外泄)|(?:不得|不许|不准|不可)对外(?:公开|公布|发布|提供|透露)|保护[^。;,]{0,14}(?:技术秘密|商业秘密|隐私)|(?:商业秘密|隐私|机密)[^。;]{0,30}(?:保守|慎守|严守)|(?:不得|不许|不准|不可|禁止)[^。;]{0,24}(?:资料|数据|信息|图纸|程序|文件|影像|名单)[^。;]{0,10}(?:转给|转交|交给|提供给?|给予?)[^。;]{0,6}(?:他人|别人|第三|外人)|(?:数据|资料|信息|报告|图纸)[^。;]{0,24}不得向[^。;]{0,24}第三[方人][^。;]{0,4}(?:提供|出示|公开)|(?:资料|数据|信息)[^。;,]{0,4}(?:不得|不许|不准)[^。;,]{0,4}(?:下载|留存|复制|外带|拍摄)|不得(?:拍摄|留存)、?(?:传播|泄露|复制|外传)|不得?向[^。;,]{0,10}第三[方人](?:谈论|谈及|提及|披露|说明)|(?m)^(?:第?[\d.一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,5}[条章节款]?[、.,:]?|\([一二三四五六七八九十\d]{1,2}\)|Article ?\d{1,2} ?|【)(?:保密|商业秘密|保守[\p{Han}]{0,4}秘密|信息保护)[^\n]{6}",
    ),
    unless: pattern(r"无需保密|不承担保密|不涉及保密|保密局|保密资质|此处空白"),
});

static BREACH: LazyLock<Cues> = LazyLock::new(|| Cues {
    heading: pattern(r"违约|罚则|逾期责任|法律责任|[Bb]reach|BREACH|[Dd]efault|DEFAULT"),
    sentence: pattern(
        r"违约金|承担[^。;]{0,14}违约责任|违约方[^。;]{0,20}(?:承担|赔偿|支付)|(?:一方|甲方|乙方)违约[^。;]{0,30}(?:承担|赔偿|支付)|违约(?:论|处理|处罚)|滞纳金|(?:追究|负|负担|按|依法)[^。;]{0,14}违约责任|违约责任(?:按|依|由)|(?:承担|负)[^。;,]{0,10}赔偿责任|赔偿[^。;,]{0,10}损失|(?:照|按)[^。;,]{0,8}价?赔偿|(?:双倍|加倍)返还|承担由此[^。;,]{0,10}(?:损失|责任)|(?:每|逾期|误期|延误|迟延|缺岗|违反|未按)[^。;]{0,30}(?:罚款|扣款|扣罚|扣减|扣除)|(?:迟|延|逾)[^。;,]{0,12}(?:每|一)(?:日|天)[^。;]{0,20}(?:扣|罚|付|支付|加收|计收)|向违约方|违者[^。;]{0,10}(?:承担|负|追究)|(?:迟|晚|拖|延误|逾期|误|缺|停|少|差|不到|未到|未按)[^。;,]{0,14}(?:[一每][日天周场次人份件个]|\d[日天])[^。;]{0,24}(?:(?:扣|罚|赔|付|偿|退还?|减收)[^。;,]{0,10}(?:\d|[一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾]|倍)|(?:\d|分之)[^。;,]{0,8}(?:扣|罚|赔|偿))|每[日天周][^。;,]{0,10}(?:赔|偿|罚|扣|减收|加付|加收|加价)[^。;,]{0,14}(?:\d|[一二三四五六七八九十百千万])|(?:擅自|无故|抽检不合格|不合格|不达标|造假|假冒|偷|中途|达不到|低于|未达)[^。;]{0,30}(?:扣|罚|赔|退|付)[^。;,]{0,10}(?:\d|[一二三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾]|倍|保证金)|(?:迟|逾期|未按时|拖延|延迟)[^。;,]{0,10}(?:付款|支付|付|结账|交付|交货|交)[^。;]{0,24}(?:加付|加收|计息|计付|利息|滞纳|万分之|千分之|LPR|赔付)|违反[^。;]{0,20}(?:赔偿|赔付|承担[^。;,]{0,8}责任)|造成[^。;]{0,12}损失[^。;]{0,12}(?:赔|承担)|谁赔|照价赔|假一赔|退一赔|(?:双倍|三倍|十倍|加倍|两倍|二倍)[^。;,]{0,4}(?:赔|退|返|扣|偿|罚)|(?:breaching|defaulting) party|(?:Breaching|Defaulting) Party|liable for breach|iquidated damages",
    ),
    unless: pattern(
        r"(?:无需|不|免于|免除)[^。;]{0,4}承担[^。;]{0,8}违约责任|不视为违约|未约定违约|(?:违反|泄露|泄漏)[^。;,]{0,8}(?:保密|秘密)|此处空白",
    ),
});

/// There, not there, or (in a file that was not read whole) not to be told.
pub fn presence(reading: &Reading<'_>, draft: &mut Draft, field: &str, cues: &Cues) -> Option<Presence> {
    let found = headed(reading, cues)
        .or_else(|| outlined(reading, cues))
        .or_else(|| inline(reading, cues))
        .map(|(range, clause)| (range, clause, 0.97, "heading"));
    let found =
        found.or_else(|| sentence(reading, cues).map(|(range, clause)| (range, clause, 0.9, "sentence")));
    match found {
        Some((range, clause, confidence, how)) => Some(there(reading, field, range, clause, confidence, how)),
        None => missing(reading, draft, field),
    }
}

/// It is there, on this ground.
pub fn there(
    reading: &Reading<'_>,
    field: &str,
    range: Range<usize>,
    clause: Option<String>,
    confidence: f64,
    how: &str,
) -> Presence {
    let method = format!("{}/{how}", field.replace('_', "-"));
    let span = reading.span(range);
    reading.journal.note(|| Considered {
        span: span.clone(),
        score: confidence,
        source: method.clone(),
        verdict: Verdict::Won,
        why: "最先出现的条款；标题优先于语句".to_owned(),
    });
    Presence { value: true, clause, confidence: Confidence::new(confidence), method, evidence: vec![span] }
}

/// It is not there, where every page was read; else that cannot be said.
pub fn missing(reading: &Reading<'_>, draft: &mut Draft, field: &str) -> Option<Presence> {
    if !reading.text.is_complete() {
        draft.absent(reading, field, None);
        return None;
    }
    Some(Presence {
        value: false,
        clause: None,
        confidence: Confidence::new(0.9),
        method: format!("{}/none", field.replace('_', "-")),
        evidence: Vec::new(),
    })
}

/// 四、违约责任：按《民法典》执行。 违约责任 | 假一赔三
fn inline(reading: &Reading<'_>, cues: &Cues) -> Option<(Range<usize>, Option<String>)> {
    let split = |row: &Row| {
        let text = reading.row(row);
        match row.table {
            Some(_) => text.split_once('\t'),
            None if row.segments.len() == 2 => text.split_once('\t'),
            None => text.split_once(':').filter(|_| starts_clause(text)),
        }
    };
    let rows = reading.rows.iter().filter(|row| matches!(row.part, Part::Clauses | Part::Opening));
    rows.filter(|row| row.part == Part::Clauses || row.table.is_some() || row.segments.len() == 2)
        .filter_map(|row| Some((row, split(row)?)))
        .find(|(_, (heading, text))| {
            let named = heading.chars().count() <= 14 && cues.heading.is_match(heading);
            named && !blank::is_blank(text) && !cues.unless.is_match(text)
        })
        .map(|(row, _)| (row.range(), label(reading, row.range().start)))
}

/// A heading with something under it.
fn headed(reading: &Reading<'_>, cues: &Cues) -> Option<(Range<usize>, Option<String>)> {
    let rows = &reading.rows;
    rows.iter().enumerate().find_map(|(index, row)| {
        let text = reading.row(row);
        let heading = row.part == Part::Clauses
            && starts_clause(text)
            && text.chars().count() <= 24
            && !text.contains(['。', ';'])
            && cues.heading.is_match(text);
        let next = rows.get(index + 1).filter(|_| heading)?;
        let under = reading.row(next);
        let filled = !blank::is_blank(under) && !is_empty_note(under) && next.part == Part::Clauses;
        let end = if starts_clause(under) && under.chars().count() <= 16 {
            row.range().end
        } else {
            next.range().end
        };
        filled.then(|| (row.range().start..end, label(reading, row.range().start)))
    })
}

/// A clause that the outline knows by a heading of its own.
fn outlined(reading: &Reading<'_>, cues: &Cues) -> Option<(Range<usize>, Option<String>)> {
    let clauses = reading.text.clauses.iter().filter(|clause| clause.shadow.end <= reading.body.len());
    let mut headed =
        clauses.filter(|clause| clause.heading.as_deref().is_some_and(|h| cues.heading.is_match(h)));
    headed.find_map(|clause| {
        let text = reading.slice(clause.shadow.clone());
        let under = text.split_once('\n')?.1;
        let first = under.split('\n').next().unwrap_or("");
        let filled = !blank::is_blank(under) && !is_empty_note(first);
        let end = clause.shadow.end - under.len() + first.len();
        filled.then(|| (clause.shadow.start..end, Some(clause.label.clone())))
    })
}

/// （此处空白）
fn is_empty_note(text: &str) -> bool {
    let inner = text.trim_matches(['(', ')']);
    let bracketed = text.starts_with('(') && text.ends_with(')');
    inner.contains("空白") && inner.chars().count() <= 8
        || bracketed && ["未约定", "无约定", "不适用", "此条空"].iter().any(|word| inner.contains(word))
}

fn sentence(reading: &Reading<'_>, cues: &Cues) -> Option<(Range<usize>, Option<String>)> {
    reading
        .find_all(&cues.sentence)
        .map(|found| (found.start(), reading.sentence(found.start())))
        .find(|(_, range)| !cues.unless.is_match(reading.slice(range.clone())))
        .map(|(at, range)| (range, label(reading, at)))
}

/// The number of the clause as a person would cite it.
pub fn label(reading: &Reading<'_>, at: usize) -> Option<String> {
    reading.text.article_at(at).map(|clause| clause.label.clone())
}

#[cfg(test)]
mod tests;
