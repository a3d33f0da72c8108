//! Where a place of the sheet lies on the scan.

use super::truth::Quad;
use crate::seed::Random;

/// How a sheet lies on the glass.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    /// Pixels in a point.
    pub(super) scale: f32,
    /// How far lines fall to the right, in radians.
    pub(super) angle: f32,
    /// By how many pixels it is moved up and to the left.
    pub(super) shift: (f32, f32),
    /// Pixels across and down.
    pub(super) size: (usize, usize),
}

impl Place {
    /// A sheet put down by a person: askew by up to `skew` degrees and moved a little.
    pub(super) fn random(size: (usize, usize), dpi: u16, skew: f32, random: &mut Random) -> Self {
        let angle = (random.unit() * 2.0 - 1.0) * skew.to_radians();
        let [x, y] = [random.unit(), random.unit()].map(|unit| (unit * 2.0 - 1.0) * 0.004);
        let shift = (x * size.0 as f32, y * size.1 as f32);
        Self { scale: f32::from(dpi) / 72.0, angle, shift, size }
    }

    fn centre(&self) -> (f32, f32) {
        (self.size.0 as f32 / 2.0, self.size.1 as f32 / 2.0)
    }

    /// The pixel of the straight sheet that comes to lie at a pixel of the scan.
    pub(super) fn source(&self, x: f32, y: f32) -> (f32, f32) {
        let (sin, cos) = self.angle.sin_cos();
        let centre = self.centre();
        let (dx, dy) = (x - centre.0 + self.shift.0, y - centre.1 + self.shift.1);
        (centre.0 + dx * cos + dy * sin, centre.1 - dx * sin + dy * cos)
    }

    /// The pixel of the scan where a place of the sheet (points from the upper left) comes to lie.
    pub(super) fn target(&self, x: f32, y: f32) -> [f32; 2] {
        let (sin, cos) = self.angle.sin_cos();
        let centre = self.centre();
        let (dx, dy) = (x * self.scale - centre.0, y * self.scale - centre.1);
        let x = centre.0 + dx * cos - dy * sin - self.shift.0;
        let y = centre.1 + dx * sin + dy * cos - self.shift.1;
        [x, y].map(|v| (v * 10.0).round() / 10.0)
    }

    /// The corners of a box (left, top, right, bottom) on the scan.
    pub(super) fn quad(&self, [left, top, right, bottom]: [f32; 4]) -> Quad {
        [(left, top), (right, top), (right, bottom), (left, bottom)].map(|(x, y)| self.target(x, y))
    }

    /// The upright box around a box on the scan, cut off at the scan's edges.
    pub(super) fn bounds(&self, bounds: [f32; 4]) -> [f32; 4] {
        let quad = self.quad(bounds);
        let (width, height) = (self.size.0 as f32, self.size.1 as f32);
        let least = |axis: usize| quad.iter().map(|corner| corner[axis]).fold(f32::INFINITY, f32::min);
        let most = |axis: usize| quad.iter().map(|corner| corner[axis]).fold(f32::NEG_INFINITY, f32::max);
        [least(0).max(0.0), least(1).max(0.0), most(0).min(width), most(1).min(height)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let place = Place { scale: 2.0, angle: 0.04, shift: (3.0, -5.0), size: (1200, 1700) };
        for (x, y) in [(10.0, 20.0), (590.0, 840.0), (300.0, 400.0)] {
            let [u, v] = place.target(x, y);
            let (x2, y2) = place.source(u, v);
            assert!((x2 - 2.0 * x).abs() < 0.2 && (y2 - 2.0 * y).abs() < 0.2);
        }
    }

    #[test]
    fn a_positive_angle_lets_lines_fall() {
        let place = Place { scale: 1.0, angle: 0.05, shift: (0.0, 0.0), size: (600, 800) };
        let [[_, left], [_, right], ..] = place.quad([100.0, 100.0, 500.0, 112.0]);
        assert!(right > left);
    }
}
