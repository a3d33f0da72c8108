//! Slots that were filled in: 【3】年, 人民币【500,000】元, [30]日内. Their brackets are no part of what is said.

use super::Glyph;
use crate::text::script::{is_capital_numeral, is_hanzi, is_numeral};

/// Most characters of a filled slot.
const LONGEST: usize = 24;

/// Drops the brackets around figures and numerals that a measure follows. What is blank (【　】, 【__】) or holds words
/// (【联系人】) keeps them, and so does the year of a document's number (〔2024〕6号).
pub(super) fn open_filled_slots(glyphs: &mut Vec<Glyph>) {
    if !glyphs.iter().any(|glyph| opens(glyph.c)) {
        return;
    }
    let mut dropped = vec![false; glyphs.len()];
    for start in 0..glyphs.len() {
        if let Some(end) = filled_slot(glyphs, start) {
            dropped[start] = true;
            dropped[end] = true;
            // The white space before the bracket now stands before the figure.
            let (gap, gap_at) = (glyphs[start].gap, glyphs[start].gap_at);
            if let Some(first) = glyphs.get_mut(start + 1) {
                (first.gap, first.gap_at) = (gap, gap_at);
            }
        }
    }
    let mut dropped = dropped.into_iter();
    glyphs.retain(|_| !dropped.next().unwrap_or(false));
}

/// The closing bracket of the slot that opens at `start`.
fn filled_slot(glyphs: &[Glyph], start: usize) -> Option<usize> {
    // At the beginning of a paragraph 【1】 is its number.
    let before = glyphs.get(start.checked_sub(1)?)?.c;
    let opening = glyphs.get(start).filter(|glyph| opens(glyph.c) && (glyph.c != '〔' || before == '第'))?.c;
    let rest = glyphs.get(start + 1..)?;
    let length = rest.iter().take(LONGEST).position(|glyph| closes(opening, glyph.c))?;
    let inside = rest.get(..length)?;
    let counts = inside.iter().any(|glyph| is_figure(glyph.c));
    let plain =
        inside.iter().all(|glyph| is_figure(glyph.c) || ",.%-/年月日元角分整正万亿".contains(glyph.c));
    let next = rest.get(length + 1).map_or('。', |glyph| glyph.c);
    let measured = is_hanzi(next) && !matches!(next, '号' | '第' | '字') || "%‰,。;、)(/".contains(next);
    (counts && plain && measured).then_some(start + 1 + length)
}

fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || is_numeral(c) || is_capital_numeral(c)
}

fn opens(c: char) -> bool {
    matches!(c, '【' | '[' | '〔')
}

fn closes(opening: char, c: char) -> bool {
    matches!((opening, c), ('【', '】') | ('[', ']') | ('〔', '〕'))
}
