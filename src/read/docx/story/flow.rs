//! What is known in the middle of a flow of paragraphs and tables.

use crate::model::Cell;
use crate::read::docx::control::Control;
use crate::read::docx::fields::Fields;
use crate::read::docx::paragraph::Paragraph;
use crate::read::docx::places::Told;
use crate::read::docx::properties::RunProperties;
use crate::read::docx::table::Table;

/// A flow of paragraphs and tables: a story's own, or a text box's inside it.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub paragraph: Option<Paragraph>,
    /// A paragraph whose mark was deleted, to be gone on with.
    pub unfinished: Option<Paragraph>,
    pub run: RunProperties,
    pub fields: Fields,
    pub controls: Vec<Control>,
    /// Open tables, outermost first.
    pub tables: Vec<Table>,
    /// The place of the cell that a text box is anchored in.
    pub host: Option<(u32, Cell)>,
    /// Blocks of a text box, until its paragraph is done.
    pub blocks: Vec<Told>,
}

impl Flow {
    /// Number and cell for what comes next, when it stands in a table. Inner tables are part of the outer
    /// one's cell.
    pub fn place(&self) -> Option<(u32, Cell)> {
        self.host.or_else(|| self.tables.first().map(|table| (table.number, table.cell())))
    }
}
