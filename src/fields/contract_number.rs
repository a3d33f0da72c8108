//! Contract number (合同编号): the contract's own, not the project's, the tender's or the filing's.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::Extractor;
use super::classify::is_supplement;
use super::draft::Draft;
use super::reading::{Part, Reading};
use super::resolve::{Witness, resolve};
use super::scan::{blank, pattern};

/// The number.
pub const EXTRACTOR: Extractor = Extractor {
    field: "contract_number",
    about: "合同编号：首部、封面或页眉的编号，不取项目、招标、备案编号",
    run,
};

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?m)(?P<before>[\p{Han}]{0,8}?)(?P<label>(?:本)?(?:合同|协议|合同书|协议书|合约)(?:登记)?(?:编号|编码|序号|号码|号|编)|编号)(?:\([^()\n]{0,24}\)|\([^()\n]{0,40}:?\))?(?P<colon>(?:[ /]*[A-Za-z][A-Za-z .]{0,24})?(?::\n?|\t|\n)|[ /]*(?:[A-Za-z]+ ?)?(?i:No)\.:?|[为是]:?)?[\t]?(?P<value>[^\n\t,。;:、]{0,60})",
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
static VALUE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[A-Z]{1,6}(?: \d{2,8}){1,3}|[(\[〔【]?(?:[\p{Han}A-Za-z0-9\-_/\\()\[\]〔〕【】.#·—–&+*]| [(\[〔]\d){2,50})",
    )
});

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
    for found in LABEL.captures_iter(reading.text.folded_own()).take(MOST) {
        let (Some(label), Some(value)) = (found.name("label"), found.name("value")) else { continue };
        let before = found.name("before").map_or("", |m| m.as_str());
        let Some(confidence) = weight(reading, label.range(), before, found.name("colon").is_some()) else {
            continue;
        };
        let below = found.get(0).is_some_and(|m| m.as_str().contains('\n'));
        let slot_below = |range: &Range<usize>| !below || is_all_of_line(reading, range);
        match number(reading, value.range()).filter(slot_below) {
            Some(range) => {
                let written = reading.written(range.clone());
                witnesses.push(Witness::new(written, range, confidence, "contract-number/label"));
            }
            None => slot = slot.or(Some(label.start()..value.end())),
        }
    }
    if draft.fields.title.as_ref().is_some_and(|title| is_supplement(&title.value)) {
        witnesses.retain(|witness| !is_of_main_contract(reading, &witness.range));
    }
    witnesses.extend(english(reading));
    if witnesses.is_empty() && slot.is_none() {
        witnesses.extend(alone(reading));
    }
    draft.fields.contract_number = resolve(reading, witnesses);
    if draft.fields.contract_number.is_none() {
        draft.absent(reading, "contract_number", slot);
    }
}

/// Contract No.: UK-2023-7, in a contract that has no Chinese label for it.
fn english(reading: &Reading<'_>) -> Option<Witness<String>> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:^|[\n\t])(?:[A-Z][A-Za-z]+ )?(?i:contract|agreement|order) ?(?i:no|number|ref)\.? ?:[ .]?(?P<value>[A-Za-z0-9][A-Za-z0-9\-_/().]{2,40})",
        )
    });
    let found = NUMBER.captures(reading.body)?.name("value")?;
    let opening = reading.part_at(found.start()) == Part::Opening;
    let range = number(reading, found.range()).filter(|_| opening)?;
    Some(Witness::new(reading.written(range.clone()), range, 0.85, "contract-number/english"))
}

