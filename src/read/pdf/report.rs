//! What is said about a file or page that was not read whole.

use hayro_interpret::hayro_syntax::Filter;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Object, Stream};
use hayro_interpret::hayro_syntax::page::Page;

use crate::model::{Issue, Level, Stage};
use crate::read::Sink;

use crate::read::guard::{Exceeded, guarded};

/// Bytes at the end of a file in which its end mark must stand (ISO 32000-1, 7.5.5 and annex H.3).
const TAIL: usize = 2048;
/// A page count beyond this in the page tree is no page count.
const PLAUSIBLE_COUNT: u32 = 1_000_000;

/// Issues about the file as a whole: cut off, or with fewer pages than it declares.
pub(super) fn file(pdf: &Pdf, bytes: &[u8], found: u32, sink: &mut dyn Sink) {
    if !has_end_mark(bytes) {
        let message = "文件末尾缺少结束标记，可能不完整；请与来源核对页数";
        sink.issue(Issue::new(Level::Warning, Stage::Read, "truncated", message));
    }
    let declared = guarded(|| declared_pages(pdf)).ok().flatten();
    if let Some(declared) = declared.filter(|&n| n > found && n < PLAUSIBLE_COUNT) {
        let message = format!("文件声明 {declared} 页，只找到 {found} 页；请从来源重新取得");
        sink.issue(Issue::new(Level::Error, Stage::Read, "pages-missing", message));
    }
}

fn has_end_mark(bytes: &[u8]) -> bool {
    let tail = bytes.get(bytes.len().saturating_sub(TAIL)..).unwrap_or(bytes);
    tail.windows(5).any(|window| window == b"%%EOF")
}

fn declared_pages(pdf: &Pdf) -> Option<u32> {
    let xref = pdf.xref();
    xref.get::<Dict<'_>>(xref.root_id())?.get::<Dict<'_>>("Pages")?.get::<u32>("Count")
}

/// Why no reader found a page in the bytes.
pub(super) fn damage(bytes: &[u8]) -> String {
    let reason = if !has_end_mark(bytes) {
        "文件被截断，找不到任何页面"
    } else {
        "找不到任何页面"
    };
    reason.to_owned()
}

/// Does the page name content that is not in the file or cannot be unpacked?
pub(super) fn is_content_lost(page: &Page<'_>) -> bool {
    let raw = page.raw();
    if !raw.contains_key("Contents") {
        return false;
    }
    match raw.get::<Object<'_>>("Contents") {
        None | Some(Object::Null(_)) => true,
        Some(Object::Stream(stream)) => is_packed_twice(&stream) || page.page_stream().is_none(),
        Some(Object::Array(parts)) => are_lost(&parts),
        Some(_) => false,
    }
}

fn are_lost(parts: &Array<'_>) -> bool {
    let named = parts.raw_iter().count();
    let streams: Vec<Stream<'_>> = parts.iter::<Stream<'_>>().collect();
    streams.len() < named || streams.iter().any(is_packed_twice)
}

/// Does an empty page name pictures or forms that are not in the file?
pub(super) fn is_picture_lost(page: &Page<'_>) -> bool {
    let resources = page.raw().get::<Dict<'_>>("Resources");
    let objects = resources.and_then(|resources| resources.get::<Dict<'_>>("XObject")).unwrap_or_default();
    objects.keys().any(|name| objects.get::<Stream<'_>>(&*name).is_none())
}

/// Two dictionary compressions in a row shrink to nothing what unpacks to gigabytes, and nobody writes them.
fn is_packed_twice(stream: &Stream<'_>) -> bool {
    let packed = |filter: &&Filter| matches!(filter, Filter::FlateDecode | Filter::LzwDecode);
    stream.filters().iter().filter(packed).count() > 1
}

fn on_page(level: Level, code: &str, number: u32, message: String) -> Issue {
    Issue::new(level, Stage::Read, code, message).on_page(number)
}

/// The page has no text to trust, and there is no picture of it either.
pub(in crate::read) fn no_picture(number: u32, reason: &str) -> Issue {
    let message = format!("第 {number} 页未能读取：{reason}；请人工查看该页");
    on_page(Level::Error, "page-unreadable", number, message)
}

/// Only the text that somebody's OCR left could be had.
pub(in crate::read) fn layer_only(number: u32, reason: &str) -> Issue {
    let message = format!("第 {number} 页的文字层由他人 OCR 生成，图像未能识别（{reason}），请核对");
    on_page(Level::Warning, "layer-only", number, message)
}

/// Text over a large image whose own text was not read.
pub(in crate::read) fn image_unread(number: u32) -> Issue {
    let message = format!("第 {number} 页除文字外有大幅图像，图像中的文字未识别");
    on_page(Level::Warning, "image-unread", number, message)
}

/// Values of form fields are on the page for a viewer, and not in its content.
pub(super) fn form_values_undrawn(number: u32, count: usize) -> Issue {
    let message = format!(
        "第 {number} 页有 {count} 处填写内容只存在表单数据中，没有读到；请用 PDF 阅读器打开后“打印为 PDF”再放入"
    );
    on_page(Level::Error, "form-values-unread", number, message)
}

/// The page went over a bound.
pub(super) fn page_limit(number: u32, exceeded: Exceeded) -> Issue {
    let message = format!("第 {number} 页{}，未读取", exceeded.reason());
    on_page(Level::Error, "limit-exceeded", number, message)
}

/// The page's content is not in the file.
pub(super) fn contents_lost(number: u32) -> Issue {
    let message = format!("第 {number} 页内容缺失或无法解压，未读取；请从来源重新取得文件");
    on_page(Level::Error, "page-unreadable", number, message)
}

/// No reader could read the page.
pub(super) fn unreadable(number: u32) -> Issue {
    on_page(Level::Error, "page-unreadable", number, format!("第 {number} 页无法解析，未读取"))
}

/// The page was read by the second reader.
pub(super) fn second_reader(number: u32) -> Issue {
    let message = format!("第 {number} 页由后备解析器读出，无文字坐标，请核对");
    on_page(Level::Warning, "second-reader", number, message)
}
