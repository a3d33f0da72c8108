//! One row of the page → its text, with the place of each character.

use crate::model::geometry::tenth;
use crate::model::{BBox, Joint, Line};

use super::chunks::Chunk;
use super::glyph::Glyph;
use super::overprint;

/// Gap, in ems, that reads as a space between ideographs.
const SPACE: f32 = 0.3;
/// The same between Latin letters and digits, whose own spaces may be this narrow in a justified line.
const LATIN_SPACE: f32 = 0.18;
/// Gap, in ems, from which it reads as a new column: two spaces and more.
const WIDE: f32 = 1.5;
/// Most spaces that stand for one gap.
const MOST_SPACES: usize = 8;

/// The lines of a row: one, or more where texts lie on top of each other.
pub fn lines(row: &[Chunk], glyphs: &[&Glyph]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::with_capacity(1);
    for layer in overprint::layers(row, glyphs) {
        lines.extend(line(&layer));
    }
    lines
}

fn line(glyphs: &[&Glyph]) -> Option<Line> {
    let (first, last) = (glyphs.first()?, glyphs.last()?);
    let mut writer = Writer { loose: looseness(glyphs), ..Writer::default() };
    for glyph in glyphs {
        writer.glyph(glyph);
    }
    writer.edges.push(tenth(last.end()));
    let top = glyphs.iter().map(|g| g.across - super::lines::ASCENT * g.size).fold(f32::INFINITY, f32::min);
    let bottom = glyphs.iter().map(|g| g.across + super::lines::DESCENT * g.size).fold(top, f32::max);
    Some(Line {
        text: writer.text,
        bbox: BBox::new(first.along, top, last.end(), bottom),
        edges: writer.edges,
        size: tenth(usual_size(glyphs)),
        joint: Joint::Free,
        confidences: if writer.read_off { writer.confidences } else { Vec::new() },
    })
}

/// The size that most of the row is set in.
fn usual_size(glyphs: &[&Glyph]) -> f32 {
    let mut sizes: Vec<f32> = glyphs.iter().map(|glyph| glyph.size).collect();
    let middle = sizes.len() / 2;
    *sizes.select_nth_unstable_by(middle, f32::total_cmp).1
}

/// Letter-spacing in ems: the median gap of a row that is set wide throughout, else 0.
fn looseness(glyphs: &[&Glyph]) -> f32 {
    let mut gaps: Vec<f32> = glyphs.windows(2).filter_map(gap_in_ems).collect();
    let wide = gaps.iter().filter(|&&gap| gap > LATIN_SPACE).count();
    if gaps.len() < 3 || wide * 5 < gaps.len() * 4 {
        return 0.0;
    }
    let quarter = gaps.len() / 4;
    let gap = *gaps.select_nth_unstable_by(quarter, f32::total_cmp).1;
    if gap < WIDE { gap } else { 0.0 }
}

fn gap_in_ems(pair: &[&Glyph]) -> Option<f32> {
    let [before, after] = pair else { return None };
    Some((after.along - before.end()) / before.size.min(after.size))
}

/// Puts glyphs together, spaces between.
#[derive(Default)]
struct Writer {
    text: String,
    edges: Vec<f32>,
    loose: f32,
    /// End and size of the last inked glyph, and whether it was Latin.
    last: Option<(f32, f32, bool)>,
    /// Blank glyphs since then.
    blanks: usize,
    /// One for each character.
    confidences: Vec<f32>,
    /// Was any glyph read off a picture?
    read_off: bool,
}

impl Writer {
    fn glyph(&mut self, glyph: &Glyph) {
        if glyph.symbol.is_blank() {
            self.blanks += 1;
        } else {
            self.space_before(glyph);
            self.last = Some((glyph.end(), glyph.size, is_latin(glyph)));
            self.blanks = 0;
        }
        self.put(glyph);
    }

    /// Adds the spaces that the gap calls for and the blank glyphs in it have not given.
    fn space_before(&mut self, glyph: &Glyph) {
        let Some((end, size, latin)) = self.last else { return };
        let em = size.min(glyph.size);
        let gap = glyph.along - end - self.loose * em;
        let narrow = if latin && is_latin(glyph) { LATIN_SPACE } else { SPACE };
        let missing = spaces(gap / em, narrow).saturating_sub(self.blanks);
        let start = self.edges.last().copied().map_or(end, |last| last.max(end)).min(glyph.along);
        let step = (glyph.along - start) / missing.max(1) as f32;
        for index in 0..missing {
            self.text.push(' ');
            self.edges.push(tenth(start + step * index as f32));
            self.confidences.push(1.0);
        }
    }

    fn put(&mut self, glyph: &Glyph) {
        let count = glyph.symbol.count();
        let step = glyph.advance / count.max(1) as f32;
        for index in 0..count {
            self.edges.push(tenth(glyph.along + step * index as f32));
            self.confidences.push(glyph.confidence.unwrap_or(1.0));
        }
        self.read_off |= glyph.confidence.is_some();
        glyph.symbol.push_to(&mut self.text);
    }
}

/// How many spaces stand for a gap of so many ems.
fn spaces(ems: f32, narrow: f32) -> usize {
    if ems < narrow {
        0
    } else if ems < WIDE {
        1
    } else {
        (ems.round() as usize).clamp(2, MOST_SPACES)
    }
}

fn is_latin(glyph: &Glyph) -> bool {
    glyph.symbol.first() < '\u{2E80}'
}
