//! Clause numbers at the start of a folded paragraph, and what only looks like one.

use super::{ordinal, reference};
use crate::model::text::Numbering;
use crate::text::script::{self, is_capital_numeral, is_numeral};

/// How surely a number begins a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// Its shape says so.
    Sure,
    /// It may be a quantity (1.5 万元, 3、4 号楼): believed only where it goes on with a count.
    InSequence,
    /// A figure alone (1 总则): believed only where 1.1 follows.
    Bare,
}

/// A clause number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// How it is numbered.
    pub numbering: Numbering,
    /// Its numbers: one, or as many as a decimal has parts; empty where they cannot be read.
    pub path: Vec<u32>,
    /// Shadow bytes before it: a mark such as ★.
    pub start: usize,
    /// Shadow bytes up to its end.
    pub length: usize,
    /// Is it written in capital numerals (壹、贰), which count apart from 一、二?
    pub capital: bool,
    /// How sure it is.
    pub certainty: Certainty,
    /// Does white space set it off from what follows?
    pub set_off: bool,
}

impl Label {
    /// May a paragraph be said to start here, going by the number alone?
    pub fn may_start(&self) -> bool {
        self.certainty == Certainty::Sure
    }

    /// Is it a number that lists inside a paragraph use as well: （一）, （1）, ①?
    pub fn is_inline(&self) -> bool {
        use Numbering::{Circled, ParenthesisedArabic, ParenthesisedChinese};
        matches!(self.numbering, ParenthesisedChinese | ParenthesisedArabic | Circled)
    }

    /// Is it a number in words: 第一条, 第二章?
    pub fn is_worded(&self) -> bool {
        self.numbering <= Numbering::Article
    }

    /// Is it a decimal: 1.1, 1.1.1?
    pub fn is_decimal(&self) -> bool {
        self.path.len() > 1
    }

    /// Its last number.
    pub fn ordinal(&self) -> Option<u32> {
        self.path.last().copied()
    }
}

/// Marks that tender documents put before a number.
const MARKS: &[char] = &['★', '▲', '※', '☆', '*', '◆', '■', '●'];

/// The clause number that a paragraph begins with: `folded` is its shadow, `written` its content, which
/// still shows whether a gap sets the number off.
pub fn scan(folded: &str, written: &str) -> Option<Label> {
    let text = folded.trim_start_matches(MARKS);
    let start = folded.len() - text.len();
    let found = number(text)?;
    let length = start + found.length;
    let set_off = is_set_off(written, folded.get(..length)?.chars().count());
    let quoted = !set_off && reference::refers_on(found.numbering, folded.get(length..)?);
    (!quoted).then_some(Label { start, length, set_off, ..found })
}

/// The number that text begins with, whatever follows it.
pub(super) fn number(text: &str) -> Option<Label> {
    let first = text.chars().next()?;
    match first {
        '第' => worded(text),
        '(' => bracketed(text),
        '①'..='⑳' | '㉑'..='㉟' => circled(first),
        c if c.is_ascii_digit() => figures(text),
        c if is_numeral(c) || is_capital_numeral(c) => chinese(text),
        _ => None,
    }
}

/// Does white space follow the first `count` visible characters?
fn is_set_off(written: &str, count: usize) -> bool {
    let mut visible =
        written.char_indices().filter(|&(_, c)| !script::is_white(c) && !script::is_invisible(c));
    let last = visible.nth(count.saturating_sub(1)).map_or(written.len(), |(at, c)| at + c.len_utf8());
    written.get(last..).is_some_and(|rest| rest.starts_with(script::is_white))
}

fn label(numbering: Numbering, path: Vec<u32>, length: usize) -> Label {
    Label { numbering, path, start: 0, length, capital: false, certainty: Certainty::Sure, set_off: false }
}

/// 第十二条, 第 3 章, 第一部分, 第八条之一
fn worded(text: &str) -> Option<Label> {
    let rest = text.strip_prefix('第')?;
    let number = leading(rest, |c| c.is_ascii_digit() || is_numeral(c));
    let value = ordinal::parse(number)?;
    let (numbering, unit) = unit_of(rest.get(number.len()..)?)?;
    let mut length = '第'.len_utf8() + number.len() + unit.len();
    let after = text.get(length..)?;
    if let Some(sub) = after.strip_prefix('之').filter(|_| numbering == Numbering::Article) {
        let sub = leading(sub, is_numeral);
        length += if sub.is_empty() { 0 } else { '之'.len_utf8() + sub.len() };
    }
    Some(label(numbering, vec![value], length))
}

fn unit_of(text: &str) -> Option<(Numbering, &'static str)> {
    const UNITS: &[(&str, Numbering)] = &[
        ("部分", Numbering::Part),
        ("编", Numbering::Part),
        ("篇", Numbering::Part),
        ("章", Numbering::Chapter),
        ("节", Numbering::Section),
        ("条", Numbering::Article),
    ];
    UNITS.iter().find(|(unit, _)| text.starts_with(unit)).map(|(unit, numbering)| (*numbering, *unit))
}

