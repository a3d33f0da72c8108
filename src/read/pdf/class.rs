//! What a page looks like to a reader: text, scan, outlines, rubbish.
//!
//! The rules and thresholds were measured on a few hundred public pages, most of them Chinese; each verdict
//! carries the figures that decided.

use crate::model::{Line, PageClass};

use super::plausible::Plausibility;
use super::symbols;
use crate::read::layout::{Glyph, Marks, Symbol};

/// Confidence of a text layer without any doubtful glyph.
pub(in crate::read) const TEXT_LAYER: f32 = 0.99;
/// Highest confidence of a layer that somebody's OCR put under an image.
pub(in crate::read) const FOREIGN_OCR: f32 = 0.6;

/// Fewer glyphs than this are no text layer.
const FEW: usize = 10;
/// Filled shapes from which a page without text is text drawn as shapes.
const MANY_SHAPES: usize = 200;
/// The same where there is no text at all: the title of a signature page is no more than that.
const LONELY_SHAPES: usize = 8;
/// Share of undecodable glyphs from which the layer is rubbish.
const UNDECODABLE: f32 = 0.1;

/// Share of the page from which an image may be the page.
const LARGE_IMAGE: f32 = 0.5;
/// The same where there is next to no text beside it.
const LONELY_IMAGE: f32 = 0.3;

/// The figures that a verdict rests on.
#[derive(Debug, Default, Clone)]
pub(in crate::read) struct Figures {
    glyphs: usize,
    invisible: usize,
    unknown: usize,
    private: usize,
    image_share: f32,
    shapes: usize,
    plausibility: Plausibility,
}

impl Figures {
    /// Counts a page.
    pub(in crate::read) fn of(marks: &Marks, image_share: f32, shapes: usize) -> Self {
        let mut figures = Self { image_share, shapes, ..Self::default() };
        for glyph in &marks.glyphs {
            figures.count(glyph);
        }
        figures
    }

    fn count(&mut self, glyph: &Glyph) {
        self.glyphs += 1;
        self.invisible += usize::from(glyph.invisible);
        match &glyph.symbol {
            Symbol::Unknown => self.unknown += 1,
            Symbol::Char(c) if symbols::is_private(*c) => self.private += 1,
            Symbol::Char(c) => self.plausibility.add(*c),
            Symbol::Text(text) => text.chars().for_each(|c| self.plausibility.add(c)),
        }
    }

    /// Counts lines of which only the text is known.
    pub(super) fn of_lines(lines: &[Line]) -> Self {
        let mut figures = Self::default();
        for c in lines.iter().flat_map(|line| line.text.chars()) {
            figures.glyphs += 1;
            match symbols::of_char(c) {
                Symbol::Char(c) if !symbols::is_private(c) => figures.plausibility.add(c),
                _ => figures.unknown += 1,
            }
        }
        figures
    }

    /// Is the text rubbish?
    pub(super) fn is_garbled(&self) -> bool {
        self.undecodable() > UNDECODABLE || self.plausibility.is_rubbish()
    }

    /// Does the text read so oddly that the page's picture has to decide, though its characters are known?
    pub(super) fn is_doubtful(&self) -> bool {
        self.undecodable() <= UNDECODABLE && self.plausibility.is_doubtful()
    }

    /// Does an image cover most of the page?
    pub(in crate::read) fn has_large_image(&self) -> bool {
        self.image_share > LARGE_IMAGE
    }

    /// Share of glyphs whose character is not known, 0 to 1.
    pub(in crate::read) fn undecodable(&self) -> f32 {
        share(self.unknown + self.private, self.glyphs)
    }

    /// Confidence of the layer, for want of whose glyphs it is less than [`TEXT_LAYER`].
    pub(in crate::read) fn confidence(&self) -> f32 {
        TEXT_LAYER * (1.0 - self.undecodable())
    }

    /// The verdict and, in Chinese, the figures behind it.
    pub(in crate::read) fn verdict(&self) -> (PageClass, String) {
        let class = self.class();
        (class, self.why(class))
    }

    fn class(&self) -> PageClass {
        let drawn = self.image_share > LONELY_IMAGE || self.shapes > MANY_SHAPES;
        let visible = self.glyphs - self.invisible;
        if self.glyphs >= FEW && self.invisible > visible && drawn {
            PageClass::ScanWithLayer
        } else if visible < FEW && self.image_share > LONELY_IMAGE {
            PageClass::Scan
        } else if visible < FEW && self.shapes > MANY_SHAPES {
            PageClass::Outlined
        } else if visible == 0 {
            match self.image_share < 0.05 {
                true if self.shapes >= LONELY_SHAPES => PageClass::Outlined,
                true => PageClass::Empty,
                false => PageClass::Scan,
            }
        } else if self.is_garbled() {
            PageClass::Garbled
        } else {
            PageClass::Text
        }
    }

    /// The figures in Chinese, with those that decided for `class`.
    pub(super) fn why(&self, class: PageClass) -> String {
        let mut why = format!(
            "字形 {}，汉字 {}，图像占比 {:.2}",
            self.glyphs,
            self.plausibility.hanzi(),
            self.image_share
        );
        if self.invisible > 0 {
            why += &format!("，不可见字形 {}", self.invisible);
        }
        if self.unknown + self.private > 0 {
            why += &format!("，无法解码 {}", self.unknown + self.private);
        }
        match class {
            PageClass::Outlined => why += &format!("，填充图形 {}", self.shapes),
            PageClass::Garbled => why += &format!("，{}", self.plausibility.figures()),
            _ => {}
        }
        why
    }
}

fn share(part: usize, whole: usize) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}
