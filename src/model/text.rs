//! Running text with everything needed to point back at the page.
//!
//! Three coordinate systems meet here, and only here:
//!
//! * **content** bytes: offsets into [`Text::content`], the text as written;
//! * **shadow** bytes: offsets into [`Shadow::text`], the folded text that extractors and rules match on;
//! * **characters**: what a [`Span`] counts, because its readers are not all written in Rust.
//!
//! Extractors find shadow ranges and hand them to [`Text::span_of_shadow`]; nobody else converts.

use std::ops::Range;

use super::{BBox, Cell, Mark, Place, Region, Seal, Span};

/// The contract as running text.
///
/// `content` holds paragraphs joined by `\n`; cells of one table row are joined by `\t`. The body comes
/// first; headers, footers, notes and comments stand after it, each in a region of its own.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// The text as written.
    pub content: String,
    /// Physical lines, in content order, without gaps other than the separators.
    pub pieces: Vec<Piece>,
    /// Paragraphs and table cells, in content order.
    pub paragraphs: Vec<Paragraph>,
    /// Numbered clauses of the body, in content order.
    pub clauses: Vec<Clause>,
    /// The folded text.
    pub shadow: Shadow,
    /// Where the body ends and the set-apart regions begin (content bytes).
    pub body_end: usize,
    /// Pages whose text is not known. While there are any, nothing may be called missing.
    pub unread_pages: Vec<u32>,
    /// Is something unread that has no page number: the end of a cut file, a damaged part?
    pub parts_unread: bool,
    /// What stands on the pages besides text.
    pub sights: Sights,
}

/// What stands on the pages besides text, by page number from 1.
#[derive(Debug, Clone, Default)]
pub struct Sights {
    /// Seal impressions (印章).
    pub seals: Vec<Seal>,
    /// Handwriting, pictures.
    pub marks: Vec<(u32, Mark)>,
    /// Pages whose picture was looked at: a place on them without marks is empty.
    pub looked_at: Vec<u32>,
}

/// A stretch of content that came from one physical line or one paragraph.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Content bytes.
    pub range: Range<usize>,
    /// Number of characters of content before it.
    pub char_start: usize,
    /// Where it came from.
    pub origin: Origin,
}

/// Where a piece of text came from.
#[derive(Debug, Clone)]
pub enum Origin {
    /// A line on a page.
    Line {
        /// Page number, from 1.
        page: u32,
        /// The line's box.
        bbox: BBox,
        /// Left edges of the piece's characters and the right edge of the last; empty where unknown.
        edges: Vec<f32>,
        /// How sure the reading of each of the piece's characters is, 0 to 1; empty where nothing was read off an
        /// image.
        confidences: Vec<f32>,
    },
    /// A paragraph of a format without pages.
    Block {
        /// Number of the paragraph or table.
        number: u32,
        /// Cell of the table.
        cell: Option<Cell>,
    },
}

/// One paragraph, or one paragraph of a table cell.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// Content bytes.
    pub range: Range<usize>,
    /// Shadow bytes.
    pub shadow: Range<usize>,
    /// The part of the document.
    pub region: Region,
    /// Position in a table, and which table (counted from 0 in the document).
    pub table: Option<(u32, Cell)>,
    /// Is it centred on the page?
    pub centred: bool,
    /// Font size in points, 0 where unknown.
    pub size: f32,
    /// Page it begins on, where there are pages.
    pub page: Option<u32>,
}

/// How a clause is numbered; the order is the usual nesting, outermost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Numbering {
    /// 第一部分、第二编
    Part,
    /// 第一章
    Chapter,
    /// 第一节
    Section,
    /// 第一条
    Article,
    /// 一、
    Chinese,
    /// （一）
    ParenthesisedChinese,
    /// 1. 1、
    Arabic,
    /// 1.1
    Decimal,
    /// 1.1.1
    Decimal3,
    /// （1） 1）
    ParenthesisedArabic,
    /// ①
    Circled,
}

