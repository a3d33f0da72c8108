//! What Word shows of a DOC is what the blocks say.

mod support;

use self::support::Doc;
use super::read;
use crate::model::{Document, MediaType, Region};
use crate::read::{Limits, ReadError, read_here};

fn document(doc: Doc) -> Document {
    let mut document = Document::empty(MediaType::Unknown);
    read(&doc.bytes(), &Limits::default(), &mut document).expect("a readable document");
    document
}

fn texts(doc: Doc) -> Vec<String> {
    document(doc).blocks.into_iter().map(|block| block.text).collect()
}

#[test]
fn paragraphs_and_marks_inside_them() {
    let doc = Doc::new("采购合同\r甲方\u{B}某局\u{1E}一科\u{1F}\r𠮷\r");
    assert_eq!(texts(doc), ["采购合同", "甲方\n某局-一科", "𠮷"]);
}

#[test]
fn results_of_fields_are_shown() {
    assert_eq!(texts(Doc::new("第\u{13} PAGE \u{14}3\u{15}页\r")), ["第3页"]);
}

#[test]
fn narrow_pieces_are_latin_or_gbk() {
    assert_eq!(texts(Doc::narrow(b"Price \x80 5\r")), ["Price € 5"]);
    let gbk = encoding_rs::GB18030.encode("采购合同，甲方：某局。\r").0.into_owned();
    assert_eq!(texts(Doc::narrow(&gbk)), ["采购合同，甲方：某局。"]);
}

#[test]
fn cells_stand_in_their_rows() {
    let (inside, row) = ([0x16, 0x24, 1], [0x16, 0x24, 1, 0x17, 0x24, 1]);
    let doc = Doc::new("甲\u{7}乙\u{7}\u{7}后\r")
        .paragraph(0..2, &inside)
        .paragraph(2..4, &inside)
        .paragraph(4..5, &row);
    let blocks = document(doc).blocks;
    let cells: Vec<_> = blocks.iter().map(|b| (b.text.as_str(), b.cell.map(|c| (c.row, c.column)))).collect();
    assert_eq!(cells, [("甲", Some((0, 0))), ("乙", Some((0, 1))), ("后", None)]);
}

#[test]
fn numbers_of_lists_are_shown() {
    let list = [0x0B, 0x46, 1, 0, 0x0A, 0x26, 0];
    let doc = Doc::new("总则\r价款\r").paragraph(0..3, &list).paragraph(3..6, &list).list(39, "第\0条", 2);
    assert_eq!(texts(doc), ["第一条总则", "第二条价款"]);
}

#[test]
fn what_was_deleted_is_not_shown() {
    let doc = Doc::new("壹贰叁\r").run(1..2, &[0x00, 0x08, 1]);
    let document = document(doc);
    assert_eq!(document.blocks[0].text, "壹叁");
    assert!(document.issues.iter().any(|issue| issue.code == "tracked-changes"), "{:?}", document.issues);
}

#[test]
fn headers_and_notes_have_their_region() {
    let doc = Doc::new("正文\r").footnotes("注\r").headers("页眉\r");
    let blocks = document(doc).blocks;
    let found: Vec<_> = blocks.iter().map(|b| (b.text.as_str(), b.region)).collect();
    assert_eq!(found, [("正文", Region::Body), ("页眉", Region::Header), ("注", Region::Note)]);
}

#[test]
fn an_encrypted_document_is_named() {
    let bytes = Doc::new("正文\r").encrypted().bytes();
    let mut document = Document::empty(MediaType::Unknown);
    assert!(matches!(read(&bytes, &Limits::default(), &mut document), Err(ReadError::Encrypted)));
}

#[test]
fn a_piece_outside_the_file_is_told() {
    let document = document(Doc::new("正文\r").longer(3000));
    assert_eq!(document.blocks[0].text, "正文");
    assert!(document.issues.iter().any(|issue| issue.code == "damaged-part"), "{:?}", document.issues);
}

proptest::proptest! {
    #[test]
    fn damage_is_survived(at in 0_usize..8192, byte: u8, end in 0_usize..9000) {
        let list = [0x0B, 0x46, 1, 0, 0x16, 0x24, 1];
        let doc = Doc::new("甲\u{7}乙\r\u{13}A\u{14}").paragraph(0..2, &list).list(39, "第\0条", 2).headers("页眉\r");
        let mut bytes = doc.bytes();
        if let Some(hit) = bytes.get_mut(at) {
            *hit = byte;
        }
        bytes.truncate(end.max(512));
        read_here(&bytes);
    }
}
