//! The text layer under a scan as a second witness.
//!
//! Whoever scanned the page had it read before, well or badly. How well is told by the characters that our own
//! reading is sure of; the layer is believed as far as it has those right. Where both agree a character is surer
//! than either makes it; where they differ the likelier one stands. A layer that is mostly wrong is not asked.

mod align;
mod laid;
mod weigh;

use hetong_ocr::Turn;
use unicode_normalization::UnicodeNormalization;

use super::place::Frame;
use crate::read::layout::{Glyph, Symbol, from_frame};
use crate::read::sheet::Sheet;

pub(super) use weigh::{Weighed, weigh};

/// Middle of the em box over the baseline, in ems.
const MIDDLE: f32 = 0.38;

/// A character of the layer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LayerCharacter {
    /// What it says.
    pub c: char,
    /// Its middle, in points of the page as displayed.
    pub place: (f32, f32),
    /// The em, in points.
    pub size: f32,
}

/// The characters of a text layer, in its own order, blanks left out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layer(Vec<LayerCharacter>);

impl Layer {
    /// The layer that glyphs make.
    pub fn of(glyphs: &[Glyph]) -> Self {
        let known = glyphs.iter().filter(|glyph| !glyph.symbol.is_blank() && glyph.symbol != Symbol::Unknown);
        Self(known.flat_map(characters).collect())
    }

    /// Has it no characters?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same on the straight page: the sheet turned, and put level.
    fn straight(&self, sheet: Sheet, turn: Turn, frame: &Frame) -> Vec<LayerCharacter> {
        self.turned(sheet, turn, |place| frame.straight(place))
    }

    /// The same on the straight page, where the layer's lines were level all along: programs that put each line down in one
    /// go do not slant it with the picture.
    fn level(&self, sheet: Sheet, turn: Turn) -> Vec<LayerCharacter> {
        self.turned(sheet, turn, |place| place)
    }

    fn turned(
        &self,
        sheet: Sheet,
        turn: Turn,
        put: impl Fn((f32, f32)) -> (f32, f32),
    ) -> Vec<LayerCharacter> {
        let place = |character: &LayerCharacter| LayerCharacter {
            place: put(sheet.point_turned(character.place, turn)),
            ..*character
        };
        self.0.iter().map(place).collect()
    }
}

/// A glyph's characters, side by side.
fn characters(glyph: &Glyph) -> Vec<LayerCharacter> {
    let mut text = String::new();
    glyph.symbol.push_to(&mut text);
    let step = glyph.advance / text.chars().count().max(1) as f32;
    let place = |index: usize| {
        let along = glyph.along + step * (index as f32 + 0.5);
        from_frame(along, glyph.across - MIDDLE * glyph.size, glyph.direction)
    };
    text.chars()
        .enumerate()
        .map(|(index, c)| LayerCharacter { c, place: place(index), size: glyph.size })
        .collect()
}

/// The middle of a glyph, in points of the page.
pub(super) fn glyph_middle(glyph: &Glyph) -> (f32, f32) {
    from_frame(glyph.along + glyph.advance / 2.0, glyph.across - MIDDLE * glyph.size, glyph.direction)
}

/// Do two characters say the same, width and form of punctuation aside?
fn same(a: char, b: char) -> bool {
    a == b || folded(a) == folded(b)
}

fn folded(c: char) -> char {
    match c {
        '，' | '、' => ',',
        '。' | '．' => '.',
        '—' | '―' | '–' | '－' => '-',
        '“' | '”' | '„' => '"',
        '‘' | '’' => '\'',
        '¥' => '￥',
        _ => std::iter::once(c).nfkc().next().unwrap_or(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_and_form_do_not_make_a_difference() {
        assert!(same('（', '(') && same('１', '1') && same('：', ':') && same('，', ','));
        assert!(!same('3', '8') && !same('甲', '乙'));
    }

    #[test]
    fn a_ligature_is_its_characters_side_by_side() {
        let glyph = Glyph {
            along: 100.0,
            across: 50.0,
            advance: 20.0,
            size: 10.0,
            direction: 0,
            invisible: true,
            code: 0,
            symbol: Symbol::Text("fi".into()),
            confidence: None,
        };
        let layer = Layer::of(&[glyph]);
        let places: Vec<_> = layer.0.iter().map(|character| (character.c, character.place.0)).collect();
        assert_eq!(places, [('f', 105.0), ('i', 115.0)]);
    }
}