/// A numbered clause with everything under it.
#[derive(Debug, Clone)]
pub struct Clause {
    /// The number as written: 第十二条, 三、, 1.1.
    pub label: String,
    /// Its last ordinal: 12, 3, 1; `None` where it cannot be read.
    pub ordinal: Option<u32>,
    /// How it is numbered.
    pub numbering: Numbering,
    /// The heading after the number, where the clause has one: 争议解决.
    pub heading: Option<String>,
    /// Content bytes, from the number to the next clause of the same or a higher level.
    pub range: Range<usize>,
    /// Shadow bytes of the same stretch.
    pub shadow: Range<usize>,
    /// Index of the clause that this one stands under.
    pub parent: Option<usize>,
}

/// The text folded for matching: full-width forms to half-width, character variants to one, white space
/// inside words removed. Never shown.
///
/// `\n` still parts paragraphs; `\t` parts table cells and columns (a wide gap inside a line).
#[derive(Debug, Clone, Default)]
pub struct Shadow {
    /// The folded text.
    pub text: String,
    /// For each byte of `text`, the content byte at which the character it stands for begins; one more
    /// entry at the end holds the content's length.
    pub origin: Vec<u32>,
}

impl Shadow {
    /// The stretch of content that a stretch of the shadow stands for.
    ///
    /// The end is taken from the last character, so that white space dropped after it stays out.
    pub fn to_content(&self, content: &str, range: Range<usize>) -> Range<usize> {
        let start = self.origin.get(range.start).map_or(content.len(), |&o| o as usize);
        if range.is_empty() {
            return start..start;
        }
        let last = self.origin.get(range.end - 1).map_or(content.len(), |&o| o as usize);
        let width = content.get(last..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        start..last + width
    }

    /// The first shadow byte that stands for content at or after `offset`.
    pub fn from_content(&self, offset: usize) -> usize {
        self.origin.partition_point(|&o| (o as usize) < offset).min(self.text.len())
    }
}

impl Text {
    /// Is the whole document known? A "missing" finding needs it. A document without any text counts as
    /// not read: scans, damaged and empty files say nothing about what a contract lacks.
    pub fn is_complete(&self) -> bool {
        self.unread_pages.is_empty() && !self.parts_unread && !self.content.trim().is_empty()
    }

    /// The folded text.
    pub fn folded(&self) -> &str {
        &self.shadow.text
    }

    /// The folded body, without headers, footers, notes and comments.
    pub fn folded_body(&self) -> &str {
        &self.shadow.text[..self.shadow.from_content(self.body_end)]
    }

    /// The folded text without the documents that the contract is bound with, which come last.
    pub fn folded_own(&self) -> &str {
        let bound = self.paragraphs.iter().rev().take_while(|p| p.region == Region::Accompanying).last();
        let end = bound.map_or(self.shadow.text.len(), |paragraph| paragraph.shadow.start.saturating_sub(1));
        self.shadow.text.get(..end).unwrap_or_default()
    }

    /// The folded text of a paragraph.
    pub fn folded_paragraph(&self, paragraph: &Paragraph) -> &str {
        &self.shadow.text[paragraph.shadow.clone()]
    }

    /// The evidence that a stretch of the shadow gives.
    pub fn span_of_shadow(&self, range: Range<usize>) -> Span {
        self.span(self.shadow.to_content(&self.content, range))
    }

    /// The evidence that a stretch of content gives, white space at its ends left out.
    pub fn span(&self, range: Range<usize>) -> Span {
        let quote = &self.content[range.clone()];
        let lead = quote.len() - quote.trim_start().len();
        let quote = quote.trim();
        let range = range.start + lead..range.start + lead + quote.len();
        let start = self.char_offset(range.start);
        Span {
            start,
            end: start + quote.chars().count(),
            quote: quote.to_owned(),
            places: self.places(range),
            supports: None,
        }
    }

    /// Number of characters of content before a content byte.
    fn char_offset(&self, byte: usize) -> usize {
        let index = self.pieces.partition_point(|piece| piece.range.start <= byte);
        match index.checked_sub(1).map(|i| &self.pieces[i]) {
            Some(piece) => piece.char_start + self.content[piece.range.start..byte].chars().count(),
            None => self.content[..byte].chars().count(),
        }
    }

