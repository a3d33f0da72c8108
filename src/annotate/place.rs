//! Where the characters of a span stand in the main part.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::text::Origin;
use crate::model::{Region, Span, Text};
use crate::read::docx::places::Told;

/// Looks up places of spans.
pub struct Places<'a> {
    text: &'a Text,
    blocks: &'a [Told],
    /// For the number of the first character of each piece of the text: its block, and how many of the block's
    /// characters stand before it.
    pieces: BTreeMap<usize, (usize, usize)>,
}

impl<'a> Places<'a> {
    /// Finds out which piece of the text is which line of which block. Both come in the same order.
    pub fn new(text: &'a Text, blocks: &'a [Told]) -> Self {
        let mut lines = lines(blocks).into_iter();
        let mut pieces = BTreeMap::new();
        for piece in &text.pieces {
            let Origin::Block { number, .. } = &piece.origin else { continue };
            let written = text.content.get(piece.range.clone()).unwrap_or_default();
            let mut rest = lines.clone();
            let found = rest.find_map(|line| {
                let is_it = blocks.get(line.block)?.block.number == *number && line.text == written.trim();
                is_it.then_some(line)
            });
            if let Some(line) = found {
                lines = rest;
                let lead = written.chars().take_while(|c| c.is_whitespace()).count();
                pieces.insert(piece.char_start, (line.block, line.skipped.saturating_sub(lead)));
            }
        }
        Self { text, blocks, pieces }
    }

    /// The bytes from the first to the last character of a span that have a place; for a span that shows nothing but
    /// what Word adds (a number), those of the paragraph after it.
    pub fn locate(&self, span: &Span) -> Option<Range<usize>> {
        let mut found = (span.start..span.end).filter_map(|at| self.of_character(at));
        match found.next() {
            Some(first) => {
                let end = found.map(|place| place.end).fold(first.end, usize::max);
                Some(first.start..end)
            }
            None => whole(self.blocks.get(self.block_of(span.start)?)?),
        }
    }

    /// The first paragraph of the body that has a place.
    pub fn beginning(&self) -> Option<Range<usize>> {
        self.blocks.iter().filter(|told| told.block.region == Region::Body).find_map(whole)
    }

    pub(super) fn of_character(&self, at: usize) -> Option<Range<usize>> {
        let (start, (block, skipped)) = self.pieces.range(..=at).next_back()?;
        let told = self.blocks.get(*block)?;
        let is_inside = self.text.byte_of_char(at)? < self.end_of_piece(*start)?;
        told.places.get(skipped + at - start).filter(|_| is_inside)?.clone()
    }

    fn end_of_piece(&self, start: usize) -> Option<usize> {
        let index = self.text.pieces.partition_point(|piece| piece.char_start <= start).checked_sub(1)?;
        Some(self.text.pieces.get(index)?.range.end)
    }

    fn block_of(&self, at: usize) -> Option<usize> {
        self.pieces.range(..=at).next_back().map(|(_, (block, _))| *block)
    }
}

/// All of a block that has a place.
fn whole(told: &Told) -> Option<Range<usize>> {
    let mut placed = told.places.iter().flatten();
    let first = placed.next()?;
    Some(first.start..placed.map(|place| place.end).fold(first.end, usize::max))
}

/// A line of a block that shows something.
#[derive(Clone, Copy)]
struct Line<'a> {
    block: usize,
    /// Characters of the block before `text`.
    skipped: usize,
    text: &'a str,
}

/// All lines, in the order in which the text is made of them: the body, then headers, footers, notes, comments.
fn lines(blocks: &[Told]) -> Vec<Line<'_>> {
    let mut order: Vec<usize> = (0..blocks.len()).collect();
    order.sort_by_key(|at| blocks.get(*at).map(|told| told.block.region.rank()));
    order
        .into_iter()
        .flat_map(|at| lines_of(at, blocks.get(at).map_or("", |told| &told.block.text)))
        .collect()
}

fn lines_of(block: usize, text: &str) -> Vec<Line<'_>> {
    let mut before = 0;
    let mut lines = Vec::new();
    for line in text.split('\n') {
        let lead = line.chars().take_while(|c| c.is_whitespace()).count();
        if !line.trim().is_empty() {
            lines.push(Line { block, skipped: before + lead, text: line.trim() });
        }
        before += line.chars().count() + 1;
    }
    lines
}
