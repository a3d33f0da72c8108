//! Stretch disk pages (FKP): which properties a stretch of the file has ([MS-DOC] 2.9.38, 2.9.175).

use super::raw::{byte, bytes, long, plc, word};

/// Bytes of a page.
const PAGE: usize = 512;

/// A stretch of the stream with one set of properties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch<'s> {
    /// Its first place.
    pub from: u32,
    /// The first place behind it.
    pub to: u32,
    /// Number of the paragraph's style; 0 for characters.
    pub style: u16,
    /// Its own modifiers.
    pub modifiers: &'s [u8],
}

/// The stretches of a stream, by place.
#[derive(Debug, Default)]
pub(super) struct Stretches<'s>(Vec<Stretch<'s>>);

impl<'s> Stretches<'s> {
    /// Properties of paragraphs, out of the pages that the table names.
    pub fn of_paragraphs(table: &[u8], stream: &'s [u8]) -> Self {
        Self::read(table, stream, paragraphs)
    }

    /// Properties of characters.
    pub fn of_characters(table: &[u8], stream: &'s [u8]) -> Self {
        Self::read(table, stream, characters)
    }

    fn read(table: &[u8], stream: &'s [u8], page: fn(&'s [u8], &mut Vec<Stretch<'s>>)) -> Self {
        let mut all = Vec::new();
        // No honest table names more pages than there are.
        for (_, _, data) in plc(table, 4).take(stream.len() / PAGE + 1) {
            // The upper bits of a page's number mean nothing.
            let number = long(data, 0).unwrap_or_default() as usize & 0x3F_FFFF;
            bytes(stream, number * PAGE, PAGE).into_iter().for_each(|bytes| page(bytes, &mut all));
        }
        all.retain(|stretch| stretch.from < stretch.to);
        all.sort_by_key(|stretch| stretch.from);
        Self(all)
    }

    /// Is nothing known?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What holds at a place.
    pub fn at(&self, place: u32) -> Option<Stretch<'s>> {
        let after = self.0.partition_point(|stretch| stretch.from <= place);
        let found = self.0.get(after.checked_sub(1)?)?;
        (place < found.to).then_some(*found)
    }
}

fn paragraphs<'s>(page: &'s [u8], all: &mut Vec<Stretch<'s>>) {
    let count = byte(page, PAGE - 1).unwrap_or_default() as usize;
    all.extend((0..count).map_while(|index| {
        let (from, to) = (long(page, 4 * index)?, long(page, 4 * index + 4)?);
        let at = 2 * byte(page, 4 * (count + 1) + 13 * index)? as usize;
        let entry = papx(page, at).unwrap_or_default();
        let style = word(entry, 0).unwrap_or_default();
        Some(Stretch { from, to, style, modifiers: entry.get(2..).unwrap_or_default() })
    }));
}

/// Style and modifiers, counted in words, or where the first count is 0 by a second.
fn papx(page: &[u8], at: usize) -> Option<&[u8]> {
    if at == 0 {
        return None;
    }
    match byte(page, at)? as usize {
        0 => bytes(page, at + 2, 2 * byte(page, at + 1)? as usize),
        words => bytes(page, at + 1, 2 * words - 1),
    }
}

fn characters<'s>(page: &'s [u8], all: &mut Vec<Stretch<'s>>) {
    let count = byte(page, PAGE - 1).unwrap_or_default() as usize;
    all.extend((0..count).map_while(|index| {
        let (from, to) = (long(page, 4 * index)?, long(page, 4 * index + 4)?);
        let at = 2 * byte(page, 4 * (count + 1) + index)? as usize;
        let length = if at == 0 { 0 } else { byte(page, at).unwrap_or_default() as usize };
        Some(Stretch { from, to, style: 0, modifiers: bytes(page, at + 1, length).unwrap_or_default() })
    }));
}
