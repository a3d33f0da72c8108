//! The lines of a ruled table's cells: texts that wrap, or a list of items row by row?
//!
//! ```text
//! 分享阶段 │预计每月节能效益│乙方分享比      台式计算机 │ 5台 │ 4000.00
//!          │（元）          │例              打印机     │ 2台 │ 1500.00
//! ```
//!
//! Where most cells have equally many lines, both look alike. A text wraps where there is no room for its
//! next word; an item usually leaves room, and figures are never broken in two.

use super::glyph::Glyph;
use super::line_text;
use super::rows::Row;
use crate::model::{Joint, Line};

/// Widest space, in ems, between a cell's border and its text that counts as the table's and not as room.
const PADDING: f32 = 0.6;
/// Room, in ems, beyond a word's width that still does not make it fit: the space before it.
const SLACK: f32 = 0.3;
/// How far, in ems, a line stands from every line of another cell when it is set between two of them.
const BETWEEN: f32 = 0.3;
/// Most characters of a unit after a figure: 5台, 36个月, 500元/台.
const UNIT: usize = 3;

/// One cell of a table row.
#[derive(Debug)]
pub struct TableCell {
    /// Its lines, with the row of the page that each is made of.
    lines: Vec<(Row, Line)>,
    /// Its borders; none for what stands beside the table.
    borders: Option<(f32, f32)>,
}

impl TableCell {
    /// The cell between two borders out of its rows from top to bottom.
    pub fn new(rows: Vec<Row>, borders: Option<(f32, f32)>, glyphs: &[&Glyph]) -> Self {
        let with_line = |row: Row| line_text::lines(&row, glyphs).into_iter().next().map(|line| (row, line));
        Self { lines: rows.into_iter().filter_map(with_line).collect(), borders }
    }

    /// How many lines it has.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Its rows, the first of them joined as `first`.
    fn into_rows(self, first: Joint) -> Vec<(Row, Joint)> {
        let rest = self.pairs().map(|(above, line)| match self.goes_on(above, line) {
            true => Joint::Cell,
            false => Joint::Free,
        });
        let joints: Vec<Joint> = std::iter::once(first).chain(rest).collect();
        self.lines.into_iter().map(|(row, _)| row).zip(joints).collect()
    }

    /// Each line but the first, after the one above it.
    fn pairs(&self) -> impl Iterator<Item = (&Line, &Line)> {
        self.lines.iter().zip(self.lines.iter().skip(1)).map(|((_, above), (_, line))| (above, line))
    }

    fn has_several(&self) -> bool {
        self.borders.is_some() && self.len() > 1
    }

    fn is_wrapped(&self) -> bool {
        self.pairs().all(|(above, line)| self.goes_on(above, line))
    }

    fn holds_figures(&self) -> bool {
        self.lines.iter().all(|(_, line)| is_figure(&line.text))
    }

    fn goes_on(&self, above: &Line, line: &Line) -> bool {
        let figures = is_figure(&above.text) && is_figure(&line.text);
        let note = is_bracketed(&line.text) && !is_bracketed(&above.text);
        !figures && (note || self.has_no_room(above, line))
    }

    /// Would the line's first word not have fitted behind the line above? By the width of the text, however
    /// the cell aligns it.
    fn has_no_room(&self, above: &Line, line: &Line) -> bool {
        let Some((left, right)) = self.borders else { return false };
        let room = right - left - 2.0 * self.padding(left, right) - above.bbox.width();
        room < first_word(line) + SLACK * line.size
    }

    /// The space kept free on either side: the least there is beside a line.
    fn padding(&self, left: f32, right: f32) -> f32 {
        let beside = |(_, line): &(Row, Line)| {
            (line.bbox.x0 - left).min(right - line.bbox.x1).clamp(0.0, PADDING * line.size)
        };
        self.lines.iter().map(beside).min_by(f32::total_cmp).unwrap_or_default()
    }
}

/// Do cells have several lines because their texts wrap, so that each is to be read by itself?
pub fn are_wrapped(cells: &[TableCell]) -> bool {
    let several: Vec<&TableCell> = cells.iter().filter(|cell| cell.has_several()).collect();
    if !are_even(cells) {
        return cells.iter().any(|cell| cell.len() > 1);
    }
    let figures = several.iter().any(|cell| cell.holds_figures());
    !figures && (several.iter().all(|cell| cell.is_wrapped()) || one_stands_between(cells, &several))
}

