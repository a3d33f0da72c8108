//! Document → leaves: laid-out pages with what is known about each line, and places for seals and signatures.
//!
//! Places are points, measured from a page's upper left corner: left, top, right, bottom.

use super::seal::Seal;
use super::truth::Role;
use crate::layout::{A4_HEIGHT, A4_WIDTH, Cell, Mark, Metrics, Page, Run, Style, lay_out};
use crate::source::{Block, Document};

/// One page that waits to be printed and scanned.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Leaf {
    /// From 1.
    pub(super) number: usize,
    pub(super) page: Page,
    pub(super) lines: Vec<Line>,
    pub(super) tables: Vec<Grid>,
    pub(super) seals: Vec<Seal>,
    pub(super) slots: Vec<Slot>,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) bounds: [f32; 4],
    pub(super) role: Role,
    /// The index of its table on the page, and its cell.
    pub(super) cell: Option<(usize, Cell)>,
}

/// A table, or the part of it on one page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    block: usize,
    pub(super) bounds: [f32; 4],
    pub(super) rows: usize,
    pub(super) columns: usize,
}

/// A place to sign.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Slot {
    pub(super) label: String,
    pub(super) bounds: [f32; 4],
    pub(super) signed: bool,
}

/// Lays a document out.
pub(super) fn leaves(document: &Document, metrics: &dyn Metrics, style: &Style) -> Vec<Leaf> {
    let signatures = signature_blocks(document);
    let pages = lay_out(document, metrics, style);
    let leaf = |(index, page): (usize, Page)| {
        let tables = tables(&page, document, style);
        let line = |run: &Run| Line {
            text: run.text.trim().to_owned(),
            bounds: bounds(run, metrics),
            role: role(run, document, &signatures),
            cell: run.cell.and_then(|cell| {
                Some((tables.iter().position(|table| Some(table.block) == run.block)?, cell))
            }),
        };
        let lines: Vec<Line> = runs(&page).map(line).filter(|line| !line.text.is_empty()).collect();
        let slots = lines.iter().filter_map(slot).collect();
        Leaf { number: index + 1, lines, tables, seals: Vec::new(), slots, page }
    };
    pages.into_iter().enumerate().map(leaf).collect()
}

/// The same document as it is before somebody signs: no typed names behind （签字）：.
pub(super) fn unsigned(document: &Document) -> Document {
    let mut open = document.clone();
    let signatures = signature_blocks(document);
    for (block, _) in open.blocks.iter_mut().zip(signatures).filter(|(_, signature)| *signature) {
        match block {
            Block::Paragraph(text) => clear(text),
            Block::Columns(left, right) => [left, right].into_iter().for_each(clear),
            Block::Table(table) => table.rows.iter_mut().flatten().for_each(clear),
            Block::Title(_) | Block::Heading(_) | Block::PageBreak => {}
        }
    }
    open
}

/// The texts of the signature blocks, in reading order.
pub(super) fn signature_texts(document: &Document) -> Vec<&String> {
    let blocks = document.blocks.iter().zip(signature_blocks(document));
    let texts = blocks.filter(|(_, signature)| *signature).map(|(block, _)| match block {
        Block::Paragraph(text) => vec![text],
        Block::Columns(left, right) => vec![left, right],
        Block::Table(table) => table.rows.iter().flatten().collect(),
        Block::Title(_) | Block::Heading(_) | Block::PageBreak => Vec::new(),
    });
    texts.flatten().collect()
}

fn clear(text: &mut String) {
    if let Some(colon) = text.find('：').filter(|&at| asks_for_signature(&text[..at])) {
        text.truncate(colon + '：'.len_utf8());
    }
}

fn asks_for_signature(label: &str) -> bool {
    ["签字", "签名", "代表人", "代表", "负责人"].iter().any(|word| label.contains(word))
}

/// Which blocks belong to a signature block: from the first short line that asks for a seal or a
/// signature up to the next heading or page.
fn signature_blocks(document: &Document) -> Vec<bool> {
    let mut inside = false;
    let mut decide = |block: &Block| {
        inside = match block {
            Block::Title(_) | Block::Heading(_) | Block::PageBreak => false,
            block => inside || asks_for_seal(block),
        };
        inside
    };
    document.blocks.iter().map(&mut decide).collect()
}

fn asks_for_seal(block: &Block) -> bool {
    let asks = |text: &String| {
        let asks = ["盖章", "公章", "（签字", "签字人", "以下无正文"].iter().any(|word| text.contains(word));
        asks && text.chars().count() < 45 && !text.contains('，') && !text.ends_with('。')
    };
    match block {
        Block::Paragraph(text) => asks(text),
        Block::Columns(left, right) => asks(left) || asks(right),
        Block::Table(table) => table.rows.iter().flatten().any(asks),
        Block::Title(_) | Block::Heading(_) | Block::PageBreak => false,
    }
}

fn role(run: &Run, document: &Document, signatures: &[bool]) -> Role {
    let Some(block) = run.block else { return Role::Running };
    if signatures.get(block) == Some(&true) {
        return Role::Signature;
    }
    match document.blocks.get(block) {
        Some(Block::Title(_) | Block::Heading(_)) => Role::Title,
        Some(Block::Table(_)) => Role::Cell,
        _ => Role::Body,
    }
}

