//! What kind of character is this? The few questions that this stage asks of Chinese text.

/// A Chinese ideograph, 〇 included.
pub fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '〇' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

/// White space of any width, line separators and stray control characters included.
pub fn is_white(c: char) -> bool {
    c.is_whitespace() || (c.is_control() && c != '\n')
}

/// Characters that show nothing: zero-width marks, direction marks, variation selectors, soft hyphens.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
    )
}

/// A small Chinese numeral as ordinals and dates use it: 〇 to 十, 百, 千 and 廿.
pub fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '〇' | '零'
            | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '廿'
    )
}

/// A numeral as amounts in words use it (大写): 壹 to 玖, 拾, 佰, 仟.
pub fn is_capital_numeral(c: char) -> bool {
    matches!(c, '零' | '壹' | '贰' | '叁' | '肆' | '伍' | '陆' | '柒' | '捌' | '玖' | '拾' | '佰' | '仟')
}

/// Does a sentence or a part of one end here? Takes marks as written or folded.
pub fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '；' | ';' | '：' | ':' | '！' | '!' | '？' | '?' | '.' | '…')
}

/// Width on a typewriter's grid: two for ideographs and full-width forms, one for the rest.
pub fn columns(c: char) -> usize {
    match c {
        '\t' => 8,
        c if is_invisible(c) => 0,
        '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' => 2,
        '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF00}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}' => 2,
        '\u{2014}'
        | '\u{2018}'..='\u{201D}'
        | '\u{2026}'
        | '\u{2460}'..='\u{24FF}'
        | '\u{20000}'..='\u{323AF}' => 2,
        _ => 1,
    }
}

/// Width of a whole text on that grid.
pub fn text_columns(text: &str) -> usize {
    text.chars().map(columns).sum()
}
