//! The blocks of a document → the content of `document.xml`.

use super::inline::Inline;
use super::numbering::Numbering;
use super::xml::{paragraph, runs};
use super::{Extra, Extras, table, text_box};
use crate::source::{Block, Document};

/// What is gathered while the body is written.
pub(super) struct Body<'a> {
    inline: Inline<'a>,
    numbering: Option<Numbering>,
    /// The paragraph that goes into a text box, by its place among the blocks.
    boxed: Option<usize>,
}

impl<'a> Body<'a> {
    pub(super) fn new(document: &Document, extras: &'a Extras) -> Self {
        Self {
            inline: Inline::new(extras),
            numbering: extras.has(Extra::Numbering).then(|| Numbering::new(document)),
            boxed: extras.has(Extra::TextBox).then(|| boxed(document)).flatten(),
        }
    }

    /// The blocks as XML, to be called once.
    pub(super) fn write(&mut self, document: &Document) -> String {
        let mut xml = String::new();
        let mut blocks = document.blocks.iter().enumerate().peekable();
        while let Some((index, block)) = blocks.next() {
            match block {
                Block::Title(text) => xml.push_str(&styled("Title", text)),
                Block::Heading(text) => xml.push_str(&styled("Heading1", text)),
                Block::Paragraph(text) => xml.push_str(&self.paragraph(index, text)),
                Block::Table(table) => xml.push_str(&table::ruled(table)),
                Block::Columns(left, right) => {
                    let mut rows = vec![(left.as_str(), right.as_str())];
                    while let Some((_, Block::Columns(left, right))) = blocks.peek() {
                        rows.push((left, right));
                        blocks.next();
                    }
                    xml.push_str(&table::columns(&rows));
                }
                Block::PageBreak => {
                    xml.push_str(&paragraph("", "<w:r><w:br w:type=\"page\"/></w:r>"));
                }
            }
        }
        xml
    }

    /// The part `numbering.xml`, if labels are automatic.
    pub(super) fn numbering(&self) -> Option<String> {
        self.numbering.as_ref().map(Numbering::part)
    }

    /// Whether the body refers to footnotes.
    pub(super) fn footnotes(&self) -> bool {
        self.inline.noted()
    }

    fn paragraph(&mut self, index: usize, text: &str) -> String {
        if self.boxed == Some(index) {
            return text_box::anchored(&paragraph("", &self.inline.content(text)));
        }
        let numbered = self.numbering.as_mut().and_then(|numbering| numbering.number(text));
        let (property, text) = match &numbered {
            Some(numbered) => (numbered.property(), numbered.rest),
            None => (String::new(), text),
        };
        let indent = "<w:ind w:firstLineChars=\"200\" w:firstLine=\"480\"/>";
        paragraph(&format!("{property}{indent}"), &self.inline.content(text))
    }
}

/// The line with the contract's number, or else the first paragraph.
fn boxed(document: &Document) -> Option<usize> {
    let paragraph = |block: &Block, wanted: &str| match block {
        Block::Paragraph(text) => text.chars().take(14).collect::<String>().contains(wanted),
        _ => false,
    };
    let position = |wanted| document.blocks.iter().position(|block| paragraph(block, wanted));
    position("编号：").or_else(|| position(""))
}

fn styled(style: &str, text: &str) -> String {
    paragraph(&format!("<w:pStyle w:val=\"{style}\"/>"), &runs(text))
}
