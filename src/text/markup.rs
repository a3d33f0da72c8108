//! Marks of Markdown in a text that was written in it or pasted out of a program that writes it, and the strokes of
//! tables drawn in characters. They stay in the content; in the shadow a mark is nothing, and a stroke is a column gap.
//!
//! ```text
//! ### 一、标的            一、标的
//! - **合同编号：** A-1    合同编号: A-1
//! | 名称 | 数量 |         名称⇥数量
//! ```

use std::ops::Range;

use super::script;

/// What a stretch of a paragraph becomes in the shadow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Nothing.
    Hidden,
    /// A gap between columns.
    Column,
    /// The end of a row, in a table that was run together into one line.
    Row,
}

/// A mark in a paragraph: content bytes, counted from its start.
pub type Marked = (Range<usize>, Mark);

/// Is a text written in Markdown? A heading, a line that begins in bold type or the rule of a table says so.
pub fn is_marked_up<'a>(mut lines: impl Iterator<Item = &'a str>) -> bool {
    lines.any(|line| {
        let line = line.trim();
        heading(line) > 0 || begins_bold(line.get(bullet(line)..).unwrap_or_default()) || is_table_rule(line)
    })
}

/// The marks in a paragraph, in order; those of Markdown only where the text is written in it.
pub fn marks(paragraph: &str, marked_up: bool) -> Vec<Marked> {
    let mut marks = if marked_up { of_markdown(paragraph) } else { Vec::new() };
    if marks.first().is_none_or(|(range, _)| range.len() < paragraph.len()) {
        marks.extend(strokes(paragraph));
    }
    marks.sort_by_key(|(range, _)| range.start);
    marks
}

fn of_markdown(paragraph: &str) -> Vec<Marked> {
    let line = paragraph.trim();
    if is_table_rule(line) || is_break(line) {
        return vec![(0..paragraph.len(), Mark::Hidden)];
    }
    let lead = paragraph.len() - paragraph.trim_start().len();
    let rest = paragraph.get(lead..).unwrap_or_default();
    let head = heading(rest).max(bullet(rest));
    let mut marks = vec![(lead..lead + head, Mark::Hidden)];
    marks.retain(|(range, _)| !range.is_empty());
    marks.extend(bold(paragraph, lead + head));
    marks.extend(tags(paragraph));
    marks.extend(escapes(paragraph));
    marks
}

/// Bytes of `## ` at the start.
fn heading(line: &str) -> usize {
    let hashes = line.len() - line.trim_start_matches('#').len();
    let rest = line.get(hashes..).unwrap_or_default();
    let gap = rest.len() - rest.trim_start_matches(' ').len();
    if (1..=6).contains(&hashes) && gap > 0 && gap < rest.len() { hashes + gap } else { 0 }
}

/// Bytes of `- `, `* `, `+ ` or `> ` at the start.
fn bullet(line: &str) -> usize {
    let rest = line.strip_prefix(['-', '*', '+', '>']).unwrap_or_default();
    let gap = rest.len() - rest.trim_start_matches(' ').len();
    if gap > 0 && gap < rest.len() { 1 + gap } else { 0 }
}

/// `**名称：** …`
fn begins_bold(line: &str) -> bool {
    let inner = line.strip_prefix("**").unwrap_or_default();
    inner.starts_with(|c: char| c != '*' && !script::is_white(c)) && inner.contains("**")
}

/// `---`, `***`, `* * *`: a line across. One of `_` is a blank to be filled.
fn is_break(line: &str) -> bool {
    let across = |mark: char| line.chars().all(|c| c == mark || c == ' ') && line.matches(mark).count() >= 3;
    across('-') || across('*')
}

/// `|---|:--:|` below the head of a table.
fn is_table_rule(line: &str) -> bool {
    line.contains("--") && line.contains('|') && line.chars().all(|c| matches!(c, '-' | ':' | '|' | ' '))
}

/// Pairs of `**`. Runs of more are blanks or hidden names (张***), and so is one that closes nothing.
fn bold(paragraph: &str, from: usize) -> Vec<Marked> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let text = paragraph.get(from..).unwrap_or_default();
    for (at, _) in text.match_indices('*') {
        let at = from + at;
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs.retain(|run| run.len() == 2);
    let white = |text: Option<&str>, last: bool| {
        let mut chars = text.unwrap_or_default().chars();
        let beside = if last { chars.next_back() } else { chars.next() };
        beside.is_none_or(script::is_white)
    };
    let paired = runs.len().is_multiple_of(2)
        && runs.chunks(2).all(|pair| match pair {
            [open, close] => {
                !white(paragraph.get(open.end..), false) && !white(paragraph.get(..close.start), true)
            }
            _ => false,
        });
    runs.retain(|_| paired);
    runs.into_iter().map(|run| (run, Mark::Hidden)).collect()
}

