//! The second reader, for files that the first cannot load and pages it panics on.
//!
//! `pdf-extract` gives text without positions, and panics or aborts on files that the first reader takes;
//! panics are caught here, aborts end the worker process.

use pdf_extract::{Document, OutputError, PlainTextOutput, output_doc_page};

use crate::model::{BBox, Joint, Line};

use crate::read::guard::guarded;

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
            .map(|line| Line {
                text: line.to_owned(),
                bbox: whole_page,
                edges: Vec::new(),
                size: 0.0,
                joint: Joint::Free,
                confidences: Vec::new(),
            })
            .collect()
    }

    fn text(&self, page: u32) -> Result<String, OutputError> {
        let mut text = String::new();
        let mut output = PlainTextOutput::new(&mut text);
        output_doc_page(&self.document, &mut output, page)?;
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::support::{File, Sheet, latin_font, shown};
    use super::*;

    #[test]
    fn lines_have_a_page_wide_box_and_no_edges() {
        let content = shown(&[(60.0, 700.0, b"Contract No. 7".to_vec()), (60.0, 600.0, b"Party A".to_vec())]);
        let sheet = Sheet { content, font: latin_font(), ..Sheet::default() };
        let second = SecondReader::open(&File::new().page(&sheet).bytes()).expect("opens");
        assert_eq!(second.pages(), 1);
        let lines = second.lines(1, 595.0, 842.0);
        assert_eq!(
            lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(),
            ["Contract No. 7", "Party A"]
        );
        assert_eq!(lines[0].bbox, BBox::new(0.0, 0.0, 595.0, 842.0));
        assert!(lines[0].edges.is_empty());
        assert!(second.lines(2, 595.0, 842.0).is_empty());
    }

    #[test]
    fn a_panic_inside_is_no_text() {
        let sheet = Sheet {
            content: shown(&[(60.0, 700.0, b"ab".to_vec())]),
            font: super::super::tests::support::chinese_font("GBK-EUC-H"),
            ..Sheet::default()
        };
        let second = SecondReader::open(&File::new().page(&sheet).bytes()).expect("opens");
        assert!(second.lines(1, 595.0, 842.0).is_empty());
    }
}
