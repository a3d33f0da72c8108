//! Plain text → document: one block a line.

pub mod encoding;

use self::encoding::{Guess, guess};
use super::{Limits, ReadError, Sink};
use crate::model::{Block, Issue, Level, MediaType, Stage};

/// Half-width columns between which a line of a hand-made page ends; outside, nothing is said about centring.
const PAGE_WIDTHS: std::ops::RangeInclusive<usize> = 40..=120;

/// Reads a text file: one block for each line, empty ones too, numbered from 0.
///
/// Lines end at `\n`, `\r\n`, `\r` or a form feed. Nothing else is taken for mark-up.
///
/// # Errors
///
/// [`ReadError::Limit`] for a text longer than [`Limits::unpacked_bytes`], [`ReadError::Unsupported`] for bytes
/// that are no text.
pub fn read(bytes: &[u8], limits: &Limits, sink: &mut dyn Sink) -> Result<(), ReadError> {
    sink.opened(MediaType::Plain, None);
    let guess = guess(bytes).ok_or_else(|| ReadError::Unsupported("不是文本".to_owned()))?;
    let too_long = || ReadError::Limit(format!("文本超过 {} 字节", limits.unpacked_bytes));
    if bytes.len() as u64 > limits.unpacked_bytes {
        return Err(too_long());
    }
    let (text, _, has_faults) = guess.encoding.decode(bytes);
    if text.len() as u64 > limits.unpacked_bytes {
        return Err(too_long());
    }
    issues(guess, has_faults).into_iter().for_each(|issue| sink.issue(issue));
    let text = text.replace("\r\n", "\n");
    let lines: Vec<&str> = text.trim_end_matches('\u{1a}').split_inclusive(['\n', '\r', '\u{c}']).collect();
    let page = page_width(&lines);
    for (number, line) in lines.iter().enumerate() {
        let mut block = Block::paragraph(number as u32, clean(line));
        block.centred = page.is_some_and(|width| is_centred(line, width));
        sink.block(block);
    }
    Ok(())
}

fn issues(guess: Guess, has_faults: bool) -> Vec<Issue> {
    let Guess { encoding, marked } = guess;
    let info = |message: String| Issue::new(Level::Info, Stage::Read, "encoding", message);
    let how = if marked { "文件开头有标记" } else { "按内容推断" };
    let taken = (encoding != encoding_rs::UTF_8)
        .then(|| info(format!("文本按 {} 编码读取（{how}）", encoding.name().to_uppercase())));
    let faults = has_faults.then(|| {
        let message = "文本中有无法解码的字节，已用 \u{FFFD} 代替；请核对原文或从来源重新取得";
        Issue::new(Level::Warning, Stage::Read, "undecodable-bytes", message)
    });
    taken.into_iter().chain(faults).collect()
}

/// A line without its end; a control character shows as a space, as editors show it.
fn clean(line: &str) -> String {
    let line = line.trim_end_matches(['\n', '\r', '\u{c}']);
    line.chars().map(|c| if c.is_control() && c != '\t' { ' ' } else { c }).collect()
}

/// Half-width columns that a text takes on the screen.
fn columns(text: &str) -> usize {
    text.chars().map(|c| if c < '\u{1100}' { 1 } else { 2 }).sum()
}

/// The width of the page that a text was laid out on by hand, when it was.
fn page_width(lines: &[&str]) -> Option<usize> {
    let widest = lines.iter().map(|line| columns(line.trim_end())).max()?;
    PAGE_WIDTHS.contains(&widest).then_some(widest)
}

/// Was the line moved to the middle with spaces? Both margins are wider than an indent and much the same.
fn is_centred(line: &str, page: usize) -> bool {
    let text = line.trim();
    let left = columns(line.trim_end()).saturating_sub(columns(text));
    let right = page.saturating_sub(columns(line.trim_end()));
    !text.is_empty() && left >= 8 && left.abs_diff(right) <= page / 10
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Document;

    fn document(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
        let mut document = Document::empty(MediaType::Unknown);
        read(bytes, limits, &mut document).map(|()| document)
    }

    fn texts(bytes: &[u8]) -> Vec<String> {
        let document = document(bytes, &Limits::default()).expect("a text");
        document.blocks.into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn each_line_is_a_block() {
        assert_eq!(
            texts("甲方\r\n乙方\r丙方\n\n\u{c}附件\0一".as_bytes()),
            ["甲方", "乙方", "丙方", "", "", "附件 一"]
        );
        assert_eq!(texts("\u{feff}# 合同\n".as_bytes()), ["# 合同"]);
        let long = "长".repeat(1_000_000);
        assert_eq!(texts(long.as_bytes()), [long]);
    }

    #[test]
    fn another_encoding_is_named() {
        let bytes = encoding_rs::GB18030.encode("甲方：某局\n乙方：某公司").0;
        let document = document(&bytes, &Limits::default()).expect("a text");
        assert_eq!(document.blocks[1].text, "乙方：某公司");
        assert_eq!(document.issues[0].code, "encoding");
        assert_eq!(document.issues[0].message, "文本按 GB18030 编码读取（按内容推断）");
    }

    #[test]
    fn too_long_a_text_is_refused() {
        let limits = Limits { unpacked_bytes: 10, ..Limits::default() };
        assert!(matches!(document("甲方乙方".as_bytes(), &limits), Err(ReadError::Limit(_))));
    }

    #[test]
    fn a_title_moved_to_the_middle_is_centred() {
        let text = format!("{}政府采购合同\n　　甲方：某局\n{}\n", " ".repeat(24), "长".repeat(30));
        let document = document(text.as_bytes(), &Limits::default()).expect("a text");
        let centred: Vec<bool> = document.blocks.iter().map(|block| block.centred).collect();
        assert_eq!(centred, [true, false, false]);
    }
}
