//! Blocks of a format without pages → paragraphs.

use super::fold::Folder;
use super::join;
use super::strip::{self, Draft, Strip};
use super::wrap;
use crate::model::{Block, Document, MediaType, Region};

/// The body's paragraphs, and those of the set-apart regions.
pub fn drafts<'a>(document: &'a Document, folder: &Folder) -> (Vec<Draft<'a>>, Vec<Draft<'a>>) {
    if let Some(body) = unwrapped(document, folder) {
        return (body, Vec::new());
    }
    let mut tables = Tables::default();
    let mut all: Vec<Draft<'a>> = Vec::new();
    for draft in document.blocks.iter().flat_map(|block| of_block(block, tables.index(block))) {
        match all.last_mut() {
            Some(before) if is_fragment(before, &draft) => before.strips.extend(draft.strips),
            _ => all.push(draft),
        }
    }
    let all = strip::join_vertical(all).into_iter();
    let (body, mut apart): (Vec<_>, Vec<_>) = all.partition(|draft| draft.region == Region::Body);
    apart.sort_by_key(|draft| draft.region.rank());
    (body, apart)
}

/// Paragraphs of hard-wrapped plain text; `None` where the text is not that.
fn unwrapped<'a>(document: &'a Document, folder: &Folder) -> Option<Vec<Draft<'a>>> {
    let plain = document.media_type == MediaType::Plain
        && document.blocks.iter().all(|block| block.cell.is_none() && block.region == Region::Body);
    if !plain {
        return None;
    }
    let strips: Vec<Strip<'a>> =
        document.blocks.iter().map(|block| Strip::of_block(block, &block.text)).collect();
    let margins = wrap::hard_wrapped(&strips)?;
    let stretches = strips.split(|strip| strip.text.trim().is_empty());
    Some(stretches.flat_map(|lines| join::join_wrapped(lines.to_vec(), margins, folder)).collect())
}

/// Does a paragraph only end the one before it in the same cell: 单价 and, below it, （元）?
fn is_fragment(before: &Draft<'_>, draft: &Draft<'_>) -> bool {
    let text = draft.strips.first().map_or("", |strip| strip.text);
    let unit = text.starts_with(['(', '（']) && text.ends_with([')', '）']) && text.chars().count() <= 8;
    unit && draft.table.is_some() && before.table == draft.table
}

/// Counts tables as their cells pass.
#[derive(Default)]
struct Tables {
    count: u32,
    last: Option<u32>,
}

impl Tables {
    /// Index of the table that a block belongs to, counted from 0.
    fn index(&mut self, block: &Block) -> Option<u32> {
        block.cell?;
        if self.last != Some(block.number) {
            self.last = Some(block.number);
            self.count += 1;
        }
        Some(self.count - 1)
    }
}

/// The lines of a block, one paragraph each. Empty ones go, except where they hold a table cell's place.
fn of_block<'a>(block: &'a Block, table: Option<u32>) -> impl Iterator<Item = Draft<'a>> {
    let keep_empty = block.cell.is_some() && block.text.trim().is_empty();
    let lines = block.text.split('\n').take(if keep_empty { 1 } else { usize::MAX });
    lines.filter(move |line| keep_empty || !line.trim().is_empty()).map(move |line| Draft {
        table: table.zip(block.cell),
        centred: block.centred,
        ..Draft::single(Strip::of_block(block, line), block.region)
    })
}
