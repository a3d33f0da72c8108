//! Boxes on a page.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A box in points (1/72 inch) of the page as displayed, origin top left: `[x0, y0, x1, y1]`.
///
/// Coordinates are kept to a tenth of a point: finer than any reader needs, and short in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "[f32; 4]", into = "[f32; 4]")]
#[schemars(with = "[f32; 4]")]
pub struct BBox {
    /// Left edge.
    pub x0: f32,
    /// Top edge.
    pub y0: f32,
    /// Right edge.
    pub x1: f32,
    /// Bottom edge.
    pub y1: f32,
}

/// Rounds to a tenth of a point. What is no number, as a broken file may give it, becomes 0: JSON has no word
/// for it.
pub fn tenth(value: f32) -> f32 {
    if value.is_finite() { (value * 10.0).round() / 10.0 } else { 0.0 }
}

/// A point of a page turned about another; `(sin, cos)` is of the angle by which what rises to the right is put level.
pub fn turned_about(centre: (f32, f32), (x, y): (f32, f32), (sin, cos): (f32, f32)) -> (f32, f32) {
    let (dx, dy) = (x - centre.0, y - centre.1);
    (centre.0 + dx * cos - dy * sin, centre.1 + dx * sin + dy * cos)
}

impl BBox {
    /// A box whose edges are rounded to a tenth of a point.
    pub fn new(x0: f32, y0: f32, x1: f32, y1: f32) -> Self {
        Self { x0: tenth(x0), y0: tenth(y0), x1: tenth(x1), y1: tenth(y1) }
    }

    /// The smallest box that holds both.
    pub fn union(self, other: Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// Width in points.
    pub fn width(self) -> f32 {
        self.x1 - self.x0
    }

    /// Height in points.
    pub fn height(self) -> f32 {
        self.y1 - self.y0
    }
}

impl From<[f32; 4]> for BBox {
    fn from([x0, y0, x1, y1]: [f32; 4]) -> Self {
        Self { x0, y0, x1, y1 }
    }
}

impl From<BBox> for [f32; 4] {
    fn from(b: BBox) -> Self {
        [b.x0, b.y0, b.x1, b.y1]
    }
}
