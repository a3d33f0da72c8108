//! What is said about a file or page, in Chinese.

use super::body::Attachment;
use super::guard::Exceeded;
use super::package::Fault;
use crate::model::{Issue, Level, Stage};

/// Characters of a remark that are told.
const REMARK: usize = 200;
/// Attachments that are named.
const NAMED: usize = 10;

fn about_file(level: Level, code: &str, message: String) -> Issue {
    Issue::new(level, Stage::Read, code, message)
}

fn on_page(level: Level, code: &str, number: u32, message: String) -> Issue {
    about_file(level, code, message).on_page(number)
}

/// The page's content cannot be had.
pub(super) fn page_unreadable(number: u32, fault: &Fault) -> Issue {
    let message = format!("第 {number} 页未读取：{fault}；请从来源重新取得文件");
    on_page(Level::Error, "page-unreadable", number, message)
}

/// The page was read without something that belongs to it.
pub(super) fn page_incomplete(number: u32, what: &str) -> Issue {
    let message = format!("第 {number} 页可能不完整：{what}；请与原件核对");
    on_page(Level::Error, "page-incomplete", number, message)
}

/// The page went over a bound.
pub(super) fn page_limit(number: u32, exceeded: Exceeded) -> Issue {
    on_page(Level::Error, "limit-exceeded", number, format!("第 {number} 页{exceeded}，未读取"))
}

/// Characters of the page are not known: a private font without a map.
pub(super) fn undecodable(number: u32, why: &str) -> Issue {
    let message = format!("第 {number} 页有文字无法解码（{why}），所缺文字请与原件核对");
    on_page(Level::Warning, "undecodable-text", number, message)
}

/// There are more pages than are read.
pub(super) fn too_many_pages(count: u32, limit: u32) -> Issue {
    let message = format!("文件共 {count} 页，超出上限 {limit} 页，第 {} 页起未读取；请拆分文件", limit + 1);
    about_file(Level::Error, "limit-exceeded", message)
}

/// What somebody wrote beside the text.
pub(super) fn remark(number: u32, creator: Option<&str>, remark: &str) -> Issue {
    let by = creator.filter(|name| !name.is_empty()).map(|name| format!("（{name}）")).unwrap_or_default();
    let message = format!("第 {number} 页有批注{by}：{}", shortened(remark, REMARK));
    on_page(Level::Info, "comment", number, message)
}

/// A part that the pages are read without.
pub(super) fn damaged_part(level: Level, fault: &Fault) -> Issue {
    about_file(level, "damaged-part", format!("{fault}；请从来源重新取得文件"))
}

/// One of several documents in the file is lost.
pub(super) fn body_lost(index: usize, fault: &Fault) -> Issue {
    let message = format!("文件内第 {} 份文档未读取：{fault}；请从来源重新取得文件", index + 1);
    about_file(Level::Error, "pages-missing", message)
}

/// The file holds several documents (DocBody); each has that many pages.
pub(super) fn several_documents(pages: &[usize]) -> Issue {
    let mut next = 1;
    let ranges = pages.iter().map(|&count| {
        let first = next;
        next += count;
        if count == 0 { "无页".to_owned() } else { format!("第 {first}-{} 页", next - 1) }
    });
    let ranges: Vec<String> = ranges.collect();
    let message = format!("文件内含 {} 份文档，按顺序连在一起读取：{}", pages.len(), ranges.join("、"));
    about_file(Level::Warning, "several-documents", message)
}

/// The file keeps several versions of a document (GB/T 33190-2016, 19).
pub(super) fn several_versions(count: usize) -> Issue {
    let message = format!("文件保存有 {count} 个版本，读取的是当前版本；请确认以哪个版本为准");
    about_file(Level::Warning, "several-versions", message)
}

/// Files inside the file, which are not read.
pub(super) fn attachments(attachments: &[Attachment]) -> Option<Issue> {
    let names: Vec<String> = attachments.iter().take(NAMED).map(|a| shortened(&a.name, REMARK)).collect();
    let more = if attachments.len() > NAMED { "等" } else { "" };
    let visible = attachments.iter().any(|attachment| attachment.visible);
    let level = if visible { Level::Warning } else { Level::Info };
    let message =
        format!("文件内有附件 {} 个（{}{more}），附件内容未读取", attachments.len(), names.join("、"));
    (!attachments.is_empty()).then(|| about_file(level, "attachments-unread", message))
}

/// The first characters of a text, in one line.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let line: Vec<&str> = text.split_whitespace().collect();
    let line = line.join(" ");
    match line.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}
