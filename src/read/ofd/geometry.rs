//! Places on a page. The format counts in millimetres from the top left corner, y downwards
//! (GB/T 33190-2016, 8), the model in points.

use crate::model::BBox;

/// Points in a millimetre.
pub(super) const POINTS: f64 = 72.0 / 25.4;

/// The numbers of an array (ST_Array, ST_Box, ST_Pos); what is no number ends it.
pub(super) fn numbers(text: &str) -> Vec<f64> {
    let words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    words.map_while(|word| word.parse().ok().filter(|number: &f64| number.is_finite())).collect()
}

/// A rectangle (ST_Box) in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Place {
    /// From its four numbers.
    pub fn parse(text: &str) -> Option<Self> {
        match *numbers(text) {
            [x, y, width, height, ..] => Some(Self { x, y, width, height }),
            _ => None,
        }
    }

    /// As a box in points.
    pub fn points(&self) -> BBox {
        let edges = [self.x, self.y, self.x + self.width, self.y + self.height];
        let [x0, y0, x1, y1] = edges.map(|edge| (edge * POINTS) as f32);
        BBox::new(x0, y0, x1, y1)
    }

    /// The part of it that a clip leaves, whose corner counts from this one's.
    pub fn clipped(&self, clip: Self) -> Self {
        let (x, y) = (clip.x.clamp(0.0, self.width.max(0.0)), clip.y.clamp(0.0, self.height.max(0.0)));
        let width = clip.width.min(self.width - x).max(0.0);
        let height = clip.height.min(self.height - y).max(0.0);
        Self { x: self.x + x, y: self.y + y, width, height }
    }
}

/// A transformation (CTM): `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix([f64; 6]);

impl Matrix {
    /// Millimetres of the page → points of the page.
    pub const PAGE: Self = Self([POINTS, 0.0, 0.0, POINTS, 0.0, 0.0]);

    /// From its six numbers.
    pub fn parse(text: &str) -> Option<Self> {
        match *numbers(text) {
            [a, b, c, d, e, f, ..] => Some(Self([a, b, c, d, e, f])),
            _ => None,
        }
    }

    /// A shift.
    pub fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// This one first, then `outer`.
    pub fn then(&self, outer: &Self) -> Self {
        let Self([a, b, c, d, e, f]) = *self;
        let ((x, y), (u, v), (s, t)) = (outer.point(e, f), outer.vector(a, b), outer.vector(c, d));
        Self([u, v, s, t, x, y])
    }

    /// Where a point goes.
    pub fn point(&self, x: f64, y: f64) -> (f64, f64) {
        let (u, v) = self.vector(x, y);
        let Self([.., e, f]) = *self;
        (u + e, v + f)
    }

    /// Where a direction goes.
    pub fn vector(&self, x: f64, y: f64) -> (f64, f64) {
        let Self([a, b, c, d, ..]) = *self;
        (a * x + c * y, b * x + d * y)
    }

    /// The smallest upright box around the picture of a rectangle: left, top, right, bottom.
    pub fn hull(&self, place: &Place) -> [f64; 4] {
        let (right, bottom) = (place.x + place.width, place.y + place.height);
        let corners = [(place.x, place.y), (right, place.y), (place.x, bottom), (right, bottom)];
        let corners = corners.map(|(x, y)| self.point(x, y));
        corners.iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |[l, t, r, b], &(x, y)| {
            [l.min(x), t.min(y), r.max(x), b.max(y)]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_a4_is_595_points_wide() {
        let page = Place::parse("0 0 210 297").expect("a box");
        assert_eq!(page.points(), BBox::new(0.0, 0.0, 595.3, 841.9));
    }

    #[test]
    fn transformations_follow_each_other() {
        let half = Matrix::parse("0.5 0 0 0.5 0 0").expect("a matrix");
        assert_eq!(half.then(&Matrix::shift(10.0, 20.0)).point(4.0, 6.0), (12.0, 23.0));
        let turned = Matrix::parse("0 1 -1 0 0 0").expect("a matrix");
        assert_eq!(turned.then(&half).vector(1.0, 0.0), (0.0, 0.5));
    }

    #[test]
    fn a_clip_cuts_a_strip_off_a_seal() {
        let seal = Place { x: 194.0, y: 40.0, width: 40.0, height: 40.0 };
        let strip = seal.clipped(Place { x: 8.0, y: 0.0, width: 8.0, height: 40.0 });
        assert_eq!(strip, Place { x: 202.0, y: 40.0, width: 8.0, height: 40.0 });
    }

    #[test]
    fn what_is_no_number_ends_an_array() {
        assert_eq!(numbers("1 2,3 x 4"), [1.0, 2.0, 3.0]);
        assert_eq!(numbers("1 inf"), [1.0]);
        assert_eq!(Place::parse("0 0 210"), None);
    }
}
