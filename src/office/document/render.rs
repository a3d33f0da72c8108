//! Document → bytes of a DOCX file.

use std::io::Cursor;

use docx_rs::{AlignmentType, Docx, Footer, Header, NumPages, PageMargin, PageNum, PageOrientationType, Run};

use super::style::{self, Style};
use super::table::{repeat_rows, twips};
use super::{Block, Document};
use crate::office::OfficeError;

/// A4, in millimetres (ISO 216).
pub(super) const SHORT_SIDE: u32 = 210;
pub(super) const LONG_SIDE: u32 = 297;
/// On all sides, in millimetres.
pub(super) const MARGIN: u32 = 20;

pub(super) fn to_bytes(document: &Document) -> Result<Vec<u8>, OfficeError> {
    let docx =
        Style::ALL.into_iter().fold(set_up(document), |docx, style| docx.add_style(style.definition()));
    let docx = document.blocks.iter().fold(docx, |docx, block| match block {
        Block::Paragraph(paragraph) => docx.add_paragraph(paragraph.render()),
        Block::Table(table) => docx.add_table(table.render()),
    });
    let mut parts = docx.build();
    parts.document = repeat_rows(parts.document);
    let mut bytes = Cursor::new(Vec::new());
    parts.pack(&mut bytes).map_err(|error| OfficeError::Write(error.to_string()))?;
    Ok(bytes.into_inner())
}

fn set_up(document: &Document) -> Docx {
    let made = format!("{}Z", document.properties.made_at.strftime("%Y-%m-%dT%H:%M:%S"));
    let docx = Docx::new()
        .created_at(&made)
        .updated_at(&made)
        .default_fonts(style::default_fonts())
        .default_size(21)
        .page_margin(margins())
        .header(Header::new().add_paragraph(running(&document.properties.title)))
        .footer(Footer::new().add_paragraph(page_number()));
    let (short, long) = (twips(SHORT_SIDE) as u32, twips(LONG_SIDE) as u32);
    match document.landscape {
        false => docx.page_size(short, long),
        true => docx.page_size(long, short).page_orient(PageOrientationType::Landscape),
    }
}

fn margins() -> PageMargin {
    let side = twips(MARGIN) as i32;
    PageMargin::new().top(side).right(side).bottom(side).left(side).header(side / 2).footer(side / 2)
}

fn running(title: &str) -> docx_rs::Paragraph {
    docx_rs::Paragraph::new()
        .style(Style::Small.id())
        .align(AlignmentType::Right)
        .add_run(Run::new().add_text(crate::office::printable(title)))
}

/// `第 1 页 共 3 页`.
fn page_number() -> docx_rs::Paragraph {
    let said = |text: &str| Run::new().add_text(text);
    docx_rs::Paragraph::new()
        .style(Style::Small.id())
        .align(AlignmentType::Center)
        .add_run(said("第 "))
        .add_page_num(PageNum::new())
        .add_run(said(" 页　共 "))
        .add_num_pages(NumPages::new())
        .add_run(said(" 页"))
}
