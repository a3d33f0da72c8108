//! The shapes of page numbers: 第 3 页 共 8 页, - 3 -, 3/8, Page 3 of 8.

use super::script::is_numeral;

/// How surely a line is a page number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// Its shape says so.
    Sure,
    /// A bare number, which its place must confirm.
    ByPlace,
}

/// Is the line a page number on page `page` (from 1) of a document of `pages` pages?
pub fn recognise(line: &str, page: u32, pages: usize) -> Option<Certainty> {
    let text: String = line.chars().filter(|c| !c.is_whitespace()).map(plain).collect();
    if text.is_empty() || text.chars().count() > 20 {
        return None;
    }
    let bare =
        text.trim_matches(|c| matches!(c, '-' | '·' | '~' | '.' | '(' | ')' | '[' | ']' | '<' | '>' | '|'));
    if shaped(bare) || (bare.len() < text.len() && short_number(bare)) {
        return Some(Certainty::Sure);
    }
    if let Some((number, total)) = bare.split_once(['/', '／']) {
        let sound = short_number(number) && short_number(total);
        return (sound && in_range(number, total)).then_some(Certainty::Sure);
    }
    let likely = |number: u32| number <= page.saturating_add(pages as u32).saturating_add(50);
    bare.parse().is_ok_and(likely).then_some(Certainty::ByPlace).filter(|_| short_number(bare))
}

/// 第3页, 共8页第3页, 第3页/共8页, 3页, Page3of8, P.3
fn shaped(text: &str) -> bool {
    let lower = text.to_lowercase();
    if let Some(rest) = lower.strip_prefix("page").or_else(|| lower.strip_prefix("p.")) {
        let (number, total) = rest.split_once("of").unwrap_or((rest, "1"));
        return short_number(number) && short_number(total);
    }
    text.contains('页')
        && text.chars().all(|c| {
            matches!(c, '第' | '共' | '页' | '/' | ',' | '，' | '、' | '总' | '-' | '|') || is_figure(c)
        })
}

fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || is_numeral(c)
}

fn short_number(text: &str) -> bool {
    (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn in_range(number: &str, total: &str) -> bool {
    matches!((number.parse::<u32>(), total.parse::<u32>()), (Ok(n), Ok(t)) if n >= 1 && n <= t)
}

/// Full-width figures and the dashes that frame page numbers, in one form.
fn plain(c: char) -> char {
    match c {
        '—' | '–' | '－' | '―' | '─' | '−' => '-',
        '•' | '‧' => '·',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_recognised() {
        for line in [
            "第 3 页 共 8 页",
            "第3页/共8页",
            "共 8 页，第 3 页",
            "- 3 -",
            "— 3 —",
            "3/8",
            "Page 3 of 8",
            "第三页",
            "·3·",
        ] {
            assert_eq!(recognise(line, 3, 8), Some(Certainty::Sure), "{line}");
        }
        assert_eq!(recognise("3", 3, 8), Some(Certainty::ByPlace));
    }

    #[test]
    fn other_lines_are_not() {
        for line in ["", "第三条", "2024/3", "9/8", "3.14", "10000", "甲方：", "100,000", "共三页附件"]
        {
            assert_eq!(recognise(line, 3, 8), None, "{line}");
        }
    }
}
