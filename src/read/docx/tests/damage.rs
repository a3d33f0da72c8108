//! Files that are broken, hostile or locked give errors and never a panic.

use proptest::prelude::*;

use super::*;
use crate::read;

fn outcome(bytes: &[u8], limits: &Limits) -> (Document, Result<(), ReadError>) {
    let mut document = Document::empty(MediaType::Unknown);
    let outcome = super::read(bytes, limits, &mut document);
    (document, outcome)
}

#[test]
fn a_file_cut_short_is_damaged() {
    let bytes = Docx::new(&paragraph("甲方")).bytes();
    let cut = &bytes[..bytes.len() / 2];
    assert!(matches!(outcome(cut, &Limits::default()).1, Err(ReadError::Damaged(_))));
    assert_eq!(read::read_here(cut).issues[0].code, "damaged");
}

#[test]
fn a_body_cut_short_keeps_what_came_before() {
    let docx = Docx::new(&(paragraph("第一条") + "<w:p><w:r><w:t>第二条</w:t>"));
    let (document, outcome) = outcome(&docx.bytes(), &Limits::default());
    assert_eq!(document.blocks.iter().map(|b| b.text.as_str()).collect::<Vec<_>>(), ["第一条", "第二条"]);
    assert!(matches!(outcome, Err(ReadError::Damaged(_))));
}

#[test]
fn a_missing_main_part_is_damage() {
    let bytes = zip(&[("_rels/.rels".to_owned(), Vec::new())]);
    assert!(matches!(outcome(&bytes, &Limits::default()).1, Err(ReadError::Damaged(_))));
}

#[test]
fn a_broken_part_costs_its_own_text_only() {
    let mut docx = Docx::new(&paragraph("正文")).numbering("");
    docx.members.iter_mut().filter(|(name, _)| name.contains("numbering")).for_each(|(_, c)| c.truncate(90));
    let document = docx.read();
    assert_eq!(
        (document.blocks[0].text.as_str(), document.issues[0].code.as_str()),
        ("正文", "damaged-part")
    );
}

#[test]
fn a_bomb_is_refused() {
    let limits = Limits { unpacked_bytes: 100_000, ..Limits::default() };
    let bytes = Docx::new(&paragraph(&"长".repeat(200_000))).bytes();
    assert!(bytes.len() < 10_000);
    assert!(matches!(outcome(&bytes, &limits).1, Err(ReadError::Limit(_))));
    // Parts that fit one by one do not fit together.
    let many = (0..10).fold(Docx::new(&paragraph("甲")), |docx, _| docx.styles(&" ".repeat(20_000)));
    assert!(matches!(outcome(&many.bytes(), &limits).1, Err(ReadError::Limit(_))));
}

/// The XML reader never expands entities that a part declares: a reference to one stays as it is written.
#[test]
fn declared_entities_do_not_grow() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"甲甲甲甲甲甲甲甲甲甲\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    let body =
        wrap(TRANSITIONAL, "document", "<w:body><w:p><w:r><w:t>&b;&amp;&#20803;</w:t></w:r></w:p></w:body>");
    let (declaration, root) = body.split_once("?>").expect("a declaration");
    let mut docx = Docx::new("");
    docx.members.clear();
    let docx = docx.member("word/document.xml", &format!("{declaration}?>{bomb}{root}"));
    assert_eq!(docx.texts(), ["&b;&元"]);
}

#[test]
fn nesting_without_end_is_refused() {
    let (document, outcome) = outcome(&Docx::new(&"<w:tbl>".repeat(100_000)).bytes(), &Limits::default());
    assert!(document.blocks.is_empty());
    assert!(matches!(outcome, Err(ReadError::Damaged(_))));
}

#[test]
fn a_document_with_a_password_is_encrypted() {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(1024, 0);
    let name = "EncryptedPackage";
    bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(1024 + 64, 0);
    bytes.extend([2 * name.len() as u8 + 2, 0]);
    bytes.resize(2048, 0);
    let document = read::read_here(&bytes);
    assert_eq!((document.media_type, document.issues[0].code.as_str()), (MediaType::Docx, "encrypted"));
}

/// Tags that open, close and cross at random.
fn soup() -> impl Strategy<Value = String> {
    let tag = prop::sample::select(vec![
        "p",
        "r",
        "t",
        "tbl",
        "tr",
        "tc",
        "sdt",
        "sdtPr",
        "sdtContent",
        "txbxContent",
        "fldSimple",
        "pPr",
        "rPr",
        "tcPr",
        "trPr",
        "numPr",
        "sectPr",
        "ins",
        "del",
        "footnote",
        "u",
        "vanish",
        "vMerge",
        "showingPlcHdr",
    ]);
    let fldchar = prop::sample::select(vec!["begin", "separate", "end"]);
    let leaf = prop_oneof![
        Just("字 ".to_owned()),
        fldchar.prop_map(|kind| format!("<w:fldChar w:fldCharType=\"{kind}\"/>")),
        Just("<w:ilvl w:val=\"4294967295\"/><w:numId w:val=\"1\"/>".to_owned()),
        Just("<w:gridSpan w:val=\"4294967295\"/>".to_owned()),
    ];
    leaf.prop_recursive(6, 64, 6, move |inner| {
        (tag.clone(), prop::collection::vec(inner, 0..6))
            .prop_map(|(tag, inner)| format!("<w:{tag}>{}</w:{tag}>", inner.concat()))
    })
}

proptest! {
    #[test]
    fn any_arrangement_of_elements_is_read(body in soup()) {
        let docx = Docx::new(&body).numbering(
            "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"8\"><w:start w:val=\"4294967295\"/>\
             <w:lvlText w:val=\"%1%9%\"/></w:lvl></w:abstractNum>\
             <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>",
        );
        docx.read();
    }

    #[test]
    fn any_bytes_are_survived(at in 0_usize..4000, byte: u8) {
        let mut bytes = Docx::new(&paragraph("甲方")).styles("").bytes();
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        read::read_here(&bytes);
    }
}
