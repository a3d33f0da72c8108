//! GBK codes, and which of them are GB 2312.

use std::ops::RangeInclusive;

use encoding_rs::GBK;

/// The one or two bytes of a character in GBK.
pub(super) fn gbk(c: char) -> Option<Vec<u8>> {
    // WHATWG's GBK has the euro sign as the single byte 0x80, which no CMap knows.
    if c == '€' {
        return None;
    }
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = GBK.encode(c.encode_utf8(&mut buffer));
    (!unmappable).then(|| bytes.into_owned())
}

/// Whether a GBK code is also one of GB 2312 (as the CMap GB-EUC-H has it).
pub(super) fn is_gb2312(code: &[u8]) -> bool {
    match *code {
        [_] => true,
        [0xd7, trail] => (0xa1..=0xf9).contains(&trail),
        [0xb0..=0xf7, trail] => trail >= 0xa1,
        [lead, trail] => SYMBOLS.iter().any(|(l, trails)| *l == lead && trails.contains(&trail)),
        _ => false,
    }
}

/// The rows of GB 2312 that hold symbols: lead byte and trail bytes.
const SYMBOLS: [(u8, RangeInclusive<u8>); 14] = [
    (0xa1, 0xa1..=0xfe),
    (0xa2, 0xb1..=0xe2),
    (0xa2, 0xe5..=0xee),
    (0xa2, 0xf1..=0xfc),
    (0xa3, 0xa1..=0xfe),
    (0xa4, 0xa1..=0xf3),
    (0xa5, 0xa1..=0xf6),
    (0xa6, 0xa1..=0xb8),
    (0xa6, 0xc1..=0xd8),
    (0xa7, 0xa1..=0xc1),
    (0xa7, 0xd1..=0xf1),
    (0xa8, 0xa1..=0xba),
    (0xa8, 0xc5..=0xe9),
    (0xa9, 0xa4..=0xef),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gb2312_is_a_part_of_gbk() {
        let gb2312 = |c| is_gb2312(&gbk(c).unwrap());
        for c in "A，《①甲齄￥—…·".chars() {
            assert!(gb2312(c), "{c}");
        }
        for c in "〇㎡镕堃".chars() {
            assert!(!gb2312(c), "{c}");
        }
        assert_eq!(gbk('☑'), None);
        assert_eq!(gbk('²'), None);
    }
}
