//! The number itself in its slot: where it begins and ends, and what is none.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::reading::Reading;
use super::super::scan::{blank, pattern};

static VALUE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[A-Z]{1,6}(?: \d{2,8}){1,3}|[(\[〔【]?(?:[\p{Han}A-Za-z0-9\-_/\\()\[\]〔〕【】.#·—–&+*]| [(\[〔]\d){2,50})",
    )
});

/// The number in a slot: it holds a digit, and no blank.
pub(super) fn number(reading: &Reading<'_>, slot: Range<usize>) -> Option<Range<usize>> {
    let text = reading.text.folded().get(slot.clone())?;
    // 【协议序号】A-9: the bracket around the label is closed before the number.
    let inner = text.trim_start_matches(['_', ' ', '】', '〕', ']']);
    let kept = VALUE.find(inner)?;
    let lead = text.len() - inner.len();
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
    // 聘字〔2024〕第 16 号 is one number.
    !rest.starts_with('号') && rest.chars().next().is_some_and(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
}
