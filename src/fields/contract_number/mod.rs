//! Contract number (合同编号): the contract's own, not the project's, the tender's or the filing's.

mod alone;
mod value;

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::{Captures, Regex};

use super::Extractor;
use super::classify::is_supplement;
use super::draft::Draft;
use super::reading::{Part, Reading};
use super::resolve::{Witness, resolve};
use super::scan::pattern;
use alone::{alone, english, said};
use value::number;

/// The number.
pub const EXTRACTOR: Extractor = Extractor {
    field: "contract_number",
    about: "合同编号：首部、封面或页眉的编号，不取项目、招标、备案编号",
    run,
};

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?m)(?P<before>[\p{Han}]{0,8}?)(?P<label>(?:本)?(?:合同|协议|合同书|协议书|合约|订单)(?:登记)?(?:编号|编码|序号|号码|代码|号|编)|编号)(?:\([^()\n]{0,24}\)|\([^()\n]{0,40}:?\))?(?P<colon>(?:[ /]*[A-Za-z][A-Za-z .]{0,24})?(?::\n?|\t|\n)|[ /]*(?:[A-Za-z]+ ?)?(?i:No)\.:?|[为是]:?)?[\t]?(?P<value>[^\n\t,。;:、]{0,60})",
    )
});
/// Words before 编号 that make it another's number.
const FOREIGN: &[&str] = &[
    "项目", "招标", "采购", "备案", "登记", "原", "主", "标段", "预算", "计划", "工程", "证书", "档案",
    "审批", "投标", "房屋", "该", "述",
];
/// Words before 合同编号 that make it the number of another contract, or a registry's.
const OTHERS: &[&str] = &[
    "原", "主", "该", "述", "备案", "登记", "档案", "关联", "上级", "总包", "对应", "相关", "甲方", "乙方",
    "丙方", "的", "为",
];
/// Words with which a sentence speaks of another contract: 双方签订了《采购合同》(合同编号:…).
static CITATION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:签订|签署|订立|达成|原|主|鉴于|根据|依据|基于)[^。;\n]*(?:》|合同|协议|合同书|协议书)\(?$|[^(《\n]《[^》\n]*》\(?$",
    )
});
/// The contract that a supplement changes.
static MAIN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"签订|签署|订立|原(?:合同|协议)|主(?:合同|协议)|(?:该|上述|前述)(?:合同|协议)")
});

/// So many labels are looked at, from the beginning.
const MOST: usize = 1_000;
/// No sentence is looked at further back than so many bytes.
const REACH: usize = 3_000;

/// Does the sentence before this place speak of another contract?
fn cites(before: &str) -> bool {
    let near = before.get(before.floor_char_boundary(before.len().saturating_sub(REACH))..).unwrap_or("");
    let start = near.rfind(['。', ';', '\n']).unwrap_or(0);
    CITATION.is_match(&near[start..])
}

/// Is this number, which stands in the header of a supplement, elsewhere given to the contract that it changes?
fn is_of_main_contract(reading: &Reading<'_>, own: &Range<usize>) -> bool {
    let Some(number) = reading.text.folded().get(own.clone()) else { return false };
    let whole = |at: usize| {
        let behind = reading.body.get(at + number.len()..).unwrap_or_default();
        !behind.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/'))
    };
    reading
        .body
        .match_indices(number)
        .filter(|(at, _)| *at != own.start && whole(*at))
        .any(|(at, _)| MAIN.is_match(reading.slice(reading.sentence(at))))
}

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let mut slot = None;
    let mut witnesses = Vec::new();
    let own = reading.text.folded_own();
    for (base, found) in LABEL.captures_iter(own).take(MOST).flat_map(|found| with_next(own, found)) {
        let group = |name| found.name(name).map(|at| base + at.start()..base + at.end());
        let (Some(label), Some(value)) = (group("label"), group("value")) else { continue };
        let before = found.name("before").map_or("", |m| m.as_str());
        // 订单编号 is the number of an order.
        if own[label.clone()].starts_with('订') && !is_order(draft) {
            continue;
        }
        let Some(confidence) = weight(reading, label.clone(), before, found.name("colon").is_some()) else {
            continue;
        };
        let below = found.get(0).is_some_and(|m| m.as_str().contains('\n'));
        let slot_below = |range: &Range<usize>| !below || is_all_of_line(reading, range);
        match number(reading, value.clone()).filter(slot_below) {
            Some(range) => {
                let written = reading.written(range.clone());
                witnesses.push(Witness::new(written, range, confidence, "contract-number/label"));
            }
            None => slot = slot.or(Some(label.start..value.end)),
        }
    }
    let supplement = draft.fields.title.as_ref().is_some_and(|title| is_supplement(&title.value));
    if supplement {
        witnesses.retain(|witness| !is_of_main_contract(reading, &witness.range));
    }
    witnesses.extend(english(reading));
    if witnesses.is_empty() && !supplement {
        witnesses.extend(said(reading));
    }
    if witnesses.is_empty() && slot.is_none() {
        witnesses.extend(alone(reading));
    }
    draft.fields.contract_number = resolve(reading, witnesses);
    if draft.fields.contract_number.is_none() {
        draft.absent(reading, "contract_number", slot);
    }
}

