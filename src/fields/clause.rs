//! Clauses by their headings, and the first sentence that stands under one.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::reading::{Part, Reading};
use super::scan::{blank, pattern};

/// What stands under the clauses whose heading matches, in order, outside attachments. The text may stand on the
/// heading's own line (标的：…).
pub fn headed<'r>(reading: &'r Reading<'_>, pattern: &'r Regex) -> impl Iterator<Item = Range<usize>> + 'r {
    let clauses = reading.text.clauses.iter().filter(move |clause| {
        clause.shadow.end <= reading.body.len()
            && clause.heading.as_deref().is_some_and(|heading| pattern.is_match(heading))
            && reading.part_at(clause.shadow.start) != Part::Attachment
    });
    clauses.filter_map(move |clause| {
        let text = reading.slice(clause.shadow.clone());
        let line = text.find('\n').unwrap_or(text.len());
        let colon = text[..line].find(':').filter(|at| text[..*at].chars().count() <= 20 && at + 1 < line);
        let end = colon.map(|at| at + 1).or((line < text.len()).then_some(line))?;
        Some(clause.shadow.start + end..clause.shadow.end)
    })
}

/// The first sentences under a heading, without their numbers; blank ones are left out.
pub fn sentences(reading: &Reading<'_>, under: Range<usize>, most: usize) -> Vec<Range<usize>> {
    let mut start = under.start;
    let mut found = Vec::new();
    for piece in reading.slice(under).split_inclusive(['。', '\n']) {
        let range = without_number(reading, start..start + piece.len());
        start += piece.len();
        let text = reading.slice(range.clone());
        if !text.is_empty() && !blank::is_blank(text) {
            found.push(range);
        }
        if found.len() == most {
            break;
        }
    }
    found
}

/// Without the number, white space and the end mark around a sentence.
pub fn without_number(reading: &Reading<'_>, range: Range<usize>) -> Range<usize> {
    let range = reading.trim(range, &['。']);
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:第[一二三四五六七八九十百\d]{1,4}[条款项]|[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}(?:\.\d{1,2})+[.、]?|\d{1,2}[.、)]|[①-⑳])",
        )
    });
    let from = range.start + NUMBER.find(reading.slice(range.clone())).map_or(0, |number| number.end());
    reading.trim(from..range.end, &['。', '、', ':'])
}

#[cfg(test)]
mod tests {
    use super::super::reading::tests::with_reading;
    use super::*;

    #[test]
    fn the_sentences_under_a_heading() {
        with_reading(
            "第一条 采购标的\n1.1 办公桌十张。规格见附件。\n第二条 价款\n500元。",
            |reading| {
                let about = pattern("标的");
                let under = headed(reading, &about).next().expect("a clause");
                let texts: Vec<_> =
                    sentences(reading, under, 3).into_iter().map(|range| reading.slice(range)).collect();
                assert_eq!(texts, ["办公桌十张", "规格见附件"]);
            },
        );
    }
}
