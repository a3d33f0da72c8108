//! Tables as office forms have them: columns in millimetres, cells over several columns and rows.

use docx_rs::{
    HeightRule, Shading, TableAlignmentType, TableCell, TableCellMargins, TableLayoutType, TableRow,
    VAlignType, VMergeType, WidthType,
};

use super::paragraph::Paragraph;
use super::style::Style;

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    columns: Vec<u32>,
    rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone, Default)]
pub struct Row {
    cells: Vec<Cell>,
    /// Stands again at the head of each page.
    repeats: bool,
    /// Millimetres at least.
    height: u32,
}

/// A cell.
#[derive(Debug, Clone)]
pub struct Cell {
    paragraphs: Vec<Paragraph>,
    columns: usize,
    merge: Merge,
    shade: Shade,
}

/// Is the cell one with those above or below it?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Merge {
    /// It stands alone.
    #[default]
    None,
    /// It begins a cell over several rows.
    Start,
    /// It belongs to the cell above; what it says is not shown.
    Continue,
}

/// The ground of a cell, light enough for a black printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shade {
    /// White.
    #[default]
    None,
    /// Labels and headings.
    Label,
    /// What a person has to fill in.
    Slot,
}

/// Twentieths of a point in 127 mm.
const TWIPS_IN_127_MM: u32 = 7200;

/// Height in twentieths of a point by which rows that repeat are found again: docx-rs cannot mark them, so
/// [`repeat_rows`] does.
const REPEATED: u32 = 397;

pub(super) fn twips(millimetres: u32) -> usize {
    ((millimetres * TWIPS_IN_127_MM + 63) / 127) as usize
}

impl Table {
    /// A table whose columns are so many millimetres wide.
    pub fn new(columns: &[u32]) -> Self {
        Self { columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Adds a row.
    pub fn add(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Adds a row of labels that stands again at the head of each page.
    pub fn headings(&mut self, labels: &[&str]) {
        let cells = labels.iter().map(|label| Cell::label(label)).collect();
        self.rows.push(Row { cells, repeats: true, height: 0 });
    }

    pub(super) fn render(&self) -> docx_rs::Table {
        let rows = self.rows.iter().map(|row| row.render(&self.columns)).collect();
        docx_rs::Table::new(rows)
            .set_grid(self.columns.iter().map(|column| twips(*column)).collect())
            .width(twips(self.columns.iter().sum()), WidthType::Dxa)
            .layout(TableLayoutType::Fixed)
            .align(TableAlignmentType::Center)
            .margins(TableCellMargins::new().margin(28, 80, 28, 80))
    }
}

impl Row {
    /// A row of these cells.
    pub fn new(cells: impl IntoIterator<Item = Cell>) -> Self {
        Self { cells: cells.into_iter().collect(), repeats: false, height: 0 }
    }

    /// The same, so many millimetres high at least.
    pub fn at_least(mut self, millimetres: u32) -> Self {
        self.height = millimetres;
        self
    }

    fn render(&self, columns: &[u32]) -> TableRow {
        let mut left = columns.iter();
        let cells = self.cells.iter().map(|cell| {
            let width: u32 = left.by_ref().take(cell.columns).sum();
            cell.render(width)
        });
        let row = TableRow::new(cells.collect()).cant_split();
        match (self.repeats, self.height) {
            (true, _) => row.row_height(REPEATED as f32).height_rule(HeightRule::AtLeast),
            (false, 0) => row,
            (false, height) => row.row_height(twips(height) as f32).height_rule(HeightRule::AtLeast),
        }
    }
}

impl Cell {
    /// A cell of these paragraphs.
    pub fn new(paragraphs: Vec<Paragraph>) -> Self {
        Self { paragraphs, columns: 1, merge: Merge::None, shade: Shade::None }
    }

    /// A cell with text.
    pub fn text(text: &str) -> Self {
        Self::new(vec![Paragraph::new(Style::Cell).saying(text)])
    }

    /// A cell with a figure.
    pub fn figure(text: &str) -> Self {
        Self::new(vec![Paragraph::new(Style::Cell).saying(text).to_the_right()])
    }

    /// A cell that names what stands beside or below it.
    pub fn label(text: &str) -> Self {
        Self::new(vec![Paragraph::new(Style::Label).saying(text)]).shaded(Shade::Label)
    }

    /// A cell that heads the rows below it: never the last of a page.
    pub fn heading(text: &str) -> Self {
        Self::new(vec![Paragraph::new(Style::Label).saying(text).keeping_next()]).shaded(Shade::Label)
    }

    /// The same over so many columns.
    pub fn over(mut self, columns: usize) -> Self {
        self.columns = columns.max(1);
        self
    }

    /// The same, merged up or down.
    pub fn merged(mut self, merge: Merge) -> Self {
        self.merge = merge;
        self
    }

    /// The same on another ground.
    pub fn shaded(mut self, shade: Shade) -> Self {
        self.shade = shade;
        self
    }

    fn render(&self, width: u32) -> TableCell {
        let cell = TableCell::new().width(twips(width), WidthType::Dxa).vertical_align(VAlignType::Center);
        let cell = if self.columns > 1 { cell.grid_span(self.columns) } else { cell };
        let cell = match self.merge {
            Merge::None => cell,
            Merge::Start => cell.vertical_merge(VMergeType::Restart),
            Merge::Continue => cell.vertical_merge(VMergeType::Continue),
        };
        let cell = match self.shade {
            Shade::None => cell,
            Shade::Label => cell.shading(Shading::new().fill("F2F2F2")),
            Shade::Slot => cell.shading(Shading::new().fill("FFF9E5")),
        };
        if self.paragraphs.is_empty() {
            return cell.add_paragraph(Paragraph::new(Style::Cell).render());
        }
        self.paragraphs.iter().fold(cell, |cell, paragraph| cell.add_paragraph(paragraph.render()))
    }
}

/// Marks the rows that stand again at the head of each page.
pub(super) fn repeat_rows(document: Vec<u8>) -> Vec<u8> {
    let found = format!("<w:trHeight w:val=\"{REPEATED}\" w:hRule=\"atLeast\" />");
    match String::from_utf8(document) {
        Ok(xml) => xml.replace(&found, &format!("{found}<w:tblHeader />")).into_bytes(),
        Err(error) => error.into_bytes(),
    }
}
