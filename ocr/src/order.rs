//! The order in which the lines of a page are read: rows from top to bottom, in a row from left to right.

use crate::geometry::{distance, median, middle};
use crate::reading::{Point, Quad};

/// How far lines rise to the right, in degrees: the median of the lines that are long enough to tell.
pub(crate) fn skew(quads: &[Quad]) -> f32 {
    let level = |quad: &&Quad| distance(quad[0], quad[1]) > 4.0 * distance(quad[0], quad[3]);
    let rise = |quad: &Quad| (quad[0].y - quad[1].y).atan2(quad[1].x - quad[0].x).to_degrees();
    let angles: Vec<f32> = quads.iter().filter(level).map(rise).filter(|angle| angle.abs() < 45.0).collect();
    median(angles)
}

/// A line as it stands once the page is level.
struct Levelled {
    index: usize,
    left: f32,
    y: f32,
    height: f32,
}

/// Indices of lines in reading order. Lines stand in one row if the middle of each lies within half the height of
/// the row's last one, measured along the page's skew.
pub(crate) fn order(quads: &[Quad], skew: f32) -> Vec<usize> {
    let mut lines: Vec<Levelled> =
        quads.iter().enumerate().map(|(index, quad)| levelled(index, quad, skew)).collect();
    lines.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.index.cmp(&b.index)));
    let mut rows: Vec<Vec<Levelled>> = Vec::new();
    for line in lines {
        match rows.last_mut() {
            Some(row) if row.first().is_some_and(|first| same_row(first, &line)) => row.push(line),
            _ => rows.push(vec![line]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.left.total_cmp(&b.left).then(a.index.cmp(&b.index)));
    }
    rows.into_iter().flatten().map(|line| line.index).collect()
}

fn levelled(index: usize, quad: &Quad, skew: f32) -> Levelled {
    let (sine, cosine) = skew.to_radians().sin_cos();
    let turned = |p: Point| Point { x: p.x * cosine - p.y * sine, y: p.x * sine + p.y * cosine };
    let corners = quad.map(turned);
    let left = corners.iter().fold(f32::MAX, |left, p| left.min(p.x));
    let (top, low) = corners.iter().fold((f32::MAX, f32::MIN), |(a, b), p| (a.min(p.y), b.max(p.y)));
    Levelled { index, left, y: middle(&corners).y, height: low - top }
}

fn same_row(a: &Levelled, b: &Levelled) -> bool {
    (b.y - a.y).abs() < a.height.min(b.height) * 0.5 && a.height.max(b.height) < 3.0 * a.height.min(b.height)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A quad `width` × 20 whose upper left corner stands at (`x`, `y`) on a page that rises by `angle` degrees.
    fn quad(x: f32, y: f32, width: f32, angle: f32) -> Quad {
        let (sine, cosine) = angle.to_radians().sin_cos();
        [(x, y), (x + width, y), (x + width, y + 20.0), (x, y + 20.0)]
            .map(|(x, y)| Point { x: x * cosine + y * sine, y: y * cosine - x * sine })
    }

    #[test]
    fn rows_hold_on_a_skewed_page() {
        for angle in [-4.0, 0.0, 3.0] {
            let quads = [
                quad(600.0, 102.0, 300.0, angle),
                quad(0.0, 130.0, 800.0, angle),
                quad(0.0, 100.0, 300.0, angle),
                quad(0.0, 10.0, 200.0, angle),
            ];
            let found = skew(&quads);
            assert!((found - angle).abs() < 0.1, "{found} is not {angle}");
            assert_eq!(order(&quads, found), [3, 2, 0, 1]);
        }
    }

    proptest! {
        #[test]
        fn every_line_once(list in prop::collection::vec((0f32..900.0, 0f32..900.0, 1f32..400.0), 0..50)) {
            let quads: Vec<Quad> = list.iter().map(|&(x, y, width)| quad(x, y, width, 1.0)).collect();
            let mut found = order(&quads, skew(&quads));
            found.sort_unstable();
            prop_assert_eq!(found, (0..quads.len()).collect::<Vec<_>>());
        }
    }
}
