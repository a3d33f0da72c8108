//! What a file is, by its content.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::plain::encoding;
use crate::model::MediaType;

/// A PDF may have other bytes before its header, up to this place (ISO 32000-1, annex H.3, note 13).
const PDF_HEADER_WITHIN: usize = 1024;

/// Bytes of `[Content_Types].xml` that are looked at.
const CONTENT_TYPES: u64 = 1 << 20;

/// Members that make a ZIP a document or program of another format: Office, OpenDocument, Java.
const OTHER_PACKAGES: &[&str] = &["[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"];

/// First bytes of image formats.
const IMAGES: &[(&[u8], MediaType)] = &[
    (b"\xFF\xD8\xFF", MediaType::Jpeg),
    (b"\x89PNG\r\n\x1A\n", MediaType::Png),
    (b"II*\0", MediaType::Tiff),
    (b"MM\0*", MediaType::Tiff),
    (b"II+\0", MediaType::Tiff),
    (b"MM\0+", MediaType::Tiff),
    (b"GIF87a", MediaType::Image),
    (b"GIF89a", MediaType::Image),
    (b"\0\0\0\x0CjP  \r\n", MediaType::Image),
];

/// Text formats whose mark-up would be taken for text.
const MARKED_UP: &[&str] = &["<?xml", "<!doctype", "<html", "mime-version:"];

/// Tells the format by the content; what the file is called does not matter.
///
/// A compound file (OLE) with an encrypted package inside is a Word document with a password: [`MediaType::Docx`],
/// whose reader then says so.
pub fn sniff(bytes: &[u8]) -> MediaType {
    let head = bytes.get(..PDF_HEADER_WITHIN).unwrap_or(bytes);
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        sniff_zip(bytes)
    } else if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        sniff_compound(bytes)
    } else if holds(head, b"%PDF-") {
        MediaType::Pdf
    } else if bytes.starts_with(b"{\\rtf") {
        MediaType::Rtf
    } else if let Some(image) = sniff_image(bytes) {
        image
    } else if is_mail(head) {
        MediaType::Mail
    } else if !is_marked_up(head) && encoding::guess(bytes).is_some() {
        MediaType::Plain
    } else {
        MediaType::Unknown
    }
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn sniff_image(bytes: &[u8]) -> Option<MediaType> {
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some(MediaType::WebP);
    }
    // BMP: the two reserved words after the size are zero.
    if bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]) {
        return Some(MediaType::Bmp);
    }
    IMAGES.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, media_type)| *media_type)
}

/// Does it begin with the head of a mail: lines with a name and a colon, of which some tell who wrote when?
/// A web page that a browser saved as a mail (MHTML) is none.
fn is_mail(head: &[u8]) -> bool {
    let is_name =
        |name: &[u8]| !name.is_empty() && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-');
    let lines = head.split(|byte| *byte == b'\n').take_while(|line| !line.trim_ascii().is_empty());
    let mut names = Vec::new();
    for (number, line) in lines.enumerate() {
        let goes_on = number > 0 && line.first().is_some_and(u8::is_ascii_whitespace);
        match line.iter().position(|byte| *byte == b':').and_then(|colon| line.get(..colon)) {
            _ if goes_on => {}
            Some(name) if is_name(name) => names.push(name.to_ascii_lowercase()),
            // A line that the window cuts tells nothing; any other is no head.
            _ if number > 3 => break,
            _ => return false,
        }
    }
    let has =
        |wanted: &[&str]| names.iter().any(|name| wanted.iter().any(|w| w.as_bytes() == name.as_slice()));
    let is_page = holds(head, b"<Saved by") || has(&["snapshot-content-location"]);
    has(&["from", "received", "return-path", "message-id"])
        && has(&["date", "subject", "to", "delivered-to", "received"])
        && !is_page
}

fn is_marked_up(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let starts =
        |mark: &&str| head.get(..mark.len()).is_some_and(|h| h.eq_ignore_ascii_case(mark.as_bytes()));
    MARKED_UP.iter().any(starts)
}

/// A ZIP by its members' names; where the directory at its end is missing (a file cut short), by the names that
/// stand before each member.
fn sniff_zip(bytes: &[u8]) -> MediaType {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return match (holds(bytes, b"word/document.xml"), holds(bytes, b"OFD.xml")) {
            (true, _) => MediaType::Docx,
            (_, true) => MediaType::Ofd,
            _ => MediaType::Zip,
        };
    };
    let has = |wanted: &str| archive.file_names().flatten().any(|name| name.eq_ignore_ascii_case(wanted));
    if has("word/document.xml") {
        MediaType::Docx
    } else if has("OFD.xml") {
        MediaType::Ofd
    } else if names_a_word_document(&mut archive) {
        MediaType::Docx
    } else if OTHER_PACKAGES.iter().any(|name| archive.index_for_name(name).is_some()) {
        // A document or program of another format, not a heap of documents.
        MediaType::Unknown
    } else {
        MediaType::Zip
    }
}

