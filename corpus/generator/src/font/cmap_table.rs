//! A font's own map from characters to glyphs, for subsets that keep one.
//!
//! Source: OpenType specification 1.9, `cmap` format 4.

/// A `cmap` table (Windows, Unicode BMP, format 4) with one segment per character.
///
/// `pairs` are characters and glyphs in rising order of characters. Characters beyond the BMP are
/// left out: format 4 cannot hold them. Past 8,000 characters the table's 16-bit length is full
/// and the rest is left out too.
pub(super) fn format_4(pairs: impl IntoIterator<Item = (char, u16)>) -> Vec<u8> {
    let mut segments: Vec<(u16, u16)> = pairs
        .into_iter()
        .filter_map(|(c, glyph)| Some((u16::try_from(c as u32).ok()?, glyph)))
        .filter(|&(code, _)| code != u16::MAX)
        .take(8000)
        .collect();
    // The last segment has to be U+FFFF; it maps to glyph 0.
    segments.push((u16::MAX, 0));
    let count = segments.len() as u16;
    let power = count.ilog2() as u16;
    let range = 2 << power;

    let mut table = Vec::new();
    let mut put = |values: &[u16]| table.extend(values.iter().flat_map(|value| value.to_be_bytes()));
    // Version, one encoding record: platform 3, encoding 1, offset 12.
    put(&[0, 1, 3, 1, 0, 12]);
    put(&[4, 16 + 8 * count, 0, 2 * count, range, power, 2 * count - range]);
    let codes: Vec<u16> = segments.iter().map(|&(code, _)| code).collect();
    let deltas: Vec<u16> = segments.iter().map(|&(code, glyph)| glyph.wrapping_sub(code)).collect();
    put(&codes);
    put(&[0]);
    put(&codes);
    put(&deltas);
    put(&vec![0; segments.len()]);
    table
}
