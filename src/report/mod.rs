//! What a terminal shows a person: fields, and findings with the clause and carets under the evidence.

mod checkup;
mod excerpt;
mod fields;
pub mod list;
mod list_sheet;
mod review;
mod sarif;

pub use checkup::{checkup, checkup_workbook};
pub use fields::{fields, money};
pub use list_sheet::workbook;
pub use review::{remark, review, summary};
pub use sarif::sarif;

use crate::model::{Place, Span};

/// Where a span stands, in a word or two: 第 3 页, 第 41 段.
fn place(span: &Span) -> String {
    match span.places.first() {
        Some(Place::Page { page, .. }) => format!("第 {page} 页"),
        Some(Place::Block { block, cell: Some([row, column]) }) => {
            format!("第 {} 段表格第 {} 行第 {} 列", block + 1, row + 1, column + 1)
        }
        Some(Place::Block { block, cell: None }) => format!("第 {} 段", block + 1),
        None => "位置不明".to_owned(),
    }
}
