//! What Word shows of an RTF is what the blocks say.

use super::read;
use crate::model::{Document, MediaType, Region};
use crate::read::Limits;

fn document(content: &[u8]) -> Document {
    let head: &[u8] = b"{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset134 SimSun;}{\\f1 Arial;}}";
    let mut document = Document::empty(MediaType::Unknown);
    read(&[head, content, b"}"].concat(), &Limits::default(), &mut document).expect("a readable file");
    document
}

fn texts(content: &[u8]) -> Vec<String> {
    document(content).blocks.into_iter().map(|block| block.text).collect()
}

#[test]
fn chinese_in_both_ways_of_writing() {
    assert_eq!(texts(b"\\f0\\'ba\\'cf\\'cd\\'ac\\par \\uc1\\u30002?\\u26041?\\par"), ["合同", "甲方"]);
    // A byte beyond ASCII as it is.
    assert_eq!(texts(b"\xba\xcf\xcd\xac\\par"), ["合同"]);
}

#[test]
fn a_table_gives_cells() {
    let blocks = document(b"\\trowd\\cellx1000\\cellx2000\\intbl A\\cell B\\cell\\row\\pard C\\par").blocks;
    let cells: Vec<_> = blocks.iter().map(|b| (b.text.as_str(), b.cell.map(|c| (c.row, c.column)))).collect();
    assert_eq!(cells, [("A", Some((0, 0))), ("B", Some((0, 1))), ("C", None)]);
}

#[test]
fn what_stands_beside_the_text_has_its_region() {
    let blocks = document(b"{\\header H\\par}A{\\footnote N\\par}\\par{\\*\\unknown X}{\\pict 00ff}").blocks;
    let found: Vec<_> = blocks.iter().map(|b| (b.text.as_str(), b.region)).collect();
    assert_eq!(found, [("A", Region::Body), ("H", Region::Header), ("N", Region::Note)]);
}

#[test]
fn numbers_of_lists_and_results_of_fields_are_shown() {
    assert_eq!(texts(b"{\\listtext 1.\\tab}A\\par"), ["1. A"]);
    assert_eq!(texts(b"{\\field{\\*\\fldinst PAGE}{\\fldrslt 3}}\\par"), ["3"]);
    assert_eq!(texts(b"A{\\deleted B}{\\v C}D\\par"), ["AD"]);
}

#[test]
fn a_file_cut_short_says_so() {
    let mut document = Document::empty(MediaType::Unknown);
    read(b"{\\rtf1 A\\par{B", &Limits::default(), &mut document).expect("readable");
    assert_eq!(document.blocks.len(), 2);
    assert_eq!(document.issues[0].code, "damaged-part");
}

proptest::proptest! {
    #[test]
    fn any_content_is_read(content in proptest::collection::vec(proptest::sample::select(vec![
        "{", "}", "\\par ", "\\cell ", "\\row ", "\\trowd ", "\\cellx9", "\\intbl ", "\\u-2", "\\uc9 ", "\\'", "\\*",
        "\\header ", "\\field ", "\\fldrslt ", "\\fonttbl ", "\\bin9", "\\listtext ", "甲", ";",
    ]), 0..60)) {
        document(content.concat().as_bytes());
    }
}
