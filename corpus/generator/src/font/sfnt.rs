//! The container of OpenType fonts: a directory of named tables.
//!
//! Source: OpenType specification 1.9, chapter "The OpenType font file".

use skrifa::raw::{FontRef, TableProvider};

/// A table's name, such as `glyf`.
pub(super) type Tag = [u8; 4];

/// The bytes of one table of a single font.
pub(super) fn table(font: &[u8], tag: Tag) -> Option<&[u8]> {
    let font = FontRef::new(font).ok()?;
    let data = font.data_for_tag(skrifa::Tag::new(&tag))?;
    Some(data.as_bytes())
}

/// The font with one more table, or that table replaced.
pub(super) fn with_table(font: &[u8], tag: Tag, data: Vec<u8>) -> Option<Vec<u8>> {
    let version = font.get(..4)?;
    let parsed = FontRef::new(font).ok()?;
    let mut tables: Vec<(Tag, Vec<u8>)> = Vec::new();
    for record in parsed.table_directory().table_records() {
        let name = record.tag().to_be_bytes();
        if name != tag {
            tables.push((name, table(font, name)?.to_vec()));
        }
    }
    tables.push((tag, data));
    tables.sort();
    Some(write(version, &tables))
}

fn write(version: &[u8], tables: &[(Tag, Vec<u8>)]) -> Vec<u8> {
    let count = tables.len() as u16;
    let power = count.max(1).ilog2() as u16;
    let range = 16 << power;
    let mut out = version.to_vec();
    for value in [count, range, power, count * 16 - range] {
        out.extend(value.to_be_bytes());
    }
    let mut offset = 12 + 16 * tables.len();
    for (tag, data) in tables {
        out.extend(tag);
        for value in [checksum(data), offset as u32, data.len() as u32] {
            out.extend(value.to_be_bytes());
        }
        offset += data.len().next_multiple_of(4);
    }
    for (_, data) in tables {
        out.extend(data);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    out
}

/// The sum of a table's big-endian 32-bit words, the last one padded with zeros.
fn checksum(data: &[u8]) -> u32 {
    data.chunks(4).fold(0, |sum, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        u32::wrapping_add(sum, u32::from_be_bytes(word))
    })
}
