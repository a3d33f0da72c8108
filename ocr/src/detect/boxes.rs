//! The rectangles around components.

use crate::geometry::{Rectangle, smallest_rectangle};
use crate::mask::Mask;
use crate::pieces::Piece;
use crate::reading::{Point, Quad};

/// A pixel with more than this lies in a line.
const PIXEL: f32 = 0.3;
/// A component whose mean is less than this is none.
const COMPONENT: f32 = 0.5;
/// How far a rectangle is grown: area times this over circumference.
const UNCLIP: f32 = 1.6;
/// Fewer pixels than this are dust.
const FEWEST_PIXELS: usize = 9;
/// Sides of a rectangle before and after it is grown; less is no character.
const SHORTEST_SIDE: f32 = 3.0;
const SHORTEST_GROWN: f32 = 5.0;

/// The lines of a map of probabilities with rows of `width`.
pub(super) fn boxes(map: &[f32], width: usize) -> Vec<Quad> {
    // A value that is no number is not above.
    let mask = Mask::from_rows(width, map.iter().map(|&value| value > PIXEL).collect());
    mask.pieces().iter().filter_map(|piece| line(map, width, piece)).collect()
}

fn line(map: &[f32], width: usize, piece: &Piece) -> Option<Quad> {
    let sum: f32 =
        piece.runs.iter().flat_map(|run| &map[run.y * width + run.from..run.y * width + run.to]).sum();
    if piece.area < FEWEST_PIXELS || sum / (piece.area as f32) < COMPONENT {
        return None;
    }
    let ends = piece.runs.iter().flat_map(|run| [run.from, run.to - 1].map(|x| (x, run.y)));
    let points = ends.map(|(x, y)| Point { x: x as f32, y: y as f32 }).collect();
    grown(smallest_rectangle(points)?)
}

/// The rectangle of pixels (not of their middles), grown to the size of the line.
fn grown(middles: Rectangle) -> Option<Quad> {
    let tight = middles.grown(0.5);
    let (width, height) = (2.0 * tight.half_width, 2.0 * tight.half_height);
    if width.min(height) < SHORTEST_SIDE {
        return None;
    }
    let wide = tight.grown(width * height * UNCLIP / (2.0 * (width + height)));
    if wide.half_width.min(wide.half_height) * 2.0 < SHORTEST_GROWN {
        return None;
    }
    let middle = |p: Point| Point { x: p.x + 0.5, y: p.y + 0.5 };
    Some(wide.corners().map(middle))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_bar_grows_to_a_line() {
        let mut map = vec![0.0; 64 * 32];
        for y in 10..16 {
            map[y * 64 + 10..y * 64 + 50].fill(0.9);
        }
        let found = boxes(&map, 64);
        let grown = 40.0 * 6.0 * 1.6 / 92.0;
        assert_eq!(found.len(), 1);
        assert!(
            (found[0][0].x - (10.0 - grown)).abs() < 1e-3 && (found[0][0].y - (10.0 - grown)).abs() < 1e-3
        );
        assert!(
            (found[0][2].x - (50.0 + grown)).abs() < 1e-3 && (found[0][2].y - (16.0 + grown)).abs() < 1e-3
        );
    }

    #[test]
    fn faint_and_small_components_are_dropped() {
        let mut map = vec![0.0; 64 * 32];
        map[10 * 64 + 10..10 * 64 + 18].fill(1.0);
        map[20 * 64 + 10..20 * 64 + 60].fill(0.4);
        assert!(boxes(&map, 64).is_empty());
    }

    proptest! {
        #[test]
        fn no_map_panics(width in 1usize..40, map in prop::collection::vec(prop::num::f32::ANY, 0..800)) {
            let _ = boxes(&map, width);
        }
    }
}