/// The rows of the cells, one cell after the other, with how each hangs together with the one before.
pub fn one_after_the_other(cells: Vec<TableCell>) -> Vec<(Row, Joint)> {
    let cells: Vec<TableCell> = cells.into_iter().filter(|cell| cell.len() > 0).collect();
    let is_one_row = cells.iter().all(|cell| cell.borders.is_some() && cell.is_wrapped());
    let joint = |index: usize| if is_one_row && index > 0 { Joint::Row } else { Joint::Free };
    cells.into_iter().enumerate().flat_map(|(index, cell)| cell.into_rows(joint(index))).collect()
}

/// Have most cells, and at least three, equally many lines, as those of a list of items have?
fn are_even(cells: &[TableCell]) -> bool {
    let mut counts: Vec<usize> = cells.iter().map(TableCell::len).filter(|&count| count > 0).collect();
    counts.sort_unstable();
    let same = counts.chunk_by(|a, b| a == b).max_by_key(|run| run.len()).unwrap_or_default();
    same.len() >= 3 && same.len() * 2 >= counts.len() && same.first() > Some(&1)
}

/// Is the single line of a cell set at half height between two lines of the others? Items share baselines.
fn one_stands_between(cells: &[TableCell], several: &[&TableCell]) -> bool {
    let singles = cells.iter().filter(|cell| cell.borders.is_some()).filter_map(|cell| match &*cell.lines {
        [(_, line)] => Some(line),
        _ => None,
    });
    let lines: Vec<&Line> = several.iter().flat_map(|cell| cell.lines.iter().map(|(_, line)| line)).collect();
    singles.into_iter().any(|single| {
        let below = |line: &&Line| (middle(line) - middle(single)) / single.size.max(1.0);
        lines.iter().any(|line| below(line) > BETWEEN)
            && lines.iter().any(|line| below(line) < -BETWEEN)
            && lines.iter().all(|line| below(line).abs() > BETWEEN)
    })
}

fn middle(line: &Line) -> f32 {
    (line.bbox.y0 + line.bbox.y1) / 2.0
}

/// Width of a line up to the first place where it might have been broken.
fn first_word(line: &Line) -> f32 {
    let end = line.edges.get(first_break(&line.text)).or(line.edges.last());
    end.zip(line.edges.first()).map_or(0.0, |(end, start)| end - start)
}

/// Characters before the first place where a line may break: opening marks, an ideograph or a Latin word or
/// figure, and the marks that may not begin a line.
fn first_break(text: &str) -> usize {
    let opening = text.chars().take_while(|&c| "（(《【“‘〔[￥¥$".contains(c)).count();
    let word = text.chars().skip(opening).take_while(|&c| is_in_word(c)).count().max(1);
    let closing = text.chars().skip(opening + word).take_while(|&c| is_closing(c)).count();
    (opening + word + closing).min(text.chars().count())
}

fn is_in_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-./,_@:".contains(c)
}

fn is_closing(c: char) -> bool {
    "）)》】”’〕]，。、；：！？,.;:!?%％".contains(c)
}

/// Is the whole line a note in brackets, such as the unit（元）under a column's name?
fn is_bracketed(text: &str) -> bool {
    text.starts_with(['(', '（']) && text.ends_with([')', '）'])
}

/// Is it a number, an amount or a quantity with its unit, complete in itself?
fn is_figure(text: &str) -> bool {
    let digits = text.trim_start_matches(['¥', '￥', '$']);
    let unit = digits.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',' || c == '.');
    let number = digits.strip_suffix(unit).unwrap_or_default();
    number.starts_with(|c: char| c.is_ascii_digit())
        && number.ends_with(|c: char| c.is_ascii_digit())
        && unit.chars().count() <= UNIT
        && !unit.contains(|c: char| c.is_ascii_digit() || matches!(c, '-' | '—' | '~' | '～' | '至'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_breaks_after_words_and_the_marks_that_belong_to_them() {
        let breaks =
            [("（元）", 3), ("(USD) net", 5), ("例", 1), ("Qty 数量", 3), ("月，共", 2), ("64,000.00元", 9)];
        for (text, expected) in breaks {
            assert_eq!(first_break(text), expected, "{text}");
        }
    }

    #[test]
    fn figures_are_numbers_with_at_most_a_unit() {
        for text in ["5", "5台", "4000.00", "￥1,958,400.00", "36个月", "85%", "500元/台"] {
            assert!(is_figure(text), "{text}");
        }
        for text in ["", "台", "（元）", "2020年9月", "9月1日前", "2020.09.01-", "1至3", "3.", "第1个月"]
        {
            assert!(!is_figure(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_scanned(text in "\\PC{0,12}") {
            let _ = is_figure(&text);
            prop_assert!(first_break(&text) <= text.chars().count());
        }
    }
}
