//! What a contract is rendered as.

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
            Self::Pdf(..) | Self::Scan(_) => "pdf",
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
    /// Seed of skew and noise.
    pub seed: u64,
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
