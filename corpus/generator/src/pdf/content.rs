//! Pages of marks → content streams.

use pdf_writer::{Content, Name, Str};

use super::file::{FONT_NAME, Sheet};
use super::{Finish, Typeface};
use crate::error::Result;
use crate::layout::{Mark, Page, Run};

/// How far apart the two copies of a fake-bold glyph are, in points.
const BOLD_OFFSET: f32 = 0.3;
/// Thickness of table rules, in points.
const RULE_WIDTH: f32 = 0.5;

/// The content streams of pages.
pub(crate) fn pages_to_sheets(
    pages: &[Page],
    typeface: &mut dyn Typeface,
    finish: Finish,
) -> Result<Vec<Sheet>> {
    pages.iter().map(|page| stream(page, typeface, finish).map(Sheet::Text)).collect()
}

fn stream(page: &Page, typeface: &mut dyn Typeface, finish: Finish) -> Result<Vec<u8>> {
    let mut content = Content::new();
    content.set_line_width(RULE_WIDTH);
    for mark in &page.marks {
        match mark {
            Mark::Text(run) => {
                let codes = typeface.encode(&run.text)?;
                show(&mut content, run, run.x, &codes);
                if run.bold && finish.fake_bold {
                    show(&mut content, run, run.x + BOLD_OFFSET, &codes);
                }
            }
            Mark::Rule { from, to } => {
                content.move_to(from.0, from.1).line_to(to.0, to.1).stroke();
            }
        }
    }
    Ok(content.finish().into_vec())
}

fn show(content: &mut Content, run: &Run, x: f32, codes: &[u8]) {
    content
        .begin_text()
        .set_font(Name(FONT_NAME), run.size)
        .set_text_matrix([1.0, 0.0, 0.0, 1.0, round(x), round(run.y)])
        .show(Str(codes))
        .end_text();
}

/// Hundredths of a point are enough, and short.
fn round(v: f32) -> f32 {
    (v * 100.0).round() / 100.0
}
