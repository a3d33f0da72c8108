//! The piece table: which bytes are the text, in which order ([MS-DOC] 2.4.1).

use encoding_rs::{GB18030, WINDOWS_1252};

use super::raw::{byte, bytes, plc, word};
use crate::read::plain::encoding;

/// One position of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Character {
    /// What stands there; NUL for the second half of a character that takes two positions.
    pub shown: char,
    /// Place in the stream, by which properties are found.
    pub place: u32,
    /// The piece's own modifiers (`Prm`); 0 for none.
    pub modifiers: u16,
}

/// The text with the pieces' modifiers.
#[derive(Debug, Default)]
pub(super) struct Characters<'t> {
    /// Every position, all parts of the text one after the other.
    pub all: Vec<Character>,
    /// Modifiers that pieces refer to by number.
    shared: Vec<&'t [u8]>,
    /// What is wrong with the table, for people.
    pub fault: Option<String>,
}

/// Bytes per position, and what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    /// Windows-1252, one byte.
    Latin,
    /// GBK: a Chinese character takes two positions of one byte each.
    Chinese,
    /// UTF-16, two bytes.
    Wide,
}

impl<'t> Characters<'t> {
    /// Reads the pieces that the table (`Clx`) lists from the stream `WordDocument`.
    ///
    /// Text that lies outside the stream is left out and told in [`Characters::fault`]. A table that lists more
    /// characters than the file has bytes is followed no further.
    pub fn read(table: &'t [u8], stream: &[u8], is_chinese: bool) -> Self {
        Self::of_pieces(table, stream, |address, count| match address & 0x4000_0000 {
            0 => ((address & 0x3FFF_FFFF) as usize, Coding::Wide),
            _ => {
                let address = (address & 0x3FFF_FFFF) as usize / 2;
                (address, narrow(stream, address, count, is_chinese))
            }
        })
    }

    /// Reads the pieces, whose place and coding `locate` tells from the address and the count of characters.
    pub fn of_pieces(table: &'t [u8], stream: &[u8], locate: impl Fn(u32, usize) -> (usize, Coding)) -> Self {
        let mut found = Self::default();
        let Some(pieces) = found.split(table) else {
            found.fault = Some("文字块表缺失或损坏".to_owned());
            return found;
        };
        for (from, to, piece) in plc(pieces, 8) {
            if !found.take(from, to, piece, stream, &locate) {
                break;
            }
        }
        found
    }

    /// Characters of one coding that stand together, without a piece table.
    pub fn plain(stream: &[u8], from: usize, count: usize, coding: Coding) -> Self {
        let mut found = Self::default();
        found.decode(stream, from, count, coding, 0);
        found
    }

    /// The modifiers of a piece that refers to a shared list.
    pub fn shared(&self, modifiers: u16) -> Option<&'t [u8]> {
        (modifiers & 1 == 1).then(|| self.shared.get((modifiers >> 1) as usize).copied()).flatten()
    }

    /// Keeps the shared modifiers, which come first, and gives the table itself.
    fn split(&mut self, mut clx: &'t [u8]) -> Option<&'t [u8]> {
        while byte(clx, 0)? == 1 {
            let length = word(clx, 1)? as usize;
            self.shared.push(bytes(clx, 3, length)?);
            clx = clx.get(3 + length..)?;
        }
        let length = super::raw::place(clx, 1)?;
        let rest = clx.get(5..)?;
        (byte(clx, 0)? == 2).then(|| rest.get(..length).unwrap_or(rest))
    }

    /// Takes one piece; false when the table cannot be followed any further.
    fn take(
        &mut self,
        from: u32,
        to: u32,
        piece: &[u8],
        stream: &[u8],
        locate: &impl Fn(u32, usize) -> (usize, Coding),
    ) -> bool {
        let count = to.saturating_sub(from) as usize;
        let (Some(address), Some(modifiers)) = (super::raw::long(piece, 2), word(piece, 6)) else {
            return false;
        };
        let contradiction = format!("文字块表在第 {} 个字符之后自相矛盾", self.all.len());
        if from as usize != self.all.len() || to < from {
            self.fault = Some(contradiction);
            return false;
        }
        let has_room = count <= stream.len().saturating_sub(self.all.len());
        let (address, coding) = locate(address, count);
        self.decode(stream, address, count, coding, modifiers);
        if !has_room {
            self.fault = Some(contradiction);
            return false;
        }
        let missing = to as usize - self.all.len();
        if missing > 0 {
            let message = format!("第 {} 个字符起有 {missing} 个字符不在文件中", self.all.len() + 1);
            self.fault.get_or_insert(message);
            let lost = Character { shown: '\0', place: u32::MAX, modifiers: 0 };
            self.all.resize(to as usize, lost);
        }
        true
    }

    fn decode(&mut self, stream: &[u8], from: usize, count: usize, coding: Coding, modifiers: u16) {
        let width = if coding == Coding::Wide { 2 } else { 1 };
        let end = from.saturating_add(count.saturating_mul(width)).min(stream.len());
        let bytes = stream.get(from..end).unwrap_or_default();
        let shown = match coding {
            Coding::Latin => bytes.iter().map(|byte| latin(*byte)).collect(),
            Coding::Chinese => chinese(bytes),
            Coding::Wide => wide(bytes),
        };
        let at = |index: usize| u32::try_from(from + index * width).unwrap_or(u32::MAX);
        let characters = shown.into_iter().enumerate();
        self.all.extend(characters.map(|(index, shown)| Character { shown, place: at(index), modifiers }));
    }
}

/// Narrow text is Windows-1252 by the standard; some Chinese programs leave GBK there.
pub(super) fn narrow(stream: &[u8], from: usize, count: usize, is_chinese: bool) -> Coding {
    let text = bytes(stream, from, count).unwrap_or_default();
    let is_gbk = || encoding::guess(text).is_some_and(|guess| guess.encoding == GB18030);
    let pairs = || text.windows(2).filter(|pair| pair.iter().all(|byte| *byte >= 0xA1)).count();
    if is_chinese && pairs() >= 2 && is_gbk() { Coding::Chinese } else { Coding::Latin }
}

fn latin(byte: u8) -> char {
    match byte {
        0x80..=0x9F => {
            WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or('\u{FFFD}')
        }
        byte => char::from(byte),
    }
}

fn chinese(bytes: &[u8]) -> Vec<char> {
    let mut shown = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        match tail {
            [second, tail @ ..] if *first >= 0x81 && *second >= 0x40 => {
                let pair = [*first, *second];
                let text = GB18030.decode_without_bom_handling(&pair).0;
                shown.extend([text.chars().next().unwrap_or('\u{FFFD}'), '\0']);
                rest = tail;
            }
            _ => {
                shown.push(if first.is_ascii() { char::from(*first) } else { '\u{FFFD}' });
                rest = tail;
            }
        }
    }
    shown
}

fn wide(bytes: &[u8]) -> Vec<char> {
    let units = bytes.as_chunks().0.iter().map(|pair| u16::from_le_bytes(*pair));
    let mut shown = Vec::with_capacity(bytes.len() / 2);
    for character in char::decode_utf16(units) {
        let character = character.unwrap_or('\u{FFFD}');
        shown.push(character);
        if character.len_utf16() == 2 {
            shown.push('\0');
        }
    }
    shown
}
