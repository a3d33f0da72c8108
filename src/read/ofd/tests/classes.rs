//! What kind of page it is, and what is said about it.

use super::support::*;
use crate::model::{Level, MarkKind, PageClass, PageOrigin};

const JPEG: &[u8] = b"\xFF\xD8\xFF\xE0 a picture that nobody decodes here";
const RESOURCES: &str = "<ofd:MultiMedias><ofd:MultiMedia ID='7' Type='Image'><ofd:MediaFile>a.jpg\
                         </ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>";

fn picture(x: f64, y: f64, width: f64, height: f64) -> String {
    format!(
        "<ofd:ImageObject Boundary='{x} {y} {width} {height}' CTM='{width} 0 0 {height} 0 0' ResourceID='7'/>"
    )
}

#[test]
fn a_picture_alone_is_a_scan() {
    let file = File::of(&picture(0.0, 0.0, 210.0, 297.0)).resources(RESOURCES).part("Doc_0/Res/a.jpg", JPEG);
    let document = file.read();
    let page = &document.pages[0];
    assert_eq!((page.class, page.origin), (PageClass::Scan, PageOrigin::Unread));
    let size = JPEG.len();
    let picture = format!("字形 0，汉字 0，图像占比 1.00；图像格式 JPEG，{size} 字节，占 595×842 点：");
    assert!(page.why.starts_with(&picture), "{}", page.why);
    let issue = &document.issues[0];
    assert_eq!((issue.level, issue.code.as_str(), issue.page), (Level::Error, "page-unreadable", Some(1)));
}

#[test]
fn a_picture_that_decodes_is_looked_at() {
    let mut png = std::io::Cursor::new(Vec::new());
    let white = image::GrayImage::from_pixel(60, 80, image::Luma([255]));
    white.write_to(&mut png, image::ImageFormat::Png).expect("encoded");
    let file = File::of(&picture(0.0, 0.0, 210.0, 297.0)).resources(RESOURCES);
    let document = file.part("Doc_0/Res/a.jpg", png.into_inner()).read();
    let page = &document.pages[0];
    assert_eq!((page.class, page.origin), (PageClass::Empty, PageOrigin::Ocr), "{}", page.why);
    assert!(page.looked_at && document.issues.is_empty());
}

#[test]
fn a_scan_without_its_picture_says_so() {
    let document = File::of(&picture(0.0, 0.0, 210.0, 297.0)).resources(RESOURCES).read();
    assert!(document.pages[0].why.ends_with("图像无法取得（文件中没有部件 Doc_0/Res/a.jpg）"));
    let document = File::of(&picture(0.0, 0.0, 210.0, 297.0)).read();
    assert!(document.pages[0].why.ends_with("图像无法取得（文件中没有部件 图像资源）"));
}

#[test]
fn text_under_a_picture_of_the_page_is_somebodys_ocr() {
    let layer = text(20.0, 30.0, "本合同一式四份，双方各执两份");
    let file = File::of(&(layer.clone() + &picture(0.0, 0.0, 210.0, 297.0))).resources(RESOURCES);
    let document = file.part("Doc_0/Res/a.jpg", JPEG).read();
    let page = &document.pages[0];
    assert_eq!((page.class, page.origin), (PageClass::ScanWithLayer, PageOrigin::TextLayer));
    assert_eq!(page.lines[0].text, "本合同一式四份，双方各执两份");
    assert!(page.confidence <= 0.6);
    assert_eq!((document.issues[0].level, document.issues[0].code.as_str()), (Level::Warning, "layer-only"));
    let over = File::of(&(picture(0.0, 0.0, 210.0, 297.0) + &layer)).resources(RESOURCES).read();
    assert_eq!(over.pages[0].class, PageClass::Text);
    assert_eq!(codes(&over), ["image-unread"]);
}

#[test]
fn letters_drawn_as_shapes_are_outlined() {
    let shape = "<ofd:PathObject Boundary='20 20 5 5' Fill='true' Stroke='false'><ofd:AbbreviatedData>M 0 0 B 1 1 2 2 \
                 3 0 B 3 1 2 2 1 3 Q 1 1 2 2 L 3 3 L 2 1 L 1 1 L 0 1 C</ofd:AbbreviatedData></ofd:PathObject>";
    let document = File::of(&shape.repeat(250)).read();
    assert_eq!(document.pages[0].class, PageClass::Outlined);
    assert!(document.pages[0].why.contains("填充图形 250"));
    assert_eq!(codes(&document), ["page-unreadable"]);
}

#[test]
fn an_empty_page_is_read() {
    let document = File::of("").read();
    assert_eq!(
        (document.pages[0].class, document.pages[0].origin),
        (PageClass::Empty, PageOrigin::TextLayer)
    );
    assert!(document.issues.is_empty());
}

#[test]
fn a_small_picture_is_a_mark() {
    let objects = text(20.0, 30.0, "法定代表人（签字）：") + &picture(60.0, 25.0, 30.0, 12.0);
    let page = &File::of(&objects).resources(RESOURCES).read().pages[0];
    assert_eq!(page.marks.len(), 1);
    assert_eq!(page.marks[0].kind, MarkKind::Picture);
    assert_eq!(page.marks[0].bbox.x0, 170.1);
}

#[test]
fn characters_of_a_private_font_are_told() {
    let private: String = ('\u{E100}'..'\u{E103}').collect();
    let objects = text(
        20.0,
        30.0,
        &("甲方应当按照本合同的约定向乙方支付合同价款，乙方应当开具发票。".to_owned() + &private),
    );
    let document = File::of(&objects).read();
    assert_eq!(codes(&document), ["undecodable-text"]);
    assert!(document.pages[0].confidence < 0.95);
}
