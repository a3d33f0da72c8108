//! What white space means: nothing, a space between Latin words, or a column.

use super::labels::Labels;
use super::{Glyph, Joint};
use crate::text::script::{is_capital_numeral, is_hanzi, is_numeral};

/// Decides every gap of a paragraph.
pub(super) fn settle(glyphs: &mut [Glyph], labels: &Labels) {
    let mut colon = false;
    for i in 1..glyphs.len() {
        colon |= glyphs[i - 1].c == ':';
        if glyphs[i].gap > 0 {
            glyphs[i].joint = single_gap(glyphs, i, colon, labels);
        }
    }
    close_letter_spacing(glyphs, labels);
    close_known_labels(glyphs, labels);
}

/// The gap before glyph `i`, looked at alone; `colon` says whether a colon stands before it.
fn single_gap(glyphs: &[Glyph], i: usize, colon: bool, labels: &Labels) -> Joint {
    let (before, after) = (glyphs[i - 1].c, glyphs[i].c);
    let settled = opens(before)
        || closes(after)
        || inside_date(glyphs, i)
        || inside_number(glyphs, i)
        || inside_phrase(glyphs, i);
    if settled || after_number(glyphs, i) {
        return Joint::None;
    }
    if glyphs[i].gap == 1 {
        return narrow_gap(glyphs, i, colon, labels);
    }
    match before {
        ':' if label_follows(glyphs, i, labels) => Joint::Tab,
        ':' | '、' | '¥' => Joint::None,
        ',' | ';' => latin_or(glyphs, i, Joint::None),
        '。' if glyphs[i].gap < 4 => Joint::None,
        '.' if after.is_ascii_uppercase() => Joint::Space,
        _ => Joint::Tab,
    }
}

/// A single space: dropped next to Chinese, kept between Latin words, a column before a label.
fn narrow_gap(glyphs: &[Glyph], i: usize, colon: bool, labels: &Labels) -> Joint {
    let after_value = colon && is_hanzi(glyphs[i].c) && glyphs[i - 1].c != ':';
    if after_value && labels.begins(glyphs[i..].iter().map(|glyph| glyph.c)) {
        return Joint::Tab;
    }
    latin_or(glyphs, i, Joint::None)
}

/// A space where Latin words meet, else `otherwise`.
fn latin_or(glyphs: &[Glyph], i: usize, otherwise: Joint) -> Joint {
    let (before, after) = (glyphs[i - 1].c, glyphs[i].c);
    let second = i.checked_sub(2).and_then(|k| glyphs.get(k)).map_or('\0', |glyph| glyph.c);
    let word = is_latin(after) || after.is_ascii_digit();
    let opener = matches!(after, '(' | '"' | '&' | '[');
    let joined = match before {
        c if is_latin(c) => word || opener,
        c if c.is_ascii_digit() => word,
        ',' | '.' | ';' | ':' | ')' | '!' | '?' | '"' | '&' => word && is_latin(second) || is_latin(after),
        _ => false,
    };
    if joined { Joint::Space } else { otherwise }
}

fn is_latin(c: char) -> bool {
    c.is_alphabetic() && (c as u32) < 0x250
}

fn opens(c: char) -> bool {
    matches!(c, '(' | '【' | '[' | '《' | '〈' | '〔' | '“' | '‘' | '{' | '「')
}

fn closes(c: char) -> bool {
    matches!(
        c,
        ')' | '】'
            | ']'
            | '》'
            | '〉'
            | '〕'
            | '”'
            | '’'
            | '}'
            | '」'
            | '，'
            | '。'
            | '、'
            | '；'
            | ':'
            | ','
            | ';'
    )
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || is_numeral(c) || c == '_'
}

/// Is the gap before glyph `i` inside a date, filled or blank: 2024 年 3 月 5 日, 年　　月　　日?
fn inside_date(glyphs: &[Glyph], i: usize) -> bool {
    let (before, after) = (glyphs[i - 1].c, glyphs[i].c);
    match (before, after) {
        (_, '年' | '月' | '日') if is_digit(before) => true,
        ('年', '月') | ('月', '日') => true,
        ('年' | '月', after) if is_digit(after) => glyphs[i..]
            .iter()
            .take(6)
            .map(|g| g.c)
            .find(|&c| !is_digit(c))
            .is_some_and(|c| matches!(c, '月' | '日')),
        _ => false,
    }
}

