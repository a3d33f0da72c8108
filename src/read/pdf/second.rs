//! The second reader, for files that the first cannot load and pages it panics on.
//!
//! `pdf-extract` gives text without positions, and panics or aborts on files that the first reader takes;
//! panics are caught here, aborts end the worker process.

use pdf_extract::{Document, OutputError, PlainTextOutput, output_doc_page};

use crate::model::{BBox, Line};

use super::guard::guarded;

/// A file as the second reader sees it.
pub(super) struct SecondReader {
    document: Document,
}

impl SecondReader {
    /// Loads a file; `None` when this reader cannot either, or when a password is needed.
    pub(super) fn open(bytes: &[u8]) -> Option<Self> {
        let mut document = guarded(|| Document::load_mem(bytes)).ok()?.ok()?;
        if document.is_encrypted() {
            guarded(|| document.decrypt("")).ok()?.ok()?;
        }
        Some(Self { document })
    }

    /// How many pages it finds.
    pub(super) fn pages(&self) -> u32 {
        guarded(|| self.document.get_pages().len()).unwrap_or(0) as u32
    }

    /// The lines of a page (from 1) of the given size; empty when it cannot be read.
    pub(super) fn lines(&self, page: u32, width: f32, height: f32) -> Vec<Line> {
        let text = guarded(|| self.text(page)).ok().and_then(Result::ok).unwrap_or_default();
        let whole_page = BBox::new(0.0, 0.0, width, height);
        text.lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(|line| Line { text: line.to_owned(), bbox: whole_page, edges: Vec::new(), size: 0.0 })
            .collect()
    }

    fn text(&self, page: u32) -> Result<String, OutputError> {
        let mut text = String::new();
        let mut output = PlainTextOutput::new(&mut text);
        output_doc_page(&self.document, &mut output, page)?;
        Ok(text)
    }
}
