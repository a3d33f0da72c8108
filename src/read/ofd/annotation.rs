//! Annotations (注释): what they draw on the page, and what they say (GB/T 33190-2016, 15).

use super::canvas::{Canvas, Frame};
use super::geometry::{Matrix, Place};
use super::guard::Exceeded;
use super::report;
use super::xml::Element;
use crate::read::Sink;

/// Draws the annotations of a page and tells their remarks.
///
/// # Errors
///
/// A bound of the page is met.
pub(super) fn draw(
    annotations: &Element,
    number: u32,
    canvas: &mut Canvas<'_>,
    sink: &mut dyn Sink,
) -> Result<(), Exceeded> {
    for annotation in annotations.all("Annot").filter(|a| a.switch("Visible") != Some(false)) {
        canvas.guard.tick()?;
        if let Some(remark) = annotation.child_text("Remark") {
            sink.issue(report::remark(number, annotation.attribute("Creator"), remark));
        }
        if let Some(appearance) = annotation.child("Appearance") {
            canvas.draw(appearance, frame(appearance))?;
        }
    }
    Ok(())
}

/// An appearance is a block of the page that begins at the corner of its boundary.
fn frame(appearance: &Element) -> Frame {
    let boundary = appearance.attribute("Boundary").and_then(Place::parse);
    let corner = boundary.map_or(Matrix::shift(0.0, 0.0), |place| Matrix::shift(place.x, place.y));
    Frame { matrix: corner.then(&Matrix::PAGE), hidden: false }
}
