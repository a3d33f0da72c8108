//! Ruled tables with wrapped cells.

use super::breaking::widest_piece;
use super::compose::Composer;
use super::{Cell, Mark, wrap};
use crate::source::Table;

/// A column asks for no more than this, in em; longer cells wrap.
const WIDEST: f32 = 16.0;

/// Places a table; a row that does not fit goes to the next page, one taller than a page is cut.
pub(super) fn place(composer: &mut Composer<'_>, table: &Table) {
    let edges = edges(composer, table);
    for row in 0..table.rows.len() {
        place_row(composer, table, row, &edges);
    }
    // Air between the table and what follows.
    composer.take(composer.style.padding * 2.0);
}

fn place_row(composer: &mut Composer<'_>, table: &Table, number: usize, edges: &[f32]) {
    let row = &table.rows[number];
    let size = composer.style.cell;
    let padding = composer.style.padding;
    let boxes: Vec<(f32, f32)> = (0..row.len())
        .map(|cell| {
            let (first, last) = table.span(row, cell);
            (edges[first], edges[last + 1])
        })
        .collect();
    let cells: Vec<Vec<&str>> = row
        .iter()
        .zip(&boxes)
        .map(|(text, (left, right))| {
            let measure = (right - left - 2.0 * padding) / size;
            wrap(text, composer.metrics, measure, measure)
        })
        .collect();
    let lines = cells.iter().map(Vec::len).max().unwrap_or(0);
    let page = composer.style.top() - composer.style.bottom() - 2.0 * padding;
    let capacity = (page / pitch(size)).floor().max(1.0) as usize;
    let mut done = 0;
    while done < lines {
        let count = (lines - done).min(capacity);
        let height = count as f32 * pitch(size) + 2.0 * padding;
        let top = composer.take(height);
        for (column, (cell, &(left, right))) in cells.iter().zip(&boxes).enumerate() {
            composer.cell = Some(Cell { row: number, column });
            frame(composer, (left, top - height), (right, top));
            let part = cell.get(done..cell.len().min(done + count)).unwrap_or(&[]);
            let slack = (count - part.len()) as f32 * pitch(size) / 2.0;
            for (i, line) in part.iter().enumerate() {
                // The composer centres a line in its own, taller pitch.
                let lift = (composer.pitch(size) - pitch(size)) / 2.0;
                let at = top - padding - slack - i as f32 * pitch(size) + lift;
                composer.line(line, left + padding, at, size, false);
            }
        }
        done += count;
    }
    composer.cell = None;
}

/// Lines in cells stand closer than in the body.
fn pitch(size: f32) -> f32 {
    size * 1.4
}

fn frame(composer: &mut Composer<'_>, (left, bottom): (f32, f32), (right, top): (f32, f32)) {
    let corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)];
    for side in corners.windows(2) {
        composer.mark(Mark::Rule { from: side[0], to: side[1] });
    }
}

/// The x of the columns' edges, left to right: one more than there are columns.
///
/// Each column gets what its widest unbreakable piece needs; what is left over goes to the
/// columns in proportion to how much more they ask for, as in a web browser.
fn edges(composer: &Composer<'_>, table: &Table) -> Vec<f32> {
    let size = composer.style.cell;
    let padding = 2.0 * composer.style.padding / size;
    let columns = table.columns();
    let mut least = vec![2.0 + padding; columns];
    let mut wish = least.clone();
    for row in &table.rows {
        for (cell, text) in row.iter().enumerate() {
            let (first, last) = table.span(row, cell);
            if first == last {
                let whole = composer.metrics.width(text).min(WIDEST) + padding;
                let piece = widest_piece(text, composer.metrics).min(WIDEST) + padding;
                least[cell] = least[cell].max(piece);
                wish[cell] = wish[cell].max(whole);
            }
        }
    }
    let measure = composer.style.measure() / size;
    let needed: f32 = least.iter().sum();
    let asked: f32 = wish.iter().zip(&least).map(|(wish, least)| wish - least).sum();
    let spare = measure - needed;
    let widths = wish.iter().zip(&least).map(|(wish, least)| match () {
        () if spare <= 0.0 => least * measure / needed,
        () if asked > 0.0 => least + spare * (wish - least) / asked,
        () => least * measure / needed,
    });
    let mut edge = composer.style.left();
    let mut edges = vec![edge];
    for width in widths {
        edge += width * size;
        edges.push(edge);
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::super::{A4_WIDTH, HalfWidth, Page, Run, Style, lay_out};
    use super::*;
    use crate::source::parse;

    fn pages(text: &str) -> Vec<Page> {
        lay_out(&parse(text).unwrap(), &HalfWidth, &Style::default())
    }

    fn runs(page: &Page) -> impl Iterator<Item = &Run> {
        page.marks.iter().filter_map(|mark| match mark {
            Mark::Text(run) => Some(run),
            Mark::Rule { .. } => None,
        })
    }

    #[test]
    fn a_table_fills_the_measure_and_long_cells_wrap() {
        let long = "满足国家标准的中型办公桌，含侧柜及走线孔，颜色由甲方确认后生产。".repeat(3);
        let pages = pages(&format!("| 序号 | 名称 | 金额（元） |\n| 1 | {long} | 1,234,567.89 |"));
        let style = Style::default();
        let right = pages[0].marks.iter().fold(0.0, |right: f32, mark| match mark {
            Mark::Rule { to, .. } => right.max(to.0),
            Mark::Text(_) => right,
        });
        assert!((right - (A4_WIDTH - style.side_margin)).abs() < 0.01);
        assert!(runs(&pages[0]).any(|run| run.text == "1,234,567.89"));
        assert!(runs(&pages[0]).count() > 6);
    }

    #[test]
    fn a_row_taller_than_a_page_is_cut() {
        let pages = pages(&format!("| a | {} |", "甲方乙方".repeat(1200)));
        assert!(pages.len() > 1);
        let chars: usize = pages.iter().flat_map(runs).map(|run| run.text.chars().count()).sum();
        assert_eq!(chars, 4801);
    }
}
