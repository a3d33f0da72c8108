//! Circles in ink that hangs together with other ink, or that the page's edge cuts: by votes.

use crate::mask::{Bounds, Mask};
use crate::reading::{Point, SealShape};

use super::outline::Outline;

/// Directions in which a pixel votes for a centre.
const DIRECTIONS: usize = 96;
/// Side of the squares in which votes are counted, in pixels.
const CELL: f32 = 2.0;
/// Most circles in one piece of ink.
const MOST: usize = 4;
/// Most pixels that vote.
const VOTERS: usize = 2_000;

/// Circles with radii of `radii` (pixels, from and to) of which at least `closed` of the part that lies on the
/// page is drawn, best first; and the ink that is left without them.
pub(super) fn find(mask: &Mask, bounds: Bounds, radii: (f32, f32), closed: f32) -> (Vec<Outline>, Mask) {
    let mut ink = Mask::from_fn(mask.width(), mask.height(), |x, y| {
        x >= bounds.x0 && x < bounds.x1 && y >= bounds.y0 && y < bounds.y1 && mask.get(x, y)
    });
    let mut found = Vec::new();
    while found.len() < MOST {
        let Some(circle) = best(&ink, bounds, radii).filter(|circle| drawn(&ink, circle) >= closed) else {
            break;
        };
        ink = without(&ink, &circle);
        // Of a circle found at the inner edge of its line, the rest of the line is left.
        if !found.iter().any(|other| is_same(other, &circle)) {
            found.push(circle);
        }
    }
    (found, ink)
}

/// Do two circles lie on one line?
fn is_same(one: &Outline, other: &Outline) -> bool {
    let apart = (one.centre.x - other.centre.x).hypot(one.centre.y - other.centre.y);
    apart.max((one.a - other.a).abs()) < 0.12 * one.a
}

fn best(ink: &Mask, bounds: Bounds, (least, most): (f32, f32)) -> Option<Outline> {
    let voters = voters(ink, bounds);
    let steps = ((most - least) / 1.5).ceil().max(1.0) as usize;
    let radii = (0..=steps).map(|step| least + (most - least) * step as f32 / steps as f32);
    let circles = radii.filter_map(|radius| vote(&voters, bounds, radius));
    circles.max_by(|one, other| drawn(ink, one).total_cmp(&drawn(ink, other)))
}

/// Pixels on the border of ink, thinned out evenly.
fn voters(ink: &Mask, bounds: Bounds) -> Vec<Point> {
    let mut border = Vec::new();
    for y in bounds.y0..bounds.y1 {
        for x in bounds.x0..bounds.x1 {
            let inner = x > 0
                && y > 0
                && ink.get(x - 1, y)
                && ink.get(x + 1, y)
                && ink.get(x, y - 1)
                && ink.get(x, y + 1);
            if ink.get(x, y) && !inner {
                border.push(Point { x: x as f32, y: y as f32 });
            }
        }
    }
    let step = border.len().div_ceil(VOTERS).max(1);
    border.into_iter().step_by(step).collect()
}

/// The centre that most pixels agree on.
fn vote(voters: &[Point], bounds: Bounds, radius: f32) -> Option<Outline> {
    let left = bounds.x0 as f32 - radius;
    let top = bounds.y0 as f32 - radius;
    let columns = ((bounds.width() as f32 + 2.0 * radius) / CELL) as usize + 2;
    let rows = ((bounds.height() as f32 + 2.0 * radius) / CELL) as usize + 2;
    let mut votes = vec![0u32; columns * rows];
    let directions: Vec<(f32, f32)> = (0..DIRECTIONS)
        .map(|step| (step as f32 / DIRECTIONS as f32 * std::f32::consts::TAU).sin_cos())
        .map(|(sin, cos)| (cos * radius, sin * radius))
        .collect();
    for voter in voters {
        for (dx, dy) in &directions {
            let column = ((voter.x + dx - left) / CELL) as usize;
            let row = ((voter.y + dy - top) / CELL) as usize;
            votes[row.min(rows - 1) * columns + column.min(columns - 1)] += 1;
        }
    }
    let (at, _) = votes.iter().enumerate().max_by_key(|(_, count)| **count)?;
    let centre = Point {
        x: left + ((at % columns) as f32 + 0.5) * CELL,
        y: top + ((at / columns) as f32 + 0.5) * CELL,
    };
    Some(Outline { centre, a: radius, b: radius, tilt: 0.0, shape: SealShape::Round })
}

/// The share of a circle's line, so far as it lies on the page, on which there is ink.
fn drawn(ink: &Mask, circle: &Outline) -> f32 {
    let (mut on_page, mut inked) = (0u32, 0u32);
    for step in 0..180 {
        let (sin, cos) = (step as f32 / 180.0 * std::f32::consts::TAU).sin_cos();
        let at = |radius: f32| (circle.centre.x + cos * radius, circle.centre.y + sin * radius);
        let (x, y) = at(circle.a);
        if x < 0.0 || y < 0.0 || x >= ink.width() as f32 || y >= ink.height() as f32 {
            continue;
        }
        on_page += 1;
        let near = [-2.0, -1.0, 0.0, 1.0, 2.0].map(|by| at(circle.a + by));
        inked +=
            u32::from(near.iter().any(|(x, y)| *x >= 0.0 && *y >= 0.0 && ink.get(*x as usize, *y as usize)));
    }
    if on_page < 20 { 0.0 } else { inked as f32 / on_page as f32 }
}

/// What is left when a circle and what stands in it are taken away.
fn without(ink: &Mask, circle: &Outline) -> Mask {
    Mask::from_fn(ink.width(), ink.height(), |x, y| {
        let distance = (x as f32 - circle.centre.x).hypot(y as f32 - circle.centre.y);
        ink.get(x, y) && distance > circle.a + 3.0
    })
}
