//! Single property modifiers (SPRM): how DOC writes properties ([MS-DOC] 2.2.5).

use super::raw::{byte, bytes, long, word};

/// One modifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) struct Sprm<'s> {
    /// What it modifies, with the size of its operand in the upper bits.
    pub code: u16,
    /// The operand, without the byte that counts a variable one.
    pub operand: &'s [u8],
}

impl Sprm<'_> {
    /// The operand's first byte.
    pub fn byte(&self) -> u8 {
        byte(self.operand, 0).unwrap_or_default()
    }

    /// The operand's first two bytes.
    pub fn word(&self) -> u16 {
        word(self.operand, 0).unwrap_or_default()
    }

    /// The operand's first four bytes.
    pub fn long(&self) -> u32 {
        long(self.operand, 0).unwrap_or_default()
    }
}

/// sprmTDefTable, whose operand is counted by two bytes.
pub(super) const DEFINE_TABLE: u16 = 0xD608;
/// sprmPChgTabs, whose count 255 has a meaning of its own.
const CHANGE_TABS: u16 = 0xC615;

/// The modifiers of a `grpprl`, up to where it breaks off.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sprms<'s>(pub &'s [u8]);

impl<'s> Iterator for Sprms<'s> {
    type Item = Sprm<'s>;

    fn next(&mut self) -> Option<Self::Item> {
        let code = word(self.0, 0)?;
        let (skipped, length) = operand(code, self.0.get(2..)?)?;
        let operand = bytes(self.0, 2 + skipped, length)?;
        self.0 = self.0.get(2 + skipped + length..)?;
        Some(Sprm { code, operand })
    }
}

/// Bytes that count the operand, and its own bytes.
fn operand(code: u16, rest: &[u8]) -> Option<(usize, usize)> {
    Some(match code >> 13 {
        0 | 1 => (0, 1),
        2 | 4 | 5 => (0, 2),
        3 => (0, 4),
        7 => (0, 3),
        _ if code == DEFINE_TABLE => (2, (word(rest, 0)? as usize).saturating_sub(1)),
        _ => match byte(rest, 0)? {
            255 if code == CHANGE_TABS => (1, tabs(rest)?),
            length => (1, length as usize),
        },
    })
}

/// Bytes of an sprmPChgTabs that does not count itself: tabs taken out (four bytes each) and put in (three).
fn tabs(rest: &[u8]) -> Option<usize> {
    let taken_out = 1 + 4 * byte(rest, 1)? as usize;
    let put_in = 1 + 3 * byte(rest, 1 + taken_out)? as usize;
    Some(taken_out + put_in)
}

/// The one modifier that a piece of a fast-saved file has in short (`Prm0`, [MS-DOC] 2.9.214), as far as it
/// matters here.
pub(super) fn short(prm: u16) -> Option<(u16, u8)> {
    let code = match (prm >> 1) & 0x7F {
        0x05 => 0x2403,
        0x0C => 0x260A,
        0x18 => 0x2416,
        0x19 => 0x2417,
        0x41 => 0x0800,
        0x42 => 0x0801,
        0x57 => 0x0837,
        0x5C => 0x083C,
        0x5E => 0x2A3E,
        0x73 => 0x2A53,
        _ => return None,
    };
    Some((code, (prm >> 8) as u8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operands_of_every_size() {
        let bytes = [
            0x16, 0x24, 1, // sprmPFInTable
            0x0B, 0x46, 2, 0, // sprmPIlfo
            0x08, 0xD6, 3, 0, 9, 9, // sprmTDefTable
            0x15, 0xC6, 255, 1, 1, 1, 1, 1, 1, 2, 2, 2, // sprmPChgTabs
            0x03, 0x24, 1,    // sprmPJc80
            0x00, // cut off
        ];
        let found: Vec<_> = Sprms(&bytes).map(|sprm| (sprm.code, sprm.operand.len())).collect();
        assert_eq!(found, [(0x2416, 1), (0x460B, 2), (0xD608, 2), (0xC615, 9), (0x2403, 1)]);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_end(bytes: Vec<u8>) {
            proptest::prop_assert!(Sprms(&bytes).count() <= bytes.len());
        }
    }
}
