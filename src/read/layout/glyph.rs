//! Glyphs and rules.

/// The text that a glyph stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Symbol {
    /// One character: nearly every glyph.
    Char(char),
    /// Several characters: ligatures and generous `ToUnicode` maps.
    Text(Box<str>),
    /// The file does not say.
    Unknown,
}

/// Stands in the text for a glyph that the file gives no character for.
const UNDECODABLE: char = '\u{FFFD}';

impl Symbol {
    /// How many characters the glyph puts into the text.
    pub fn count(&self) -> usize {
        match self {
            Self::Char(_) | Self::Unknown => 1,
            Self::Text(text) => text.chars().count(),
        }
    }

    /// Its first character.
    pub fn first(&self) -> char {
        match self {
            Self::Char(c) => *c,
            Self::Text(text) => text.chars().next().unwrap_or(UNDECODABLE),
            Self::Unknown => UNDECODABLE,
        }
    }

    /// Appends its characters.
    pub fn push_to(&self, out: &mut String) {
        match self {
            Self::Char(c) => out.push(*c),
            Self::Text(text) => out.push_str(text),
            Self::Unknown => out.push(UNDECODABLE),
        }
    }

    /// Is nothing of it visible?
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Char(c) => c.is_whitespace(),
            Self::Text(text) => text.chars().all(char::is_whitespace),
            Self::Unknown => false,
        }
    }

    /// Is it drawn to be written upon: a blank, an underscore, a dot leader?
    pub fn is_filler(&self) -> bool {
        self.is_blank() || matches!(self, Self::Char('_' | '＿' | '.' | '…' | '-' | '―' | '—' | '·'))
    }
}

/// A glyph in the frame of its own writing direction: `along` grows in the direction of writing and
/// `across` from line to line. For upright horizontal text these are x and y of the displayed page,
/// in points from the top left corner.
#[derive(Debug, Clone)]
pub struct Glyph {
    /// Start of the glyph in the direction of writing.
    pub along: f32,
    /// The baseline.
    pub across: f32,
    /// How far the next glyph stands.
    pub advance: f32,
    /// The em in points.
    pub size: f32,
    /// Direction of writing in degrees clockwise: 0 is left to right, 90 downwards.
    pub direction: u16,
    /// Drawn in rendering mode 3 (invisible), as OCR layers are.
    pub invisible: bool,
    /// The character code that selected it.
    pub code: u32,
    /// What it says.
    pub symbol: Symbol,
    /// How sure the reading is, 0 to 1; `None` where it was not read off a picture.
    pub confidence: Option<f32>,
}

impl Glyph {
    /// Where it ends in the direction of writing.
    pub fn end(&self) -> f32 {
        self.along + self.advance
    }
}

/// A drawn line along an axis: the border of a table cell, an underline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Left or upper end.
    pub from: f32,
    /// Right or lower end.
    pub to: f32,
    /// The other coordinate.
    pub at: f32,
}

/// Everything on a page that its lines are made of.
#[derive(Debug, Default)]
pub struct Marks {
    /// Glyphs in the order in which they were drawn or read.
    pub glyphs: Vec<Glyph>,
    /// Horizontal rules.
    pub horizontal: Vec<Rule>,
    /// Vertical rules.
    pub vertical: Vec<Rule>,
}
