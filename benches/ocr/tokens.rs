//! The tokens of a page that must be exact: sums, capital sums, credit codes, dates.
//!
//! Sums are compared after the grammar of money: a separator before the last two digits divides the fen, all others
//! group digits, whether a comma or a dot was read.

use std::sync::LazyLock;

use regex::Regex;

use hetong_corpus::scan::align::normalised;

/// Kinds of tokens.
pub const KINDS: [&str; 4] = ["sums", "capital sums", "credit codes", "dates"];

static PATTERNS: LazyLock<[Regex; 4]> = LazyLock::new(|| {
    [
        r"\d{1,3}(?:[,.]\d{3})*[,.]\d{2}(?:\D|$)|\d{1,3}(?:[,.]\d{3})+(?:\D|$)",
        r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+[元圆](?:[零壹贰叁肆伍陆柒捌玖角分]*)[整正]?",
        r"\b[0-9A-HJ-NPQRTUWXY]{18}\b",
        r"\d{4}年\d{1,2}月\d{1,2}日",
    ]
    .map(|pattern| Regex::new(pattern).expect("a pattern"))
});

/// The tokens of some lines, by kind.
pub fn tokens<'t>(lines: impl Iterator<Item = &'t str>) -> [Vec<String>; 4] {
    let mut found: [Vec<String>; 4] = Default::default();
    for line in lines.map(normalised) {
        for (kind, (pattern, list)) in PATTERNS.iter().zip(&mut found).enumerate() {
            let tokens = pattern.find_iter(&line).map(|token| token.as_str());
            list.extend(tokens.map(|token| if kind == 0 { money(token) } else { token.to_owned() }));
        }
    }
    found
}

/// Groups without separators, fen behind a stop.
fn money(token: &str) -> String {
    let token = token.trim_end_matches(|c: char| !c.is_ascii_digit());
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    match token.rsplit_once([',', '.']) {
        Some((whole, fen)) if fen.len() == 2 => format!("{}.{fen}", digits(whole)),
        _ => digits(token),
    }
}

/// How many of the wanted tokens are among the read ones, each read one counting once; and how many are wanted.
pub fn exact(want: &[String], got: &[String]) -> [usize; 2] {
    let mut left = got.to_vec();
    let mut right = 0;
    for token in want {
        if let Some(at) = left.iter().position(|other| other == token) {
            left.swap_remove(at);
            right += 1;
        }
    }
    [right, want.len()]
}
