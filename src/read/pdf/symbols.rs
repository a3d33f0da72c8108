//! Characters as a font names them → characters as a person reads them.

use unicode_normalization::UnicodeNormalization;

use crate::read::layout::Symbol;

/// The symbol for a character out of a font's map.
///
/// Control characters say nothing; radicals that look like ideographs become those ideographs; presentation
/// ligatures are spelt out; symbol fonts' private codes become the public characters of the same look.
pub(in crate::read) fn of_char(c: char) -> Symbol {
    match c {
        '\0'..='\u{8}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFF0}'..='\u{FFFF}' => {
            Symbol::Unknown
        }
        '\t'..='\r' | '\u{A0}' => Symbol::Char(' '),
        '\u{AD}' => Symbol::Char('-'),
        '\u{2E80}'..='\u{2FD5}' => Symbol::Char(unified(c)),
        '\u{FB00}'..='\u{FB06}' => Symbol::Text(c.nfkc().collect::<String>().into()),
        '\u{F000}'..='\u{F0FF}' => Symbol::Char(pictograph(c)),
        c => Symbol::Char(c),
    }
}

/// The symbol for several characters; zero-width ones are dropped.
pub(in crate::read) fn of_text(text: &str) -> Symbol {
    let mut kept = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\0')) {
        of_char(c).push_to(&mut kept);
    }
    let mut chars = kept.chars();
    match (chars.next(), chars.next()) {
        (None, _) => Symbol::Unknown,
        (Some(c), None) => of_char(c),
        _ => Symbol::Text(kept.into()),
    }
}

/// Is it a code of private use, whose meaning only the font knows?
pub(super) fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}')
}

/// The unified ideograph that a radical looks like (Unicode, blocks Kangxi Radicals and CJK Radicals
/// Supplement). Kangxi radicals decompose to theirs; most simplified ones of the supplement do not.
fn unified(c: char) -> char {
    SUPPLEMENT
        .binary_search_by_key(&c, |&(radical, _)| radical)
        .ok()
        .and_then(|index| SUPPLEMENT.get(index))
        .map_or_else(|| c.nfkc().next().unwrap_or(c), |&(_, ideograph)| ideograph)
}

/// Radicals of the supplement that are whole characters of modern Chinese.
const SUPPLEMENT: [(char, char); 38] = [
    ('⺠', '民'),
    ('⺩', '王'),
    ('⺫', '目'),
    ('⺬', '示'),
    ('⺲', '四'),
    ('⻁', '虎'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻇', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻑', '長'),
    ('⻒', '镸'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻗', '雨'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻪', '黾'),
    ('⻬', '齐'),
    ('⻭', '歯'),
    ('⻮', '齿'),
    ('⻯', '竜'),
    ('⻰', '龙'),
    ('⻳', '龟'),
];

/// The public character for a private code of the Wingdings family and Symbol, which office programs write
/// as U+F000 plus the font's code. Only those that office documents use: boxes, ticks and bullets.
fn pictograph(c: char) -> char {
    match c {
        '\u{F0FE}' | '\u{F052}' => '☑',
        '\u{F0FD}' | '\u{F053}' => '☒',
        '\u{F0A8}' | '\u{F0A3}' | '\u{F06F}' | '\u{F071}' => '□',
        '\u{F0FC}' | '\u{F050}' => '✓',
        '\u{F0FB}' => '✗',
        '\u{F0B7}' => '•',
        '\u{F06C}' => '●',
        '\u{F06E}' => '■',
        '\u{F075}' => '◆',
        '\u{F076}' => '❖',
        '\u{F0D8}' => '➢',
        '\u{F020}' => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_become_ideographs() {
        let text: String = "⽅⼈⻓⻚⻋⺟⻰".chars().map(|c| of_char(c).first()).collect();
        assert_eq!(text, "方人长页车母龙");
    }

    #[test]
    fn the_supplement_is_sorted() {
        assert!(SUPPLEMENT.is_sorted());
    }

    #[test]
    fn full_width_forms_stay_as_written() {
        assert_eq!(of_char('Ａ'), Symbol::Char('Ａ'));
        assert_eq!(of_char('（'), Symbol::Char('（'));
    }

    #[test]
    fn ligatures_are_spelt_out_and_controls_are_unknown() {
        assert_eq!(of_char('ﬁ'), Symbol::Text("fi".into()));
        assert_eq!(of_char('\u{1}'), Symbol::Unknown);
        assert_eq!(of_text("\0"), Symbol::Unknown);
    }
}
