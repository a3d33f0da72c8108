//! A4 documents: headings, paragraphs, tables of an office form, running header and page numbers.

mod paragraph;
mod render;
mod style;
mod table;

pub use paragraph::{Paragraph, Piece, Tone};
pub use style::Style;
pub use table::{Cell, Merge, Row, Shade, Table};

use super::{OfficeError, Properties};

/// A document in the making: blocks in order, rendered at once.
#[derive(Debug, Clone)]
pub struct Document {
    properties: Properties,
    landscape: bool,
    blocks: Vec<Block>,
}

#[derive(Debug, Clone)]
enum Block {
    Paragraph(Paragraph),
    Table(Table),
}

impl Document {
    /// An empty document, upright.
    pub fn new(properties: Properties) -> Self {
        Self { properties, landscape: false, blocks: Vec::new() }
    }

    /// The same, lying.
    pub fn landscape(mut self) -> Self {
        self.landscape = true;
        self
    }

    /// Width between the margins, in millimetres: what the columns of a table may add up to.
    pub fn text_width(&self) -> u32 {
        if self.landscape {
            render::LONG_SIDE - 2 * render::MARGIN
        } else {
            render::SHORT_SIDE - 2 * render::MARGIN
        }
    }

    /// Adds a paragraph.
    pub fn add(&mut self, paragraph: Paragraph) {
        self.blocks.push(Block::Paragraph(paragraph));
    }

    /// Adds a paragraph of plain text.
    pub fn say(&mut self, style: Style, text: &str) {
        self.add(Paragraph::new(style).saying(text));
    }

    /// Adds a table.
    pub fn table(&mut self, table: Table) {
        self.blocks.push(Block::Table(table));
    }

    /// The file's bytes; the same for the same content.
    ///
    /// # Errors
    ///
    /// [`OfficeError::Write`] when it cannot be packed.
    pub fn to_bytes(&self) -> Result<Vec<u8>, OfficeError> {
        render::to_bytes(self)
    }
}

#[cfg(test)]
mod tests;
