//! One bit a pixel: ITU-T T.6 (Group 4), and TIFF files of many such pages.

use fax::encoder::Encoder;
use fax::{Color, VecWriter};

use super::gray::Gray;

/// Levels below this are black.
const THRESHOLD: u8 = 150;

/// A page as a T.6 stream.
pub(super) fn encode(page: &Gray) -> Vec<u8> {
    let mut encoder = Encoder::new(VecWriter::new());
    let width = page.width.try_into().unwrap_or(u16::MAX);
    for row in page.pixels.chunks_exact(page.width.max(1)) {
        let colours = row.iter().map(|&level| if level < THRESHOLD { Color::Black } else { Color::White });
        // Writing to memory cannot fail.
        let Ok(()) = encoder.encode_line(colours, width);
    }
    let Ok(writer) = encoder.finish();
    writer.finish()
}

/// The tags of a page, all as 32-bit numbers except the resolutions.
const TAGS: u16 = 12;
/// Bytes of a page's directory: count, entries, link.
const DIRECTORY: u32 = 2 + TAGS as u32 * 12 + 4;

/// A TIFF file (6.0, little-endian) with one page after the other.
pub(super) fn tiff(pages: &[Gray], dpi: u16) -> Vec<u8> {
    let mut file = b"II*\0".to_vec();
    file.extend(8u32.to_le_bytes());
    for (index, page) in pages.iter().enumerate() {
        let strip = encode(page);
        let start = file.len() as u32;
        let resolution = start + DIRECTORY;
        let data = resolution + 8;
        let end = (data + strip.len() as u32).next_multiple_of(2);
        file.extend(TAGS.to_le_bytes());
        let length = strip.len() as u32;
        for (tag, value) in [
            (256, page.width as u32),
            (257, page.height as u32),
            (258, 1),
            // Compression: T.6. Photometric: 0 is white.
            (259, 4),
            (262, 0),
            (273, data),
            (277, 1),
            (278, page.height as u32),
            (279, length),
        ] {
            entry(&mut file, tag, 4, value);
        }
        // X and Y resolution share their number; the unit is the inch.
        entry(&mut file, 282, 5, resolution);
        entry(&mut file, 283, 5, resolution);
        entry(&mut file, 296, 4, 2);
        let next = if index + 1 < pages.len() { end } else { 0 };
        file.extend(next.to_le_bytes());
        file.extend(u32::from(dpi).to_le_bytes());
        file.extend(1u32.to_le_bytes());
        file.extend(strip);
        file.resize(end as usize, 0);
    }
    file
}

/// One number of a type: 4 (long) by value, 5 (rational) by offset.
fn entry(file: &mut Vec<u8>, tag: u16, kind: u16, value: u32) {
    // 258, 259, 262, 277 and 296 are short numbers to strict readers.
    let kind = if matches!(tag, 258 | 259 | 262 | 277 | 296) { 3 } else { kind };
    file.extend(tag.to_le_bytes());
    file.extend(kind.to_le_bytes());
    file.extend(1u32.to_le_bytes());
    file.extend(value.to_le_bytes());
}

#[cfg(test)]
mod tests {
    use fax::decoder::{decode_g4, pels};

    use super::*;

    fn page() -> Gray {
        let (width, height) = (173, 90);
        let level = |at: usize| if (at * at / 7 + at / 31).is_multiple_of(5) { 0 } else { 255 };
        Gray { width, height, pixels: (0..width * height).map(level).collect() }
    }

    #[test]
    fn what_is_written_can_be_read() {
        let page = page();
        let mut back = Vec::new();
        decode_g4(encode(&page).into_iter(), 173, Some(90), |line| {
            back.extend(pels(line, 173).map(|colour| if colour == Color::Black { 0 } else { 255 }));
        });
        assert_eq!(back, page.pixels);
    }

    #[test]
    fn directories_are_chained() {
        let file = tiff(&[page(), page(), page()], 200);
        let number = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap()) as usize;
        let (mut at, mut count) = (number(4), 0);
        while at != 0 {
            assert_eq!(u16::from_le_bytes(file[at..at + 2].try_into().unwrap()), TAGS);
            count += 1;
            at = number(at + DIRECTORY as usize - 4);
        }
        assert_eq!(count, 3);
    }
}
