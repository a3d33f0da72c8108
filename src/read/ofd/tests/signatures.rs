//! Signatures, their digests and seals.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sm3::{Digest, Sm3};

use super::support::*;
use crate::model::{BBox, Document, Level};

const PAGE: &str = "Doc_0/Pages/Page_0/Content.xml";

/// A DER value.
fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u8::try_from(content.len()).expect("a short value");
    let head = if length < 0x80 { vec![tag, length] } else { vec![tag, 0x81, length] };
    [&head, content].concat()
}

/// A signature value as GB/T 38540 has it, as far as it is looked at.
fn signed_value(name: &str, digest: &[u8]) -> Vec<u8> {
    let property = der(0x30, &[der(2, &[1]), der(0x0C, name.as_bytes())].concat());
    let info = der(0x30, &[der(0x30, &der(0x16, b"ES")), der(0x16, b"1"), property].concat());
    let bits = der(3, &[&[0], digest].concat());
    let to_sign = [der(2, &[4]), der(0x30, &info), der(0x18, b"20240101000000Z"), bits].concat();
    der(0x30, &der(0x30, &to_sign))
}

fn sm3(bytes: &[u8]) -> String {
    STANDARD.encode(Sm3::digest(bytes))
}

struct Signed {
    method: &'static str,
    references: Vec<(&'static str, String)>,
    stamps: &'static str,
    name: &'static str,
    /// The digest in the signature value where it is not the right one.
    signed: Option<[u8; 32]>,
}

impl Signed {
    /// A signature over the first page of a file.
    fn over(file: &File) -> Self {
        let parts = file.parts();
        let page = parts.iter().find(|(name, _)| name == PAGE).expect("a page");
        Self {
            method: "1.2.156.10197.1.401",
            references: vec![("/Doc_0/Pages/Page_0/Content.xml", sm3(&page.1))],
            stamps: "<ofd:StampAnnot ID='1' PageRef='1' Boundary='100 200 40 40'/>",
            name: "某某市某某局合同专用章",
            signed: None,
        }
    }

    fn read(&self, file: File) -> Document {
        let reference = |(part, value): &(&str, String)| {
            format!(
                "<ofd:Reference FileRef='{part}'><ofd:CheckValue>{value}</ofd:CheckValue></ofd:Reference>"
            )
        };
        let references: String = self.references.iter().map(reference).collect();
        let signature = format!(
            "<ofd:Signature><ofd:SignedInfo><ofd:SignatureDateTime>2024-01-01</ofd:SignatureDateTime>\
             <ofd:References CheckMethod='{}'>{references}</ofd:References>{}</ofd:SignedInfo>\
             <ofd:SignedValue>SignedValue.dat</ofd:SignedValue></ofd:Signature>",
            self.method, self.stamps
        );
        let digest = self.signed.unwrap_or_else(|| Sm3::digest(signature.as_bytes()).into());
        let value = signed_value(self.name, &digest);
        file.entry("<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>")
            .part(
                "Doc_0/Signs/Signatures.xml",
                "<ofd:Signatures><ofd:Signature ID='1' BaseLoc='/Doc_0/Signs/Sign_0/Signature.xml'/></ofd:Signatures>",
            )
            .part("Doc_0/Signs/Sign_0/Signature.xml", signature)
            .part("Doc_0/Signs/Sign_0/SignedValue.dat", value)
            .read()
    }
}

fn contract() -> File {
    File::of(&text(20.0, 30.0, "合同价款为人民币壹拾万元整"))
}

#[test]
fn a_file_as_it_was_signed() {
    let document = Signed::over(&contract()).read(contract());
    assert_eq!(document.issues.len(), 1);
    let issue = &document.issues[0];
    assert_eq!((issue.level, issue.code.as_str()), (Level::Info, "signature-digests-match"));
    assert_eq!(
        issue.message,
        "电子签名 1（印章“某某市某某局合同专用章”，时间 2024-01-01）：1 个受保护部件的摘要全部相符；\
         签名未经密码学验证（证书和签名值未核验）"
    );
    let seal = &document.seals[0];
    assert_eq!((seal.page, seal.bbox), (1, BBox::new(283.5, 566.9, 396.9, 680.3)));
    assert_eq!((seal.text.as_str(), seal.kind.as_str()), ("某某市某某局合同专用章", "合同专用章"));
}

#[test]
fn a_page_that_was_changed_after_signing_is_told() {
    let changed = File::of(&text(20.0, 30.0, "合同价款为人民币玖拾万元整"));
    let document = Signed::over(&contract()).read(changed);
    let issue = &document.issues[0];
    assert_eq!((issue.level, issue.code.as_str()), (Level::Warning, "signature-mismatch"));
    assert!(
        issue.message.contains("1 个受保护部件的摘要不符（Doc_0/Pages/Page_0/Content.xml）"),
        "{}",
        issue.message
    );
    assert!(issue.message.contains("签名未经密码学验证"));
}

#[test]
fn a_description_that_is_not_the_signed_one_is_told() {
    let signed = Signed { signed: Some([7; 32]), ..Signed::over(&contract()) };
    let document = signed.read(contract());
    assert_eq!(codes(&document), ["signature-mismatch"]);
    assert!(document.issues[0].message.contains("签名值中的摘要与签名描述文件不符"));
}

#[test]
fn parts_that_are_gone_and_methods_nobody_knows() {
    let mut signed = Signed::over(&contract());
    signed.references.push(("/Doc_0/Res/gone.png", sm3(b"")));
    let document = signed.read(contract());
    assert_eq!(codes(&document), ["signature-mismatch"]);
    assert!(document.issues[0].message.contains("1 个受保护部件缺失"));
    let unknown = Signed { method: "9.9.9", ..Signed::over(&contract()) };
    let document = unknown.read(contract());
    assert_eq!(codes(&document), ["signature-unchecked"]);
    assert!(document.issues[0].message.contains("摘要算法 9.9.9 不支持"));
}

#[test]
fn pages_beyond_the_protection_are_told() {
    let two = || contract().page("", &text(20.0, 30.0, "补充条款"));
    let document = Signed::over(&two()).read(two());
    assert_eq!(codes(&document), ["signature-digests-match", "signature-partial"]);
    assert!(document.issues[1].message.starts_with("第 2 页不在任何电子签名的保护范围内"));
}

#[test]
fn a_strip_of_a_seal_is_a_straddling_seal() {
    let stamps = "<ofd:StampAnnot ID='1' PageRef='1' Boundary='202 40 40 40' Clip='0 0 8 40'/>\
                  <ofd:StampAnnot ID='2' PageRef='77' Boundary='0 0 40 40'/>";
    let document = Signed { stamps, ..Signed::over(&contract()) }.read(contract());
    assert_eq!(document.seals.len(), 1);
    let seal = &document.seals[0];
    assert_eq!((seal.kind.as_str(), seal.bbox), ("骑缝章", BBox::new(572.6, 113.4, 595.3, 226.8)));
    assert_eq!(codes(&document), ["signature-digests-match", "seal-misplaced"]);
}

#[test]
fn a_list_of_signatures_that_is_lost_is_told() {
    let document = contract().entry("<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>").read();
    assert_eq!(codes(&document), ["signature-unchecked"]);
    assert_eq!(document.pages[0].lines.len(), 1);
}
