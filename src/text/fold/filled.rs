//! Figures written on a printed line: `___2019__年__5___月`, `租金_1500___元`. The line under them says nothing once they
//! are there; in a slot that is still open it does, and stays.

use super::{Glyph, Joint};
use crate::text::script::{is_capital_numeral, is_numeral};

/// What counts the figure before it.
const UNITS: &str = "年月日号元圆万亿角分天周个份台套件米平吨次人名辆间层栋室页";

/// Takes away the lines around figures that have their unit.
pub(super) fn lift(glyphs: &mut Vec<Glyph>) {
    if !glyphs.iter().any(|glyph| glyph.c == '_') {
        return;
    }
    let mut line = vec![false; glyphs.len()];
    let mut at = 0;
    while at < glyphs.len() {
        let end = at + glyphs[at..].iter().take_while(|glyph| is_figure(glyph.c)).count();
        if end == at {
            at += 1;
            continue;
        }
        let before = glyphs[..at].iter().rev().take_while(|glyph| glyph.c == '_').count();
        let after = glyphs[end..].iter().take_while(|glyph| glyph.c == '_').count();
        if is_whole(glyphs, at..end, before, after) {
            line[at - before..at].fill(true);
            line[end..end + after].fill(true);
            close(glyphs, at, end + after);
        }
        at = end + after;
    }
    let mut line = line.into_iter();
    glyphs.retain(|_| !line.next().unwrap_or(false));
}

/// The figure now stands where its line began, the unit right behind it, and no gap is left of the line.
fn close(glyphs: &mut [Glyph], figure: usize, unit: usize) {
    for at in [figure, unit] {
        if let Some(glyph) = glyphs.get_mut(at) {
            (glyph.gap, glyph.joint) = (0, Joint::None);
        }
    }
}

fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || is_numeral(c) || is_capital_numeral(c) || matches!(c, '.' | ',')
}

/// Is the figure all that was to be written on its line? A year that is not whole (20__年) is not.
fn is_whole(glyphs: &[Glyph], figure: std::ops::Range<usize>, before: usize, after: usize) -> bool {
    let unit = glyphs.get(figure.end + after).map_or('\0', |glyph| glyph.c);
    let digits = glyphs[figure.clone()].iter().filter(|glyph| !matches!(glyph.c, '.' | ',')).count();
    let lined = before > 0 || after > 0 && unit == '年' && digits == 4;
    let year = unit != '年' || digits == 4 || (digits <= 2 && before > 0);
    digits > 0 && digits * 2 > figure.len() && lined && year && UNITS.contains(unit)
}
