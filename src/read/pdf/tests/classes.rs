//! What kind of page it is, and what is said about it.

use super::support::*;
use crate::model::{Level, PageClass, PageOrigin};
use crate::read::Limits;

const IMAGE: (&str, &[u8]) =
    ("/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", &[0x80]);
const WHOLE_PAGE: &[u8] = b"q 595 0 0 842 0 0 cm /Im Do Q\n";

#[test]
fn an_image_alone_is_a_scan() {
    let sheet = Sheet { content: WHOLE_PAGE.to_vec(), image: Some(IMAGE), ..Sheet::default() };
    let (document, result) = read(&File::new().page(&sheet).bytes());
    assert!(result.is_ok());
    let page = &document.pages[0];
    assert_eq!((page.class, page.origin), (PageClass::Scan, PageOrigin::Unread));
    assert_eq!(page.why, "字形 0，汉字 0，图像占比 1.00");
    let issue = &document.issues[0];
    assert_eq!((issue.level, issue.code.as_str(), issue.page), (Level::Error, "needs-ocr", Some(1)));
    assert_eq!(issue.message, "第 1 页是扫描图像，需 OCR 识别");
}

#[test]
fn invisible_text_over_an_image_is_somebodys_ocr() {
    let layer = shown(&[(60.0, 700.0, gbk("本合同一式四份，双方各执两份"))]);
    let content = [WHOLE_PAGE, b"3 Tr\n", &layer].concat();
    let sheet = Sheet { content, image: Some(IMAGE), font: chinese_font("GBK-EUC-H"), ..Sheet::default() };
    let (document, _) = read(&File::new().page(&sheet).bytes());
    let page = &document.pages[0];
    assert_eq!((page.class, page.origin), (PageClass::ScanWithLayer, PageOrigin::TextLayer));
    assert_eq!(page.lines[0].text, "本合同一式四份，双方各执两份");
    assert!(page.confidence <= 0.6);
    assert_eq!((document.issues[0].level, document.issues[0].code.as_str()), (Level::Warning, "needs-ocr"));
}

#[test]
fn letters_drawn_as_shapes_are_outlined() {
    let shape =
        b"10 10 m 12 14 16 14 18 10 c 20 6 16 2 14 2 c 12 2 8 6 10 10 c 11 9 12 9 13 9 c 14 9 l 15 9 l f\n";
    let sheet = Sheet { content: shape.repeat(250), ..Sheet::default() };
    let (document, _) = read(&File::new().page(&sheet).bytes());
    assert_eq!(document.pages[0].class, PageClass::Outlined);
    assert_eq!(codes(&document), ["needs-ocr"]);
}

#[test]
fn an_empty_page_is_read() {
    let (document, _) = read(&File::new().page(&Sheet::default()).bytes());
    let page = &document.pages[0];
    assert_eq!((page.class, page.origin), (PageClass::Empty, PageOrigin::TextLayer));
    assert!(document.issues.is_empty());
}

#[test]
fn hidden_text_on_a_text_page_is_not_read() {
    let shown_text = shown(&[(60.0, 700.0, gbk("可见的条款共十个汉字以上"))]);
    let hidden = shown(&[(60.0, 600.0, gbk("隐藏文字"))]);
    let content = [shown_text, b"3 Tr\n".to_vec(), hidden].concat();
    let sheet = Sheet { content, font: chinese_font("GBK-EUC-H"), ..Sheet::default() };
    assert_eq!(texts(&File::new().page(&sheet).bytes()), ["可见的条款共十个汉字以上"]);
}

#[test]
fn too_many_glyphs_leave_the_page_unread() {
    let bytes = chinese(&[(60.0, 700.0, "一二三四五六七八九十")]);
    let (document, result) = read_within(&bytes, &Limits { glyphs_per_page: 9, ..Limits::default() });
    assert!(result.is_ok());
    assert_eq!(document.pages[0].origin, PageOrigin::Unread);
    assert_eq!(codes(&document), ["limit-exceeded"]);
}

#[test]
fn the_clock_stops_a_fan_out_of_forms() {
    let mut file = File::new();
    let leaf = file.stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", b"0 0 1 1 re f");
    let top = (0..28).fold(leaf, |inner, _| {
        let dict =
            format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {inner} 0 R>>>>");
        file.stream(&dict, b"/X Do /X Do")
    });
    let resources = format!("/XObject<</X {top} 0 R>>");
    let sheet = Sheet { content: b"/X Do".to_vec(), resources, ..Sheet::default() };
    let limits = Limits { page_time: std::time::Duration::from_millis(50), ..Limits::default() };
    let (document, _) = read_within(&file.page(&sheet).bytes(), &limits);
    assert_eq!(document.pages[0].origin, PageOrigin::Unread);
    assert_eq!(codes(&document), ["limit-exceeded"]);
}

#[test]
fn pages_beyond_the_cap_are_reported() {
    let file = (0..3).fold(File::new(), |file, _| file.page(&Sheet::default()));
    let (document, _) = read_within(&file.bytes(), &Limits { pages: 2, ..Limits::default() });
    assert_eq!((document.page_count, document.pages.len()), (Some(3), 2));
    assert_eq!(codes(&document), ["limit-exceeded"]);
}
