//! The picture of one line, cut out level and at the height that the models read.

use crate::geometry::distance;
use crate::reading::{Point, Quad};
use crate::{Picture, geometry, red};

/// Rows of a strip.
pub(crate) const HEIGHT: usize = 48;
/// A strip is at least this wide.
const NARROWEST: usize = 8;
/// A strip of more columns than this comes from no page of text.
const WIDEST: usize = 32_768;

/// A picture that is [`HEIGHT`] rows high: red, green, blue a pixel.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Strip {
    width: usize,
    pixels: Vec<[u8; 3]>,
}

/// Where a strip is cut from: its upper left corner and its sides.
struct Frame {
    corner: Point,
    along: Point,
    down: Point,
    /// Samples per pixel of the strip, along each side.
    samples: usize,
}

impl Strip {
    /// Cuts out what a quad holds; its first corner becomes the upper left one.
    pub(crate) fn cut_out(picture: &Picture, quad: &Quad) -> Self {
        let (length, height) = (distance(quad[0], quad[1]), distance(quad[0], quad[3]).max(1.0));
        let width = ((HEIGHT as f32 * length / height).ceil() as usize).clamp(NARROWEST, WIDEST);
        let side = |to: Point| Point { x: to.x - quad[0].x, y: to.y - quad[0].y };
        let samples = ((height / HEIGHT as f32).round() as usize).clamp(1, 8);
        let frame = Frame { corner: quad[0], along: side(quad[1]), down: side(quad[3]), samples };
        let pixel = |x, y| frame.pixel(picture, (x, y), (width, HEIGHT));
        let rows = (0..HEIGHT).flat_map(|y| (0..width).map(move |x| (x, y)));
        Self { width, pixels: rows.map(|(x, y)| pixel(x, y)).collect() }
    }

    /// A strip of one colour.
    pub(crate) fn blank(width: usize, colour: [u8; 3]) -> Self {
        Self { width, pixels: vec![colour; width * HEIGHT] }
    }

    /// Columns.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Its pixels, row by row.
    pub(crate) fn pixels(&self) -> &[[u8; 3]] {
        &self.pixels
    }

    /// Its rows.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &[[u8; 3]]> {
        self.pixels.chunks_exact(self.width.max(1))
    }

    /// Its rows, to be painted.
    pub(crate) fn rows_mut(&mut self) -> impl Iterator<Item = &mut [[u8; 3]]> {
        self.pixels.chunks_exact_mut(self.width.max(1))
    }

    /// The columns `from` up to `to`.
    pub(crate) fn columns(&self, from: usize, to: usize) -> Self {
        let to = to.min(self.width);
        let from = from.min(to);
        let pixels = self.rows().flat_map(|row| row[from..to].iter().copied()).collect();
        Self { width: to - from, pixels }
    }

    /// In gray, without the ink of red seals.
    pub(crate) fn without_red(&self) -> Self {
        let bare = |pixel: &[u8; 3]| [red::taken_away(pixel.map(f32::from)) as u8; 3];
        Self { width: self.width, pixels: self.pixels.iter().map(bare).collect() }
    }

    /// As seen in a mirror.
    pub(crate) fn mirrored(&self) -> Self {
        Self { width: self.width, pixels: self.rows().flat_map(|row| row.iter().rev().copied()).collect() }
    }

    /// How much each column differs from its line's ground, 0 to 255: mean over its darkest quarter against the
    /// strip's brightest value or, on a dark ground, the other way round.
    pub(crate) fn ink(&self) -> Vec<f32> {
        let gray = |pixel: &[u8; 3]| f32::from(pixel[1].min(pixel[0]));
        let ground = geometry::median(self.pixels.iter().step_by(7).map(gray).collect());
        let mut ink = vec![0.0; self.width];
        for row in self.rows().skip(HEIGHT / 8).take(HEIGHT - HEIGHT / 4) {
            for (sum, pixel) in ink.iter_mut().zip(row) {
                *sum += (gray(pixel) - ground).abs();
            }
        }
        ink
    }
}

