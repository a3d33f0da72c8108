//! Title (合同名称): large and centred on the first page, perhaps over several lines.

mod elsewhere;
mod rows;

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::Extractor;
use super::draft::Draft;
use super::reading::{Part, Reading, Row};
use super::resolve::{Witness, resolve_by};
use super::scan::{blank, pattern};
use rows::{LOST, is_title_line, title_rows};

/// The title.
pub const EXTRACTOR: Extractor =
    Extractor { field: "title", about: "合同名称：首页标题，可跨行", run };

/// Titles end so; a number of the supplement or an edition may follow.
static END: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:合同书|协议书|约定书|合约书|协定书|合同|协议|契约|意向书|备忘录|责任书|承诺书|委托书|订货单|采购订单|补充条款|合约|租约|(?:成交|销售|订货|订单|服务|预订)确认书|(?:合作|谅解|共建)备忘|(?:销售|销货|服务|采购)订单|(?:会谈|会商|洽谈)纪要\(协议\))》?(?:补充协议|补充合同|之补充协议)?(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]|之[一二三四五六七八九十])?(?:(?P<edition>(?:[(【\[](?:示范文本|范本|样本|草案|草稿|送审稿|征求意见稿|初稿|定稿|审定稿|终稿|模板|正本|副本|试行|[^()]{0,6}版|GF[^()]*|[^()]{0,8}类|格式文本|一式[^()]{1,3}份)[)】\]])+| ?[Vv]\d(?:\.\d+)*)|\([\p{Han}、/]{1,8}\))?$",
    )
});
/// What no line of a title is: a label with a value, a number, a date, a heading of a part, a table of contents.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[:。;!?>]|^目录|^首页|^当前位置|[.…·]{3,}|^第[一二三四五六七八九十\d]+[部章节条编]|^[一二三四五六七八九十]、|^\d+[.、]|^附件|编号|日期|^\d{4}年\d{1,2}月|^\d{4}年$|^\d+$|盖章|签字|^\(?GF|^(?:本|该|原|双方|甲方|乙方|根据|鉴于)|年月日|制定$|编制$|监制$|印制$|^注|使用说明|^二[〇○O零]|授权委托书$|^共\d",
    )
});
static ORGANISATION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:公司|局|委员会|办公室|办事处|人民政府|事务所|银行|大学|学院|学校|中学|小学|幼儿园|医院|中心|集团|研究院|检察院|法院|管理处)(?:\([^()]{2,8}\))?$",
    )
});
/// Titles that name no subject (《办法》第二十七条): another line may stand before them.
const BARE: &[&str] =
    &["合同", "协议", "合同书", "协议书", "备忘录", "意向书", "框架协议", "补充协议", "合作协议", "契约"];
/// Printed over the title of a form: 政府采购合同, which the title below it names in full.
const PRINTED: &[&str] = &[
    "政府采购合同",
    "政府采购合同书",
    "政府采购合同协议书",
    "采购合同",
    "采购合同书",
    "服务合同",
    "货物采购合同",
    "服务采购合同",
    "政府采购货物合同",
    "政府采购服务合同",
    "政府采购工程合同",
    "委托合同",
    "委托协议",
    "合作合同",
    "租赁合同",
];

/// Does a line end as titles of contracts do, with nothing in it that no title has?
pub fn ends_like_title(text: &str) -> bool {
    (4..=45).contains(&text.chars().count()) && END.is_match(text) && !OTHER.is_match(text)
}

/// Is it a title that names no subject?
pub fn is_bare(text: &str) -> bool {
    BARE.contains(&text)
}

/// The row in which the title begins that ends in this one, in the middle of a file. Where lines are not centred, what stands
/// above may be the end of another contract: it has to name an undertaking.
pub fn first_row(reading: &Reading<'_>, row: usize) -> usize {
    static UNDERTAKING: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:项目|工程|服务|采购|改造|建设|系统|平台|课题|活动)$"));
    // Where no size is known, being centred is guessed from spaces.
    let centred = reading.rows.get(row).is_some_and(|row| row.centred && row.size > 0.0);
    let first = title_rows(reading, &reading.rows, row).map_or(row, |(first, _)| first);
    let named =
        reading.rows.get(row.saturating_sub(1)).is_some_and(|row| UNDERTAKING.is_match(reading.row(row)));
    if centred || named { first } else { row }
}

struct Candidate {
    range: Range<usize>,
    title: String,
    score: f64,
}

