//! A physical line, or a paragraph of a format without pages, on its way into the text.

use super::script::{is_hanzi, is_numeral};
use crate::model::text::Origin;
use crate::model::{BBox, Block, Cell, Joint, Line, Page, Region};

/// A page less sure than this lends its doubt to its characters, where they have none of their own.
const SURE_PAGE: f32 = 0.9;

/// One line as the reader gave it.
#[derive(Debug, Clone, Copy)]
pub struct Strip<'a> {
    /// The text as written, white space at the end left out.
    pub text: &'a str,
    /// Characters of the line that stand before `text`.
    pub skipped: usize,
    /// Does a column begin here, after other columns of the same row?
    pub new_column: bool,
    /// Where it came from.
    pub source: Source<'a>,
}

/// Where a strip came from.
#[derive(Debug, Clone, Copy)]
pub enum Source<'a> {
    /// A line on a page.
    Line(&'a Page, &'a Line),
    /// A block, or one line of a block that holds line breaks.
    Block(&'a Block),
}

impl<'a> Strip<'a> {
    /// The strip of a line.
    pub fn of_line(page: &'a Page, line: &'a Line) -> Self {
        Self { text: line.text.trim_end(), skipped: 0, new_column: false, source: Source::Line(page, line) }
    }

    /// The strip of one line of a block.
    pub fn of_block(block: &'a Block, text: &'a str) -> Self {
        Self { text: text.trim_end(), skipped: 0, new_column: false, source: Source::Block(block) }
    }

    /// The same strip without the white space at its start.
    pub fn flush_left(self) -> Self {
        let text = self.text.trim_start();
        let lead = &self.text[..self.text.len() - text.len()];
        Self { text, skipped: self.skipped + lead.chars().count(), ..self }
    }

    /// Where it stands on its page, put level; none of what no place is known of.
    pub fn level_box(&self) -> Option<BBox> {
        match self.source {
            Source::Line(page, line) if line.bbox.x1 > line.bbox.x0 => Some(page.level(line.bbox)),
            Source::Line(..) | Source::Block(_) => None,
        }
    }

    /// Its origin as the model records it.
    pub fn origin(&self) -> Origin {
        match self.source {
            Source::Block(block) => Origin::Block { number: block.number, cell: block.cell },
            Source::Line(page, line) => {
                let confidences = self.confidences(page, line);
                Origin::Line { page: page.number, bbox: line.bbox, edges: self.edges(line), confidences }
            }
        }
    }

    /// The left edges of the strip's characters and the right edge of its last.
    fn edges(&self, line: &Line) -> Vec<f32> {
        if line.edges.len() != line.text.chars().count() + 1 {
            return Vec::new();
        }
        let end = self.skipped + self.text.chars().count();
        line.edges.get(self.skipped..=end).map(<[f32]>::to_vec).unwrap_or_default()
    }

    /// How sure each of the strip's characters is; none where the page's text is the file's own.
    fn confidences(&self, page: &Page, line: &Line) -> Vec<f32> {
        let count = self.text.chars().count();
        let read_off = line.confidences.get(self.skipped..self.skipped + count);
        match read_off {
            Some(confidences) => confidences.to_vec(),
            None if page.confidence < SURE_PAGE => vec![page.confidence; count],
            None => Vec::new(),
        }
    }

    /// How it hangs together with the strip before it.
    pub fn joint(&self) -> Joint {
        match self.source {
            Source::Line(_, line) => line.joint,
            Source::Block(_) => Joint::Free,
        }
    }

    /// Font size in points, 0 where unknown.
    pub fn size(&self) -> f32 {
        match self.source {
            Source::Line(_, line) => line.size,
            Source::Block(block) => block.size,
        }
    }

    /// The page it stands on.
    pub fn page(&self) -> Option<u32> {
        match self.source {
            Source::Line(page, _) => Some(page.number),
            Source::Block(_) => None,
        }
    }
}

/// A paragraph before it is written out: its strips in order.
#[derive(Debug)]
pub struct Draft<'a> {
    /// The lines that make it up; never empty.
    pub strips: Vec<Strip<'a>>,
    /// The part of the document.
    pub region: Region,
    /// Which table, counted from 0, and where in it.
    pub table: Option<(u32, Cell)>,
    /// Is it centred?
    pub centred: bool,
}

impl<'a> Draft<'a> {
    /// A paragraph of one strip.
    pub fn single(strip: Strip<'a>, region: Region) -> Self {
        Self { strips: vec![strip], region, table: None, centred: false }
    }

    /// Does it hold nothing but one hanzi that is no numeral?
    fn is_lone_hanzi(&self) -> bool {
        let [strip] = self.strips.as_slice() else { return false };
        let mut chars = strip.text.trim().chars();
        let lone = chars.next().is_some_and(|c| is_hanzi(c) && !is_numeral(c)) && chars.next().is_none();
        lone && self.table.is_none() && self.region == Region::Body
    }
}

/// Joins titles set one hanzi to a line, three or more of them, into one paragraph.
pub fn join_vertical(drafts: Vec<Draft<'_>>) -> Vec<Draft<'_>> {
    let mut joined: Vec<Draft<'_>> = Vec::with_capacity(drafts.len());
    let mut run = 0;
    for draft in drafts {
        run = if draft.is_lone_hanzi() { run + 1 } else { 0 };
        joined.push(draft);
        if run >= 3 {
            let first = joined.len() - if run == 3 { 3 } else { 2 };
            let strips: Vec<_> = joined.drain(first + 1..).flat_map(|draft| draft.strips).collect();
            if let Some(title) = joined.last_mut() {
                title.strips.extend(strips);
            }
        }
    }
    joined
}
