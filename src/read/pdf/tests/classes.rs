//! What kind of page it is, and what is said about it.

use super::support::*;
use crate::model::{Level, PageClass, PageOrigin};
use crate::read::Limits;

/// A gray picture of 40 × 56 with a black bar.
fn image() -> Vec<u8> {
    (0..40 * 56).map(|i| if (400..800).contains(&i) { 0 } else { 255 }).collect()
}
const IMAGE: &str = "/Type/XObject/Subtype/Image/Width 40/Height 56/BitsPerComponent 8/ColorSpace/DeviceGray";
const WHOLE_PAGE: &[u8] = b"q 595 0 0 842 0 0 cm /Im Do Q\n";

fn scan<'a>(content: &[u8], pixels: &'a [u8]) -> Sheet<'a> {
    Sheet {
        content: content.to_vec(),
        image: Some((IMAGE, pixels)),
        font: chinese_font("GBK-EUC-H"),
        ..Sheet::default()
    }
}

#[test]
fn an_image_alone_is_read_by_its_pixels() {
    let mut eyes = Eyelid { text: "政府采购合同", ..Eyelid::default() };
    let document = read_with(&File::new().page(&scan(WHOLE_PAGE, &image())).bytes(), &mut eyes);
    let page = &document.pages[0];
    assert_eq!((page.class, page.origin), (PageClass::Scan, PageOrigin::Ocr));
    assert_eq!(eyes.pictures, [(40, 56)]);
    assert_eq!(page.lines[0].text, "政府采购合同");
    assert_eq!(page.lines[0].confidences, [0.95; 6]);
    assert!((page.lines[0].bbox.x0 - 59.5).abs() < 2.0, "{:?}", page.lines[0].bbox);
    assert!(page.why.contains("图像占比 1.00；嵌入图像 40×56"), "{}", page.why);
    assert!(page.looked_at && document.issues.is_empty(), "{:?}", document.issues);
}

#[test]
fn a_scan_on_which_nothing_is_read_is_unread_and_a_blank_one_is_empty() {
    let bytes = |pixels: &[u8]| File::new().page(&scan(WHOLE_PAGE, pixels)).bytes();
    let document = read_with(&bytes(&image()), &mut Eyelid::default());
    assert_eq!(document.pages[0].origin, PageOrigin::Unread);
    let issue = &document.issues[0];
    assert_eq!((issue.level, issue.code.as_str(), issue.page), (Level::Error, "page-unreadable", Some(1)));
    assert!(issue.message.starts_with("第 1 页未能读取：页面有笔迹"), "{}", issue.message);

    let document = read_with(&bytes(&[250; 40 * 56]), &mut Eyelid::default());
    assert_eq!((document.pages[0].class, document.pages[0].origin), (PageClass::Empty, PageOrigin::Ocr));
    assert!(document.issues.is_empty());

    let document = read_with(&bytes(&[3; 40 * 56]), &mut Eyelid::default());
    assert!(document.issues[0].message.contains("全黑"), "{}", document.issues[0].message);
}

#[test]
fn an_image_in_strips_or_under_shapes_is_rendered() {
    let half = b"q 595 0 0 421 0 0 cm /Im Do Q q 595 0 0 421 0 421 cm /Im Do Q\n";
    let mut eyes = Eyelid { text: "政府采购合同", ..Eyelid::default() };
    let document = read_with(&File::new().page(&scan(half, &image())).bytes(), &mut eyes);
    assert_eq!(eyes.pictures, [(1652, 2338)]);
    assert!(document.pages[0].why.contains("按 200 dpi 渲染"), "{}", document.pages[0].why);
}

#[test]
fn a_layer_under_a_scan_is_a_second_witness() {
    let long = "本合同一式四份，双方各执两份";
    let layer = shown(&[(60.0, 700.0, gbk(long))]);
    let content = [WHOLE_PAGE, b"3 Tr\n", &layer].concat();
    let mut eyes = Eyelid { text: "政府采购合同", ..Eyelid::default() };
    let document = read_with(&File::new().page(&scan(&content, &image())).bytes(), &mut eyes);
    let page = &document.pages[0];
    assert_eq!((page.class, page.origin), (PageClass::ScanWithLayer, PageOrigin::Merged));
    assert!(page.why.contains("与文字层比对"), "{}", page.why);
    assert_eq!(page.lines[0].text, "政府采购合同");
}

#[test]
fn born_digital_pages_are_never_looked_at() {
    let mut eyes = Eyelid::default();
    let file = File::new().page(&Sheet::default()).page(&Sheet {
        content: shown(&[(60.0, 700.0, gbk("本合同一式四份，双方各执两份"))]),
        font: chinese_font("GBK-EUC-H"),
        ..Sheet::default()
    });
    let document = read_with(&file.bytes(), &mut eyes);
    assert_eq!(document.pages.len(), 2);
    assert!(eyes.pictures.is_empty());
    assert!(document.pages[1].lines[0].confidences.is_empty());
}

#[test]
fn text_over_an_image_keeps_its_text_and_gains_what_the_image_says() {
    let own = shown(&[(60.0, 400.0, gbk("本合同一式四份，双方各执两份"))]);
    let content = [WHOLE_PAGE, own.as_slice()].concat();
    let mut eyes = Eyelid { text: "政府采购合同", ..Eyelid::default() };
    let document = read_with(&File::new().page(&scan(&content, &image())).bytes(), &mut eyes);
    let page = &document.pages[0];
    assert_eq!((page.class, page.origin), (PageClass::Text, PageOrigin::Merged));
    let texts: Vec<_> = page.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, ["政府采购合同", "本合同一式四份，双方各执两份"]);
    assert!(page.lines[1].confidences.is_empty());
}

#[test]
fn an_image_too_large_is_not_decoded() {
    let huge =
        "/Type/XObject/Subtype/Image/Width 65000/Height 65000/BitsPerComponent 8/ColorSpace/DeviceGray";
    let sheet = Sheet { content: WHOLE_PAGE.to_vec(), image: Some((huge, &[0; 9])), ..Sheet::default() };
    let mut eyes = Eyelid::default();
    let document = read_with(&File::new().page(&sheet).bytes(), &mut eyes);
    assert_eq!(document.pages[0].origin, PageOrigin::Unread);
    assert!(document.issues[0].message.contains("65000×65000"), "{}", document.issues[0].message);
    assert!(eyes.pictures.is_empty());
}

#[test]
fn letters_drawn_as_shapes_are_outlined() {
    let shape =
        b"10 10 m 12 14 16 14 18 10 c 20 6 16 2 14 2 c 12 2 8 6 10 10 c 11 9 12 9 13 9 c 14 9 l 15 9 l f\n";
    for letters in [250, 20] {
        let sheet = Sheet { content: shape.repeat(letters), ..Sheet::default() };
        let mut eyes = Eyelid { text: "政府采购合同", ..Eyelid::default() };
        let document = read_with(&File::new().page(&sheet).bytes(), &mut eyes);
        let page = &document.pages[0];
        assert_eq!((page.class, page.origin), (PageClass::Outlined, PageOrigin::Ocr), "{letters}");
        assert_eq!(eyes.pictures.len(), 1);
    }
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
