//! Glyphs → lines in the order in which a person reads them.

use crate::model::{BBox, Joint, Line};

use super::chunks::{self, Chunk};
use super::columns;
use super::glyph::{Glyph, Marks};
use super::line_text;
use super::rows::{self, Row};
use super::tables;

/// Height of the line's box over the baseline, in ems. With [`DESCENT`] it makes the em box of an ideograph.
pub const ASCENT: f32 = 0.88;
/// Depth of the line's box under the baseline, in ems.
pub const DESCENT: f32 = 0.12;

/// Point of the page → (along, across) for text of a direction.
pub fn to_frame(x: f32, y: f32, direction: u16) -> (f32, f32) {
    let (sin, cos) = sin_cos(direction);
    (x * cos + y * sin, y * cos - x * sin)
}

/// (along, across) → point of the page.
pub fn from_frame(along: f32, across: f32, direction: u16) -> (f32, f32) {
    let (sin, cos) = sin_cos(direction);
    (along * cos - across * sin, along * sin + across * cos)
}

/// Exact for the directions that pages are made of.
fn sin_cos(direction: u16) -> (f32, f32) {
    match direction {
        0 => (0.0, 1.0),
        90 => (1.0, 0.0),
        180 => (0.0, -1.0),
        270 => (-1.0, 0.0),
        other => f32::from(other).to_radians().sin_cos(),
    }
}

/// The page's lines. Text of the main direction comes first, then the others (watermarks, turned labels).
/// `layer` also takes in invisible glyphs.
pub fn assemble(marks: &Marks, layer: bool) -> Vec<Line> {
    let mut lines = Vec::new();
    for (direction, glyphs) in by_direction(&marks.glyphs, layer) {
        let chunks = chunks::chunks(&glyphs);
        let rows = rows::rows(chunks);
        let rows =
            if direction == 0 { in_reading_order(rows, &glyphs, marks) } else { tables::as_they_are(rows) };
        for (row, joint) in rows {
            lines.extend(row_lines(&row, joint, &glyphs, direction));
        }
    }
    lines
}

/// Columns one after the other, wrapped table cells together; how each row hangs together with the one before.
fn in_reading_order(rows: Vec<Row>, glyphs: &[&Glyph], marks: &Marks) -> Vec<(Row, Joint)> {
    let regions = columns::regions(rows, glyphs, marks);
    regions.into_iter().flat_map(|region| tables::keep_cells(region, glyphs, marks)).collect()
}

/// The glyphs of each direction, in content order; the direction with most glyphs first.
fn by_direction(glyphs: &[Glyph], layer: bool) -> Vec<(u16, Vec<&Glyph>)> {
    let mut groups: Vec<(u16, Vec<&Glyph>)> = Vec::new();
    let mut current = 0;
    for glyph in glyphs.iter().filter(|glyph| layer || !glyph.invisible) {
        if groups.get(current).is_none_or(|group| group.0 != glyph.direction) {
            current = groups.iter().position(|group| group.0 == glyph.direction).unwrap_or(groups.len());
            if current == groups.len() {
                groups.push((glyph.direction, Vec::new()));
            }
        }
        if let Some(group) = groups.get_mut(current) {
            group.1.push(glyph);
        }
    }
    groups.sort_by_key(|(direction, glyphs)| (std::cmp::Reverse(glyphs.len()), *direction));
    groups
}

fn row_lines(row: &[Chunk], joint: Joint, glyphs: &[&Glyph], direction: u16) -> Vec<Line> {
    let mut lines = line_text::lines(row, glyphs);
    if let Some(first) = lines.first_mut() {
        first.joint = joint;
    }
    if direction != 0 {
        for line in &mut lines {
            line.bbox = on_page(line.bbox, direction);
            line.edges.clear();
        }
    }
    lines
}

/// A box in the frame of a direction → the smallest box of the page that holds it.
fn on_page(framed: BBox, direction: u16) -> BBox {
    let corners =
        [(framed.x0, framed.y0), (framed.x1, framed.y0), (framed.x0, framed.y1), (framed.x1, framed.y1)]
            .map(|(along, across)| from_frame(along, across, direction));
    let xs = corners.map(|corner| corner.0);
    let ys = corners.map(|corner| corner.1);
    BBox::new(least(xs), least(ys), greatest(xs), greatest(ys))
}

fn least(values: [f32; 4]) -> f32 {
    values.into_iter().fold(f32::INFINITY, f32::min)
}

fn greatest(values: [f32; 4]) -> f32 {
    values.into_iter().fold(f32::NEG_INFINITY, f32::max)
}
