//! Files that are not whole.

use super::support::*;
use crate::model::{Document, PageClass, PageOrigin};
use crate::read::ReadError;

fn sheet() -> Sheet<'static> {
    let content = shown(&[(60.0, 700.0, gbk("政府采购合同"))]);
    Sheet { content, font: chinese_font("GBK-EUC-H"), ..Sheet::default() }
}

#[test]
fn a_wrong_xref_offset_is_repaired() {
    assert_eq!(texts(&File::new().page(&sheet()).finish("", 77)), ["政府采购合同"]);
}

#[test]
fn a_file_cut_in_its_xref_is_read_with_a_warning() {
    let bytes = File::new().page(&sheet()).bytes();
    let (document, result) = read(&bytes[..bytes.len() - 150]);
    assert!(result.is_ok());
    assert_eq!(document.pages[0].lines[0].text, "政府采购合同");
    assert_eq!(codes(&document), ["truncated"]);
}

#[test]
fn a_file_without_any_page_is_damaged() {
    let bytes = File::new().page(&sheet()).bytes();
    for part in [&bytes[..60], b"%PDF-1.7\nnothing that makes sense", &File::new().bytes()] {
        let (document, result) = read(part);
        assert!(matches!(result, Err(ReadError::Damaged(_))), "{result:?}");
        assert!(document.pages.is_empty());
    }
}

#[test]
fn a_password_is_asked_for() {
    let hash = "ab".repeat(32);
    let encrypt = format!(
        "/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -44/O<{hash}>/U<{hash}>>>/ID[<{hash}><{hash}>]"
    );
    let (_, result) = read(&File::new().page(&sheet()).finish(&encrypt, 0));
    assert!(matches!(result, Err(ReadError::Encrypted)), "{result:?}");
}

#[test]
fn fewer_pages_than_declared_are_reported() {
    let bytes = File::new().page(&sheet()).bytes();
    let text = bytes.iter().map(|&byte| byte as char).collect::<String>().replace("/Count 1", "/Count 4");
    let bytes: Vec<u8> = text.chars().map(|c| c as u8).collect();
    assert_eq!(codes(&read(&bytes).0), ["pages-missing"]);
}

#[test]
fn a_page_whose_content_is_gone_is_unread() {
    let bytes = File::new().page(&sheet()).bytes();
    let text =
        bytes.iter().map(|&byte| byte as char).collect::<String>().replace("/Contents 4", "/Contents 9");
    let bytes: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let (document, _) = read(&bytes);
    assert_eq!(document.pages[0].origin, PageOrigin::Unread);
    assert_eq!(codes(&document), ["page-unreadable"]);
}

const WHOLE_PAGE: &[u8] = b"q 595 0 0 842 0 0 cm /Im Do Q\n";
const GRAY: &str = "/Type/XObject/Subtype/Image/Width 40/Height 56/BitsPerComponent 8/ColorSpace/DeviceGray";
const BILEVEL: &str =
    "/Type/XObject/Subtype/Image/Width 40/Height 56/BitsPerComponent 1/ColorSpace/DeviceGray";

/// A scan with this image, by eyes that read nothing or a line.
fn scan(content: &[u8], dict: &str, data: &[u8], text: &'static str) -> Document {
    let sheet = Sheet { content: content.to_vec(), image: Some((dict, data)), ..Sheet::default() };
    read_with(&File::new().page(&sheet).bytes(), &mut Eyelid { text, ..Eyelid::default() })
}

fn is_unread_for(document: &Document, reason: &str) -> bool {
    document.pages[0].origin == PageOrigin::Unread
        && document.pages[0].class != PageClass::Empty
        && codes(document) == ["page-unreadable"]
        && document.issues[0].message.contains(reason)
}

#[test]
fn an_image_that_cannot_be_decoded_is_no_blank_page() {
    let strips = b"q 595 0 0 421 0 0 cm /Im Do Q q 595 0 0 421 0 421 cm /Im Do Q\n";
    for filter in ["DCTDecode", "JBIG2Decode", "JPXDecode"] {
        let dict = format!("{GRAY}/Filter/{filter}");
        for content in [WHOLE_PAGE, strips] {
            let document = scan(content, &dict, b"no image of that kind", "");
            assert!(is_unread_for(&document, "无法解码"), "{filter}: {:?}", document.issues);
        }
    }
}

#[test]
fn an_image_that_is_cut_off_is_told() {
    // Fax data of a few rows, where 56 are declared.
    let fax = format!("{BILEVEL}/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 40>>");
    assert!(is_unread_for(&scan(WHOLE_PAGE, &fax, &[0xFF], ""), "数据不完整"));
    // Half of the samples, and all.
    let half = scan(WHOLE_PAGE, GRAY, &[255; 20 * 56], "政府采购合同");
    assert_eq!(codes(&half), ["image-damaged"]);
    assert_eq!(half.pages[0].lines[0].text, "政府采购合同");
    assert!(codes(&scan(WHOLE_PAGE, GRAY, &[255; 40 * 56], "政府采购合同")).is_empty());
    let whole = scan(WHOLE_PAGE, &fax, &[0xFF; 7], "");
    assert_eq!((whole.pages[0].class, codes(&whole).len()), (PageClass::Empty, 0), "{:?}", whole.issues);
}

#[test]
fn a_page_whose_image_is_not_in_the_file_is_no_blank_page() {
    let resources = "/XObject<</Im 99 0 R>>".to_owned();
    let sheet = Sheet { content: WHOLE_PAGE.to_vec(), resources, ..Sheet::default() };
    let (document, _) = read(&File::new().page(&sheet).bytes());
    assert_eq!(document.pages[0].origin, PageOrigin::Unread);
    assert_eq!(codes(&document), ["page-unreadable"]);
}

#[test]
fn values_that_only_a_viewer_draws_are_told() {
    let with = |field: &str| {
        let extra = format!("/Annots[<</Type/Annot/Subtype/Widget/Rect[60 600 300 620]{field}>>]");
        codes(&read(&File::new().page(&Sheet { extra: &extra, ..sheet() }).bytes()).0).join(" ")
    };
    assert_eq!(with("/FT/Tx/V(10000)"), "form-values-unread");
    assert_eq!(with("/Parent<</FT/Tx/V(10000)>>"), "form-values-unread");
    for well in ["/FT/Tx", "/FT/Tx/V( )", "/FT/Tx/V(1)/F 2", "/FT/Btn/V(1)", "/FT/Tx/V(1)/AP<</N 4 0 R>>"] {
        assert_eq!(with(well), "", "{well}");
    }
}
