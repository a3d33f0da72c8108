//! A line of the contract with carets under the evidence.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::model::Span;

/// Characters shown before and after the evidence.
const AROUND: usize = 24;

/// Columns shown of the evidence itself: sixty hanzi, or twice as many Latin letters.
const WITHIN: usize = 120;

/// Two lines: the text around the evidence on one line, and carets under it.
///
/// Hanzi are two columns wide on a terminal; the carets count columns, not characters.
pub fn excerpt(text: &str, span: &Span) -> [String; 2] {
    let start = byte_of(text, span.start);
    let end = byte_of(text, span.end).max(start);
    let line_start = text[..start].rfind(['\n', '\t']).map_or(0, |i| i + 1);
    let first_line_end = text[start..].find(['\n', '\t']).map_or(text.len(), |i| start + i);
    let before: Vec<char> = text[line_start..start].chars().collect();
    let lead: String = before[before.len().saturating_sub(AROUND)..].iter().collect();
    let cut = if before.len() > AROUND { "…" } else { "" };
    let whole = &text[start..end.min(first_line_end)];
    let evidence = first_columns(whole, WITHIN);
    let rest = &text[start + evidence.len()..first_line_end];
    let mut after: String = rest.chars().take(AROUND).collect();
    if rest.chars().count() > AROUND {
        after.push('…');
    }
    let indent = cut.width() + printable(&lead).width();
    let shown = printable(evidence);
    [
        format!("{cut}{}{shown}{}", printable(&lead), printable(&after)),
        format!("{}{}", " ".repeat(indent), "^".repeat(shown.width().max(1))),
    ]
}

/// As much of a line as fits into so many columns.
fn first_columns(line: &str, columns: usize) -> &str {
    let mut used = 0;
    let over = line.char_indices().find(|(_, c)| {
        used += c.width().unwrap_or(1);
        used > columns
    });
    line.get(..over.map_or(line.len(), |(at, _)| at)).unwrap_or(line)
}

/// Byte at which a character (counted in Unicode scalar values) begins.
fn byte_of(text: &str, character: usize) -> usize {
    text.char_indices().nth(character).map_or(text.len(), |(byte, _)| byte)
}

/// Control characters would move the cursor: they become spaces.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.width().is_none() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: usize, end: usize) -> Span {
        Span { start, end, quote: String::new(), places: Vec::new(), supports: None }
    }

    #[test]
    fn carets_stand_under_the_evidence() {
        let [line, carets] = excerpt("第一条\n争议由 ABC 法院管辖", &span(8, 11));
        assert_eq!(line, "争议由 ABC 法院管辖");
        assert_eq!(carets, "       ^^^");
    }

    #[test]
    fn latin_evidence_is_shown_to_its_end() {
        let law = "governed by the laws of the Hong Kong Special Administrative Region";
        let [line, carets] = excerpt(law, &span(0, law.len()));
        assert_eq!(line, law);
        assert_eq!(carets.width(), law.len());
    }

    #[test]
    fn long_lines_are_cut_before_the_evidence() {
        let text = format!("{}仲裁", "甲".repeat(100));
        let [line, carets] = excerpt(&text, &span(100, 102));
        assert!(line.starts_with('…') && line.ends_with("仲裁"), "{line}");
        assert_eq!(carets.trim_start(), "^^^^");
        assert_eq!(carets.width(), line.width());
    }
}