/// 一、 一. 十二、 and 一) — not 一、二期. 壹　总则, with a gap alone, where a short title follows.
fn chinese(text: &str) -> Option<Label> {
    let counts = |c| is_numeral(c) || is_capital_numeral(c);
    let number = leading(text, counts);
    let value = ordinal::parse(number).filter(|value| (1..=99).contains(value))?;
    let rest = text.get(number.len()..)?;
    let mark = rest.chars().next()?;
    let numbering = match mark {
        '、' | '.' | '\t' => Numbering::Chinese,
        ')' => Numbering::ParenthesisedChinese,
        _ => return None,
    };
    let after = rest.get(mark.len_utf8()..)?;
    let capital = number.starts_with(is_capital_numeral);
    if mark == '\t' {
        let found = Label { capital, ..label(numbering, vec![value], number.len()) };
        return title_after_gap(number, after).then_some(found);
    }
    let length = number.len() + mark.len_utf8();
    let mut found = Label { capital, ..label(numbering, vec![value], length) };
    if after.starts_with(counts) {
        found.certainty = Certainty::InSequence;
    }
    Some(found)
}

/// Is the line a number and a title, and not a row of a table?
fn title_after_gap(number: &str, title: &str) -> bool {
    let worded = title.chars().all(|c| script::is_hanzi(c) || matches!(c, '、' | '“' | '”'));
    worded && (2..=20).contains(&title.chars().count()) && !number.contains("零")
}

/// （一） and （1）
fn bracketed(text: &str) -> Option<Label> {
    let inner = text.strip_prefix('(')?;
    let number = leading(inner, |c| c.is_ascii_digit() || is_numeral(c));
    let value = ordinal::parse(number).filter(|value| (1..=99).contains(value))?;
    inner.get(number.len()..)?.strip_prefix(')')?;
    let arabic = number.starts_with(|c: char| c.is_ascii_digit());
    let numbering = if arabic { Numbering::ParenthesisedArabic } else { Numbering::ParenthesisedChinese };
    Some(label(numbering, vec![value], number.len() + 2))
}

fn circled(c: char) -> Option<Label> {
    let value = match c {
        '①'..='⑳' => c as u32 - '①' as u32 + 1,
        _ => c as u32 - '㉑' as u32 + 21,
    };
    Some(label(Numbering::Circled, vec![value], c.len_utf8()))
}

/// 1. 1、 1) 1.1 1.1.1 — not 1.5万元, 2024.3.5, 3.14.
fn figures(text: &str) -> Option<Label> {
    let (path, length) = decimal_path(text)?;
    let rest = text.get(length..)?;
    let after = rest.trim_start_matches(['.', '、']);
    if path.len() > 1 {
        return decimal(path, length + usize::from(rest.starts_with('.')), after);
    }
    let mark = rest.chars().next().unwrap_or('\0');
    let numbering = if mark == ')' { Numbering::ParenthesisedArabic } else { Numbering::Arabic };
    if !matches!(mark, '.' | '、' | ')' | ',') {
        return bare(path, length, rest);
    }
    let mut found = label(numbering, path, length + mark.len_utf8());
    let after = rest.get(mark.len_utf8()..)?;
    if mark == ',' && !after.starts_with(script::is_hanzi) {
        return None;
    }
    if mark == ',' || after.starts_with(|c: char| c.is_ascii_digit()) {
        found.certainty = Certainty::InSequence;
    }
    Some(found)
}

/// 1 总则: a short line of a figure and hanzi.
fn bare(path: Vec<u32>, length: usize, rest: &str) -> Option<Label> {
    let title = rest.trim_start_matches(['\t', ' ']);
    let short = (2..=20).contains(&title.chars().count()) && !title.contains(['\t', '。', ',', ';', ':']);
    let worded = title.starts_with(script::is_hanzi) && !starts_unit(title);
    (short && worded).then(|| Label { certainty: Certainty::Bare, ..label(Numbering::Arabic, path, length) })
}

fn decimal(path: Vec<u32>, length: usize, after: &str) -> Option<Label> {
    if path.len() > 5 {
        return None;
    }
    let numbering = if path.len() == 2 { Numbering::Decimal } else { Numbering::Decimal3 };
    let quantity = starts_unit(after) || path.iter().any(|&part| part > 30) || after.is_empty();
    let certainty = if quantity { Certainty::InSequence } else { Certainty::Sure };
    Some(Label { certainty, ..label(numbering, path, length) })
}

/// Could what follows a figure be its unit?
fn starts_unit(after: &str) -> bool {
    after.trim_start_matches('\t').chars().next().is_some_and(|c| {
        "万亿元角分%‰℃°米吨公千克平立倍个台套件年月日号度小折级寸版层栋栏次人天周份项名位辆页/~-+×=:"
            .contains(c)
            || c.is_ascii_alphanumeric()
    })
}

/// Numbers of one or two figures without a leading zero, parted by full stops, and their length.
fn decimal_path(text: &str) -> Option<(Vec<u32>, usize)> {
    let (mut path, mut at) = (Vec::new(), 0);
    loop {
        let number = leading(text.get(at..)?, |c| c.is_ascii_digit());
        if number.is_empty() || number.len() > 2 || number.starts_with('0') {
            return None;
        }
        path.push(number.parse().ok()?);
        at += number.len();
        let mut rest = text.get(at..)?.chars();
        let goes_on = rest.next() == Some('.') && rest.next().is_some_and(|c| c.is_ascii_digit());
        if !goes_on {
            return Some((path, at));
        }
        at += 1;
    }
}

/// The longest prefix whose characters all pass.
fn leading(text: &str, pass: impl Fn(char) -> bool) -> &str {
    let end = text.find(|c: char| !pass(c)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}
