//! The outline of an impression: circle, ellipse or rectangle, and how it is tilted.

use crate::mask::{Bounds, Mask};
use crate::reading::{Point, SealShape};

/// Directions in which the outermost ink is looked for.
const DIRECTIONS: usize = 90;
/// How far from the outline, as a share of its half axis, ink still lies on it.
const ON_OUTLINE: f32 = 0.09;
/// Share of the directions in which there has to be ink on the outline.
const CLOSED: f32 = 0.8;
/// Tilts that are tried for ellipses and rectangles, in degrees.
const TILTS: [f32; 13] = [0., -3., 3., -6., 6., -10., 10., -15., 15., -20., 20., -30., 30.];
/// Axes that differ less than this share belong to a circle.
const ROUND: f32 = 0.1;

/// A fitted outline, in pixels of the mask.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Outline {
    pub(super) centre: Point,
    /// Half of the width.
    pub(super) a: f32,
    /// Half of the height.
    pub(super) b: f32,
    /// Degrees clockwise.
    pub(super) tilt: f32,
    pub(super) shape: SealShape,
}

impl Outline {
    /// The same outline in a picture `factor` times as large.
    pub(super) fn scaled(self, factor: f32) -> Self {
        let centre = Point { x: (self.centre.x + 0.5) * factor, y: (self.centre.y + 0.5) * factor };
        Self { centre, a: self.a * factor, b: self.b * factor, ..self }
    }

    /// Does a place lie well inside?
    pub(super) fn holds(&self, point: Point) -> bool {
        (point.x - self.centre.x).abs() < self.a * 0.7 && (point.y - self.centre.y).abs() < self.b * 0.7
    }

    /// The place at shares of the half axes from the middle, to the right and down.
    pub(super) fn place(&self, x: f32, y: f32) -> Point {
        let (sin, cos) = self.tilt.to_radians().sin_cos();
        let (x, y) = (x * self.a, y * self.b);
        Point { x: self.centre.x + x * cos - y * sin, y: self.centre.y + x * sin + y * cos }
    }

    /// Does a place lie on or inside the outline?
    pub(super) fn contains(&self, point: Point) -> bool {
        const LINE: f32 = 1.03;
        let (sin, cos) = self.tilt.to_radians().sin_cos();
        let (dx, dy) = (point.x - self.centre.x, point.y - self.centre.y);
        let (x, y) = ((dx * cos + dy * sin) / self.a.max(1.0), (dy * cos - dx * sin) / self.b.max(1.0));
        match self.shape {
            SealShape::Square => x.abs().max(y.abs()) <= LINE,
            SealShape::Round | SealShape::Oval => x.hypot(y) <= LINE,
        }
    }

    /// Left, top, right, bottom.
    pub(super) fn bounds(&self) -> [f32; 4] {
        let (sin, cos) = self.tilt.to_radians().sin_cos();
        let (x, y) = match self.shape {
            SealShape::Square => {
                ((self.a * cos).abs() + (self.b * sin).abs(), (self.a * sin).abs() + (self.b * cos).abs())
            }
            SealShape::Round | SealShape::Oval => {
                ((self.a * cos).hypot(self.b * sin), (self.a * sin).hypot(self.b * cos))
            }
        };
        [self.centre.x - x, self.centre.y - y, self.centre.x + x, self.centre.y + y]
    }
}

/// Fits an outline to the ink inside `bounds`, and tells the share of it that is drawn; `None` if it is no closed
/// figure.
pub(super) fn fit(mask: &Mask, bounds: Bounds) -> Option<(f32, Outline)> {
    let rim = rim(mask, bounds);
    let candidates = TILTS.iter().flat_map(|tilt| candidates(&rim, *tilt));
    let best = candidates.max_by(|one, other| one.fit().total_cmp(&other.fit()));
    best.map(|best| (best.closed, best.outline)).filter(|(closed, _)| *closed >= CLOSED)
}

/// An outline that the ink may have.
struct Candidate {
    outline: Outline,
    /// Share of the directions in which the rim lies on it, a little less the more it is tilted.
    closed: f32,
    /// How far the rim lies off it on average, as a share of its half axes.
    off: f32,
}

impl Candidate {
    /// What the candidates are compared by: of two that the whole rim lies on, the closer one has the right tilt. A
    /// circle has none, and how it was inked decides nothing.
    fn fit(&self) -> f32 {
        let turned =
            if self.outline.shape == SealShape::Round { self.outline.tilt.abs() / 100.0 } else { 0.0 };
        self.closed - self.off - turned
    }
}

/// The outermost ink in each direction from the middle.
fn rim(mask: &Mask, bounds: Bounds) -> Vec<Point> {
    let middle = Point {
        x: (bounds.x0 + bounds.x1) as f32 / 2.0 - 0.5,
        y: (bounds.y0 + bounds.y1) as f32 / 2.0 - 0.5,
    };
    let mut outermost: Vec<Option<(f32, Point)>> = vec![None; DIRECTIONS];
    for y in bounds.y0..bounds.y1 {
        for x in bounds.x0..bounds.x1 {
            if mask.get(x, y) {
                let point = Point { x: x as f32, y: y as f32 };
                let (dx, dy) = (point.x - middle.x, point.y - middle.y);
                let turn = dy.atan2(dx) / std::f32::consts::TAU + 0.5;
                let slot = &mut outermost[((turn * DIRECTIONS as f32) as usize).min(DIRECTIONS - 1)];
                let distance = dx.hypot(dy);
                if slot.is_none_or(|(farthest, _)| distance > farthest) {
                    *slot = Some((distance, point));
                }
            }
        }
    }
    outermost.into_iter().flatten().map(|(_, point)| point).collect()
}

/// An ellipse and a rectangle around the rim, tilted.
fn candidates(rim: &[Point], tilt: f32) -> [Candidate; 2] {
    let (sin, cos) = tilt.to_radians().sin_cos();
    let turned: Vec<Point> =
        rim.iter().map(|p| Point { x: p.x * cos + p.y * sin, y: p.y * cos - p.x * sin }).collect();
    let (x0, x1) = extent(turned.iter().map(|p| p.x));
    let (y0, y1) = extent(turned.iter().map(|p| p.y));
    let (a, b) = (((x1 - x0) / 2.0).max(1.0), ((y1 - y0) / 2.0).max(1.0));
    let (x, y) = ((x0 + x1) / 2.0, (y0 + y1) / 2.0);
    let candidate = |outline: Outline, distance: &dyn Fn(f32, f32) -> f32| {
        let off = turned.iter().map(|p| (distance((p.x - x) / a, (p.y - y) / b) - 1.0).abs());
        let on: Vec<f32> = off.filter(|off| *off <= ON_OUTLINE).collect();
        let share = on.len() as f32 / DIRECTIONS as f32;
        let off = on.iter().sum::<f32>() / on.len().max(1) as f32;
        Candidate { outline, closed: share - tilt.abs() / 1000.0, off }
    };
    let centre = Point { x: x * cos - y * sin, y: x * sin + y * cos };
    let is_round = (a - b).abs() <= ROUND * a.max(b);
    let curved = if is_round { SealShape::Round } else { SealShape::Oval };
    let outline = Outline { centre, a, b, tilt, shape: curved };
    [
        candidate(outline, &f32::hypot),
        candidate(Outline { shape: SealShape::Square, ..outline }, &|x, y| x.abs().max(y.abs())),
    ]
}

fn extent(values: impl Iterator<Item = f32>) -> (f32, f32) {
    values.fold((f32::MAX, f32::MIN), |(least, most), value| (least.min(value), most.max(value)))
}
