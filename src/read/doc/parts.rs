//! Where headers, notes and text boxes stand in the text ([MS-DOC] 2.3).

use std::collections::BTreeMap;
use std::ops::Range;

use super::fib::Lengths;
use super::raw::{bytes, long, plc, word};
use super::sprm::Sprms;
use crate::model::Region;

/// The parts of the text, one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    pub body: Range<usize>,
    pub footnotes: Range<usize>,
    pub headers: Range<usize>,
    pub comments: Range<usize>,
    pub endnotes: Range<usize>,
    pub boxes: Range<usize>,
    pub header_boxes: Range<usize>,
}

impl Parts {
    /// Where each part stands that is so long.
    pub fn of(lengths: &Lengths) -> Self {
        let mut end = 0_usize;
        let mut next = |length: u32| {
            let start = end;
            end = start.saturating_add(length as usize);
            start..end
        };
        let (body, footnotes, headers) = (next(lengths.body), next(lengths.footnotes), next(lengths.headers));
        next(lengths.macros);
        let (comments, endnotes) = (next(lengths.comments), next(lengths.endnotes));
        Self {
            body,
            footnotes,
            headers,
            comments,
            endnotes,
            boxes: next(lengths.boxes),
            header_boxes: next(lengths.header_boxes),
        }
    }
}

/// Which headers and footers are shown: Word leaves those that are switched off in the file.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shown {
    /// Those of even pages.
    pub even: bool,
    /// Those of a section's first page.
    pub first: bool,
}

/// Headers and footers: first come six texts that separate notes, then six of each section.
pub(super) fn headers(table: &[u8], part: &Range<usize>, shown: Shown) -> Vec<(Region, Range<usize>)> {
    let stories = plc(table, 0).skip(6).enumerate().filter(|(_, (from, to, _))| from < to);
    stories
        .filter_map(|(index, (from, to, _))| {
            let (region, is_shown) = match index % 6 {
                0 => (Region::Header, shown.even),
                1 => (Region::Header, true),
                2 => (Region::Footer, shown.even),
                3 => (Region::Footer, true),
                4 => (Region::Header, shown.first),
                _ => (Region::Footer, shown.first),
            };
            is_shown.then_some((region, inside(part, from, to)))
        })
        .collect()
}

/// Has some section a first page of its own?
pub(super) fn has_first_page(sections: &[u8], stream: &[u8]) -> bool {
    plc(sections, 12).any(|(_, _, entry)| {
        let at = long(entry, 2).unwrap_or(u32::MAX) as usize;
        let modifiers = word(stream, at).and_then(|length| bytes(stream, at + 2, length as usize));
        Sprms(modifiers.unwrap_or_default()).any(|sprm| sprm.code == 0x300A && sprm.byte() == 1)
    })
}

/// Text boxes by the position that they are anchored at; those without an anchor stand at the end.
///
/// `texts` says where each box's text stands in `part`, `anchors` where each shape is anchored in `host`.
pub(super) fn boxes(
    texts: &[u8],
    part: &Range<usize>,
    anchors: &[u8],
    host: &Range<usize>,
) -> BTreeMap<usize, Vec<Range<usize>>> {
    let anchors: BTreeMap<u32, usize> = plc(anchors, 26)
        .filter_map(|(at, _, shape)| Some((long(shape, 0)?, inside(host, at, at).start)))
        .collect();
    let mut found: BTreeMap<usize, Vec<Range<usize>>> = BTreeMap::new();
    for (from, to, entry) in plc(texts, 22) {
        let is_unused = word(entry, 8) != Some(0);
        let range = inside(part, from, to);
        if is_unused || range.is_empty() {
            continue;
        }
        let anchor = long(entry, 14).and_then(|shape| anchors.get(&shape)).copied();
        found.entry(anchor.unwrap_or(host.end)).or_default().push(range);
    }
    found
}

/// Positions of a part as positions of the whole text.
fn inside(part: &Range<usize>, from: u32, to: u32) -> Range<usize> {
    let at = |position: u32| part.start.saturating_add(position as usize).min(part.end);
    at(from)..at(to)
}