/// Does the list of content types name a main part of WordprocessingML, wherever that stands?
fn names_a_word_document(archive: &mut ZipArchive<Cursor<&[u8]>>) -> bool {
    let Ok(part) = archive.by_name("[Content_Types].xml") else { return false };
    let mut types = Vec::new();
    // What could be unpacked is enough to tell.
    let _: std::io::Result<usize> = part.take(CONTENT_TYPES).read_to_end(&mut types);
    holds(&types, b"wordprocessingml.document.main+xml")
        || holds(&types, b"wordprocessingml.template.main+xml")
        || holds(&types, b"ms-word.document.macroEnabled.main+xml")
}

/// A compound file by the names in its directory, whose entries are 128 bytes each on a boundary of as many
/// ([MS-CFB] 2.6.1): 64 bytes of name in UTF-16, then the name's length in bytes with its closing NUL.
fn sniff_compound(bytes: &[u8]) -> MediaType {
    let has = |wanted: &str| {
        let name: Vec<u8> = wanted.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        let length = (name.len() as u16).to_le_bytes();
        bytes.chunks_exact(128).any(|entry| {
            // Names do not tell case apart.
            let is_called = entry.get(..name.len()).is_some_and(|called| called.eq_ignore_ascii_case(&name));
            is_called && entry.get(64..66) == Some(&length)
        })
    };
    if has("WordDocument") {
        MediaType::Doc
    } else if has("EncryptedPackage") {
        MediaType::Docx
    } else if has("MatOST") || (has("CONTENTS") && !has("Quill")) {
        MediaType::Works
    } else {
        MediaType::Unknown
    }
}

/// The format's name for people, in Chinese.
pub fn name(media_type: MediaType) -> &'static str {
    match media_type {
        MediaType::Pdf => "PDF",
        MediaType::Docx => "Word 文档（DOCX）",
        MediaType::Plain => "纯文本",
        MediaType::Doc => "旧版 Word 文档（DOC）",
        MediaType::Ofd => "OFD 版式文件",
        MediaType::Jpeg => "JPEG 图片",
        MediaType::Png => "PNG 图片",
        MediaType::Tiff => "TIFF 图片",
        MediaType::Bmp => "BMP 图片",
        MediaType::WebP => "WebP 图片",
        MediaType::Image => "GIF 或 JPEG 2000 图片",
        MediaType::Zip => "ZIP 压缩包",
        MediaType::Rtf => "RTF 文档",
        MediaType::Mail => "电子邮件",
        MediaType::Works => "Microsoft Works 文档（WPS）",
        MediaType::Unknown => "无法识别的格式",
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    fn zip(members: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in members {
            writer.start_file(*name, SimpleFileOptions::default()).expect("a member");
            writer.write_all(content.as_bytes()).expect("its content");
        }
        writer.finish().expect("an archive").into_inner()
    }

    fn compound(stream: &str) -> Vec<u8> {
        let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        bytes.resize(1024, 0);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes.resize(1024 + 64, 0);
        bytes.extend((2 * stream.len() as u16 + 2).to_le_bytes());
        bytes.resize(2048, 0);
        bytes
    }

    #[test]
    fn a_pdf_may_begin_late() {
        assert_eq!(sniff(b"%PDF-1.7\n"), MediaType::Pdf);
        assert_eq!(sniff(&[vec![0; 900], b"%PDF-1.4".to_vec()].concat()), MediaType::Pdf);
    }

    #[test]
    fn a_zip_is_told_by_its_members() {
        assert_eq!(sniff(&zip(&[("word/document.xml", "")])), MediaType::Docx);
        assert_eq!(sniff(&zip(&[("OFD.xml", "")])), MediaType::Ofd);
        assert_eq!(sniff(&zip(&[("合同.pdf", "")])), MediaType::Zip);
        let types = "<Override PartName='/a.xml' ContentType='application/vnd.openxmlformats-officedocument.\
                     wordprocessingml.document.main+xml'/>";
        assert_eq!(sniff(&zip(&[("[Content_Types].xml", types), ("a.xml", "")])), MediaType::Docx);
    }

    #[test]
    fn a_zip_cut_short_is_told_too() {
        let whole = zip(&[("word/document.xml", &"x".repeat(500))]);
        assert_eq!(sniff(&whole[..60]), MediaType::Docx);
    }

    #[test]
    fn compound_files_are_told_by_their_streams() {
        assert_eq!(sniff(&compound("WordDocument")), MediaType::Doc);
        assert_eq!(sniff(&compound("EncryptedPackage")), MediaType::Docx);
        assert_eq!(sniff(&compound("Workbook")), MediaType::Unknown);
    }

    #[test]
    fn text_images_and_junk() {
        assert_eq!(sniff("甲方：".as_bytes()), MediaType::Plain);
        assert_eq!(sniff("# 合同\n\n- 甲方".as_bytes()), MediaType::Plain);
        assert_eq!(sniff(b"{\\rtf1\\ansi"), MediaType::Rtf);
        assert_eq!(sniff(b"\xFF\xD8\xFF\xE0\0\x10JFIF"), MediaType::Jpeg);
        assert_eq!(sniff(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0"), MediaType::Unknown);
        assert_eq!(sniff(b"<html><body>"), MediaType::Unknown);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_told_and_read(bytes: Vec<u8>) {
            let heads: [&[u8]; 4] = [b"", b"PK\x03\x04", b"\xFF\xFE", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"];
            for head in heads {
                crate::read::read_here(&[head, &bytes].concat());
            }
        }
    }
}