/// Is the gap before glyph `i` inside 第 12 条, 贰佰 万元 or 1000 .00 元, behind 自 or 至, or between a currency and its figure?
fn inside_number(glyphs: &[Glyph], i: usize) -> bool {
    let (before, after) = (glyphs[i - 1].c, glyphs[i].c);
    let from = matches!(before, '自' | '从' | '至' | '到') && after.is_ascii_digit();
    if from || is_capital_numeral(before) && after == '整' {
        return true;
    }
    match before {
        _ if is_money_unit(&glyphs[i..]) && ends_figure(&glyphs[..i]) => true,
        c if c.is_ascii_digit() && after == '.' => {
            glyphs.get(i + 1).is_some_and(|next| next.gap == 0 && next.c.is_ascii_digit())
        }
        '第' => is_digit(after) && after != '_',
        '币' | '¥' => after.is_ascii_digit() || after == '¥' || is_capital_numeral(after),
        c if is_digit(c) && matches!(after, '条' | '章' | '节' | '部' | '编' | '款' | '项' | '页') => {
            let number = glyphs[..i].iter().rev().take(6);
            number.map(|glyph| glyph.c).find(|&c| !is_digit(c)) == Some('第')
        }
        _ => false,
    }
}

/// Does 元 or 万元 begin here, and no name (元和街道, 万科)?
fn is_money_unit(glyphs: &[Glyph]) -> bool {
    let next = glyphs.get(1).filter(|next| next.gap == 0).map_or('\0', |next| next.c);
    match glyphs.first().map_or('\0', |first| first.c) {
        '元' | '圆' => !is_hanzi(next) || matches!(next, '整' | '正' | '的' | '每'),
        '万' | '亿' => matches!(next, '元' | '圆' | '美' | '港' | '欧'),
        _ => false,
    }
}

/// Is it the gap around what was filled in a phrase: 向　　工程所在地　　人民法院?
fn inside_phrase(glyphs: &[Glyph], i: usize) -> bool {
    const LEADS: &str = "向由的";
    const BODIES: &[&str] = &["人民法院", "仲裁委员"];
    let (before, after) = (glyphs[i - 1].c, glyphs[i].c);
    let follows = |name: &str| name.chars().eq(glyphs[i..].iter().take(4).map(|glyph| glyph.c));
    let in_phrase = LEADS.contains(before) || BODIES.iter().any(|name| follows(name));
    is_hanzi(before) && is_hanzi(after) && in_phrase
}

/// Does a figure end here? 拾 and 万 alone are printed in forms to be filled.
fn ends_figure(glyphs: &[Glyph]) -> bool {
    let digit = |c: char| c.is_ascii_digit() || is_capital_digit(c);
    match glyphs {
        [.., before, last] if matches!(last.c, '拾' | '佰' | '仟' | '万' | '亿') => {
            last.gap == 0 && (digit(before.c) || matches!(before.c, '拾' | '佰' | '仟'))
        }
        [.., last] => digit(last.c),
        [] => false,
    }
}

fn is_capital_digit(c: char) -> bool {
    is_capital_numeral(c) && !matches!(c, '拾' | '佰' | '仟' | '零')
}

/// Does the gap before glyph `i` follow the number of a clause or a bullet? It then sets the number off,
/// as a single space would, and is no column.
fn after_number(glyphs: &[Glyph], i: usize) -> bool {
    const LONGEST: usize = 10;
    let Some((last, number)) = glyphs[..i].split_last().filter(|_| i <= LONGEST) else { return false };
    let mut number = number.iter().map(|glyph| glyph.c);
    let counts = |c: char| c.is_ascii_digit() || is_numeral(c) || matches!(c, '.' | '(' | '部');
    match last.c {
        '条' | '章' | '节' | '编' | '篇' | '分' => number.next() == Some('第') && number.all(counts),
        '.' | '、' | ')' => i > 1 && number.all(counts),
        '·' | '●' | '■' | '◆' | '▪' | '★' | '▲' | '①'..='⑳' => i == 1,
        _ => false,
    }
}

