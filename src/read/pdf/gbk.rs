//! Rescue of GBK bytes in a simple font.
//!
//! Old Chinese programs write the two bytes of a GBK character as two codes of a simple TrueType font with
//! a Latin encoding: 北斗 shows as `±±¶·`. The font draws the right shapes, the file's maps say Latin-1.

use encoding_rs::GBK;

use super::plausible;
use crate::read::layout::{Glyph, Symbol};

/// Pairs that must be there before the page is believed to be so written.
const ENOUGH: usize = 4;
/// Share of pairs that must be everyday characters, in per cent.
const EVERYDAY: usize = 70;

/// Rewrites stretches of high codes as the GBK characters that they are, when the page as a whole shows
/// that this is how it was written.
pub(super) fn rescue(glyphs: &mut Vec<Glyph>) {
    let stretches = stretches(glyphs);
    let pairs: Vec<(u8, u8)> = stretches.iter().flat_map(|&(start, len)| pairs(glyphs, start, len)).collect();
    let everyday = pairs.iter().filter(|&&(first, second)| plausible::is_everyday(first, second)).count();
    if pairs.len() < ENOUGH || everyday * 100 < pairs.len() * EVERYDAY {
        return;
    }
    for (start, len) in stretches {
        rewrite(glyphs, start, len);
    }
    glyphs.retain(|glyph| glyph.size > 0.0);
}

/// Start and even length of each stretch of suspicious glyphs.
fn stretches(glyphs: &[Glyph]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    for stretch in glyphs.chunk_by(|a, b| is_suspect(a) == is_suspect(b)) {
        if stretch.first().is_some_and(is_suspect) && stretch.len().is_multiple_of(2) {
            found.push((start, stretch.len()));
        }
        start += stretch.len();
    }
    found
}

/// A one-byte code in GBK's lead range whose character is no ideograph.
fn is_suspect(glyph: &Glyph) -> bool {
    (0x81..=0xFE).contains(&glyph.code) && glyph.symbol.first() < '\u{2E80}' || is_unknown_high(glyph)
}

fn is_unknown_high(glyph: &Glyph) -> bool {
    (0x81..=0xFE).contains(&glyph.code) && glyph.symbol == Symbol::Unknown
}

fn pairs(glyphs: &[Glyph], start: usize, len: usize) -> Vec<(u8, u8)> {
    let stretch = glyphs.get(start..start + len).unwrap_or_default();
    stretch.as_chunks::<2>().0.iter().map(|[a, b]| (a.code as u8, b.code as u8)).collect()
}

fn rewrite(glyphs: &mut [Glyph], start: usize, len: usize) {
    let stretch = glyphs.get_mut(start..start + len).unwrap_or_default();
    for [first, second] in stretch.as_chunks_mut::<2>().0 {
        let bytes = [first.code as u8, second.code as u8];
        let decoded = GBK.decode_without_bom_handling_and_without_replacement(&bytes);
        first.symbol = match decoded.as_deref().map(|text| (text.chars().next(), text.chars().count())) {
            Some((Some(c), 1)) => Symbol::Char(c),
            _ => Symbol::Unknown,
        };
        first.advance = (second.end() - first.along).max(first.advance);
        // Marks it for removal; a size is always positive otherwise.
        second.size = 0.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str) -> Vec<Glyph> {
        let (bytes, ..) = GBK.encode(text);
        let glyph = |(index, &byte): (usize, &u8)| Glyph {
            along: index as f32 * 6.0,
            across: 100.0,
            advance: 6.0,
            size: 12.0,
            direction: 0,
            invisible: false,
            code: u32::from(byte),
            confidence: None,
            symbol: Symbol::Char(char::from(byte)),
        };
        bytes.iter().enumerate().map(glyph).collect()
    }

    fn text(glyphs: &[Glyph]) -> String {
        let mut text = String::new();
        glyphs.iter().for_each(|glyph| glyph.symbol.push_to(&mut text));
        text
    }

    #[test]
    fn pairs_become_characters_with_both_widths() {
        let mut glyphs = drawn("合同编号HT-01：政府采购");
        rescue(&mut glyphs);
        assert_eq!(text(&glyphs), "合同编号HT-01：政府采购");
        assert_eq!(glyphs[0].advance, 12.0);
    }

    #[test]
    fn latin_with_accents_stays() {
        let mut glyphs = drawn("");
        for (index, c) in "déjà là, où êtes-vous né".chars().enumerate() {
            glyphs.push(Glyph {
                along: index as f32,
                code: c as u32,
                confidence: None,
                symbol: Symbol::Char(c),
                ..drawn("a")[0].clone()
            });
        }
        rescue(&mut glyphs);
        assert_eq!(text(&glyphs), "déjà là, où êtes-vous né");
    }
}