fn runs(page: &Page) -> impl Iterator<Item = &Run> {
    page.marks.iter().filter_map(|mark| match mark {
        Mark::Text(run) => Some(run),
        Mark::Rule { .. } => None,
    })
}

/// The em boxes of a run's characters, without the spaces at its ends.
fn bounds(run: &Run, metrics: &dyn Metrics) -> [f32; 4] {
    let lead = run.text.len() - run.text.trim_start().len();
    let left = run.x + metrics.width(&run.text[..lead]) * run.size;
    let right = run.x + metrics.width(run.text.trim_end()) * run.size;
    let baseline = A4_HEIGHT - run.y;
    [left, baseline - 0.88 * run.size, right, baseline + 0.12 * run.size]
}

/// The tables of a page: as high as the rules next to their first and last lines.
fn tables(page: &Page, document: &Document, style: &Style) -> Vec<Grid> {
    let mut tables: Vec<Grid> = Vec::new();
    for run in runs(page) {
        let (Some(block), Some(cell)) = (run.block, run.cell) else { continue };
        let Some(Block::Table(table)) = document.blocks.get(block) else { continue };
        let y = A4_HEIGHT - run.y;
        match tables.last_mut().filter(|last| last.block == block) {
            Some(last) => {
                last.bounds[1] = last.bounds[1].min(y);
                last.bounds[3] = last.bounds[3].max(y);
                // Until all are seen: the first and the last row.
                last.rows = last.rows.max(cell.row + 1);
            }
            None => {
                let bounds = [style.left(), y, A4_WIDTH - style.side_margin, y];
                tables.push(Grid { block, bounds, rows: cell.row + 1, columns: table.columns() });
            }
        }
    }
    let rules: Vec<f32> = page.marks.iter().filter_map(level).collect();
    for table in &mut tables {
        let first = runs(page).filter(|run| run.block == Some(table.block)).filter_map(|run| run.cell);
        table.rows -= first.map(|cell| cell.row).min().unwrap_or(0).min(table.rows);
        let [_, top, _, bottom] = table.bounds;
        let above = rules.iter().copied().filter(|&rule| rule < top);
        let below = rules.iter().copied().filter(|&rule| rule > bottom);
        table.bounds[1] = above.fold(f32::NEG_INFINITY, f32::max).max(0.0);
        table.bounds[3] = below.fold(f32::INFINITY, f32::min).min(A4_HEIGHT);
    }
    tables
}

/// The height of a horizontal rule.
fn level(mark: &Mark) -> Option<f32> {
    match mark {
        Mark::Rule { from, to } if (from.1 - to.1).abs() < 0.1 => Some(A4_HEIGHT - from.1),
        _ => None,
    }
}

/// The free place behind a label that ends with a colon.
fn slot(line: &Line) -> Option<Slot> {
    let open = line.role == Role::Signature && line.text.ends_with('：') && asks_for_signature(&line.text);
    let [_, top, right, bottom] = line.bounds;
    let middle = (top + bottom) / 2.0;
    let end = (right + 62.0).min(A4_WIDTH - 40.0);
    open.then(|| Slot {
        label: line.text.clone(),
        bounds: [right + 2.0, middle - 11.0, end, middle + 11.0],
        signed: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::HalfWidth;
    use crate::source::parse;

    const CONTRACT: &str = "# 采购合同\n双方签字并盖章后生效。\n| 品名 | 金额 |\n| 椅子 | 100.00 |\n<< 甲方（盖章）：某局 || 乙方（盖章）：某公司 >>\n<< 代表（签字）：王某 || 代表（签字）：李某 >>\n## 附件\n清单如下。";

    #[test]
    fn roles_cells_and_slots() {
        let document = unsigned(&parse(CONTRACT).unwrap());
        let leaves = leaves(&document, &HalfWidth, &Style::default());
        let roles: Vec<Role> = leaves[0].lines.iter().map(|line| line.role).collect();
        let mut expected = vec![Role::Title, Role::Body];
        expected.extend([Role::Cell; 4]);
        expected.extend([Role::Signature; 4]);
        expected.extend([Role::Title, Role::Body]);
        assert_eq!(roles, expected);
        let (table, cell) = leaves[0].lines[5].cell.unwrap();
        assert_eq!((table, cell), (0, Cell { row: 1, column: 1 }));
        assert_eq!((leaves[0].tables[0].rows, leaves[0].tables[0].columns), (2, 2));
        assert_eq!(leaves[0].slots.len(), 2);
        assert_eq!(leaves[0].slots[0].label, "代表（签字）：");
    }

    #[test]
    fn a_table_is_as_high_as_its_rules() {
        let document = parse(CONTRACT).unwrap();
        let leaves = leaves(&document, &HalfWidth, &Style::default());
        let [_, top, _, bottom] = leaves[0].tables[0].bounds;
        for line in &leaves[0].lines {
            let inside = line.bounds[1] >= top && line.bounds[3] <= bottom;
            assert_eq!(inside, line.cell.is_some(), "{}", line.text);
        }
    }
}
