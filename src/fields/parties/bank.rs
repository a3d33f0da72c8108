//! Where a party is paid: bank and account in a slot.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::reading::Reading;
use super::super::scan::pattern;
use super::blocks::Statement;

static ACCOUNT: LazyLock<Regex> = LazyLock::new(|| pattern(r"\d(?:[\d\- ]{6,34})\d"));

/// The account, with how sure it is.
pub fn account(text: &str, base: &Range<usize>) -> Option<(Range<usize>, f64)> {
    ACCOUNT.find(text).map(|found| (base.start + found.start()..base.start + found.end(), 0.93))
}

/// The bank, with how sure it is.
pub fn bank(reading: &Reading<'_>, statement: &Statement) -> Option<(Range<usize>, f64)> {
    let text = reading.slice(statement.value.clone());
    let is_end = |c: char| c.is_ascii_digit() || matches!(c, ',' | ';' | '。');
    // 乙有限公司，某银行，6222…: of several pieces, the one that names a bank.
    let mut start = statement.value.start;
    let mut pieces: Vec<Range<usize>> = Vec::new();
    for piece in text.split_inclusive(is_end) {
        pieces.push(start..start + piece.trim_end_matches(is_end).len());
        start += piece.len();
    }
    let named = pieces.iter().find(|piece| is_bank(reading.slice((*piece).clone())));
    let piece = named.or_else(|| pieces.iter().find(|piece| !piece.is_empty()))?;
    let range = unbracketed(reading, reading.trim(piece.clone(), &[':', '/', '、']));
    let text = reading.slice(range.clone());
    let sure = if is_bank(text) { 0.94 } else { 0.6 };
    (text.chars().count() >= 4).then_some((range, sure))
}

/// (某银行) behind the account: without the brackets around the whole, or the one that is left of them.
fn unbracketed(reading: &Reading<'_>, range: Range<usize>) -> Range<usize> {
    let text = reading.slice(range.clone());
    let whole =
        text.strip_prefix('(').is_some_and(|inner| inner.find(')').is_none_or(|at| at + 1 == inner.len()));
    if whole { reading.trim(range, &['(', ')']) } else { range }
}

/// Does the text name a bank or the treasury?
pub fn is_bank(text: &str) -> bool {
    ["银行", "支行", "分行", "信用社", "营业部", "分理处", "金库"].iter().any(|word| text.contains(word))
}
