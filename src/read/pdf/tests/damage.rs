//! Files that are not whole.

use super::support::*;
use crate::model::PageOrigin;
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
