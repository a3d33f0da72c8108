//! How wide characters usually are, in ems: for glyphs whose width the file does not give.

/// Width of a character in a common font.
pub(super) fn usual(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' | '|' | '.' | ',' | ':' | ';' | '!' => 0.28,
        'f' | 'r' | 't' | 'I' | '(' | ')' | '[' | ']' | '-' | '/' | '\\' => 0.35,
        'm' | 'M' | 'W' | '%' | '@' => 0.85,
        'w' | 'A'..='Z' => 0.68,
        c if is_ideographic(c) => 1.0,
        _ => 0.5,
    }
}

/// Longest step to the next character that is still this character's own room and no gap.
pub(super) fn widest(c: char) -> f64 {
    match c {
        // Chinese fonts give an em to Greek letters and signs too.
        c if !c.is_ascii() => 1.3,
        'm' | 'w' | 'A'..='Z' | '%' | '@' => 1.05,
        // Fonts of one width for all characters take up to 0.6.
        _ => 0.7,
    }
}

/// Does it take the room of an ideograph in a Chinese font? Besides those themselves: dashes, quotation marks,
/// figures in circles, boxes and mathematical signs.
fn is_ideographic(c: char) -> bool {
    matches!(c, '\u{2E80}'.. | '\u{2014}'..='\u{2026}' | '\u{2030}'..='\u{203B}' | '\u{2100}'..='\u{27BF}' | '×' | '÷' | '°' | '§' | '·')
}