/// Where a title is sought that neither stands at the head nor behind a label; the first place that has one.
const ELSEWHERE: [fn(&Reading<'_>) -> Option<Candidate>; 5] =
    [elsewhere::later, elsewhere::running, elsewhere::run_on, elsewhere::english, elsewhere::fallback];

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let mut candidates = opening(reading);
    candidates.extend(elsewhere::labelled(reading));
    if candidates.is_empty() {
        candidates.extend(ELSEWHERE.iter().find_map(|look| look(reading)));
    }
    prefer_plain(&mut candidates);
    let best = candidates.iter().map(|c| c.score).fold(f64::MIN, f64::max);
    let witnesses = candidates
        .into_iter()
        .map(|c| {
            let confidence = if c.score >= best { (0.6 + c.score / 20.0).min(0.97) } else { 0.3 };
            Witness::new(c.title, c.range, confidence, "title/opening")
        })
        .collect();
    draft.fields.title =
        resolve_by(reading, witnesses, |a, b| a.contains(b.as_str()) || b.contains(a.as_str()));
    if draft.fields.title.is_none() {
        draft.absent(reading, "title", None);
    }
}

/// Rows that may hold the title: up to the first clause, the first prose, and no more than a cover and a half.
fn head<'r>(reading: &'r Reading<'_>) -> &'r [Row] {
    let end = reading
        .rows
        .iter()
        .position(|row| row.part != Part::Opening || is_prose(reading.row(row)))
        .unwrap_or(reading.rows.len());
    &reading.rows[..end.min(40)]
}

/// Of 成交确认书（日本） and 成交确认书 below it, the second: it stands in both.
fn prefer_plain(candidates: &mut [Candidate]) {
    let titles: Vec<String> = candidates.iter().map(|candidate| candidate.title.clone()).collect();
    for candidate in candidates {
        let counted = |rest: &str| rest.chars().nth(1).is_some_and(|c| "一二三四五六七八九十".contains(c));
        let mut rests = titles.iter().filter_map(|title| title.strip_prefix(candidate.title.as_str()));
        if rests.any(|rest| rest.starts_with(['(', '（']) && !counted(rest)) {
            candidate.score += 1.0;
        }
    }
}

/// A sentence; a warning that is printed over a form (仅供参考，以正式签订的为准。) is none.
fn is_prose(text: &str) -> bool {
    let warns = ["仅供参考", "为准", "样本", "范本"].iter().any(|word| text.contains(word));
    text.contains('。') && !(warns && text.chars().count() <= 40)
}

fn opening(reading: &Reading<'_>) -> Vec<Candidate> {
    let rows = head(reading);
    let largest = rows.iter().map(|row| row.size).fold(0.0, f32::max);
    let mut found = Vec::new();
    let mut index = 0;
    while index < rows.len() {
        if let Some((first, last)) = title_rows(reading, rows, index) {
            found.extend(candidate(reading, rows, first..=last, largest));
            index = last;
        }
        index += 1;
    }
    found
}

fn candidate(
    reading: &Reading<'_>,
    rows: &[Row],
    span: std::ops::RangeInclusive<usize>,
    largest: f32,
) -> Option<Candidate> {
    let (first, last) = (rows.get(*span.start())?, rows.get(*span.end())?);
    let whole = first.range().start..last.range().end;
    if blank::has_placeholder(reading.slice(whole.clone())) || is_form(reading.slice(whole.clone())) {
        return None;
    }
    let mut range = without_quotes(reading, reading.trim(whole, &[LOST]));
    if let Some(edition) = END.captures(reading.slice(range.clone())).and_then(|c| c.name("edition")) {
        range.end = range.start + edition.start();
    }
    let title = reading.written(range.clone());
    let bare = BARE.contains(&title.as_str()) || PRINTED.contains(&without_kind(&title));
    let mut score = 5.0 - *span.start() as f64 * 0.1;
    score += if last.centred { 1.5 } else { 0.0 };
    score += if largest > 0.0 && last.size >= largest - 0.1 { 1.5 } else { 0.0 };
    score -= if bare { 1.0 } else { 0.0 };
    score -= if title.chars().count() <= 4 { 0.5 } else { 0.0 };
    Some(Candidate { range, title, score })
}

/// 政府采购合同（服务类） without the kind in brackets.
fn without_kind(title: &str) -> &str {
    title.find(['（', '(']).and_then(|at| title.get(..at)).unwrap_or(title)
}

/// (项目名称)采购合同: a title that is still to be made.
fn is_form(text: &str) -> bool {
    static SLOT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"[(\[【{<][^()\[\]【】{}<>]{0,10}(?:名称|填写|全称)[)\]】}>]"));
    SLOT.is_match(text)
}

/// 《保洁服务合同》 without its marks; those of 《保洁服务合同》补充协议 stay.
fn without_quotes(reading: &Reading<'_>, range: Range<usize>) -> Range<usize> {
    let inner = reading.slice(range.clone()).strip_prefix('《').and_then(|rest| rest.strip_suffix('》'));
    let mark = '《'.len_utf8();
    match inner.filter(|inner| !inner.contains('》')) {
        Some(_) => range.start + mark..range.end - mark,
        None => range,
    }
}

#[cfg(test)]
mod tests;
