//! The rows over which a title runs: words with gaps, letters one to a line, what stands above its last line.

use super::super::reading::{Reading, Row};
use super::{END, ORGANISATION, OTHER};

/// The rows of a title that ends in this row, or a row or two later where letters stand one to a line.
pub(super) fn title_rows(reading: &Reading<'_>, rows: &[Row], index: usize) -> Option<(usize, usize)> {
    let row = &rows[index];
    let text = reading.row(row);
    if let Some(last) = vertical(reading, rows, index) {
        return Some((index, last));
    }
    let joined: String = text.split_whitespace().collect();
    if !(is_title_line(row, text) || is_spaced(row, &joined)) || !END.is_match(joined.trim_end_matches(LOST))
    {
        return None;
    }
    let mut first = index;
    while first > 0 && index - first < 3 && belongs(reading, rows, first - 1, index) {
        first -= 1;
    }
    // 《X采购合同》 and 补充协议（一） below it are one title.
    let last = match rows.get(index + 1) {
        Some(next) if text.ends_with('》') && END.is_match(reading.row(next)) => index + 1,
        _ => index,
    };
    Some((first, last))
}

/// 合 / 作 / 协 / 议: one letter to a line.
fn vertical(reading: &Reading<'_>, rows: &[Row], index: usize) -> Option<usize> {
    let single = |row: &Row| reading.row(row).chars().count() == 1;
    if index > 0 && single(&rows[index - 1]) {
        return None;
    }
    let count = rows[index..].iter().take_while(|row| single(row)).count();
    let joined: String = rows[index..index + count].iter().map(|row| reading.row(row)).collect();
    (count >= 2 && END.is_match(&joined)).then(|| index + count - 1)
}

/// 交换机　　采购合同: the words of a title with gaps between them.
fn is_spaced(row: &Row, joined: &str) -> bool {
    let length = joined.chars().count();
    let labelled =
        ["合同名称", "协议名称", "项目名称", "工程名称"].iter().any(|label| joined.starts_with(label));
    let short = row.segments.len() <= 4 && (4..=30).contains(&length);
    row.table.is_none() && short && !labelled && !OTHER.is_match(joined)
}

/// A character that the font of a file does not name.
pub(super) const LOST: char = '\u{fffd}';

/// 水质监测服务协　议: a line whose last letter alone is set apart.
fn ends_in_one_letter(row: &Row) -> bool {
    row.segments.len() == 2 && row.segments.last().is_some_and(|last| last.range.len() <= "议".len())
}

pub(super) fn is_title_line(row: &Row, text: &str) -> bool {
    let length = text.chars().count();
    let whole = row.segments.len() == 1 || ends_in_one_letter(row);
    row.table.is_none() && whole && (2..=45).contains(&length) && !OTHER.is_match(text)
}

/// Does the row above belong to the title that ends at `end`?
fn belongs(reading: &Reading<'_>, rows: &[Row], index: usize, end: usize) -> bool {
    let (row, last) = (&rows[index], &rows[end]);
    let (text, end_text) = (reading.row(row), reading.row(last));
    let quoted = text.starts_with('《') && text.ends_with('》');
    // 赠与合同公证书格式 names a form.
    let about = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let names_form = about(&["合同", "协议"]) && about(&["格式", "范本", "样本", "模板", "文本", "条款"]);
    if !is_title_line(row, text) || ((names_form || END.is_match(text)) && !quoted) || text.is_ascii() {
        return false;
    }
    let alike = (row.size - last.size).abs() <= 0.5 * f32::from(u8::from(row.size > 0.0)).max(0.1);
    let bare = END.find(end_text).is_some_and(|m| m.start() == 0) || end_text.chars().count() <= 8;
    match (row.centred, last.centred) {
        (true, true) => alike && !(ORGANISATION.is_match(text) && !bare && index == 0),
        (false, false) => bare && alike && !ORGANISATION.is_match(text) && text.chars().count() >= 4,
        // Where no size is known, being centred is guessed from spaces.
        _ => bare && last.size == 0.0 && !ORGANISATION.is_match(text) && text.chars().count() >= 4,
    }
}
