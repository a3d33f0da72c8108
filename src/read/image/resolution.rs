//! How many pixels make an inch.

use image::ImageFormat;

/// What counts where the file says nothing.
const USUAL: f32 = 200.0;
/// Resolutions that scanners have.
const SCANNERS: std::ops::RangeInclusive<f32> = 40.0..=4800.0;
/// Longest side of a sheet that is put into an office scanner, in inches (A2): a camera's stated 72 dpi makes pages
/// larger than that.
const LONGEST_SHEET: f32 = 24.0;
/// Inches in a metre.
const METRE: f32 = 39.370_08;

/// The resolution of a picture of that size: as stated, where it can be that of a sheet of paper.
pub(super) fn believed(stated: Option<(f32, f32)>, width: usize, height: usize) -> (f32, f32) {
    let is_paper = |(across, down): &(f32, f32)| {
        let longest = (width as f32 / across).max(height as f32 / down);
        SCANNERS.contains(across) && SCANNERS.contains(down) && longest <= LONGEST_SHEET
    };
    stated.filter(is_paper).unwrap_or((USUAL, USUAL))
}

/// The resolution that a file states, in dots per inch across and down.
pub(super) fn of_file(bytes: &[u8], format: ImageFormat, exif: Option<&[u8]>) -> Option<(f32, f32)> {
    let own = match format {
        ImageFormat::Jpeg => of_jfif(bytes),
        ImageFormat::Png => of_png(bytes),
        ImageFormat::Bmp => of_bmp(bytes),
        _ => None,
    };
    own.or_else(|| of_exif(exif?))
}

/// JFIF 1.02: after the start marker an APP0 segment with the unit (1 for inches, 2 for centimetres) and both densities.
fn of_jfif(bytes: &[u8]) -> Option<(f32, f32)> {
    let segment = bytes.get(2..18)?;
    if segment.get(..2)? != [0xFF, 0xE0] || segment.get(4..9)? != b"JFIF\0" {
        return None;
    }
    let density = |at: usize| Some(f32::from(u16::from_be_bytes(segment.get(at..at + 2)?.try_into().ok()?)));
    let (across, down) = (density(12)?, density(14)?);
    match segment.get(11)? {
        1 => Some((across, down)),
        2 => Some((across * 2.54, down * 2.54)),
        _ => None,
    }
}

/// The chunk `pHYs` (PNG 11.3.4.3): pixels per unit across and down, the unit 1 being the metre. It stands before the
/// pixels.
fn of_png(bytes: &[u8]) -> Option<(f32, f32)> {
    let mut at = 8;
    loop {
        let length = be32(bytes, at)? as usize;
        match bytes.get(at + 4..at + 8)? {
            b"pHYs" if bytes.get(at + 16) == Some(&1) => {
                return Some((be32(bytes, at + 8)? as f32 / METRE, be32(bytes, at + 12)? as f32 / METRE));
            }
            b"pHYs" | b"IDAT" | b"IEND" => return None,
            _ => at = at.checked_add(length)?.checked_add(12)?,
        }
    }
}

/// Pixels per metre in the header that Windows writes, at bytes 38 and 42 of the file.
fn of_bmp(bytes: &[u8]) -> Option<(f32, f32)> {
    let value = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as f32 / METRE);
    let (across, down) = (value(38)?, value(42)?);
    (across > 0.0 && down > 0.0).then_some((across, down))
}

/// The tags 282, 283 and 296 of the first directory (EXIF 2.3, 4.6.4 A).
fn of_exif(exif: &[u8]) -> Option<(f32, f32)> {
    let mut decoder = tiff::decoder::Decoder::new(std::io::Cursor::new(exif)).ok()?;
    let mut value = |tag| match decoder.find_tag(tag).ok().flatten()? {
        tiff::decoder::ifd::Value::Rational(a, b) if b > 0 => Some(a as f32 / b as f32),
        _ => None,
    };
    let (across, down) = (value(tiff::tags::Tag::XResolution)?, value(tiff::tags::Tag::YResolution)?);
    let unit = decoder.find_tag_unsigned::<u32>(tiff::tags::Tag::ResolutionUnit).ok().flatten();
    if unit == Some(3) { Some((across * 2.54, down * 2.54)) } else { Some((across, down)) }
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_camera_does_not_say_how_large_the_paper_was() {
        assert_eq!(believed(Some((300.0, 300.0)), 2480, 3508), (300.0, 300.0));
        assert_eq!(believed(Some((72.0, 72.0)), 3000, 4000), (200.0, 200.0));
        assert_eq!(believed(Some((72.0, 72.0)), 595, 842), (72.0, 72.0));
        assert_eq!(believed(Some((f32::NAN, 0.0)), 595, 842), (200.0, 200.0));
        assert_eq!(believed(None, 595, 842), (200.0, 200.0));
    }

    #[test]
    fn each_format_states_it_in_its_own_way() {
        let jfif = b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x02\x01\x01\x2C\x01\x2C\0\0";
        assert_eq!(of_jfif(jfif), Some((300.0, 300.0)));
        let png = b"\x89PNG\r\n\x1A\n\0\0\0\x09pHYs\0\0\x2E\x23\0\0\x2E\x23\x01\0\0\0\0";
        let (across, _) = of_png(png).expect("stated");
        assert!((across - 300.0).abs() < 0.1, "{across}");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_taken(bytes: Vec<u8>) {
            for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Bmp, ImageFormat::WebP] {
                of_file(&bytes, format, Some(&bytes));
            }
            of_png(&[b"\x89PNG\r\n\x1A\n".as_slice(), &bytes].concat());
        }
    }
}
