//! Comments stand around exactly the characters that they speak of, and change nothing else.

use std::fs;
use std::io::{Cursor, Write};
use std::path::PathBuf;

use proptest::prelude::*;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;
use crate::dictionaries::Dictionaries;
use crate::model::{Document, Region};
use crate::read::read_here;
use crate::text::Composer;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// A DOCX file with this in its body, and parts beside it: kind, root's name and content.
fn docx(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let wrap = |root: &str, content: &str| {
        format!(
            "<?xml version=\"1.0\"?><w:{root} xmlns:w=\"{W}\" xmlns:r=\"{RELATIONS}\" \
             xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
             xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">{content}</w:{root}>"
        )
    };
    let relation = |id: usize, kind: &str, target: &str| {
        format!("<Relationship Id=\"r{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>")
    };
    let relations =
        |all: &str| format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{all}</Relationships>");
    let related: String =
        parts.iter().enumerate().map(|(n, (kind, _))| relation(n, kind, &format!("{kind}.xml"))).collect();
    let mut members = vec![
        ("[Content_Types].xml".to_owned(), format!("<Types xmlns=\"{PACKAGE}/content-types\"/>")),
        ("_rels/.rels".to_owned(), relations(&relation(0, "officeDocument", "word/document.xml"))),
        ("word/document.xml".to_owned(), wrap("document", &format!("<w:body>{body}</w:body>"))),
        ("word/_rels/document.xml.rels".to_owned(), relations(&related)),
    ];
    members.extend(parts.iter().map(|(kind, content)| (format!("word/{kind}.xml"), wrap(kind, content))));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(name, SimpleFileOptions::default()).expect("a member");
        writer.write_all(content.as_bytes()).expect("its content");
    }
    writer.finish().expect("an archive").into_inner()
}

fn compose(bytes: &[u8]) -> (Document, Text) {
    let document = read_here(bytes);
    let composer = Composer::new(&Dictionaries::embedded()).expect("own dictionaries");
    let text = composer.compose(&document);
    (document, text)
}

fn remark_at(text: &Text, quote: &str) -> Remark {
    let at = text.content.find(quote).expect("the quote stands in the text");
    Remark { places: vec![text.span(at..at + quote.len())], lines: vec![format!("【风险】{quote}")] }
}

/// The main part of a copy, and for each of its comments what the marks stand around, as it is read.
fn marked(copy: &[u8]) -> (String, Vec<String>) {
    let traced = trace(copy, &Limits::default()).expect("a readable copy");
    let mut package = Package::open(copy, u64::MAX).expect("a package");
    let main = sound_part(&mut package, &traced.main).expect("a main part");
    let mut quotes = Vec::new();
    for id in 0..1000 {
        let Some(start) = main.find(&format!("<w:commentRangeStart w:id=\"{id}\"/>")) else { continue };
        let end = main.find(&format!("<w:commentRangeEnd w:id=\"{id}\"/>")).expect("an end");
        let shown = traced.blocks.iter().filter(|told| told.block.region == Region::Body).flat_map(|told| {
            told.block.text.chars().zip(&told.places).filter_map(|(c, place)| {
                let place = place.as_ref()?;
                (start < place.start && place.end <= end).then_some(c)
            })
        });
        quotes.push(shown.collect());
    }
    (main, quotes)
}

/// Annotates these quotes in a body; gives what is marked, after looking whether the text stayed what it was.
fn around(body: &str, quotes: &[&str]) -> (String, Vec<String>) {
    let bytes = docx(body, &[]);
    let (_, text) = compose(&bytes);
    let remarks: Vec<_> = quotes.iter().map(|quote| remark_at(&text, quote)).collect();
    let copy = annotate(&bytes, &text, &remarks, None).expect("a copy");
    let (document, again) = compose(&copy);
    assert_eq!(again.content[..again.body_end], text.content[..text.body_end]);
    let comments: Vec<_> = document.blocks.iter().filter(|b| b.region == Region::Comment).collect();
    assert_eq!(comments.len(), quotes.len());
    marked(&copy)
}

fn run(properties: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>")
}