/// Does a label with its colon stand from glyph `i` on? After a colon any short run of hanzi with a
/// colon counts, since a value seldom has one there.
fn label_follows(glyphs: &[Glyph], i: usize, labels: &Labels) -> bool {
    let chars = || glyphs[i..].iter().map(|glyph| glyph.c);
    let short = chars().take(7).find(|&c| !is_hanzi(c)) == Some(':');
    short || labels.begins(chars())
}

/// Closes chains of single hanzi set apart by gaps of one width: 甲　方, 签 订 日 期, 采　购　合　同.
fn close_letter_spacing(glyphs: &mut [Glyph], labels: &Labels) {
    let mut start = 0;
    while start < glyphs.len() {
        let end = chain_end(glyphs, start);
        if end > start + 1 {
            close_chain(glyphs, start, end, labels);
        }
        start = end.max(start + 1);
    }
}

/// One past the last glyph of the chain that begins at `start`.
fn chain_end(glyphs: &[Glyph], start: usize) -> usize {
    let first = &glyphs[start];
    let inside_word = first.gap == 0 && start > 0 && is_hanzi(glyphs[start - 1].c);
    if !is_hanzi(first.c) || inside_word {
        return start + 1;
    }
    let more = glyphs[start + 1..].iter().take_while(|glyph| glyph.gap > 0 && is_hanzi(glyph.c)).count();
    let end = start + 1 + more;
    let runs_on = glyphs.get(end).is_some_and(|glyph| glyph.gap == 0 && is_hanzi(glyph.c));
    if runs_on { end - 1 } else { end }
}

/// Closes a chain, which a clearly wider gap may part into several words.
fn close_chain(glyphs: &mut [Glyph], start: usize, end: usize, labels: &Labels) {
    let narrowest = glyphs[start + 1..end].iter().map(|glyph| glyph.gap).min().unwrap_or(1);
    let mut from = start;
    for i in start + 1..=end {
        let parts = i == end || glyphs[i].gap * 2 > narrowest * 3;
        if parts {
            if i > from + 1 && is_one_word(glyphs, from, i, labels) {
                glyphs[from + 1..i].iter_mut().for_each(|glyph| glyph.joint = Joint::None);
            }
            from = i;
        }
    }
}

/// Is the letter-spaced chain `from..to` one word?
fn is_one_word(glyphs: &[Glyph], from: usize, to: usize, labels: &Labels) -> bool {
    let chars = || glyphs[from..to].iter().map(|glyph| glyph.c);
    if chars().all(|c| is_numeral(c) || is_capital_numeral(c)) {
        return false;
    }
    let next = glyphs.get(to).map_or('\0', |glyph| glyph.c);
    let after_colon = from > 0 && glyphs[from - 1].c == ':';
    let closely = glyphs[from + 1..to].iter().all(|glyph| glyph.gap <= 2);
    to - from >= 3
        || matches!(next, ':' | '(')
        || (after_colon && closely)
        || labels.is_known(&chars().collect::<String>())
}

/// Closes gaps inside a stretch that reads as a known label up to its colon, bracket or end: 签订　日期：.
fn close_known_labels(glyphs: &mut [Glyph], labels: &Labels) {
    let mut from = 0;
    while from < glyphs.len() {
        let stops = |glyph: &Glyph| !is_hanzi(glyph.c);
        let to = glyphs[from..].iter().position(stops).map_or(glyphs.len(), |n| from + n);
        close_known_label(glyphs, from, to, labels);
        from = to + 1;
    }
}

/// The longest known label at the end of `from..to` loses its inner gaps.
fn close_known_label(glyphs: &mut [Glyph], from: usize, to: usize, labels: &Labels) {
    let first = from.max(to.saturating_sub(10));
    for start in first..to {
        let at_word = start == from || glyphs[start].gap > 0;
        if !at_word || glyphs[start + 1..to].iter().all(|glyph| glyph.joint == Joint::None) {
            continue;
        }
        if labels.is_known(&glyphs[start..to].iter().map(|glyph| glyph.c).collect::<String>()) {
            glyphs[start + 1..to].iter_mut().for_each(|glyph| glyph.joint = Joint::None);
            return;
        }
    }
}
