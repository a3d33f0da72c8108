//! Word 6 and 95: the text alone.

use super::fib::Fib;
use super::pieces::{Characters, Coding, narrow};
use crate::model::{Block, Issue, Level, Stage};
use crate::read::{ReadError, Sink};

/// Reads the paragraphs of the body.
///
/// # Errors
///
/// [`ReadError::Damaged`] when there is no text, [`ReadError::Unsupported`] when it is in an encoding that
/// nothing in the file tells.
pub(super) fn read(fib: &Fib<'_>, stream: &[u8], sink: &mut dyn Sink) -> Result<(), ReadError> {
    let text = text(fib, stream);
    if text.is_empty() {
        return Err(ReadError::Damaged("正文不在文件中".to_owned()));
    }
    let foreign = text.iter().filter(|c| ('\u{C0}'..='\u{FF}').contains(*c)).count();
    let own = text.iter().filter(|c| c.is_ascii_alphabetic()).count();
    // No western language writes so many letters with accents: another alphabet stands there.
    if foreign > 0 && (!fib.is_western() || foreign * 4 > own) {
        return Err(ReadError::Unsupported("Word 6.0/95 的 DOC，文字编码不明".to_owned()));
    }
    let message = "文件为 Word 6.0/95 格式，只读取了正文文字，表格结构和自动编号没有还原；\
                   请用 Word 或 WPS 打开后另存为 DOCX 重新放入";
    sink.issue(Issue::new(Level::Warning, Stage::Read, "old-format", message));
    if let Some(missing) = (fib.lengths().body as usize).checked_sub(text.len()).filter(|n| *n > 0) {
        let message = format!("文件损坏或不完整：正文末尾缺 {missing} 个字符；请从来源重新取得");
        sink.issue(Issue::new(Level::Error, Stage::Read, "damaged-part", message));
    }
    let text: String = text.into_iter().filter(|character| *character != '\0').collect();
    for (number, paragraph) in (0..).zip(text.split(['\r', '\u{7}'])) {
        let shown = shown(paragraph);
        if !shown.trim().is_empty() {
            sink.block(Block::paragraph(number, shown));
        }
    }
    Ok(())
}

/// The body, position by position; the text of a file that was saved fast stands in pieces.
fn text(fib: &Fib<'_>, stream: &[u8]) -> Vec<char> {
    let count = fib.lengths().body as usize;
    let coding = |from: usize, count: usize| match fib.is_wide() {
        true => Coding::Wide,
        false => narrow(stream, from, count, true),
    };
    let found = match fib.is_complex() {
        true => Characters::of_pieces(fib.old_pieces(), stream, |at, count| {
            (at as usize, coding(at as usize, count))
        }),
        false => {
            let from = fib.text_start().unwrap_or(stream.len());
            Characters::plain(stream, from, count, coding(from, count))
        }
    };
    found.all.into_iter().take(count).map(|character| character.shown).collect()
}

/// A paragraph without the instructions of its fields.
fn shown(paragraph: &str) -> String {
    let mut open: Vec<bool> = Vec::new();
    let mut shown = String::new();
    for character in paragraph.chars() {
        match character {
            '\u{13}' => open.push(false),
            '\u{14}' => open.last_mut().into_iter().for_each(|in_result| *in_result = true),
            '\u{15}' => drop(open.pop()),
            _ if open.contains(&false) => {}
            '\u{B}' | '\u{C}' => shown.push('\n'),
            '\u{1E}' => shown.push('-'),
            '\t' => shown.push('\t'),
            c if !c.is_control() => shown.push(c),
            _ => {}
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_of_fields_are_not_shown() {
        assert_eq!(shown("第\u{13} PAGE \u{14}3\u{15}页\u{1}"), "第3页");
    }
}
