//! What a file holds besides pages.

use super::support::*;
use crate::model::{Level, MediaType};

#[test]
fn several_documents_are_read_one_after_the_other() {
    let second = "<Document><Pages><Page ID='1' BaseLoc='Content.xml'/></Pages></Document>";
    let page = format!("<Page><Content><Layer>{}</Layer></Content></Page>", text(20.0, 30.0, "补充协议"));
    let file = File::of(&text(20.0, 30.0, "主合同"))
        .entry("</ofd:DocBody><ofd:DocBody><ofd:DocRoot>/Doc_1/Document.xml</ofd:DocRoot>")
        .entry("</ofd:DocBody><ofd:DocBody><ofd:DocRoot>/Doc_2/Document.xml</ofd:DocRoot>")
        .part("Doc_1/Document.xml", second)
        .part("Doc_1/Content.xml", page);
    let document = file.read();
    assert_eq!((document.media_type, document.page_count), (MediaType::Ofd, Some(2)));
    let texts: Vec<(u32, &str)> =
        document.pages.iter().map(|page| (page.number, page.lines[0].text.as_str())).collect();
    assert_eq!(texts, [(1, "主合同"), (2, "补充协议")]);
    assert_eq!(codes(&document), ["pages-missing", "several-documents"]);
    assert!(document.issues[1].message.ends_with("第 1-1 页、第 2-2 页"), "{}", document.issues[1].message);
}

#[test]
fn the_current_version_is_read() {
    let versions = "<ofd:Versions><ofd:Version ID='1' Index='1' BaseLoc='Doc_0/V1.xml'/><ofd:Version ID='2' Index='2' \
                    Current='true' BaseLoc='Doc_0/V2.xml'/></ofd:Versions>";
    let file = File::of(&text(20.0, 30.0, "旧稿"))
        .entry(versions)
        .part("Doc_0/V2.xml", "<ofd:DocVersion><ofd:DocRoot>New/Document.xml</ofd:DocRoot></ofd:DocVersion>")
        .part(
            "Doc_0/New/Document.xml",
            "<Document><Pages><Page ID='1' BaseLoc='Content.xml'/></Pages></Document>",
        )
        .part(
            "Doc_0/New/Content.xml",
            format!("<Page><Content><Layer>{}</Layer></Content></Page>", text(20.0, 30.0, "新稿")),
        );
    assert_eq!(file.texts(), ["新稿"]);
    assert_eq!(codes(&file.read()), ["several-versions"]);
}

#[test]
fn attachments_are_named() {
    let file = |visible: bool| {
        let list = format!(
            "<ofd:Attachments><ofd:Attachment ID='1' Name='技术规格书.pdf' Visible='{visible}'><ofd:FileLoc>a.pdf\
             </ofd:FileLoc></ofd:Attachment></ofd:Attachments>"
        );
        File::of("")
            .document("<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>")
            .part("Doc_0/Attachs/Attachments.xml", list)
    };
    let issue = &file(true).read().issues[0];
    assert_eq!((issue.level, issue.code.as_str()), (Level::Warning, "attachments-unread"));
    assert_eq!(issue.message, "文件内有附件 1 个（技术规格书.pdf），附件内容未读取");
    assert_eq!(file(false).read().issues[0].level, Level::Info);
}

#[test]
fn resources_that_are_lost_are_told() {
    let document =
        File::of(&text(20.0, 30.0, "正文")).common("<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>").read();
    assert_eq!(
        (document.issues[0].level, document.issues[0].code.as_str()),
        (Level::Warning, "damaged-part")
    );
    assert_eq!(document.pages[0].lines[0].text, "正文");
}
