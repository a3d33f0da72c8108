//! Little-endian numbers at places of a stream.

/// So many bytes from a place on, when they are there.
pub(super) fn bytes(stream: &[u8], at: usize, length: usize) -> Option<&[u8]> {
    stream.get(at..at.checked_add(length)?)
}

/// A byte.
pub(super) fn byte(stream: &[u8], at: usize) -> Option<u8> {
    stream.get(at).copied()
}

/// 16 bits.
pub(super) fn word(stream: &[u8], at: usize) -> Option<u16> {
    bytes(stream, at, 2)?.try_into().ok().map(u16::from_le_bytes)
}

/// 32 bits.
pub(super) fn long(stream: &[u8], at: usize) -> Option<u32> {
    bytes(stream, at, 4)?.try_into().ok().map(u32::from_le_bytes)
}

/// 32 bits as a place.
pub(super) fn place(stream: &[u8], at: usize) -> Option<usize> {
    long(stream, at).map(|value| value as usize)
}

/// So many UTF-16 units from a place on.
pub(super) fn text(stream: &[u8], at: usize, units: usize) -> Option<String> {
    let units: Vec<u16> = bytes(stream, at, units.checked_mul(2)?)?
        .as_chunks()
        .0
        .iter()
        .map(|pair| u16::from_le_bytes(*pair))
        .collect();
    Some(String::from_utf16_lossy(&units))
}

/// A PLC ([MS-DOC] 2.2.2): `n + 1` positions, then `n` pieces of data of `size` bytes each. Gives each stretch
/// with its data, as far as they are there.
pub(super) fn plc(plc: &[u8], size: usize) -> impl Iterator<Item = (u32, u32, &[u8])> {
    let count = plc.len().saturating_sub(4) / (4 + size);
    (0..count).map_while(move |index| {
        let data = bytes(plc, 4 * (count + 1) + size * index, size)?;
        Some((long(plc, 4 * index)?, long(plc, 4 * index + 4)?, data))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_none() {
        let stream = [1, 0, 2, 0, 3];
        assert_eq!((word(&stream, 2), word(&stream, 4), long(&stream, 0)), (Some(2), None, Some(0x2_0001)));
        assert_eq!(bytes(&stream, usize::MAX, 2), None);
        assert_eq!(text(&[0x32, 0x75], 0, 1).as_deref(), Some("甲"));
    }

    #[test]
    fn a_plc_is_positions_and_data() {
        let plc_bytes = [0, 0, 0, 0, 5, 0, 0, 0, 9, 0, 0, 0, 7, 8];
        let found: Vec<_> = plc(&plc_bytes, 1).collect();
        assert_eq!(found, [(0, 5, &[7][..]), (5, 9, &[8][..])]);
        assert_eq!(plc(&[1, 2], 8).count(), 0);
    }
}
