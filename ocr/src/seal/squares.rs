//! Square frames in ink that hangs together with other ink: a long straight run is taken for one side, and the other
//! three are looked for where they would stand.

use crate::mask::{Bounds, Mask};
use crate::pieces::runs;
use crate::reading::{Point, SealShape};

use super::outline::Outline;

/// Tilts that are tried, in degrees.
const TILTS: [f32; 13] = [0., -2., 2., -4., 4., -6., 6., -8., 8., -10., 10., -12., 12.];
/// Share of the frame that has to be drawn, and of its weakest side.
const DRAWN: (f32, f32) = (0.8, 0.6);
/// How far, in pixels, ink may lie from a side.
const NEAR: f32 = 2.0;
/// Gaps in a side that black print makes, in pixels.
const GAP: usize = 4;

/// The clearest square with sides of `sides` (pixels, from and to) inside `bounds`.
pub(super) fn find(mask: &Mask, bounds: Bounds, sides: (f32, f32)) -> Option<Outline> {
    let tilted = TILTS.iter().flat_map(|tilt| at_tilt(mask, bounds, sides, *tilt));
    tilted.max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, outline)| outline)
}

/// The mask without a square's frame and what stands in it.
pub(super) fn without(mask: &Mask, square: &Outline) -> Mask {
    let (sin, cos) = square.tilt.to_radians().sin_cos();
    Mask::from_fn(mask.width(), mask.height(), |x, y| {
        let (dx, dy) = (x as f32 - square.centre.x, y as f32 - square.centre.y);
        let reach = (dx * cos + dy * sin).abs().max((dy * cos - dx * sin).abs());
        mask.get(x, y) && !(square.a - 4.0..=square.a + 3.0).contains(&reach)
    })
}

fn at_tilt(mask: &Mask, bounds: Bounds, (least, most): (f32, f32), tilt: f32) -> Vec<(f32, Outline)> {
    let (sin, cos) = tilt.to_radians().sin_cos();
    let middle = Point { x: (bounds.x0 + bounds.x1) as f32 / 2.0, y: (bounds.y0 + bounds.y1) as f32 / 2.0 };
    let place = |x: f32, y: f32| Point { x: middle.x + x * cos - y * sin, y: middle.y + x * sin + y * cos };
    let half = (bounds.width() as f32).hypot(bounds.height() as f32) / 2.0;
    let length = (2.0 * half) as usize;
    let mut found = Vec::new();
    for row in 0..length {
        let y = row as f32 - half;
        let bits: Vec<bool> = (0..length).map(|x| is_ink(mask, bounds, place(x as f32 - half, y))).collect();
        for side in long_runs(&bits, row, least) {
            let (x, width) = (side.0 as f32 - half, (side.1 - side.0) as f32);
            if width > most {
                continue;
            }
            for centre_y in [y + width / 2.0, y - width / 2.0] {
                let centre = place(x + width / 2.0, centre_y);
                let outline =
                    Outline { centre, a: width / 2.0, b: width / 2.0, tilt, shape: SealShape::Square };
                found.extend(drawn(mask, &outline).map(|share| (share, outline)));
            }
        }
    }
    found
}

fn is_ink(mask: &Mask, bounds: Bounds, point: Point) -> bool {
    let inside = point.x >= bounds.x0 as f32 && point.y >= bounds.y0 as f32;
    inside
        && point.x < bounds.x1 as f32
        && point.y < bounds.y1 as f32
        && mask.get(point.x as usize, point.y as usize)
}

/// Stretches of at least `least` bits with small gaps, as (from, to).
fn long_runs(bits: &[bool], row: usize, least: f32) -> Vec<(usize, usize)> {
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for run in runs(bits, row) {
        match joined.last_mut() {
            Some(last) if run.from - last.1 <= GAP => last.1 = run.to,
            _ => joined.push((run.from, run.to)),
        }
    }
    joined.retain(|(from, to)| (to - from) as f32 >= least);
    joined
}

/// The share of a square's sides on which there is ink, if it is enough.
fn drawn(mask: &Mask, square: &Outline) -> Option<f32> {
    const POINTS: usize = 40;
    let (sin, cos) = square.tilt.to_radians().sin_cos();
    let ink = |x: f32, y: f32| {
        let (x, y) = (square.centre.x + x * cos - y * sin, square.centre.y + x * sin + y * cos);
        x >= 0.0 && y >= 0.0 && mask.get(x as usize, y as usize)
    };
    let near = |x: f32, y: f32, dx: f32, dy: f32| {
        [0.0, -1.0, 1.0, -NEAR, NEAR].iter().any(|by| ink(x + dx * by, y + dy * by))
    };
    let a = square.a;
    let share = |at: &dyn Fn(f32) -> bool| {
        let points = (0..POINTS).map(|step| (2.0 * (step as f32 + 0.5) / POINTS as f32 - 1.0) * a);
        points.filter(|along| at(*along)).count() as f32 / POINTS as f32
    };
    let sides = [
        share(&|along| near(along, -a, 0.0, 1.0)),
        share(&|along| near(along, a, 0.0, 1.0)),
        share(&|along| near(-a, along, 1.0, 0.0)),
        share(&|along| near(a, along, 1.0, 0.0)),
    ];
    let mean = sides.iter().sum::<f32>() / 4.0;
    let weakest = sides.iter().copied().fold(1.0, f32::min);
    (mean >= DRAWN.0 && weakest >= DRAWN.1).then_some(mean)
}
