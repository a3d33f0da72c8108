//! Points, hulls and the rectangles that hold them.

use crate::reading::{Point, Quad};

/// A rectangle at any angle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rectangle {
    /// Its middle.
    pub centre: Point,
    /// Direction of its side that is nearer to the horizontal, of length one, pointing right.
    pub axis: Point,
    /// Half its size along `axis`.
    pub half_width: f32,
    /// Half its size across `axis`.
    pub half_height: f32,
}

impl Rectangle {
    /// The rectangle with every side moved outwards by `distance`.
    pub(crate) fn grown(self, distance: f32) -> Self {
        Self { half_width: self.half_width + distance, half_height: self.half_height + distance, ..self }
    }

    /// Its corners: top left, top right, bottom right, bottom left.
    pub(crate) fn corners(self) -> Quad {
        let (w, h) = (self.half_width, self.half_height);
        [(-w, -h), (w, -h), (w, h), (-w, h)].map(|(along, across)| Point {
            x: self.centre.x + self.axis.x * along - self.axis.y * across,
            y: self.centre.y + self.axis.y * along + self.axis.x * across,
        })
    }
}

/// Twice the area of the triangle, positive if `b` lies clockwise (as seen on the page) from `a` about `origin`.
fn cross(origin: Point, a: Point, b: Point) -> f32 {
    (a.x - origin.x) * (b.y - origin.y) - (a.y - origin.y) * (b.x - origin.x)
}

/// Half of the convex hull of points that are sorted by `x`, then `y`, without its last point.
fn chain(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut hull: Vec<Point> = Vec::new();
    for point in points {
        while let [.., a, b] = hull[..]
            && cross(a, b, point) <= 0.0
        {
            hull.pop();
        }
        hull.push(point);
    }
    hull.pop();
    hull
}

/// The convex hull (Andrew's monotone chain).
fn hull(mut points: Vec<Point>) -> Vec<Point> {
    points.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    points.dedup();
    let mut hull = chain(points.iter().copied());
    hull.extend(chain(points.iter().rev().copied()));
    hull
}

/// The rectangle of the smallest area around points; `None` without any. One of its sides lies on the hull.
pub(crate) fn smallest_rectangle(points: Vec<Point>) -> Option<Rectangle> {
    let first = *points.first()?;
    let hull = hull(points);
    let ends = hull.iter().cycle().skip(1);
    let sides = hull.iter().zip(ends).filter_map(|(a, b)| direction(*a, *b));
    let dot = Rectangle { centre: first, axis: Point { x: 1.0, y: 0.0 }, half_width: 0.0, half_height: 0.0 };
    let area = |r: &Rectangle| (2.0 * r.half_width + 1.0) * (2.0 * r.half_height + 1.0);
    let best = sides
        .map(|axis| rectangle_along(&hull, axis))
        .min_by(|a, b| area(a).total_cmp(&area(b)))
        .unwrap_or(dot);
    Some(levelled(best))
}

/// From `a` to `b`, of length one; `None` if they are one.
fn direction(a: Point, b: Point) -> Option<Point> {
    let (x, y) = (b.x - a.x, b.y - a.y);
    let length = x.hypot(y);
    (length > 1e-6).then(|| Point { x: x / length, y: y / length })
}

/// The rectangle around points that has a side in direction `axis`.
fn rectangle_along(points: &[Point], axis: Point) -> Rectangle {
    let along = points.iter().map(|p| p.x * axis.x + p.y * axis.y);
    let across = points.iter().map(|p| p.y * axis.x - p.x * axis.y);
    let (left, right) = range(along);
    let (top, bottom) = range(across);
    let (u, v) = ((left + right) / 2.0, (top + bottom) / 2.0);
    Rectangle {
        centre: Point { x: u * axis.x - v * axis.y, y: u * axis.y + v * axis.x },
        axis,
        half_width: (right - left) / 2.0,
        half_height: (bottom - top) / 2.0,
    }
}

fn range(values: impl Iterator<Item = f32>) -> (f32, f32) {
    values.fold((f32::MAX, f32::MIN), |(low, high), value| (low.min(value), high.max(value)))
}

/// The same rectangle with an axis that points right.
fn levelled(mut r: Rectangle) -> Rectangle {
    if r.axis.x.abs() < r.axis.y.abs() {
        r.axis = Point { x: -r.axis.y, y: r.axis.x };
        std::mem::swap(&mut r.half_width, &mut r.half_height);
    }
    if r.axis.x < 0.0 {
        r.axis = Point { x: -r.axis.x, y: -r.axis.y };
    }
    r
}

/// From `a` to `b`.
pub(crate) fn distance(a: Point, b: Point) -> f32 {
    (a.x - b.x).hypot(a.y - b.y)
}

/// Does a point lie in a quad (whose corners go round)?
pub(crate) fn contains(quad: &Quad, point: Point) -> bool {
    let sides = std::array::from_fn::<f32, 4, _>(|i| cross(quad[i], quad[(i + 1) % 4], point));
    sides.iter().all(|&side| side >= 0.0) || sides.iter().all(|&side| side <= 0.0)
}

/// The middle of a quad.
pub(crate) fn middle(quad: &Quad) -> Point {
    let sum = quad.iter().fold(Point::default(), |sum, p| Point { x: sum.x + p.x, y: sum.y + p.y });
    Point { x: sum.x / 4.0, y: sum.y / 4.0 }
}

/// The middle of values; 0 without any.
pub(crate) fn median(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn points(list: &[(f32, f32)]) -> Vec<Point> {
        list.iter().map(|&(x, y)| Point { x, y }).collect()
    }

    #[test]
    fn a_tilted_rectangle_is_found_at_its_angle() {
        let corners = [(0.0, 0.0), (16.0, 12.0), (13.0, 16.0), (-3.0, 4.0), (6.0, 7.0)];
        let r = smallest_rectangle(points(&corners)).expect("a rectangle");
        assert!((r.axis.x - 0.8).abs() < 1e-3 && (r.axis.y - 0.6).abs() < 1e-3);
        assert!((r.half_width - 10.0).abs() < 1e-3 && (r.half_height - 2.5).abs() < 1e-3);
    }

    #[test]
    fn one_point_and_none() {
        assert_eq!(smallest_rectangle(Vec::new()), None);
        let r = smallest_rectangle(points(&[(3.0, 4.0), (3.0, 4.0)])).expect("a dot");
        assert_eq!((r.centre, r.half_width, r.half_height), (Point { x: 3.0, y: 4.0 }, 0.0, 0.0));
    }

    proptest! {
        #[test]
        fn every_point_lies_inside(list in prop::collection::vec((-500f32..500.0, -500f32..500.0), 1..40)) {
            let r = smallest_rectangle(points(&list)).expect("a rectangle");
            for p in points(&list) {
                let (x, y) = (p.x - r.centre.x, p.y - r.centre.y);
                prop_assert!((x * r.axis.x + y * r.axis.y).abs() <= r.half_width + 0.1);
                prop_assert!((y * r.axis.x - x * r.axis.y).abs() <= r.half_height + 0.1);
            }
            prop_assert!(r.axis.x > 0.0);
        }
    }
}