#[test]
fn a_run_is_cut_and_keeps_its_format() {
    let (main, quotes) =
        around(&format!("<w:p>{}</w:p>", run("<w:b/>", " 甲方 所在地法院管辖 ")), &["所在地法院"]);
    assert_eq!(quotes, ["所在地法院"]);
    assert_eq!(main.matches("<w:rPr><w:b/></w:rPr>").count(), 3);
    assert!(main.contains("<w:t xml:space=\"preserve\">甲方 </w:t></w:r><w:commentRangeStart"), "{main}");
}

#[test]
fn marks_stand_between_runs_where_nothing_needs_cutting() {
    let body = format!("<w:p>{}{}{}</w:p>", run("", "提交"), run("", "仲裁"), run("", "。"));
    let (main, quotes) = around(&body, &["仲裁"]);
    assert_eq!((quotes[0].as_str(), main.matches("<w:r>").count()), ("仲裁", 4));
}

#[test]
fn quotes_over_runs_changes_links_and_references() {
    let body = format!(
        "<w:p>{}<w:ins w:id=\"7\">{}</w:ins><w:del w:id=\"8\"><w:r><w:delText>旧</w:delText></w:r></w:del>\
         <w:hyperlink r:id=\"x\">{}</w:hyperlink><w:r><w:t>R&amp;D</w:t><w:tab/><w:t>费用</w:t></w:r></w:p>",
        run("", "甲方应付"),
        run("", "新价款"),
        run("", "见附件一"),
    );
    let (_, quotes) = around(&body, &["付新价款见附", "&D\t费", "价", "R&"]);
    assert_eq!(quotes, ["付新价款见附", "&D\t费", "价", "R&"]);
}

#[test]
fn one_place_can_bear_several_comments() {
    let (_, quotes) = around(&format!("<w:p>{}</w:p>", run("", "由香港仲裁")), &["香港", "香港仲裁", "香港"]);
    assert_eq!(quotes, ["香港", "香港仲裁", "香港"]);
}

#[test]
fn cells_and_blanks() {
    let cell = |text: &str| format!("<w:tc><w:p>{}</w:p></w:tc>", run("", text));
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr></w:tbl><w:p>{}{}{}</w:p>",
        cell("单价"),
        cell("壹万元整"),
        run("", "工期"),
        "<w:r><w:rPr><w:u w:val=\"single\"/></w:rPr><w:tab/></w:r>",
        run("", "日")
    );
    let (_, quotes) = around(&body, &["壹万元", "____日"]);
    assert_eq!(quotes, ["壹万元", "____日"]);
}

#[test]
fn formulas_closed_controls_and_text_boxes_are_marked_whole() {
    let body = format!(
        "<w:p>{}<m:oMath><m:r><m:t>12</m:t></m:r></m:oMath><w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{}\
         </w:sdtContent></w:sdt></w:p><w:p><w:r><w:t>外</w:t><w:pict><w:txbxContent><w:p>{}</w:p></w:txbxContent>\
         </w:pict></w:r></w:p>",
        run("", "计"),
        run("", "某局"),
        run("", "框内文字"),
    );
    let (main, quotes) = around(&body, &["1", "局", "内文"]);
    assert_eq!(quotes, ["12", "某局", "框内文字"]);
    assert!(!main.contains("<w:txbxContent><w:p><w:commentRange"), "{main}");
}

#[test]
fn a_note_is_marked_at_its_reference() {
    let note = "<w:footnote w:id=\"2\"><w:p><w:r><w:t>以英文为准</w:t></w:r></w:p></w:footnote>";
    let body = format!("<w:p>{}<w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>", run("", "文本"));
    let bytes = docx(&body, &[("footnotes", note)]);
    let (_, text) = compose(&bytes);
    let copy = annotate(&bytes, &text, &[remark_at(&text, "英文")], None).expect("a copy");
    let (main, _) = marked(&copy);
    assert!(main.contains("<w:commentRangeStart w:id=\"0\"/><w:r><w:footnoteReference"), "{main}");
}

