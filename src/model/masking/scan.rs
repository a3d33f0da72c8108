//! Where in a text numbers stand that identify a person.

use std::ops::Range;

use crate::model::code::{id_is_valid, uscc_is_valid};

/// The digit that a character stands for, full width or not.
pub(super) fn digit(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(u32::from(c).saturating_sub(u32::from('０'))),
        c => c.to_digit(10),
    }
}

/// Hides a character; what stands between digits stays.
pub(super) fn hide(c: &mut char) {
    if !matches!(c, ' ' | '-' | '－' | '—') {
        *c = '*';
    }
}

/// Ranges of characters to hide, in order.
pub(super) fn personal(text: &[char]) -> Vec<Range<usize>> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < text.len() {
        let end = run_end(text, at);
        if end == at {
            at = at.saturating_add(1);
            continue;
        }
        let (hidden, next) = look(text, at, end);
        found.extend(hidden);
        at = next.max(end);
    }
    found
}

/// What to hide of the digits from `at` to `end` and what hangs on them, and where they end.
fn look(text: &[char], at: usize, end: usize) -> (Option<Range<usize>>, usize) {
    if is_part_of_a_code(text, at) {
        return (None, end);
    }
    for (pattern, hidden) in SEPARATED {
        if let Some(whole) = separated(text, at, pattern) {
            return (Some(at.saturating_add(hidden.start)..at.saturating_add(hidden.end)), whole);
        }
    }
    if let Some(whole) = groups_of_four(text, at) {
        return (Some(at..whole.saturating_sub(4)), whole);
    }
    let end = if end.saturating_sub(at) == 17 && is_x(text, end) { end.saturating_add(1) } else { end };
    if is_figure(text, end) {
        return (None, end);
    }
    let digits = text.get(at..end).unwrap_or_default();
    let hidden = plain(digits).or_else(|| short(digits).filter(|_| is_labelled(text, at)));
    (hidden.map(|hidden| shifted(hidden, at)), end)
}

/// Words before a number of a person's, however short it is.
const LABELS: &[&str] =
    &["电话", "手机", "手机号", "号码", "传真", "账号", "帐号", "卡号", "身份证", "身份证号"];

/// Does such a word stand before it, with a colon or blanks between?
fn is_labelled(text: &[char], at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().iter().rev();
    let plain = |c: &&&char| c.is_whitespace() || matches!(c, ':' | '：' | '(' | '（');
    let word: String = before.skip_while(|c| plain(&c)).take(4).collect();
    LABELS.iter().any(|label| word.starts_with(&label.chars().rev().collect::<String>()))
}

/// What to hide of a number that is short: a local telephone number, an old account.
fn short(digits: &[char]) -> Option<Range<usize>> {
    let length = digits.len();
    (5..12).contains(&length).then(|| 0..length.saturating_sub(4))
}

/// Digits between hyphens or blanks: mobile and land lines. With each the part to hide.
const SEPARATED: &[(&[usize], Range<usize>)] =
    &[(&[3, 4, 4], 4..8), (&[4, 8], 5..9), (&[4, 7], 5..8), (&[3, 8], 4..8)];

/// The end of groups of so many digits, each but the first behind one hyphen or blank.
fn separated(text: &[char], at: usize, pattern: &[usize]) -> Option<usize> {
    let starts_so = if pattern.len() == 3 { '1' } else { '0' };
    let first = text.get(at).copied().and_then(digit);
    if first != starts_so.to_digit(10) {
        return None;
    }
    let mut from = at;
    for (number, length) in pattern.iter().enumerate() {
        if number > 0 {
            text.get(from).filter(|c| matches!(c, ' ' | '-' | '－' | '—' | ')' | '）'))?;
            from = from.saturating_add(1);
        }
        let end = run_end(text, from);
        if end.saturating_sub(from) != *length {
            return None;
        }
        from = end;
    }
    Some(from)
}

/// The end of an account written in groups of four: three at least, and a last one of up to four.
fn groups_of_four(text: &[char], at: usize) -> Option<usize> {
    let (mut from, mut groups) = (at, 0);
    loop {
        let end = run_end(text, from);
        match end.saturating_sub(from) {
            4 => groups += 1,
            1..=3 if groups >= 3 => return Some(end),
            _ => return None,
        }
        let more =
            text.get(end) == Some(&' ') && run_end(text, end.saturating_add(1)) > end.saturating_add(1);
        if !more {
            return (groups >= 3).then_some(end);
        }
        from = end.saturating_add(1);
    }
}

/// What to hide of digits that stand together.
fn plain(digits: &[char]) -> Option<Range<usize>> {
    let normal = |c: &char| digit(*c).and_then(|digit| char::from_digit(digit, 10)).unwrap_or('X');
    let written: String = digits.iter().map(normal).collect();
    let length = digits.len();
    match length {
        18 if id_is_valid(&written) || !uscc_is_valid(&written) => Some(6..14),
        18 => None,
        11 if is_mobile(&written) => Some(3..7),
        10 | 11 if written.starts_with('0') => Some(4..8),
        12..=30 => Some(0..length.saturating_sub(4)),
        _ => None,
    }
}

fn is_mobile(written: &str) -> bool {
    let mut digits = written.chars();
    digits.next() == Some('1') && digits.next().is_some_and(|second| ('3'..='9').contains(&second))
}

/// Where the digits from `at` on end.
fn run_end(text: &[char], at: usize) -> usize {
    let digits = text.iter().skip(at).take_while(|c| digit(**c).is_some()).count();
    at.saturating_add(digits)
}

/// Do letters or a decimal point stand before it?
fn is_part_of_a_code(text: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| text.get(before));
    before.is_some_and(|c| c.is_ascii_alphabetic() || *c == '.')
}

/// Does a letter, a decimal point or a percent sign stand behind it?
fn is_figure(text: &[char], end: usize) -> bool {
    let next = text.get(end.saturating_add(1)).copied().and_then(digit);
    match text.get(end) {
        Some('.') => next.is_some(),
        Some(c) => c.is_ascii_alphabetic() || *c == '%',
        None => false,
    }
}

fn is_x(text: &[char], at: usize) -> bool {
    matches!(text.get(at), Some('X' | 'x' | 'Ｘ'))
}

fn shifted(range: Range<usize>, by: usize) -> Range<usize> {
    range.start.saturating_add(by)..range.end.saturating_add(by)
}