/// A label and its value take no more bytes than these.
const NEXT: usize = 300;

/// A label, and the one that stands where its value would: 合同登记编号 over 合同编号. With the place where the text that
/// was searched begins.
fn with_next<'t>(text: &'t str, found: Captures<'t>) -> impl Iterator<Item = (usize, Captures<'t>)> {
    let value = found.name("value").filter(|value| value.as_str().ends_with(['号', '编']));
    let next = value.and_then(|value| {
        let near = text.floor_char_boundary((value.start() + NEXT).min(text.len()));
        let end = text[value.start()..near].find('\n').map_or(near, |at| value.start() + at);
        LABEL.captures(&text[value.start()..end]).map(|next| (value.start(), next))
    });
    std::iter::once((0, found)).chain(next)
}

/// A number below its label fills its line, and is no title (2024年度采购合同).
fn is_all_of_line(reading: &Reading<'_>, range: &Range<usize>) -> bool {
    let words = reading.slice(range.clone()).chars().filter(|c| matches!(c, '\u{4e00}'..='\u{9fff}')).count();
    let title = reading.slice(range.clone()).ends_with(['同', '议', '书', '约']);
    words <= 6 && !title && reading.line(range.start) == *range
}

/// How far a number in this place is believed, `None` where it is another's.
fn weight(reading: &Reading<'_>, label: Range<usize>, before: &str, colon: bool) -> Option<f64> {
    // 采购合同编号 is the number of this contract, 采购编号 that of the purchase.
    let named = reading.text.folded()[label.clone()].starts_with(['合', '协', '订']);
    let foreign = if named { OTHERS } else { FOREIGN };
    if foreign.iter().any(|word| before.contains(word)) {
        return None;
    }
    if !before.is_empty() && !named && !reading.gap_before(label.start) {
        return None;
    }
    let before = if named { before_label(before) } else { "" };
    let text = reading.text.folded();
    let start = label.start - before.len();
    let run_on = TITLES.iter().any(|title| text[..start].ends_with(title)) && colon;
    let leads = run_on || text[..start].chars().next_back().is_none_or(|c| "\n\t([【_;".contains(c));
    if !leads && !reading.gap_before(start) && !is_numbered(text, start) {
        return None;
    }
    if cites(&text[..start]) {
        return None;
    }
    let own = text[label.clone()].starts_with(['本', '合', '协', '订']);
    let in_body = label.start < reading.body.len();
    let opening = in_body && reading.part_at(label.start) == Part::Opening;
    match (own, opening) {
        (true, true) => Some(if colon { 0.96 } else { 0.85 }),
        (false, true) if colon => Some(0.85),
        (true, false) if colon => Some(if in_body { 0.7 } else { 0.8 }),
        _ => None,
    }
}

fn is_order(draft: &Draft) -> bool {
    draft
        .fields
        .title
        .as_ref()
        .is_some_and(|title| title.value.contains("订单") || title.value.contains("订货单"))
}

/// How titles end: behind one the label may stand in the same line.
const TITLES: [&str; 4] = ["合同书", "协议书", "合同", "协议"];

/// 服务合同协议书政府采购合同编号: what belongs to the label, without the end of a title before it.
fn before_label(before: &str) -> &str {
    let ends = TITLES.iter().filter_map(|title| before.rfind(title).map(|at| at + title.len()));
    ends.max().and_then(|end| before.get(end..)).unwrap_or(before)
}

/// Does nothing stand before it in its line but the number of a clause (2.1 合同编号)?
fn is_numbered(text: &str, at: usize) -> bool {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?:^|\n)(?:\d{1,2}(?:\.\d{1,2}){0,2}[.、)]?|\(?[一二三四五六七八九十\d]{1,2}[)、.])$")
    });
    NUMBER.is_match(&text[text.floor_char_boundary(at.saturating_sub(16))..at])
}

#[cfg(test)]
mod tests;
