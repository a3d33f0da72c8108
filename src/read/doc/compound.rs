//! The compound file (OLE) that holds the streams ([MS-CFB]), read as far as it is there.
//!
//! A file that was cut short, or whose tables contradict each other somewhere, still gives what can be
//! followed: that is why a reader stands here that checks nothing it does not need.

use std::collections::BTreeSet;

use super::raw::{byte, bytes, long, place, text, word};

/// Sectors from here on are marks: the end of a chain, a free sector.
const LAST_SECTOR: u32 = 0xFFFF_FFFA;
/// Bytes of a directory entry.
const ENTRY: usize = 128;
/// No entry.
const NOBODY: u32 = 0xFFFF_FFFF;
/// Streams shorter than this stand in small sectors.
const SMALL: usize = 4096;
/// Bytes of a small sector.
const SMALL_SECTOR: usize = 64;

/// A compound file.
#[derive(Debug)]
pub(super) struct Compound<'b> {
    file: &'b [u8],
    sector: usize,
    /// For each sector, the next of its chain.
    chains: Vec<u32>,
    /// The same for small sectors.
    small_chains: Vec<u32>,
    /// What the small sectors are cut out of.
    small: Vec<u8>,
    directory: Vec<u8>,
}

impl<'b> Compound<'b> {
    /// Opens a file; `None` when there is no directory to be found.
    pub fn open(file: &'b [u8]) -> Option<Self> {
        let shift = word(file, 0x1E)?;
        let sector = if shift == 12 { 4096 } else { 512 };
        let mut opened = Self {
            file,
            sector,
            chains: Vec::new(),
            small_chains: Vec::new(),
            small: Vec::new(),
            directory: Vec::new(),
        };
        opened.chains = opened.numbers(&opened.chain_sectors());
        opened.directory = opened.chain(long(file, 0x30)?);
        opened.small_chains = numbers(&opened.chain(long(file, 0x3C)?));
        let root = bytes(&opened.directory, 0, ENTRY)?;
        opened.small = opened.chain(long(root, 116)?);
        Some(opened)
    }

    /// A stream of the root by its name, as far as it is there.
    pub fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.find(name)?;
        let (first, length) = (long(entry, 116)?, place(entry, 120)?);
        let mut found = if length < SMALL { self.small_chain(first, length) } else { self.chain(first) };
        found.truncate(length);
        Some(found)
    }

    /// The entry of a stream in the root. Objects inside the document have streams of the same names.
    fn find(&self, name: &str) -> Option<&[u8]> {
        let mut waiting = vec![long(&self.directory, 76)?];
        let mut seen = BTreeSet::new();
        while let Some(number) = waiting.pop() {
            let Some(entry) = self.entry(number).filter(|_| number != NOBODY && seen.insert(number)) else {
                continue;
            };
            if is_called(entry, name) {
                return Some(entry);
            }
            waiting.extend([long(entry, 68)?, long(entry, 72)?]);
        }
        // The tree is broken: the first of that name.
        self.directory.chunks_exact(ENTRY).find(|entry| is_called(entry, name))
    }

    fn entry(&self, number: u32) -> Option<&[u8]> {
        bytes(&self.directory, (number as usize).checked_mul(ENTRY)?, ENTRY)
    }

    fn sector(&self, number: u32) -> &'b [u8] {
        let from = (number as usize).saturating_add(1).saturating_mul(self.sector);
        // The last sector may be cut.
        let end = from.saturating_add(self.sector).min(self.file.len());
        self.file.get(from..end).unwrap_or_default()
    }

    /// The sectors that hold the chains: the first 109 stand in the header, the others in a chain of their own.
    fn chain_sectors(&self) -> Vec<u32> {
        let mut sectors = numbers(self.file.get(0x4C..0x200).unwrap_or_default());
        let most = self.file.len() / self.sector;
        let mut next = long(self.file, 0x44).unwrap_or(NOBODY);
        while next < LAST_SECTOR && sectors.len() <= most {
            let mut listed = numbers(self.sector(next));
            next = listed.pop().unwrap_or(NOBODY);
            if listed.is_empty() {
                break;
            }
            sectors.extend(listed);
        }
        sectors.truncate(most);
        sectors
    }

    fn numbers(&self, sectors: &[u32]) -> Vec<u32> {
        let per_sector = self.sector / 4;
        let used = sectors.iter().take_while(|sector| **sector < LAST_SECTOR);
        used.flat_map(|sector| {
            let mut found = numbers(self.sector(*sector));
            // A sector that is not there must not shift those behind it.
            found.resize(per_sector, NOBODY);
            found
        })
        .collect()
    }

    /// The bytes of a chain of sectors. A chain that leads back to itself ends once it is longer than the file.
    fn chain(&self, first: u32) -> Vec<u8> {
        let mut found = Vec::new();
        let mut next = first;
        while next < LAST_SECTOR && found.len() < self.file.len() {
            let sector = self.sector(next);
            found.extend_from_slice(sector);
            if sector.len() < self.sector {
                break;
            }
            next = self.chains.get(next as usize).copied().unwrap_or(NOBODY);
        }
        found
    }

    fn small_chain(&self, first: u32, length: usize) -> Vec<u8> {
        let mut found = Vec::new();
        let mut next = first;
        while next < LAST_SECTOR && found.len() < length {
            let from = (next as usize).saturating_mul(SMALL_SECTOR);
            let end = from.saturating_add(SMALL_SECTOR).min(self.small.len());
            let Some(sector) = self.small.get(from..end).filter(|sector| !sector.is_empty()) else { break };
            found.extend_from_slice(sector);
            next = self.small_chains.get(next as usize).copied().unwrap_or(NOBODY);
        }
        found
    }
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks().0.iter().map(|number| u32::from_le_bytes(*number)).collect()
}

/// Is this the entry of a stream of that name? Names do not tell case apart.
fn is_called(entry: &[u8], name: &str) -> bool {
    let length = word(entry, 64).unwrap_or_default() as usize / 2;
    let called = text(entry, 0, length.min(32)).unwrap_or_default();
    byte(entry, 66) == Some(2) && called.trim_end_matches('\0').eq_ignore_ascii_case(name)
}