/// `<u>` and its end, and `<br>`, which parts the lines of a cell.
fn tags(paragraph: &str) -> Vec<Marked> {
    const TAGS: &[(&str, Mark)] = &[
        ("<u>", Mark::Hidden),
        ("</u>", Mark::Hidden),
        ("<b>", Mark::Hidden),
        ("</b>", Mark::Hidden),
        ("<br>", Mark::Column),
        ("<br/>", Mark::Column),
        ("<br />", Mark::Column),
    ];
    let tag = |at: usize| {
        TAGS.iter().find(|(tag, _)| paragraph.get(at..).is_some_and(|rest| rest.starts_with(tag)))
    };
    let found = paragraph.match_indices('<').filter_map(|(at, _)| Some((at, tag(at)?)));
    found.map(|(at, (tag, mark))| (at..at + tag.len(), *mark)).collect()
}

/// `\_`, `\*`: the stroke before a mark that is meant as a character.
fn escapes(paragraph: &str) -> Vec<Marked> {
    let escaped = |at: usize| paragraph.get(at + 1..).is_some_and(|rest| rest.starts_with(ESCAPED));
    let found = paragraph.match_indices('\\').filter(|(at, _)| escaped(*at));
    found.map(|(at, _)| (at..at + 1, Mark::Hidden)).collect()
}

const ESCAPED: &[char] = &['_', '*', '#', '|', '[', ']', '(', ')', '.', '-', '+', '!', '>', '~', '`'];
const STROKES: &[char] = &['|', '｜', '│', '┃'];
/// So many strokes make a row of a table.
const FEWEST: usize = 3;

/// The strokes between the cells of a row.
fn strokes(paragraph: &str) -> Vec<Marked> {
    let ranges: Vec<Range<usize>> =
        paragraph.match_indices(STROKES).map(|(at, stroke)| at..at + stroke.len()).collect();
    if ranges.len() < FEWEST {
        return Vec::new();
    }
    let ends = row_ends(paragraph, &ranges);
    let mark = |index: usize| if ends.binary_search(&index).is_ok() { Mark::Row } else { Mark::Column };
    ranges.into_iter().enumerate().map(|(index, range)| (range, mark(index))).collect()
}

/// In `| 名称 | 数量 | 单价 | | 电脑 | 20 | 3000 | | …`, a table in one line: the strokes that begin its further rows. The
/// head has no empty cell, and every row is as long as the head. In order.
fn row_ends(paragraph: &str, strokes: &[Range<usize>]) -> Vec<usize> {
    let blank = |index: usize| {
        let (Some(left), Some(right)) = (strokes.get(index), strokes.get(index + 1)) else { return false };
        paragraph.get(left.end..right.start).is_some_and(|cell| cell.chars().all(script::is_white))
    };
    let Some(width) = (0..strokes.len()).find(|&index| blank(index)).filter(|&width| width >= FEWEST) else {
        return Vec::new();
    };
    let ends: Vec<usize> =
        (0..).map(|row| width + row * (width + 1)).take_while(|&index| blank(index)).collect();
    ends.into_iter().map(|index| index + 1).collect()
}

#[cfg(test)]
mod tests {
    use crate::dictionaries::Dictionaries;
    use crate::text::{Composer, from_lines};

    fn folded(source: &str) -> String {
        let composer = Composer::new(&Dictionaries::embedded()).expect("valid");
        let text = from_lines(&composer, source);
        assert_eq!(text.content, source, "the content stays as written");
        text.folded().to_owned()
    }

    #[test]
    fn marks_are_nothing_in_the_shadow() {
        let source = "# 采购合同\n**编号：** A-1\n- **名称：** 甲公司\n* 乙公司\n> 说明\n---\n1. **价款：** 10元\n未结束**";
        let shadow = "采购合同\n编号: A-1\n名称:甲公司\n乙公司\n说明\n\n1.价款:10元\n未结束**";
        assert_eq!(folded(source), shadow);
        assert_eq!(folded("## 一\n<u>甲方</u>：\\_\\_\\_"), "一\n甲方:___");
    }

    #[test]
    fn what_only_looks_like_a_mark_stays() {
        for source in ["联系人:张**", "卖方:张** 买方:李**", "***", "#{编号}", "-5", "日期:____"]
        {
            let shadow = folded(&format!("# 合同\n{source}"));
            let wanted = if source == "***" { "" } else { source };
            let tab = wanted.replace(" 买", "\t买");
            assert_eq!(shadow.strip_prefix("合同\n"), Some(tab.as_str()));
        }
        assert_eq!(folded("- 第一项\n** 注"), "-第一项\n**注");
    }

    #[test]
    fn strokes_part_columns_and_rows() {
        let source = "| 名称 | 数量 |\n|---|---|\n| 电脑 | 20 |\n│甲│乙│";
        assert_eq!(folded(source), "名称\t数量\n\n电脑\t20\n甲\t乙");
        let line = "| 名称 | 数量 | 单价 | | 电脑 | 20 | 30 | | 桌 | | 5 | 合计 |";
        assert_eq!(folded(line), "名称\t数量\t单价\n电脑\t20\t30\n桌\t5\t合计");
        assert_eq!(folded("甲方|乙方"), "甲方|乙方");
    }
}
