//! One form for each character: width, compatibility forms, dashes and dots, traditional characters.

use unicode_normalization::UnicodeNormalization;

use super::Glyph;
use crate::dictionaries::{Dictionaries, DictionaryError};
use crate::text::script::{self, is_capital_numeral, is_numeral};

/// What one content character becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Folded {
    /// One character.
    One(char),
    /// Up to four: ⑴ becomes (1), ⒑ becomes `10.`.
    Many([char; 4]),
    /// White space of this width.
    White(u16),
    /// Nothing: the character shows nothing.
    Nothing,
}

impl Folded {
    /// The first folded character; NUL where there is none.
    pub(super) fn first(self) -> char {
        match self {
            Self::One(c) => c,
            Self::Many(chars) => chars[0],
            Self::White(_) | Self::Nothing => '\0',
        }
    }

    /// Calls `take` with each folded character.
    pub(super) fn each(self, mut take: impl FnMut(char)) {
        match self {
            Self::One(c) => take(c),
            Self::Many(chars) => chars.into_iter().filter(|&c| c != '\0').for_each(take),
            Self::White(_) | Self::Nothing => {}
        }
    }
}

/// First and last character of the table: radicals to the last of the basic ideographs.
const TABLE: std::ops::RangeInclusive<u32> = 0x2E80..=0x9FFF;

/// The folding table.
#[derive(Debug)]
pub(super) struct Variants {
    /// What each character of [`TABLE`] becomes.
    table: Vec<char>,
}

impl Variants {
    /// Parses `variants.txt`: on each line variants, a space, and the character they fold to.
    pub(super) fn new(dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        const FILE: &str = "variants.txt";
        let mut table: Vec<char> =
            TABLE.map(|code| compatible(char::from_u32(code).unwrap_or('\0'))).collect();
        for (number, line) in dictionaries.get(FILE)?.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            let mut parts = line.split_whitespace();
            let (Some(variants), target) = (parts.next(), parts.next()) else { continue };
            let target = single(target).filter(|_| parts.next().is_none());
            let target = target.ok_or_else(|| malformed(FILE, number, "应为“异体字 正字”两栏"))?;
            for variant in variants.chars() {
                let slot = index(variant).and_then(|index| table.get_mut(index));
                *slot.ok_or_else(|| malformed(FILE, number, "不是汉字"))? = target;
            }
        }
        Ok(Self { table })
    }

    /// Folds one character.
    pub(super) fn fold(&self, c: char) -> Folded {
        if c == '\t' || script::is_white(c) {
            return Folded::White(script::columns(c) as u16);
        }
        if script::is_invisible(c) {
            return Folded::Nothing;
        }
        if let Some(folded) = index(c).and_then(|index| self.table.get(index)) {
            return parenthesised(c).unwrap_or(Folded::One(*folded));
        }
        fold_mark(c)
    }
}

fn index(c: char) -> Option<usize> {
    TABLE.contains(&(c as u32)).then(|| (c as u32 - TABLE.start()) as usize)
}

fn single(text: Option<&str>) -> Option<char> {
    let mut chars = text?.chars();
    chars.next().filter(|_| chars.next().is_none())
}

fn malformed(file: &str, line: usize, problem: &str) -> DictionaryError {
    DictionaryError::malformed(file, format!("第 {} 行{problem}", line + 1))
}

/// Width, dashes, dots and bracketed numbers.
fn fold_mark(c: char) -> Folded {
    match c {
        '\u{20}'..='\u{7E}' => Folded::One(c),
        '—' | '–' | '－' | '―' | '‐' | '‑' | '‒' | '−' | '─' | '﹣' | '﹘' | '━' => {
            Folded::One('-')
        }
        '•' | '‧' | '･' | '∙' | '⋅' => Folded::One('·'),
        '〜' | '∼' | '～' => Folded::One('~'),
        '∶' | '︰' | '꞉' => Folded::One(':'),
        '￥' => Folded::One('¥'),
        '\u{FF01}'..='\u{FF5E}' => Folded::One(char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)),
        '\u{F900}'..='\u{FAFF}' | '\u{FE10}'..='\u{FE6F}' | '\u{FF61}'..='\u{FFE6}' => {
            Folded::One(compatible(c))
        }
        '\u{FB00}'..='\u{FB06}' => expanded(c),
        _ => parenthesised(c).unwrap_or(Folded::One(c)),
    }
}

/// The compatibility form where it is one visible character, else the character itself.
fn compatible(c: char) -> char {
    let wanted = matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE10}'..='\u{FE6F}' | '\u{FF61}'..='\u{FFE6}');
    let mut forms = std::iter::once(c).nfkc();
    match (forms.next(), forms.next()) {
        (Some(form), None) if wanted && !form.is_whitespace() => form,
        _ => c,
    }
}

/// ㈠ → (一), ⑴ → (1), ⒈ → 1. — numbers that carry their bracket or full stop with them.
fn parenthesised(c: char) -> Option<Folded> {
    matches!(c, '\u{2474}'..='\u{249B}' | '\u{3220}'..='\u{3229}').then(|| expanded(c))
}

fn expanded(c: char) -> Folded {
    let mut chars = ['\0'; 4];
    for (slot, form) in chars.iter_mut().zip(std::iter::once(c).nfkc()) {
        *slot = form;
    }
    Folded::Many(chars)
}

/// Characters that are numerals only among numerals: ○ as 〇 (二○二四年), 参 as 叁 (参拾万元).
pub(super) fn settle_numerals(glyphs: &mut [Glyph]) {
    for i in 0..glyphs.len() {
        let c = glyphs[i].c;
        if !matches!(c, '○' | '◯' | '参') {
            continue;
        }
        let before = i.checked_sub(1).and_then(|i| glyphs.get(i)).map_or('\0', |glyph| glyph.c);
        let after = glyphs.get(i + 1).map_or('\0', |glyph| glyph.c);
        let numeral = match c {
            '参' => capital_three(before, after).then_some('叁'),
            _ => (is_numeral(before) || is_numeral(after)).then_some('〇'),
        };
        if let (Some(numeral), Some(glyph)) = (numeral, glyphs.get_mut(i)) {
            glyph.c = numeral;
            glyph.folded = Folded::One(numeral);
        }
    }
}

/// Is 参 a numeral between these neighbours?
fn capital_three(before: char, after: char) -> bool {
    let unit = matches!(after, '拾' | '佰' | '仟' | '万' | '亿' | '元' | '圆');
    unit || (is_capital_numeral(before) && matches!(after, '角' | '分' | '整' | '正'))
}