/// 监〔2023〕67号, (2023)民代字第67号, No.2023-67, (LHXX-2023-67) on a line of its own in the header.
static ALONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[(\[]?[\p{Han}A-Za-z]{1,12}[(\[〔【]\d{4}[)\]〕】][\p{Han}]{0,3}第?\d{1,6}号?[)\]]?|[(\[〔]\d{4}[)\]〕][\p{Han}]{1,10}第\d{1,6}号|[\p{Han}]{1,6}字第?(?:19|20)\d{2}[-—]\d{1,5}号?|(?i:No)[.:]{1,2}[A-Za-z\d\-/_]{4,30}|№:?[A-Za-z\d\-/_]{4,30}|[(\[【]?[A-Z]{2,10}(?:[-—_/][A-Z]{1,8}){0,3}[-—_/]?(?:19|20)\d{2}[-—_/]?[\dA-Z]{1,8}(?:[-—_/]\d{1,6})?[)\]】]?)$",
    )
});
/// Codes of standards and of printed forms: GF-2017-0201.
static STANDARD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[(\[【]?(?:GF|GB|DB|JGJ?|CJJ?|SJG|SZDB|HJ|YY|ISO)[-—_/T\d]"));

/// The number that stands in the header without a label.
fn alone(reading: &Reading<'_>) -> Option<Witness<String>> {
    let mut rows =
        reading.rows_in(Part::Opening).filter(|row| row.table.is_none() && row.segments.len() == 1);
    let stands_alone = |text: &str| ALONE.is_match(text) && !STANDARD.is_match(text);
    let row = rows.find(|row| stands_alone(reading.row(row)))?;
    let text = reading.row(row);
    let lead = text
        .strip_prefix(['N', 'n', '№'])
        .map_or(0, |rest| text.len() - rest.trim_start_matches(['o', 'O', '.', ':']).len());
    let lead = if text.starts_with('№') || lead > 2 { lead } else { 0 };
    let range = number(reading, row.range().start + lead..row.range().end)?;
    Some(Witness::new(reading.written(range.clone()), range, 0.8, "contract-number/alone"))
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
    let named = reading.text.folded()[label.clone()].starts_with(['合', '协']);
    let foreign = if named { OTHERS } else { FOREIGN };
    if foreign.iter().any(|word| before.contains(word)) {
        return None;
    }
    if !before.is_empty() && !named && !reading.gap_before(label.start) {
        return None;
    }
    let before = if named { before } else { "" };
    let text = reading.text.folded();
    let start = label.start - before.len();
    let leads = text[..start].chars().next_back().is_none_or(|c| "\n\t([【_;".contains(c));
    if !leads && !reading.gap_before(start) && !is_numbered(text, start) {
        return None;
    }
    if cites(&text[..start]) {
        return None;
    }
    let own = text[label.clone()].starts_with(['本', '合', '协']);
    let in_body = label.start < reading.body.len();
    let opening = in_body && reading.part_at(label.start) == Part::Opening;
    match (own, opening) {
        (true, true) => Some(if colon { 0.96 } else { 0.85 }),
        (false, true) if colon => Some(0.85),
        (true, false) if colon => Some(if in_body { 0.7 } else { 0.8 }),
        _ => None,
    }
}

/// Does nothing stand before it in its line but the number of a clause (2.1 合同编号)?
fn is_numbered(text: &str, at: usize) -> bool {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?:^|\n)(?:\d{1,2}(?:\.\d{1,2}){0,2}[.、)]?|\(?[一二三四五六七八九十\d]{1,2}[)、.])$")
    });
    NUMBER.is_match(&text[text.floor_char_boundary(at.saturating_sub(16))..at])
}

/// The number in a slot: it holds a digit, and no blank.
fn number(reading: &Reading<'_>, slot: Range<usize>) -> Option<Range<usize>> {
    let text = reading.text.folded().get(slot.clone())?;
    let kept = VALUE.find(text.trim_start_matches(['_', ' ']))?;
    let lead = text.len() - text.trim_start_matches(['_', ' ']).len();
    let mut range = slot.start + lead..slot.start + lead + kept.end();
    // A wide gap ends the number: 合同编号：A-1    签约日期 …
    if let Some(gap) = (range.start + 1..range.end).find(|&at| {
        text.is_char_boundary(at - slot.start)
            && reading.gap_before(at)
            && next_is_label(&text[at - slot.start..])
    }) {
        range.end = gap;
    }
    let value = reading.text.folded()[range.clone()].trim_end_matches(['_', '-', '.']);
    range.end = range.start + value.len();
    if value.starts_with('(') && value.ends_with(')') && !value[1..].contains('(') {
        range = range.start + 1..range.end - 1;
    }
    // (合同编号：A-9) is closed by a bracket that is no part of the number.
    while let Some(open) = reading.text.folded()[range.clone()].strip_suffix([')', ']', '】', '〕'])
        && open.matches(['(', '[', '【', '〔']).count() < open.matches([')', ']', '】', '〕']).count() + 1
    {
        range.end = range.start + open.len();
    }
    let value = &reading.text.folded()[range.clone()];
    // [合同编码1] is the name of a slot.
    if ["编码", "编号", "号码", "名称"].iter().any(|word| value.contains(word)) {
        return None;
    }
    // XJCG-******0013-1: hidden on purpose, not left open.
    static HIDDEN: LazyLock<Regex> = LazyLock::new(|| pattern(r"\*{3,}([\dA-Za-z])"));
    let hidden = HIDDEN.replace_all(value, "*$1");
    let value: &str = &hidden;
    let digits = value.chars().any(|c| c.is_ascii_digit());
    // LHXX-2020-08: two letters before the figures are letters; 2024-XX, XXXX are left to be filled.
    let lettered = value.ends_with(|c: char| c.is_ascii_digit()) && !value.contains("XXX");
    let value = if lettered { &value.replace("XX", "X") } else { value };
    (digits && !blank::has_placeholder(value) && !blank::is_blank(value) && !value.contains("__"))
        .then_some(range)
}

fn next_is_label(rest: &str) -> bool {
    rest.chars().next().is_some_and(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
}

#[cfg(test)]
mod tests {
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
            ("监管协议\n监〔2023〕67号\n甲方：甲局\n第一条", "监〔2023〕67号"),
            ("合同编号 Contract No.：INT-2021-20\n第一条", "INT-2021-20"),
        ];
        for (source, expected) in cases {
            assert_eq!(number_of(source).as_deref(), Some(expected), "{source}");
        }
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
}
