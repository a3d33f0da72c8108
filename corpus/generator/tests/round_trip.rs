//! What goes into a PDF comes out again, as poppler's `pdftotext` reads it.
//!
//! Without that program, or without the fonts, a test says so and passes.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::io::Write;
use std::process::{Command, Stdio};

use hetong_corpus::font::{Family, FontBook};
use hetong_corpus::pdf::{self, Finish, PdfKind, PredefinedCMap};
use hetong_corpus::source::{self, Document};

const TEXT: &str = "# 信息化运维服务合同\n%footer 第 {page} 页 共 {pages} 页\n\
    合同编号：HT-2024-0913-001\n甲方（采购人）：某市某局\n\
    第二条 合同金额：人民币壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分（￥1,234,567.89元），即《报价单》所列“总价”。\n\
    | 序号 | 名称 | 金额（元） |\n| 1 | 运维 | 1,234,567.89 |\n\
    <<甲方（盖章）： || 乙方（盖章）：>>\n";

fn document() -> Document {
    source::parse(TEXT).unwrap()
}

/// The text of a PDF without white space, or `None` if the program is not there.
fn pdftotext(pdf: &[u8]) -> Option<String> {
    let child = Command::new("pdftotext")
        .args(["-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else {
        eprintln!("skipped: no pdftotext here");
        return None;
    };
    child.stdin.take().unwrap().write_all(pdf).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    Some(text.chars().filter(|c| !c.is_whitespace()).map(half_width).collect())
}

/// Poppler takes the half-width letters of Adobe-GB1 for full-width ones.
fn half_width(c: char) -> char {
    match u32::from(c) {
        code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap(),
        _ => c,
    }
}

/// Whether the text holds all that was written, in the order in which a page is read.
fn check(kind: PdfKind, finish: Finish) {
    let pdf = pdf::render(&document(), kind, finish, &FontBook::system()).unwrap();
    let Some(text) = pdftotext(&pdf) else { return };
    let parts = [
        "信息化运维服务合同",
        "合同编号：HT-2024-0913-001",
        "人民币壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分（￥1,234,567.89元），即《报价单》所列“总价”。",
        "1运维1,234,567.89",
        "甲方（盖章）：乙方（盖章）：",
        "第1页共1页",
    ];
    let mut rest = text.as_str();
    for part in parts.map(|part| part.chars().map(half_width).collect::<String>()) {
        let at = rest.find(&part).unwrap_or_else(|| panic!("{kind:?}: no {part} in {text}"));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn predefined_cmaps() {
    for cmap in PredefinedCMap::ALL {
        check(PdfKind::Predefined(cmap), Finish::default());
        check(PdfKind::Predefined(cmap), Finish { fake_bold: false, rotated: true });
    }
}

#[test]
fn embedded_fonts() {
    let fonts = FontBook::system();
    for family in [Family::Song, Family::Kai, Family::Hei, Family::NotoSerif, Family::NotoSans] {
        if fonts.has(family) {
            check(PdfKind::Embedded(family), Finish::default());
        } else {
            eprintln!("skipped: no {}", family.file_name());
        }
    }
}

#[test]
fn a_fake_bold_title_is_there_twice() {
    let finish = Finish { fake_bold: true, rotated: false };
    let render = |finish| {
        let kind = PdfKind::Predefined(PredefinedCMap::GbkEuc);
        pdf::render(&document(), kind, finish, &FontBook::system()).unwrap()
    };
    assert_ne!(render(finish), render(Finish::default()));
}

#[test]
fn a_subset_can_keep_its_own_character_map_and_nothing_else() {
    let fonts = FontBook::system();
    if !fonts.has(Family::Song) {
        eprintln!("skipped: no {}", Family::Song.file_name());
        return;
    }
    for kind in [PdfKind::FontCmap(Family::Song), PdfKind::Unmapped(Family::Song)] {
        let pdf = pdf::render(&document(), kind, Finish::default(), &fonts).unwrap();
        let has = |needle: &[u8]| pdf.windows(needle.len()).any(|window| window == needle);
        assert!(has(b"/FontFile2") && !has(b"/ToUnicode"));
        assert!(pdftotext(&pdf).is_none_or(|text| !text.contains("合同")));
    }
}

#[test]
fn a_character_that_cannot_be_held_is_named() {
    let document = source::parse("面积12㎡☑").unwrap();
    for (cmap, character) in
        [(PredefinedCMap::GbEuc, "'㎡' (U+33A1)"), (PredefinedCMap::GbkEuc, "'☑' (U+2611)")]
    {
        let kind = PdfKind::Predefined(cmap);
        let error = pdf::render(&document, kind, Finish::default(), &FontBook::system()).unwrap_err();
        assert_eq!(error.to_string(), format!("{} has no {character}", cmap.name()));
    }
}
