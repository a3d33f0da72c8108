//! What was read off a picture. All coordinates are pixels of the picture once it is upright, origin top left.

use crate::picture::Turn;

/// A place on the picture, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

/// Four corners in reading order of what stands inside: top left, top right, bottom right, bottom left.
pub type Quad = [Point; 4];

/// One character of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Character {
    /// What was read.
    pub char: char,
    /// Where it begins along the line, 0 to 1.
    pub from: f32,
    /// Where it ends along the line, 0 to 1.
    pub to: f32,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

/// One line of text, or the part of it that stands in one piece.
#[derive(Debug, Clone, PartialEq)]
pub struct TextLine {
    /// Its corners.
    pub quad: Quad,
    /// Its characters, in reading order.
    pub characters: Vec<Character>,
    /// Mean over its characters, 0 to 1.
    pub confidence: f32,
    /// Was it read again by the stronger model?
    pub reread: bool,
    /// Is it printed in red alone: what a seal says, a red heading?
    pub red: bool,
}

impl TextLine {
    /// The characters as text.
    pub fn text(&self) -> String {
        self.characters.iter().map(|character| character.char).collect()
    }
}

/// The outline of a seal impression (印章).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealShape {
    /// 圆形.
    Round,
    /// 椭圆形.
    Oval,
    /// 方形.
    Square,
}

/// A seal impression.
#[derive(Debug, Clone, PartialEq)]
pub struct SealMark {
    /// Left, top, right, bottom.
    pub bounds: [f32; 4],
    /// Its outline; for a straddle seal (骑缝章) that of the whole seal.
    pub shape: SealShape,
    /// Is only a part of it on this page, cut off by the page's edge (骑缝章)?
    pub straddles_edge: bool,
    /// The name around the rim, or what a square seal says; empty if it could not be read.
    pub text: String,
    /// What stands in a line below the middle: 合同专用章, 财务专用章 …; empty if nothing does.
    pub purpose: String,
    /// How sure the text is, 0 to 1.
    pub confidence: f32,
}

/// A straight rule of a table, horizontal or vertical.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ruling {
    /// Its left or upper end.
    pub from: Point,
    /// Its right or lower end.
    pub to: Point,
}

/// Strokes that no line of text accounts for: a signature, a handwritten date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ink {
    /// Left, top, right, bottom.
    pub bounds: [f32; 4],
    /// Share of dark pixels inside, 0 to 1.
    pub density: f32,
}

/// Why a reading may be less than what stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// The page looks turned, but does not read better any other way.
    Turn,
    /// The page is seen as in a mirror and cannot be read.
    Mirrored,
    /// So many places look like lines and are no legible text: handwriting, photos, the rims of seals, specks.
    Illegible {
        /// How many.
        lines: usize,
    },
    /// The text is so low that characters run together.
    LowResolution,
    /// The time ran out before doubtful characters had been read again by the stronger model.
    NotReadAgain,
}

/// Everything read off one picture.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PageReading {
    /// How the picture had to be turned to stand upright.
    pub turn: Turn,
    /// Width of the upright picture.
    pub width: usize,
    /// Height of the upright picture.
    pub height: usize,
    /// How far lines rise to the right, in degrees; negative if they fall.
    pub skew: f32,
    /// Its lines, from top to bottom, those of one height from left to right.
    pub lines: Vec<TextLine>,
    /// Its seals, from top to bottom.
    pub seals: Vec<SealMark>,
    /// The rules of its tables.
    pub rulings: Vec<Ruling>,
    /// Its ink.
    pub ink: Vec<Ink>,
    /// Why this may be less than what stands on the page.
    pub doubts: Vec<Doubt>,
}

impl PageReading {
    /// The same reading in pixels of a picture `factor` times as large; `width` and `height` are those of that already.
    pub(crate) fn enlarged(mut self, factor: f32) -> Self {
        let point = |p: Point| Point { x: p.x * factor, y: p.y * factor };
        let bounds = |b: [f32; 4]| b.map(|edge| edge * factor);
        self.lines.iter_mut().for_each(|line| line.quad = line.quad.map(point));
        self.seals.iter_mut().for_each(|seal| seal.bounds = bounds(seal.bounds));
        self.ink.iter_mut().for_each(|ink| ink.bounds = bounds(ink.bounds));
        for rule in &mut self.rulings {
            (rule.from, rule.to) = (point(rule.from), point(rule.to));
        }
        self
    }
}
