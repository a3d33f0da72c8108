//! Text pages followed by a scanned one: the contract was exported, its last page signed by hand.

use super::{Embedded, Finish, Mapping, Sheet, assemble, pages_to_sheets};
use crate::error::Result;
use crate::font::{Family, FontBook};
use crate::layout::{Style, lay_out};
use crate::scan;
use crate::source::Document;

/// Resolution of the scanned page, in pixels per inch.
const DPI: u16 = 150;

pub(super) fn render(
    document: &Document,
    family: Family,
    finish: Finish,
    fonts: &FontBook,
) -> Result<Vec<u8>> {
    let font = fonts.font(family)?;
    let pages = lay_out(document, &font.face()?, &Style::default());
    let mut typeface = Embedded::new(font.face()?, Mapping::ToUnicode);
    let mut sheets = pages_to_sheets(&pages, &mut typeface, finish)?;
    if let Some(last) = sheets.pop() {
        let upright = assemble(&[last], Some(&mut typeface), false)?;
        sheets.extend(scan::pictures(upright, DPI, 0)?.into_iter().map(Sheet::Picture));
    }
    assemble(&sheets, Some(&mut typeface), finish.rotated)
}
