//! What is said about a page whose picture was read, or could not be.

use super::Flaw;
use crate::model::{Issue, Level, Stage};

fn on_page(level: Level, code: &str, number: u32, message: String) -> Issue {
    Issue::new(level, Stage::Ocr, code, message).on_page(number)
}

/// The page was read, but not surely.
pub(super) fn low_confidence(number: u32, confidence: f32) -> Issue {
    let message = format!("第 {number} 页识别可信度较低（{confidence:.2}），请对照原件核对");
    on_page(Level::Warning, "low-confidence", number, message)
}

/// Nothing could be read although something is there.
pub(super) fn unreadable(number: u32, reason: &str) -> Issue {
    let message = format!("第 {number} 页未能读取：{reason}；请人工查看该页，必要时重新扫描");
    on_page(Level::Error, "page-unreadable", number, message)
}

/// The page was read as far as its images could be had.
pub(super) fn image_damaged(number: u32, flaw: Flaw) -> Issue {
    let message = format!("第 {number} 页{}；请对照原件核对，或从来源重新取得文件", flaw.in_words());
    on_page(Level::Error, "image-damaged", number, message)
}

/// Stretches of the page could not be read with any certainty and were left out.
pub(super) fn lines_left_out(number: u32, count: usize) -> Issue {
    let message = format!("第 {number} 页有 {count} 处字迹无法可靠识别，未收入文本，请对照原件");
    on_page(Level::Warning, "lines-unreadable", number, message)
}

/// Layer and picture contradict each other in places that matter.
pub(super) fn layer_conflict(number: u32, count: usize) -> Issue {
    let message = format!("第 {number} 页文字层与图像识别有 {count} 处不一致且难以取舍，请对照原件核对");
    on_page(Level::Warning, "layer-conflict", number, message)
}

/// Text over a large image whose own text was not read.
pub(super) fn image_unread(number: u32, reason: &str) -> Issue {
    let message = format!("第 {number} 页除文字外有大幅图像，图像中的文字未识别（{reason}）");
    on_page(Level::Warning, "image-unread", number, message)
}
