//! What a contract is rendered as.

use serde::Deserialize;

use crate::docx::{self, Extras};
use crate::error::Result;
use crate::font::{Family, FontBook};
use crate::ofd;
use crate::pdf::{self, Finish, PdfKind};
use crate::plain::{self, Encoding};
use crate::source::Document;

/// One way of turning a contract into a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Rendering {
    /// A born-digital PDF.
    Pdf(PdfKind, Finish),
    /// A PDF of page pictures. Needs the feature `scans`.
    Scan(ScanSpec),
    /// A Word file.
    Docx(Extras),
    /// An OFD file.
    Ofd,
    /// Plain text.
    Text(Encoding),
}

impl Rendering {
    /// The ending of the file's name.
    pub fn extension(&self) -> &'static str {
        match self {
            Self::Pdf(..) => "pdf",
            Self::Scan(spec) => spec.container.map_or("pdf", Container::extension),
            Self::Docx(_) => "docx",
            Self::Ofd => "ofd",
            Self::Text(_) => "txt",
        }
    }
}

/// How a contract is scanned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScanSpec {
    /// The typeface of the sheet that is scanned.
    pub font: Family,
    /// Pixels per inch.
    pub dpi: u16,
    /// Seed of skew and noise, of seals and signatures.
    pub seed: u64,
    /// Sealed and signed pages in this kind of file; without it, plain gray pages in a PDF.
    pub container: Option<Container>,
}

/// The kind of file that holds scanned pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Container {
    /// A PDF of JPEG pictures.
    Jpeg,
    /// A PDF of losslessly compressed pictures.
    Flate,
    /// A PDF of pictures in black and white (ITU-T T.6).
    G4,
    /// A PDF of JPEG pictures above the faulty text of somebody's OCR.
    Layered,
    /// A TIFF of many pages in black and white (ITU-T T.6).
    Tiff,
    /// A photo (JPEG) of the page with the signatures, alone.
    Photo,
}

impl Container {
    /// The ending of the file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg | Self::Flate | Self::G4 | Self::Layered => "pdf",
            Self::Tiff => "tif",
            Self::Photo => "jpg",
        }
    }

    /// Whether its pictures know black and white only.
    pub fn is_bilevel(self) -> bool {
        matches!(self, Self::G4 | Self::Tiff)
    }
}

/// Renders a contract.
///
/// # Errors
///
/// If a character cannot be held, a font is missing, or the build lacks the feature asked for.
pub fn render(document: &Document, rendering: &Rendering, fonts: &FontBook) -> Result<Vec<u8>> {
    match rendering {
        Rendering::Pdf(kind, finish) => pdf::render(document, *kind, *finish, fonts),
        Rendering::Docx(extras) => docx::render(document, extras),
        Rendering::Ofd => ofd::render(document),
        Rendering::Text(encoding) => plain::render(document, *encoding),
        #[cfg(feature = "scans")]
        Rendering::Scan(spec) => crate::scan::render(document, spec, fonts),
        #[cfg(not(feature = "scans"))]
        Rendering::Scan(_) => Err(crate::Error::Picture("this build lacks the feature `scans`".to_owned())),
    }
}