#[test]
fn comments_that_were_there_stay() {
    let old = "<w:comment w:id=\"4\" w:author=\"某\"><w:p><w:r><w:t>请改</w:t></w:r></w:p></w:comment>";
    let body = format!(
        "<w:p><w:commentRangeStart w:id=\"4\"/>{}<w:commentRangeEnd w:id=\"4\"/><w:r><w:commentReference \
         w:id=\"4\"/></w:r></w:p>",
        run("", "香港法律")
    );
    let bytes = docx(&body, &[("comments", old)]);
    let (_, text) = compose(&bytes);
    let remarks = [remark_at(&text, "香港"), Remark { places: Vec::new(), lines: vec!["无处".to_owned()] }];
    let copy = annotate(&bytes, &text, &remarks, None).expect("a copy");
    let (document, _) = compose(&copy);
    let said: Vec<_> = document.blocks.iter().filter(|b| b.region == Region::Comment).collect();
    let said: Vec<_> = said.iter().map(|b| b.text.as_str()).collect();
    assert_eq!(said, ["请改", "【风险】香港", "无处"]);
    assert_eq!(marked(&copy).1, ["香港法律", "香港", "香港法律"]);
}

#[test]
fn an_automatic_number_leads_to_its_paragraph() {
    let level = "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"第%1条\"/></w:lvl>";
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"0\">{level}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
    );
    let body =
        format!("<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>{}</w:p>", run("", "标的"));
    let bytes = docx(&body, &[("numbering", &numbering)]);
    let (_, text) = compose(&bytes);
    let remarks = [remark_at(&text, "第1条"), remark_at(&text, "条标")];
    let copy = annotate(&bytes, &text, &remarks, None).expect("a copy");
    assert_eq!(marked(&copy).1, ["标的", "标"]);
}

#[test]
fn a_damaged_draft_gives_an_error() {
    let text = Text::default();
    assert!(annotate(b"PK\x03\x04", &text, &[], None).is_err());
    assert!(annotate(&docx("<w:p><w:r>", &[]), &text, &[], None).is_err());
}

fn samples() -> Vec<PathBuf> {
    fn gather(folder: PathBuf, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                gather(path, found);
            } else if path.extension().is_some_and(|ext| ext == "docx") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    gather(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus/archive"), &mut found);
    found.sort();
    found
}

/// Characters of a span that have a place of their own.
fn expected(text: &Text, blocks: &[crate::read::docx::places::Told], span: &Span) -> String {
    let places = Places::new(text, blocks);
    let one = |at: usize| {
        text.content.chars().nth(at).map(|c| (c, Span { start: at, end: at + 1, ..span.clone() }))
    };
    let placed = (span.start..span.end)
        .filter_map(one)
        .filter(|(c, at)| !c.is_whitespace() && places.of_character(at.start).is_some());
    placed.map(|(c, _)| c).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_stretch_of_a_sample_can_be_marked(which in 0_usize..64, cuts in prop::collection::vec((0_usize..100_000, 1_usize..80), 1..12)) {
        let samples = samples();
        let bytes = fs::read(&samples[which % samples.len()]).expect("a sample");
        let (document, text) = compose(&bytes);
        let traced = trace(&bytes, &Limits::default()).expect("a readable sample");
        let told: Vec<_> = traced.blocks.iter().map(|told| told.block.clone()).collect();
        prop_assert_eq!(&told, &document.blocks);
        let length = text.content[..text.body_end].chars().count();
        let spans: Vec<Span> = cuts.iter().map(|(start, width)| {
            let start = start % length;
            let bytes = text.byte_of_char(start).unwrap()..text.byte_of_char((start + width).min(length)).unwrap_or(text.body_end);
            text.span(bytes)
        }).filter(|span| !expected(&text, &traced.blocks, span).is_empty()).collect();
        let remarks: Vec<_> = spans.iter().map(|span| Remark { places: vec![span.clone()], lines: vec![String::new()] }).collect();
        let copy = annotate(&bytes, &text, &remarks, None).expect("a copy");
        let (_, again) = compose(&copy);
        prop_assert_eq!(&again.content[..again.body_end], &text.content[..text.body_end]);
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let quotes: Vec<_> = marked(&copy).1.iter().map(|quote| bare(quote)).collect();
        let wanted: Vec<_> = spans.iter().map(|span| expected(&text, &traced.blocks, span)).collect();
        // A closed control is marked whole, a text box at its anchor, with all that it holds.
        let main = marked(&copy).0;
        let is_closed = main.contains("<w:sdt>") || main.contains("<w:txbxContent>");
        prop_assert_eq!(quotes.len(), wanted.len());
        for (quote, wanted) in quotes.iter().zip(&wanted) {
            prop_assert!(quote == wanted || is_closed && quote.contains(wanted), "{quote} ≠ {wanted}");
        }
    }
}
