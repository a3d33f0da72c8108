//! Renders a document as a text file, in the encodings that Windows and Linux write.

use encoding_rs::GB18030;
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::source::{Block, Document};

/// A text file's encoding. What Windows writes has a byte order mark or is GB 18030, and ends
/// its lines with CR LF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Encoding {
    /// UTF-8, no mark, LF.
    #[serde(rename = "utf-8")]
    Utf8,
    /// UTF-8 with a byte order mark.
    #[serde(rename = "utf-8-bom")]
    Utf8Bom,
    /// UTF-16, little-endian, with a byte order mark.
    #[serde(rename = "utf-16le")]
    Utf16le,
    /// UTF-16, big-endian, with a byte order mark.
    #[serde(rename = "utf-16be")]
    Utf16be,
    /// GB 18030, no mark.
    #[serde(rename = "gb18030")]
    Gb18030,
}

/// Renders a document: titles and paragraphs on lines of their own (paragraphs indented by two
/// ideographic spaces), table cells and columns set apart by tabs. Running header and footer and
/// page breaks are dropped, as office software does.
///
/// # Errors
///
/// If GB 18030 has no code for a character; only lone surrogates could cause that.
pub fn render(document: &Document, encoding: Encoding) -> Result<Vec<u8>> {
    let text = text(document);
    if encoding == Encoding::Utf8 {
        return Ok(text.into_bytes());
    }
    let text = text.replace('\n', "\r\n");
    match encoding {
        Encoding::Utf8 | Encoding::Utf8Bom => Ok([b"\xef\xbb\xbf", text.as_bytes()].concat()),
        Encoding::Utf16le => Ok(utf16(&text, u16::to_le_bytes)),
        Encoding::Utf16be => Ok(utf16(&text, u16::to_be_bytes)),
        Encoding::Gb18030 => gb18030(&text),
    }
}

/// The document as plain lines, each ended by `\n`.
fn text(document: &Document) -> String {
    let mut text = String::new();
    for block in &document.blocks {
        match block {
            Block::Title(line) | Block::Heading(line) => push_line(&mut text, &[line]),
            Block::Paragraph(line) => push_line(&mut text, &["\u{3000}\u{3000}", line]),
            Block::Columns(left, right) => push_line(&mut text, &[left, "\t", right]),
            Block::Table(table) => {
                for row in &table.rows {
                    push_line(&mut text, &[&row.join("\t")]);
                }
            }
            Block::PageBreak => {}
        }
    }
    text
}

fn push_line(text: &mut String, parts: &[&str]) {
    text.extend(parts.iter().copied());
    text.push('\n');
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect()
}

fn gb18030(text: &str) -> Result<Vec<u8>> {
    let (bytes, _, unmappable) = GB18030.encode(text);
    if !unmappable {
        return Ok(bytes.into_owned());
    }
    let lacks = |c: &char| GB18030.encode(c.encode_utf8(&mut [0; 4])).2;
    let character = text.chars().find(lacks).unwrap_or(char::REPLACEMENT_CHARACTER);
    Err(Error::Character { character, target: "GB 18030".to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::parse;

    fn bytes(encoding: Encoding) -> Vec<u8> {
        let document = parse("# 合同\n甲方：某局\n| a | b |\n<< 左 || 右 >>").unwrap();
        render(&document, encoding).unwrap()
    }

    #[test]
    fn lines_cells_and_columns() {
        assert_eq!(bytes(Encoding::Utf8), "合同\n\u{3000}\u{3000}甲方：某局\na\tb\n左\t右\n".as_bytes());
    }

    #[test]
    fn windows_encodings() {
        assert!(bytes(Encoding::Utf8Bom).starts_with("\u{feff}合同\r\n".as_bytes()));
        assert!(bytes(Encoding::Utf16le).starts_with(&[0xff, 0xfe, 0x08, 0x54]));
        assert!(bytes(Encoding::Utf16be).starts_with(&[0xfe, 0xff, 0x54, 0x08]));
        assert!(bytes(Encoding::Gb18030).starts_with(&[0xba, 0xcf, 0xcd, 0xac, b'\r', b'\n']));
    }
}
