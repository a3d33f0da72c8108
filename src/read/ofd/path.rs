//! Paths: rules of tables, and shapes whose great number means text drawn as outlines
//! (GB/T 33190-2016, 9).

use super::canvas::{Canvas, Frame};
use super::xml::Element;
use crate::read::layout::Rule;

/// Segments of a path beyond which it is no table border.
const RULED_PATH: usize = 400;
/// Width below which a filled rectangle is a rule, in points.
const RULE_WIDTH: f64 = 2.0;
/// Shortest rule that is noted, in points.
const RULE_LENGTH: f64 = 8.0;
/// Elements of a filled subpath beyond which it is a shape and not a rectangle.
const RECTANGLE: usize = 6;

type Point = (f64, f64);

/// Draws a path object.
pub(super) fn draw(canvas: &mut Canvas<'_>, object: &Element, frame: Frame) {
    let Some(data) = object.child("AbbreviatedData").filter(|_| !frame.hidden) else { return };
    let outline = Outline::of(&data.text);
    if object.switch("Fill") == Some(true) {
        fill(canvas, &outline, &frame);
    }
    if object.switch("Stroke") != Some(false) && outline.elements <= RULED_PATH {
        for &(from, to) in &outline.segments {
            note(canvas, frame.matrix.point(from.0, from.1), frame.matrix.point(to.0, to.1));
        }
    }
}

fn fill(canvas: &mut Canvas<'_>, outline: &Outline, frame: &Frame) {
    if outline.elements > outline.parts * RECTANGLE {
        canvas.shapes += outline.parts;
        return;
    }
    let Some([left, top, right, bottom]) = outline.hull(frame).filter(|_| outline.parts == 1) else { return };
    let (width, height) = (right - left, bottom - top);
    if width.min(height) > RULE_WIDTH {
        return;
    }
    let (x, y) = ((left + right) / 2.0, (top + bottom) / 2.0);
    if width >= height { note(canvas, (left, y), (right, y)) } else { note(canvas, (x, top), (x, bottom)) }
}

/// Notes a segment, in points, when it runs along an axis.
fn note(canvas: &mut Canvas<'_>, from: Point, to: Point) {
    let (dx, dy) = ((to.0 - from.0).abs(), (to.1 - from.1).abs());
    if dy <= RULE_WIDTH && dx >= RULE_LENGTH {
        canvas.marks.horizontal.push(rule(from.0, to.0, (from.1 + to.1) / 2.0));
    } else if dx <= RULE_WIDTH && dy >= RULE_LENGTH {
        canvas.marks.vertical.push(rule(from.1, to.1, (from.0 + to.0) / 2.0));
    }
}

fn rule(a: f64, b: f64, at: f64) -> Rule {
    Rule { from: a.min(b) as f32, to: a.max(b) as f32, at: at as f32 }
}

/// What path data (AbbreviatedData, 9.1) draw.
#[derive(Debug, Default)]
struct Outline {
    /// Subpaths.
    parts: usize,
    /// Operators.
    elements: usize,
    /// Straight lines, of paths that are not too long for rules.
    segments: Vec<(Point, Point)>,
    /// Ends of all segments, likewise.
    points: Vec<Point>,
}

impl Outline {
    fn of(data: &str) -> Self {
        let mut outline = Self::default();
        let (mut start, mut last) = ((0.0, 0.0), (0.0, 0.0));
        for (operator, operands) in operations(data) {
            let end = operands.len().checked_sub(2).and_then(|at| operands.get(at..));
            let end = match end {
                Some(&[x, y]) => (x, y),
                _ => start,
            };
            outline.add(operator, last, if operator == 'C' { start } else { end });
            if matches!(operator, 'M' | 'S') {
                start = end;
            }
            last = if operator == 'C' { start } else { end };
        }
        outline
    }

    fn add(&mut self, operator: char, from: Point, to: Point) {
        self.parts += usize::from(matches!(operator, 'M' | 'S'));
        self.elements += 1;
        if self.elements > RULED_PATH {
            return;
        }
        self.points.push(to);
        if matches!(operator, 'L' | 'C') {
            self.segments.push((from, to));
        }
    }

    /// The box around it on the page.
    fn hull(&self, frame: &Frame) -> Option<[f64; 4]> {
        let points = self.points.iter().map(|&(x, y)| frame.matrix.point(x, y));
        points.fold(None, |hull, (x, y)| {
            let [left, top, right, bottom] = hull.unwrap_or([x, y, x, y]);
            Some([left.min(x), top.min(y), right.max(x), bottom.max(y)])
        })
    }
}

/// Operators with their operands; blanks between them may be left out.
fn operations(data: &str) -> Vec<(char, Vec<f64>)> {
    let mut operations: Vec<(char, Vec<f64>)> = Vec::new();
    let letters = ['S', 'M', 'L', 'Q', 'B', 'A', 'C'];
    let mut rest = data;
    while let Some(at) = rest.find(letters) {
        let (Some(operator), Some(after)) =
            (rest.get(at..).and_then(|s| s.chars().next()), rest.get(at + 1..))
        else {
            break;
        };
        let length = after.find(letters).unwrap_or(after.len());
        let operands = super::geometry::numbers(after.get(..length).unwrap_or_default());
        operations.push((operator, operands));
        rest = after.get(length..).unwrap_or_default();
    }
    operations
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rectangle_has_four_sides() {
        let outline = Outline::of("M 0 0 L 70 0 L 70 30 L 0 30 C");
        assert_eq!((outline.parts, outline.elements), (1, 5));
        assert_eq!(outline.segments.len(), 4);
        assert_eq!(outline.segments.last(), Some(&((0.0, 30.0), (0.0, 0.0))));
    }

    #[test]
    fn curves_end_where_they_end() {
        let outline = Outline::of("M 0 0 B 1 1 2 2 3 3 L 9 3 Q 1 1 2 2 A 1 1 0 0 1 5 5 L 5 9");
        assert_eq!(outline.segments, [((3.0, 3.0), (9.0, 3.0)), ((5.0, 5.0), (5.0, 9.0))]);
    }

    #[test]
    fn blanks_may_be_missing() {
        assert_eq!(Outline::of("M0 0L5 0C").segments.len(), 2);
        assert_eq!(Outline::of("").parts, 0);
        assert_eq!(Outline::of("垃圾 L L M").elements, 3);
    }
}
