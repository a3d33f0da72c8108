//! Pages by their pictures, read by eyes that see what they are told.

use hetong_ocr::{
    Character, Doubt, Ink, PageReading, Picture, Point, Ruling, SealMark, SealShape, TextLine, Turn,
};

use super::{Eyes, Layer, PagePicture, Scan, read};
use crate::model::{Document, Joint, MarkKind, MediaType, PageClass, PageOrigin};
use crate::read::Effort;
use crate::read::sheet::Sheet;

/// Eyes that have read a page of 600 × 800 before they see it.
struct Known(PageReading);

impl Eyes for Known {
    fn read(&mut self, _: Picture, _: Effort) -> Result<PageReading, String> {
        Ok(self.0.clone())
    }
}

/// A line from (x, y), each character 12 wide and high.
fn line(x: f32, y: f32, text: &str, confidence: f32) -> TextLine {
    let count = text.chars().count() as f32;
    let right = x + 12.0 * count;
    let corner = |x: f32, y: f32| Point { x, y };
    let character = |(index, char): (usize, char)| Character {
        char,
        from: index as f32 / count,
        to: (index + 1) as f32 / count,
        confidence,
    };
    TextLine {
        quad: [corner(x, y), corner(right, y), corner(right, y + 13.0), corner(x, y + 13.0)],
        characters: text.chars().enumerate().map(character).collect(),
        confidence,
        reread: false,
        red: false,
    }
}

fn reading(lines: Vec<TextLine>) -> PageReading {
    PageReading { width: 600, height: 800, lines, ..PageReading::default() }
}

fn rule(from: (f32, f32), to: (f32, f32)) -> Ruling {
    Ruling { from: Point { x: from.0, y: from.1 }, to: Point { x: to.0, y: to.1 } }
}

fn page_of(reading: PageReading) -> Document {
    let sheet = Sheet { number: 1, width: 600.0, height: 800.0, rotation: 0 };
    // A bar across the page: it is not blank.
    let gray: Vec<u8> =
        (0..600 * 800).map(|i| if (120_000..150_000).contains(&i) { 0 } else { 255 }).collect();
    let picture = Picture::from_gray(600, 800, &gray).expect("a picture");
    let picture = PagePicture { picture, area: sheet.bounds(), how: "整页".to_owned(), flaw: None };
    let scan =
        Scan { sheet, class: PageClass::Scan, why: "测试".to_owned(), picture, layer: Layer::default() };
    let mut document = Document::empty(MediaType::Pdf);
    read(scan, &mut Known(reading), Effort::Usual, &mut document);
    document
}

fn codes(document: &Document) -> Vec<&str> {
    document.issues.iter().map(|issue| issue.code.as_str()).collect()
}

#[test]
fn a_ruled_table_keeps_its_cells() {
    let mut lines = vec![
        line(62.0, 102.0, "分享阶段", 0.99),
        line(122.0, 102.0, "预计每月节能效益", 0.99),
        line(122.0, 117.0, "（元）", 0.99),
        line(232.0, 102.0, "乙方分享比", 0.99),
        line(232.0, 117.0, "例", 0.99),
    ];
    let mut rulings: Vec<Ruling> = [60.0, 120.0, 230.0, 296.0].map(|x| rule((x, 98.0), (x, 134.0))).to_vec();
    rulings.extend([98.0, 134.0].map(|y| rule((60.0, y), (296.0, y))));
    // A border that was read as a character, without certainty.
    lines.push(line(114.0, 102.0, "1", 0.6));
    // A line under a word, and strokes of neighbouring characters that look like one, are no borders.
    rulings.extend([rule((122.0, 114.0), (178.0, 114.0)), rule((232.0, 106.0), (250.0, 106.0))]);
    let document = page_of(PageReading { rulings, ..reading(lines) });
    let told: Vec<_> = document.pages[0].lines.iter().map(|line| (line.text.as_str(), line.joint)).collect();
    assert_eq!(
        told,
        [
            ("分享阶段", Joint::Free),
            ("预计每月节能效益", Joint::Row),
            ("（元）", Joint::Cell),
            ("乙方分享比", Joint::Row),
            ("例", Joint::Cell)
        ]
    );
}

#[test]
fn a_page_on_its_side_is_told_as_it_stands_upright() {
    let turned = PageReading {
        turn: Turn::Left,
        width: 800,
        height: 600,
        ..reading(vec![line(80.0, 60.0, "政府采购合同", 0.97)])
    };
    let document = page_of(turned);
    let page = &document.pages[0];
    assert_eq!((page.width, page.height, page.rotation), (800.0, 600.0, 270));
    assert!((page.lines[0].bbox.x0 - 80.0).abs() < 1.0, "{:?}", page.lines[0].bbox);
    assert!(page.why.contains("已转正 270°"), "{}", page.why);
}

#[test]
fn doubt_is_told() {
    let document = page_of(reading(vec![line(80.0, 60.0, "政府采购合同", 0.7)]));
    assert_eq!(codes(&document), ["low-confidence"]);
    assert_eq!(document.pages[0].origin, PageOrigin::Ocr);

    let lines = vec![line(80.0, 60.0, "政府采购合同", 0.97), line(80.0, 90.0, "卧一十", 0.2)];
    let document = page_of(reading(lines));
    assert_eq!(codes(&document), ["lines-unreadable"]);
    let page = &document.pages[0];
    assert_eq!(page.lines.len(), 1);
    assert_eq!(page.marks[0].kind, MarkKind::Ink);

    let mirrored = PageReading {
        doubts: vec![Doubt::Mirrored],
        ..reading(vec![line(80.0, 60.0, "同合购采府政", 0.55)])
    };
    let document = page_of(mirrored);
    assert_eq!(codes(&document), ["page-unreadable"]);
    assert!(document.issues[0].message.contains("镜像"), "{}", document.issues[0].message);
    assert!(document.pages[0].lines.is_empty());
}

#[test]
fn seals_and_ink_come_with_their_places() {
    let seal = SealMark {
        bounds: [300.0, 600.0, 420.0, 720.0],
        shape: SealShape::Round,
        straddles_edge: false,
        text: "深圳市罗湖区教育局".to_owned(),
        purpose: "合同专用章".to_owned(),
        confidence: 0.9,
    };
    let ink = Ink { bounds: [100.0, 600.0, 180.0, 640.0], density: 0.2 };
    let seen =
        PageReading { seals: vec![seal], ink: vec![ink], ..reading(vec![line(80.0, 60.0, "合同", 0.97)]) };
    let document = page_of(seen);
    assert_eq!((document.seals[0].page, document.seals[0].kind.as_str()), (1, "合同专用章"));
    assert_eq!(document.pages[0].marks.len(), 1);
    assert!(document.pages[0].looked_at);
}