    /// The content byte at which a character of content begins: what a [`Span`] counts, turned back.
    pub fn byte_of_char(&self, chars: usize) -> Option<usize> {
        let index = self.pieces.partition_point(|piece| piece.char_start <= chars);
        let (from, before) = match index.checked_sub(1).and_then(|i| self.pieces.get(i)) {
            Some(piece) => (piece.range.start, piece.char_start),
            None => (0, 0),
        };
        let rest = self.content.get(from..)?;
        rest.char_indices().nth(chars - before).map(|(at, _)| from + at)
    }

    /// A box for each physical line that the stretch touches, or its paragraphs.
    fn places(&self, range: Range<usize>) -> Vec<Place> {
        let first = self.pieces.partition_point(|piece| piece.range.end <= range.start);
        let mut places: Vec<Place> = Vec::new();
        for piece in self.pieces[first..].iter().take_while(|piece| piece.range.start < range.end) {
            let place = match &piece.origin {
                Origin::Block { number, cell } => {
                    Place::Block { block: *number, cell: cell.map(|c| [c.row, c.column]) }
                }
                Origin::Line { page, bbox, edges, .. } => {
                    let from = range.start.max(piece.range.start);
                    let to = range.end.min(piece.range.end);
                    let skipped = self.content[piece.range.start..from].chars().count();
                    let taken = self.content[from..to].chars().count();
                    let x0 = edges.get(skipped).copied().unwrap_or(bbox.x0);
                    let x1 = edges.get(skipped + taken).copied().unwrap_or(bbox.x1);
                    Place::Page { page: *page, bbox: BBox::new(x0, bbox.y0, x1.max(x0), bbox.y1) }
                }
            };
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
        places
    }

    /// How sure the characters are that a stretch of the shadow was read from: the least confidence of a letter,
    /// digit or ideograph in it, and of the points and commas inside figures. 1 where nothing was read off an image.
    pub fn reading_confidence(&self, shadow: Range<usize>) -> f32 {
        let range = self.shadow.to_content(&self.content, shadow);
        let first = self.pieces.partition_point(|piece| piece.range.end <= range.start);
        let touched = self.pieces.get(first..).unwrap_or_default().iter();
        touched
            .take_while(|piece| piece.range.start < range.end)
            .map(|piece| self.least_confidence(piece, &range))
            .fold(1.0, f32::min)
    }

    fn least_confidence(&self, piece: &Piece, range: &Range<usize>) -> f32 {
        let Origin::Line { confidences, .. } = &piece.origin else { return 1.0 };
        let text = self.content.get(piece.range.clone()).unwrap_or_default();
        let weighs = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '，' | '．' | '%' | '％');
        text.char_indices()
            .zip(confidences)
            .filter(|((at, c), _)| range.contains(&(piece.range.start + at)) && weighs(*c))
            .map(|(_, confidence)| *confidence)
            .fold(1.0, f32::min)
    }

    /// The innermost clause that holds a shadow byte: the last that begins before it, or one that this stands under.
    pub fn clause_at(&self, shadow_byte: usize) -> Option<&Clause> {
        let begun = self.clauses.partition_point(|clause| clause.shadow.start <= shadow_byte);
        let mut clause = self.clauses.get(begun.checked_sub(1)?)?;
        while !clause.shadow.contains(&shadow_byte) {
            clause = self.clauses.get(clause.parent?)?;
        }
        Some(clause)
    }

    /// The clause that holds a shadow byte as a person would cite it: the article or the outermost
    /// numbered clause, with its heading.
    pub fn article_at(&self, shadow_byte: usize) -> Option<&Clause> {
        let mut clause = self.clause_at(shadow_byte)?;
        while let Some(parent) = clause.parent.map(|i| &self.clauses[i]) {
            if clause.numbering == Numbering::Article || parent.numbering < Numbering::Article {
                break;
            }
            clause = parent;
        }
        Some(clause)
    }

    /// The paragraph that holds a shadow byte.
    pub fn paragraph_at(&self, shadow_byte: usize) -> Option<&Paragraph> {
        let index = self.paragraphs.partition_point(|p| p.shadow.end <= shadow_byte);
        self.paragraphs.get(index).filter(|p| p.shadow.start <= shadow_byte)
    }
}
