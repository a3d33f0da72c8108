//! Glyphs that follow each other on a baseline, as the content stream draws them.

use std::ops::Range;

use super::glyph::Glyph;
use super::lines::{ASCENT, DESCENT};

/// Gap, in ems, at which a chunk ends; also how far the pen may go back inside one.
const BREAK: f32 = 0.3;
/// Change of baseline, in ems, at which a chunk ends.
const BASELINE: f32 = 0.1;

/// A stretch of glyphs without wide gaps, blanks at its ends left out.
#[derive(Debug, Clone)]
pub struct Chunk {
    /// Positions in the glyph list.
    pub glyphs: Range<usize>,
    /// Start in the direction of writing.
    pub from: f32,
    /// End in the direction of writing.
    pub to: f32,
    /// The baseline.
    pub across: f32,
    /// The em.
    pub size: f32,
}

impl Chunk {
    /// Upper edge.
    pub fn top(&self) -> f32 {
        self.across - ASCENT * self.size
    }

    /// Lower edge.
    pub fn bottom(&self) -> f32 {
        self.across + DESCENT * self.size
    }

    /// The chunk in pieces that lie between borders: a narrow column may leave no gap between its text and the next.
    pub fn cut(&self, glyphs: &[&Glyph], borders: &[f32]) -> Vec<Self> {
        let between = |index: &usize| {
            let middle = glyphs.get(*index).map_or(0.0, |glyph| (glyph.along + glyph.end()) / 2.0);
            borders.partition_point(|&border| border < middle)
        };
        let indices: Vec<usize> = self.glyphs.clone().collect();
        let pieces = indices.chunk_by(|before, after| between(before) == between(after));
        let range = |piece: &[usize]| Some(*piece.first()?..piece.last()? + 1);
        pieces.filter_map(range).filter_map(|range| Self::new(glyphs, range)).collect()
    }

    fn new(glyphs: &[&Glyph], range: Range<usize>) -> Option<Self> {
        let inked = |index: &usize| glyphs.get(*index).is_some_and(|glyph| !glyph.symbol.is_blank());
        let start = range.clone().find(inked)?;
        let end = range.rev().find(inked)? + 1;
        let (first, last) = (glyphs.get(start)?, glyphs.get(end - 1)?);
        Some(Self {
            glyphs: start..end,
            from: first.along,
            to: last.end(),
            across: first.across,
            size: first.size,
        })
    }
}

/// Cuts a list of glyphs into chunks; chunks of blanks only are dropped.
pub fn chunks(glyphs: &[&Glyph]) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let mut start = 0;
    for (index, pair) in glyphs.windows(2).enumerate() {
        if let [before, after] = pair
            && !follows(before, after)
        {
            chunks.extend(Chunk::new(glyphs, start..index + 1));
            start = index + 1;
        }
    }
    chunks.extend(Chunk::new(glyphs, start..glyphs.len()));
    chunks
}

fn follows(before: &Glyph, after: &Glyph) -> bool {
    let em = before.size.min(after.size);
    (after.along - before.end()).abs() <= BREAK * em
        && (after.across - before.across).abs() <= BASELINE * em
        && (after.size - before.size).abs() <= 0.2 * em
}
