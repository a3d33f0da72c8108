//! Which encoding a text is in, told by its bytes.
//!
//! Chinese offices leave UTF-8, GB18030 (with GBK and GB 2312 inside it) and UTF-16 from Notepad. A byte order
//! mark decides; else the encoding in which the bytes make sense as Chinese or ASCII text. Bytes that make
//! sense in none are not text.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes that GB18030 is judged on. UTF-8 is judged on all: a validity test costs next to nothing.
const SAMPLE: usize = 64 << 10;

/// The encoding of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guess {
    /// The encoding.
    pub encoding: &'static Encoding,
    /// Did a byte order mark say so? Else the bytes were weighed.
    pub marked: bool,
}

/// Tells the encoding of a text; `None` when the bytes are no text.
///
/// ```
/// use hetong::read::plain::encoding::guess;
///
/// let (gbk, _, _) = encoding_rs::GB18030.encode("甲方：某某街道办事处\n");
/// assert_eq!(guess(&gbk).map(|guess| guess.encoding.name()), Some("gb18030"));
/// assert_eq!(guess(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0"), None);
/// ```
pub fn guess(bytes: &[u8]) -> Option<Guess> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let is_text = encoding == UTF_8 || is_utf_16(bytes.get(length..)?, encoding);
        return is_text.then_some(Guess { encoding, marked: true });
    }
    let is_in = |encoding: &&'static Encoding| match *encoding {
        encoding if encoding == UTF_8 => is_utf_8(bytes),
        encoding if encoding == GB18030 => is_gb18030(bytes),
        encoding => is_utf_16(bytes, encoding),
    };
    let encoding = [UTF_8, UTF_16LE, UTF_16BE, GB18030].into_iter().find(is_in)?;
    Some(Guess { encoding, marked: false })
}

/// UTF-8 almost throughout: a text cut in the middle of a character, or with a few broken bytes, is still that.
fn is_utf_8(bytes: &[u8]) -> bool {
    let (mut faults, mut beyond_ascii, mut controls) = (0, 0, 0);
    for chunk in bytes.utf8_chunks() {
        faults += usize::from(!chunk.invalid().is_empty());
        beyond_ascii += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        controls += chunk.valid().chars().filter(|c| is_odd_control(*c)).count();
    }
    // The last character may be cut; beyond that, one fault in two hundred characters.
    let is_valid = faults <= beyond_ascii / 200 + usize::from(beyond_ascii > 0);
    is_valid && few_controls(controls, bytes.len())
}

/// Control characters that no text editor writes.
fn is_odd_control(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}')
}

/// A few stray NULs do not make a text binary; one byte in fifty does.
fn few_controls(controls: usize, all: usize) -> bool {
    controls <= (all / 50).max(4) && controls * 2 < all.max(1)
}

/// Nearly all units are ASCII, Chinese characters or their punctuation, and some are what only a text has:
/// line ends, spaces, Chinese punctuation.
fn is_utf_16(bytes: &[u8], encoding: &'static Encoding) -> bool {
    let units: Vec<u16> = bytes
        .chunks_exact(2)
        .take(SAMPLE / 2)
        .map(|pair| match (pair, encoding == UTF_16LE) {
            (&[low, high], true) | (&[high, low], false) => u16::from_be_bytes([high, low]),
            _ => 0,
        })
        .collect();
    let likely = units.iter().filter(|unit| is_likely_unit(**unit)).count();
    let telling = units.iter().filter(|unit| is_telling_unit(**unit)).count();
    bytes.len().is_multiple_of(2) && !units.is_empty() && likely * 100 >= units.len() * 95 && telling > 0
}

fn is_likely_unit(unit: u16) -> bool {
    matches!(unit, 9 | 10 | 12 | 13 | 0x20..=0x7E | 0xA0..=0xFF | 0x2000..=0x26FF | 0x3000..=0x303F
        | 0x4E00..=0x9FFF | 0xFF00..=0xFFEF)
}

fn is_telling_unit(unit: u16) -> bool {
    matches!(unit, 10 | 13 | 0x20..=0x7E | 0x3000..=0x3002 | 0xFF08 | 0xFF09 | 0xFF0C | 0xFF1A | 0xFF1B)
}

/// Valid throughout, and most double bytes are the punctuation and the characters of GB 2312, which other
/// double-byte encodings and binary bytes hit by chance only.
fn is_gb18030(bytes: &[u8]) -> bool {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let (mut common, mut rare, mut faults, mut controls) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut rest = sample;
    while let [first, tail @ ..] = rest {
        let taken = match (first, tail) {
            (0xA1..=0xA9 | 0xB0..=0xF7, [0xA1..=0xFE, ..]) => {
                common += 1;
                2
            }
            (0x81..=0xFE, [0x30..=0x39, 0x81..=0xFE, 0x30..=0x39, ..]) => {
                rare += 1;
                4
            }
            (0x81..=0xFE, [0x40..=0x7E | 0x80..=0xFE, ..]) => {
                rare += 1;
                2
            }
            (0x80..=0xFF, [_, ..]) => {
                faults += 1;
                1
            }
            (byte, _) => {
                controls += usize::from(is_odd_control(char::from(*byte)));
                1
            }
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    let few_faults = faults <= common / 200;
    common > 0 && rare * 5 <= common && few_faults && few_controls(controls, sample.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "政府采购合同\r\n甲方：罗湖区某局，金额：贰亿元整（¥200,000,000.00）。\r\n";

    fn name(bytes: &[u8]) -> Option<&'static str> {
        guess(bytes).map(|guess| guess.encoding.name())
    }

    fn utf_16(big_endian: bool) -> Vec<u8> {
        TEXT.encode_utf16().flat_map(|u| if big_endian { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[test]
    fn encodings_of_chinese_offices() {
        assert_eq!(name(TEXT.as_bytes()), Some("UTF-8"));
        assert_eq!(name(&GB18030.encode(TEXT).0), Some("gb18030"));
        assert_eq!(name(&utf_16(false)), Some("UTF-16LE"));
        assert_eq!(name(&utf_16(true)), Some("UTF-16BE"));
        assert_eq!(name(b"contract"), Some("UTF-8"));
    }

    #[test]
    fn a_byte_order_mark_decides() {
        let mut marked = vec![0xFF, 0xFE];
        marked.extend(utf_16(false));
        assert_eq!(guess(&marked), Some(Guess { encoding: UTF_16LE, marked: true }));
        let marked = [b"\xEF\xBB\xBF", TEXT.as_bytes()].concat();
        assert_eq!(guess(&marked), Some(Guess { encoding: UTF_8, marked: true }));
    }

    #[test]
    fn a_cut_character_does_not_change_the_encoding() {
        assert_eq!(name(&TEXT.as_bytes()[..TEXT.len() - 3]), Some("UTF-8"));
        let gbk = GB18030.encode(TEXT).0;
        assert_eq!(name(&gbk[..gbk.len() - 3]), Some("gb18030"));
    }

    #[test]
    fn stray_nulls_are_text_and_binary_is_not() {
        assert_eq!(name("甲方\0：某局".as_bytes()), Some("UTF-8"));
        assert_eq!(name(&[0; 64]), None);
        let mut junk = 1_u32;
        let bytes: Vec<u8> = std::iter::repeat_with(|| {
            junk = junk.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (junk >> 24) as u8
        })
        .take(4096)
        .collect();
        assert_eq!(name(&bytes), None);
    }
}
