//! Fax codings in TIFF that the decoder does not know: Group 3, and any whose bits stand the other way round.
//!
//! Fax servers write them (TIFF 6.0, section 11; TIFF-F, RFC 2306).

use hayro_ccitt::{DecodeSettings, Decoder, DecoderContext, EncodingMode};
use tiff::tags::Tag;

use super::tiff::Source;
use crate::read::picture::{Decoded, Flaw};

/// Values of the tag `Compression`: Huffman run lengths, Group 3 (T.4), Group 4 (T.6).
const RUN_LENGTHS: u32 = 2;
const GROUP_3: u32 = 3;
const GROUP_4: u32 = 4;
/// Bit of `T4Options` for rows that rest on the row above them.
const TWO_DIMENSIONS: u32 = 1;
/// Value of `FillOrder` for bytes whose lowest bit comes first.
const LOWEST_FIRST: u32 = 2;

/// The pixels of a fax picture that only this module can decode, and what they lack; `None` for every other picture.
pub(super) fn pixels(source: &mut Source<'_>, width: u32, height: u32) -> Option<(Decoded, Option<Flaw>)> {
    let mut tag = |tag, usual| source.find_tag_unsigned::<u32>(tag).ok().flatten().unwrap_or(usual);
    let (compression, reversed) = (tag(Tag::Compression, 1), tag(Tag::FillOrder, 1) == LOWEST_FIRST);
    let encoding = match compression {
        RUN_LENGTHS => EncodingMode::Group3_1D,
        GROUP_3 if tag(Tag::Unknown(292), 0) & TWO_DIMENSIONS != 0 => EncodingMode::Group3_2D,
        GROUP_3 => EncodingMode::Group3_1D,
        GROUP_4 if reversed => EncodingMode::Group4,
        _ => return None,
    };
    let in_strip = tag(Tag::RowsPerStrip, height).clamp(1, height.max(1));
    let is_white_zero = tag(Tag::PhotometricInterpretation, 0) == 0;
    let mut rows = Rows { width: width as usize, ink: if is_white_zero { 0 } else { 255 }, data: Vec::new() };
    for (number, strip) in (0..).zip(strips(source)) {
        let (done, left) = (rows.count(), height.saturating_sub(number * in_strip));
        let settings = DecodeSettings {
            columns: width,
            rows: in_strip.min(left),
            end_of_block: true,
            end_of_line: false,
            rows_are_byte_aligned: compression == RUN_LENGTHS,
            encoding,
            strict: false,
        };
        let bytes = if reversed { strip.iter().map(|byte| byte.reverse_bits()).collect() } else { strip };
        // What is wrong with a strip shows in its rows.
        let _ = hayro_ccitt::decode(&bytes, &mut rows, &mut DecoderContext::new(settings));
        rows.data.truncate((done + settings.rows as usize) * rows.width);
    }
    let whole = rows.width * height as usize;
    let flaw = (rows.data.len() < whole).then_some(Flaw::CutOff);
    rows.data.resize(whole, 255 - rows.ink);
    Some((Decoded { width: rows.width, height: height as usize, channels: 1, data: rows.data }, flaw))
}

/// The encoded strips that lie in the file.
fn strips(source: &mut Source<'_>) -> Vec<Vec<u8>> {
    let mut list = |tag| source.find_tag_unsigned_vec::<u64>(tag).ok().flatten().unwrap_or_default();
    let (offsets, lengths) = (list(Tag::StripOffsets), list(Tag::StripByteCounts));
    let file = *source.inner().get_ref();
    let strip = |(offset, length): (u64, u64)| {
        let start = usize::try_from(offset).unwrap_or(usize::MAX).min(file.len());
        let end = start.saturating_add(usize::try_from(length).unwrap_or(usize::MAX)).min(file.len());
        file.get(start..end).unwrap_or_default().to_vec()
    };
    offsets.into_iter().zip(lengths).map(strip).collect()
}

/// Rows of pixels, as they come.
struct Rows {
    width: usize,
    /// The level of what the coding calls black.
    ink: u8,
    data: Vec<u8>,
}

impl Rows {
    fn count(&self) -> usize {
        self.data.len() / self.width.max(1)
    }
}

impl Decoder for Rows {
    fn push_row(&mut self, changes: &[u32]) {
        let mut level = 255 - self.ink;
        let start = self.data.len();
        for &change in changes {
            let end = start + (change as usize).min(self.width);
            self.data.resize(end.max(self.data.len()), level);
            level = 255 - level;
        }
        self.data.resize(start + self.width, level);
    }
}