impl Frame {
    /// The mean over one pixel of the strip.
    fn pixel(&self, picture: &Picture, (x, y): (usize, usize), (width, height): (usize, usize)) -> [u8; 3] {
        let count = self.samples;
        let share = |at: usize, sample: usize, of: usize| {
            (at as f32 + (sample as f32 + 0.5) / count as f32) / of as f32
        };
        let mut sum = [0.0; 3];
        for sample in 0..count * count {
            let (u, v) = (share(x, sample % count, width), share(y, sample / count, height));
            let at = Point {
                x: self.corner.x + self.along.x * u + self.down.x * v - 0.5,
                y: self.corner.y + self.along.y * u + self.down.y * v - 0.5,
            };
            let colour = bilinear(picture, at);
            sum = std::array::from_fn(|channel| sum[channel] + colour[channel]);
        }
        let share = 1.0 / (count * count) as f32;
        sum.map(|value| (value * share + 0.5) as u8)
    }
}

/// The colour between four pixels; the edge's outside.
fn bilinear(picture: &Picture, at: Point) -> [f32; 3] {
    let (x, y) = (at.x.max(0.0), at.y.max(0.0));
    let (left, top) = (x as usize, y as usize);
    let (u, v) = (x - left as f32, y - top as f32);
    let mix = |upper: [[u8; 3]; 2], lower: [[u8; 3]; 2]| {
        std::array::from_fn(|channel| {
            let [a, b, c, d] =
                [upper[0], upper[1], lower[0], lower[1]].map(|pixel| f32::from(pixel[channel]));
            let (upper, lower) = (a + (b - a) * u, c + (d - c) * u);
            upper + (lower - upper) * v
        })
    };
    match (picture.pair(left, top), picture.pair(left, top + 1)) {
        (Some(upper), Some(lower)) => mix(upper, lower),
        _ => {
            let (right, low) = (picture.width() - 1, picture.height() - 1);
            let pixel = |x: usize, y: usize| picture.pixel(x.min(right), y.min(low));
            let row = |y: usize| [pixel(left, y), pixel(left + 1, y)];
            mix(row(top), row(top + 1))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn quad(corners: [(f32, f32); 4]) -> Quad {
        corners.map(|(x, y)| Point { x, y })
    }

    #[test]
    fn a_level_strip_at_its_own_size_is_a_copy() {
        let gray: Vec<u8> = (0..60 * 48).map(|at| (at % 251) as u8).collect();
        let picture = Picture::from_gray(60, 48, &gray).expect("a picture");
        let strip = Strip::cut_out(&picture, &quad([(0.0, 0.0), (60.0, 0.0), (60.0, 48.0), (0.0, 48.0)]));
        let reds: Vec<u8> = strip.pixels().iter().map(|pixel| pixel[0]).collect();
        assert_eq!((strip.width(), reds), (60, gray));
    }

    #[test]
    fn a_quad_from_the_right_corner_down_is_read_lying() {
        let picture = Picture::from_gray(2, 4, &[1, 2, 3, 4, 5, 6, 7, 8]).expect("a picture");
        let strip = Strip::cut_out(&picture, &quad([(2.0, 0.0), (2.0, 4.0), (0.0, 4.0), (0.0, 0.0)]));
        assert_eq!(strip.width(), 96);
        assert_eq!((strip.pixels()[0][0], strip.pixels()[95][0]), (2, 8));
    }

    #[test]
    fn columns_and_red() {
        let strip = Strip::blank(10, [200, 10, 10]);
        assert_eq!(strip.columns(8, 40).width(), 2);
        assert_eq!(strip.columns(8, 4).width(), 0);
        assert_eq!(strip.without_red().pixels()[0], [255; 3]);
    }

    proptest! {
        #[test]
        fn any_quad_is_cut(x in prop::collection::vec(-50f32..150.0, 8), w in 1usize..40, h in 1usize..40) {
            let picture = Picture::from_gray(w, h, &vec![9; w * h]).expect("a picture");
            let corners = quad([(x[0], x[1]), (x[2], x[3]), (x[4], x[5]), (x[6], x[7])]);
            let strip = Strip::cut_out(&picture, &corners);
            prop_assert_eq!(strip.pixels().len(), strip.width() * HEIGHT);
            prop_assert_eq!(strip.ink().len(), strip.width());
        }
    }
}
