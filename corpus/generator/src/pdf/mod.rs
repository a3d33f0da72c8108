//! Renders a document as PDF, in the ways that Chinese office software does.
//!
//! Nothing in a file depends on time or place: the same input gives the same bytes.

mod content;
mod embedded;
mod file;
mod gb;
#[cfg(feature = "scans")]
mod mixed;
mod predefined;

pub(crate) use content::pages_to_sheets;
pub(crate) use embedded::{Embedded, Mapping};
pub(crate) use file::assemble;
#[cfg(feature = "scans")]
pub(crate) use file::{Coding, FONT_NAME, Picture, Sheet, deflate};
pub use predefined::PredefinedCMap;

use pdf_writer::{Pdf, Ref};
use serde::Deserialize;

use crate::error::Result;
use crate::font::{Family, FontBook};
use crate::layout::{HalfWidth, Page, Style, lay_out};
use crate::source::Document;

/// How the characters of a PDF come to be in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PdfKind {
    /// An embedded subset with a ToUnicode map: what office software exports.
    Embedded(Family),
    /// An embedded TrueType subset without ToUnicode; only the font's own `cmap` tells what its
    /// glyphs mean.
    FontCmap(Family),
    /// An embedded subset with neither: the text can only be had by reading the picture.
    Unmapped(Family),
    /// SimSun, not embedded, under one of Adobe's predefined CMaps, without ToUnicode.
    Predefined(PredefinedCMap),
    /// As `Embedded`, but the last page is a picture of itself (a scanned signature page).
    /// Needs the feature `scans`.
    Mixed(Family),
}

/// Oddities of a PDF that do not touch its characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Finish {
    /// Titles are drawn twice, 0.3 points apart, to look bold.
    pub fake_bold: bool,
    /// Pages lie on their side and are turned upright by `/Rotate 90`.
    pub rotated: bool,
}

/// Something that turns text into the codes of a show operator and describes itself as a font.
pub(crate) trait Typeface {
    /// The codes of a text.
    fn encode(&mut self, text: &str) -> Result<Vec<u8>>;

    /// Writes the font dictionary as `font`, and what it needs from `next` on.
    fn write(&self, pdf: &mut Pdf, font: Ref, next: &mut Ref) -> Result<()>;
}

/// Renders a document.
///
/// # Errors
///
/// If a character is in neither the font nor the CMap, or a font is missing or unusable.
pub fn render(document: &Document, kind: PdfKind, finish: Finish, fonts: &FontBook) -> Result<Vec<u8>> {
    let embedded = |family, mapping| {
        let font = fonts.font(family)?;
        let face = font.face()?;
        let pages = lay_out(document, &face, &Style::default());
        write(&pages, &mut Embedded::new(face, mapping), finish)
    };
    match kind {
        PdfKind::Embedded(family) => embedded(family, Mapping::ToUnicode),
        PdfKind::FontCmap(family) => embedded(family, Mapping::FontCmap),
        PdfKind::Unmapped(family) => embedded(family, Mapping::None),
        PdfKind::Predefined(cmap) => {
            let pages = lay_out(document, &HalfWidth, &Style::default());
            render_pages(&pages, cmap, finish)
        }
        #[cfg(feature = "scans")]
        PdfKind::Mixed(family) => mixed::render(document, family, finish, fonts),
        #[cfg(not(feature = "scans"))]
        PdfKind::Mixed(_) => Err(crate::Error::Picture("this build lacks the feature `scans`".to_owned())),
    }
}

/// Renders pages laid out with [`HalfWidth`] under a predefined CMap.
///
/// # Errors
///
/// If the CMap lacks a character.
pub fn render_pages(pages: &[Page], cmap: PredefinedCMap, finish: Finish) -> Result<Vec<u8>> {
    write(pages, &mut predefined::Predefined::new(cmap), finish)
}

fn write(pages: &[Page], typeface: &mut dyn Typeface, finish: Finish) -> Result<Vec<u8>> {
    let sheets = pages_to_sheets(pages, typeface, finish)?;
    assemble(&sheets, Some(typeface), finish.rotated)
}

/// The character that stands for `c` in fonts and encodings: the yuan sign is full width there,
/// and U+3000 and U+00A0 are plain spaces to most fonts.
pub(crate) fn stand_in(c: char) -> char {
    match c {
        '¥' => '￥',
        '\u{a0}' | '\t' => ' ',
        c => c,
    }
}
