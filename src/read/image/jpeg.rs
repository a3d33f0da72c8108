//! Is a JPEG whole? Decoders fill the rows that are missing with gray and say nothing.

/// Markers (ITU-T T.81, table B.1) without a segment: stuffing, `TEM`, `RST0` to `RST7`, `SOI`.
const ALONE: [u8; 2] = [0x00, 0x01];
/// End of image.
const EOI: u8 = 0xD9;

/// Does the file end before its end marker?
pub(in crate::read) fn is_cut_off(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(start) = rest.iter().position(|&byte| byte == 0xFF) {
        let Some(&marker) = rest.get(start + 1) else { return true };
        let skipped = match marker {
            EOI => return false,
            // Fill bytes may stand before a marker.
            0xFF => 1,
            0xD0..=0xD8 => 2,
            marker if ALONE.contains(&marker) => 2,
            _ => 2 + segment(rest.get(start + 2..).unwrap_or_default()),
        };
        rest = rest.get(start + skipped..).unwrap_or_default();
    }
    true
}

/// Bytes of a segment after its marker: its length counts itself.
fn segment(bytes: &[u8]) -> usize {
    bytes.first_chunk().map_or(0, |&length| usize::from(u16::from_be_bytes(length)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_marker_counts_where_it_is_one() {
        // An APP1 segment that holds a whole thumbnail, then a scan with a stuffed byte and a restart.
        let head = [0xFF, 0xD8, 0xFF, 0xE1, 0x00, 0x06, 0xFF, 0xD8, 0xFF, 0xD9];
        let scan = [0xFF, 0xDA, 0x00, 0x03, 0x01, 0x12, 0xFF, 0x00, 0xFF, 0xD0, 0x34];
        let open = [head.as_slice(), &scan].concat();
        assert!(is_cut_off(&open));
        assert!(!is_cut_off(&[open.as_slice(), &[0xFF, 0xFF, 0xD9, 0x0A]].concat()));
        assert!(is_cut_off(&head) && is_cut_off(&[]) && is_cut_off(&[0xFF]));
    }
}
