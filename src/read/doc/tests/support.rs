//! Small DOC files, written for a test.

use std::io::{Cursor, Write};
use std::ops::Range;

/// Where the text stands in its stream; before it the FIB.
const TEXT: usize = 0x600;

/// A file under construction.
#[derive(Default)]
pub(super) struct Doc {
    text: Vec<u8>,
    is_narrow: bool,
    lengths: [u32; 8],
    paragraphs: Vec<(Range<usize>, Vec<u8>)>,
    runs: Vec<(Range<usize>, Vec<u8>)>,
    lists: Option<(Vec<u8>, Vec<u8>)>,
    flags: u16,
}

impl Doc {
    /// With a body in UTF-16.
    pub fn new(body: &str) -> Self {
        let mut doc = Self { flags: 0x0200, ..Self::default() };
        doc.lengths[0] = doc.add(body);
        doc
    }

    /// With a body of one byte for each position.
    pub fn narrow(body: &[u8]) -> Self {
        let mut doc = Self { flags: 0x0200, is_narrow: true, text: body.to_vec(), ..Self::default() };
        doc.lengths[0] = body.len() as u32;
        doc
    }

    fn add(&mut self, text: &str) -> u32 {
        self.text.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        text.encode_utf16().count() as u32
    }

    pub fn footnotes(mut self, text: &str) -> Self {
        self.lengths[1] = self.add(text);
        self
    }

    /// With this as the header of odd pages.
    pub fn headers(mut self, text: &str) -> Self {
        self.lengths[2] = self.add(text);
        self
    }

    /// With these modifiers for the paragraph at these positions.
    pub fn paragraph(mut self, range: Range<usize>, modifiers: &[u8]) -> Self {
        self.paragraphs.push((range, modifiers.to_vec()));
        self
    }

    /// With these modifiers for the characters at these positions.
    pub fn run(mut self, range: Range<usize>, modifiers: &[u8]) -> Self {
        self.runs.push((range, modifiers.to_vec()));
        self
    }

    /// With one list of one level: its number format, its text, and where in that the number stands, from 1.
    pub fn list(mut self, format: u8, text: &str, place: u8) -> Self {
        let mut definitions = vec![1, 0, 7, 0, 0, 0];
        definitions.resize(2 + 26, 0);
        definitions.extend([1, 0]);
        definitions.extend([1, 0, 0, 0, format, 0, place]);
        definitions.resize(30 + 28, 0);
        definitions.extend((text.encode_utf16().count() as u16).to_le_bytes());
        definitions.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        let mut lists = vec![1, 0, 0, 0, 7, 0, 0, 0];
        lists.resize(4 + 16 + 4, 0);
        self.lists = Some((definitions, lists));
        self
    }

    pub fn encrypted(mut self) -> Self {
        self.flags |= 0x0100;
        self
    }

    /// With so many characters more than there are.
    pub fn longer(mut self, characters: u32) -> Self {
        self.lengths[0] += characters;
        self
    }

    /// The file.
    pub fn bytes(self) -> Vec<u8> {
        let (mut document, mut tables, mut places) = (vec![0; TEXT], Vec::new(), vec![0_u8; 8 * 93]);
        document.extend_from_slice(&self.text);
        let mut put = |number: usize, table: Vec<u8>| {
            places[8 * number..8 * number + 4].copy_from_slice(&(tables.len() as u32).to_le_bytes());
            places[8 * number + 4..8 * number + 8].copy_from_slice(&(table.len() as u32).to_le_bytes());
            tables.extend(table);
        };
        put(33, self.pieces());
        if self.lengths[2] > 0 {
            // Six texts that separate notes and the header of even pages are empty.
            let positions = [0, 0, 0, 0, 0, 0, 0, 0, self.lengths[2], self.lengths[2]];
            put(11, positions.into_iter().flat_map(u32::to_le_bytes).collect());
        }
        for (number, stretches, is_paragraph) in [(13, &self.paragraphs, true), (12, &self.runs, false)] {
            document.resize(document.len().next_multiple_of(512), 0);
            let page = (document.len() / 512) as u32;
            document.extend(self.page(stretches, is_paragraph));
            put(number, [0, u32::MAX, page].into_iter().flat_map(u32::to_le_bytes).collect());
        }
        if let Some((definitions, lists)) = &self.lists {
            put(74, lists.clone());
            put(73, definitions.clone());
        }
        self.head(&mut document, &places);
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a compound file");
        for (name, bytes) in [("/WordDocument", &document), ("/1Table", &tables)] {
            file.create_stream(name).expect("a stream").write_all(bytes).expect("written");
        }
        file.into_inner().into_inner()
    }

    fn pieces(&self) -> Vec<u8> {
        let count: u32 = self.lengths.iter().sum::<u32>();
        let address = if self.is_narrow { 0x4000_0000 | (2 * TEXT as u32) } else { TEXT as u32 };
        let mut clx = vec![2, 16, 0, 0, 0];
        clx.extend(0_u32.to_le_bytes());
        clx.extend(count.to_le_bytes());
        clx.extend([0, 0]);
        clx.extend(address.to_le_bytes());
        clx.extend([0, 0]);
        clx
    }

    /// One page of properties.
    fn page(&self, stretches: &[(Range<usize>, Vec<u8>)], is_paragraph: bool) -> Vec<u8> {
        let width = if self.is_narrow { 1 } else { 2 };
        let place = |position: usize| ((TEXT + width * position) as u32).to_le_bytes();
        let mut page = Vec::new();
        stretches.iter().for_each(|(range, _)| page.extend(place(range.start)));
        page.extend(place(stretches.last().map_or(0, |(range, _)| range.end)));
        let mut end = 510;
        let mut entries = vec![0; 512];
        for (_, modifiers) in stretches {
            let mut entry = if is_paragraph { vec![0, 0] } else { Vec::new() };
            entry.extend(modifiers);
            if is_paragraph && entry.len() % 2 == 0 {
                entry.splice(0..0, [0, (entry.len() / 2) as u8]);
            } else {
                let length = if is_paragraph { entry.len().div_ceil(2) } else { entry.len() };
                entry.insert(0, length as u8);
            }
            end = (end - entry.len()) & !1;
            entries[end..end + entry.len()].copy_from_slice(&entry);
            page.push((end / 2) as u8);
            page.resize(page.len() + if is_paragraph { 12 } else { 0 }, 0);
        }
        entries[..page.len()].copy_from_slice(&page);
        entries[511] = stretches.len() as u8;
        entries
    }

    fn head(&self, document: &mut [u8], places: &[u8]) {
        let mut put = |at: usize, bytes: &[u8]| document[at..at + bytes.len()].copy_from_slice(bytes);
        put(0, &0xA5EC_u16.to_le_bytes());
        put(2, &0x00C1_u16.to_le_bytes());
        put(6, &0x0804_u16.to_le_bytes());
        put(0xA, &self.flags.to_le_bytes());
        put(0x20, &[14, 0]);
        put(0x3E, &[22, 0]);
        self.lengths
            .iter()
            .enumerate()
            .for_each(|(index, length)| put(0x4C + 4 * index, &length.to_le_bytes()));
        put(0x98, &93_u16.to_le_bytes());
        put(0x9A, places);
    }
}
