//! [`Document`] → [`Text`]: reading order, set-apart regions, folding, clause outline.
//!
//! ```text
//! pages ──order──▶ strips ──join──▶ drafts ─┐
//! blocks ──────────blocks─────────▶ drafts ─┴─assemble + fold──▶ Text ──outline──▶ clauses
//! ```

mod assemble;
mod blocks;
mod columns;
mod figures;
pub mod fold;
mod join;
mod margins;
mod markup;
mod order;
pub mod outline;
mod page_number;
pub mod part;
pub mod script;
mod strip;
mod words;
mod wrap;

pub use words::Segmenter;

use crate::dictionaries::{Dictionaries, DictionaryError};
use crate::model::text::Sights;
use crate::model::{Block, Document, MediaType, Region, Text};
use fold::Folder;
use strip::Draft;

/// Makes running text out of documents. Built once, shared by all threads.
#[derive(Debug)]
pub struct Composer {
    folder: Folder,
}

impl Composer {
    /// Parses the dictionaries that this stage rests on.
    pub fn new(dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        Ok(Self { folder: Folder::new(dictionaries)? })
    }

    /// The running text of a document.
    pub fn compose(&self, document: &Document) -> Text {
        let (body, apart) = if document.pages.is_empty() {
            blocks::drafts(document, &self.folder)
        } else {
            self.page_drafts(document)
        };
        let mut text = assemble::assemble(&body, &apart, &self.folder);
        text.unread_pages = document.unread_pages();
        text.parts_unread = document.is_damaged();
        text.sights = sights(document);
        text.clauses = outline::outline(&text);
        text
    }

    /// A text folded as the shadow is: for dictionaries and queries that must meet it in its own form.
    pub fn fold(&self, text: &str) -> String {
        self.folder.fold(text)
    }

    fn page_drafts<'a>(&self, document: &'a Document) -> (Vec<Draft<'a>>, Vec<Draft<'a>>) {
        let ordered = order::order(document);
        let headers = ordered.headers.into_iter().map(|strip| Draft::single(strip, Region::Header));
        let footers = ordered.footers.into_iter().map(|strip| Draft::single(strip, Region::Footer));
        (strip::join_vertical(join::join_pages(ordered.body, &self.folder)), headers.chain(footers).collect())
    }
}

fn sights(document: &Document) -> Sights {
    let marks = document.pages.iter().flat_map(|page| page.marks.iter().map(|mark| (page.number, *mark)));
    let looked_at = document.pages.iter().filter(|page| page.looked_at).map(|page| page.number);
    Sights { seals: document.seals.clone(), marks: marks.collect(), looked_at: looked_at.collect() }
}

/// A text out of plain lines: what rule examples and extractor tests run on.
pub fn from_lines(composer: &Composer, source: &str) -> Text {
    let mut document = Document::empty(MediaType::Plain);
    document.blocks = source.lines().enumerate().map(|(n, line)| Block::paragraph(n as u32, line)).collect();
    composer.compose(&document)
}

#[cfg(test)]
mod tests;
