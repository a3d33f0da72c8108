//! [`Document`] → [`Text`]: reading order, set-apart regions, folding, clause outline.

use crate::dictionaries::{Dictionaries, DictionaryError};
use crate::model::text::{Origin, Paragraph, Piece, Shadow};
use crate::model::{Document, Text};

/// Makes running text out of documents. Built once, shared by all threads.
#[derive(Debug)]
pub struct Composer {}

impl Composer {
    /// Parses the dictionaries that this stage rests on.
    pub fn new(_dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        Ok(Self {})
    }

    /// The running text of a document.
    pub fn compose(&self, document: &Document) -> Text {
        let mut text = Text::default();
        let mut chars = 0;
        for block in &document.blocks {
            if !text.content.is_empty() {
                text.content.push('\n');
                chars += 1;
                text.shadow.origin.push(text.content.len() as u32 - 1);
                text.shadow.text.push('\n');
            }
            let start = text.content.len();
            let shadow_start = text.shadow.text.len();
            text.content.push_str(&block.text);
            let range = start..text.content.len();
            fold_into(&mut text.shadow, &block.text, start);
            text.pieces.push(Piece {
                range: range.clone(),
                char_start: chars,
                origin: Origin::Block { number: block.number, cell: block.cell },
            });
            chars += block.text.chars().count();
            text.paragraphs.push(Paragraph {
                range,
                shadow: shadow_start..text.shadow.text.len(),
                region: block.region,
                table: None,
                centred: block.centred,
                size: block.size,
                page: None,
            });
        }
        text.body_end = text.content.len();
        text.shadow.origin.push(text.content.len() as u32);
        text
    }
}

fn fold_into(shadow: &mut Shadow, text: &str, offset: usize) {
    for (at, c) in text.char_indices() {
        let folded = match c {
            '\u{3000}' => ' ',
            '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            c => c,
        };
        if folded == ' ' {
            continue;
        }
        shadow.text.push(folded);
        shadow.origin.resize(shadow.text.len(), (offset + at) as u32);
    }
}

/// A text out of plain lines: what rule examples and extractor tests run on.
pub fn from_lines(composer: &Composer, source: &str) -> Text {
    let mut document = Document::empty(crate::model::MediaType::Plain);
    document.blocks =
        source.lines().enumerate().map(|(n, line)| crate::model::Block::paragraph(n as u32, line)).collect();
    composer.compose(&document)
}
