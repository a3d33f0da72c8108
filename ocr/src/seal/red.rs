//! What of a picture is red ink.

use crate::mask::Mask;
use crate::picture::Picture;

/// Red less the greater of green and blue from which a pixel is red: above yellowed paper, below faded ink.
const REDNESS: u8 = 34;

/// How much redder than green or blue a pixel is, 0 to 255.
fn redness([r, g, b]: [u8; 3]) -> u8 {
    r.saturating_sub(g.max(b))
}

/// The picture's red ink, made smaller by a whole factor so that its longer side is at most `side` pixels; and
/// that factor. A square of pixels is red if it is on average.
pub(super) fn mask(picture: &Picture, side: usize) -> (Mask, usize) {
    let factor = picture.width().max(picture.height()).div_ceil(side).max(1);
    let (width, height) = (picture.width() / factor, picture.height() / factor);
    let least = u32::from(REDNESS) * (factor * factor) as u32;
    let rows = picture.pixels().chunks_exact(picture.width() * 3 * factor).take(height);
    let mut sums = vec![0u32; width];
    let mut bits = Vec::with_capacity(width * height);
    for rows in rows {
        sums.fill(0);
        for row in rows.chunks_exact(picture.width() * 3) {
            let squares = row.as_chunks().0.chunks_exact(factor);
            sums.iter_mut().zip(squares).for_each(|(sum, square)| {
                *sum += square.iter().map(|pixel| u32::from(redness(*pixel))).sum::<u32>();
            });
        }
        bits.extend(sums.iter().map(|&sum| sum >= least));
    }
    (Mask::from_rows(width.max(1), bits), factor)
}

/// How pure a pixel's red is, 0 to 255, whatever its brightness: red ink over black print is dark and still red.
fn purity([r, g, b]: [u8; 3]) -> u8 {
    /// Darker than this, what is left of a colour is noise.
    const DARKEST: u32 = 56;
    (u32::from(redness([r, g, b])) * 255 / u32::from(r).max(DARKEST)) as u8
}

/// A window onto a picture's redness that is sampled between pixels.
pub(super) struct RedPlane<'a> {
    picture: &'a Picture,
    /// Redness that counts as full ink.
    full: f32,
}

impl<'a> RedPlane<'a> {
    /// The redness of `picture`, where the ink inside `bounds` (left, top, right, bottom) is as red as it gets.
    pub(super) fn new(picture: &'a Picture, bounds: [f32; 4]) -> Self {
        let [x0, y0, x1, y1] = bounds.map(|edge| edge.max(0.0) as usize);
        let mut counts = [0u32; 256];
        for y in y0..y1.min(picture.height()) {
            for x in x0..x1.min(picture.width()) {
                let pixel = picture.pixel(x, y);
                if redness(pixel) >= REDNESS {
                    counts[usize::from(purity(pixel))] += 1;
                }
            }
        }
        Self { picture, full: median(&counts).max(f32::from(REDNESS)) }
    }

    /// Ink at a place, from 0 (none) to 1.
    pub(super) fn ink(&self, x: f32, y: f32) -> f32 {
        if x < 0.0 || y < 0.0 {
            return 0.0;
        }
        let (column, row) = (x as usize, y as usize);
        let (right, down) = (x - column as f32, y - row as f32);
        let at = |dx: usize, dy: usize| f32::from(purity(self.picture.pixel(column + dx, row + dy)));
        let upper = at(0, 0) * (1.0 - right) + at(1, 0) * right;
        let lower = at(0, 1) * (1.0 - right) + at(1, 1) * right;
        ((upper * (1.0 - down) + lower * down) / self.full).min(1.0)
    }
}

fn median(counts: &[u32; 256]) -> f32 {
    let half = counts.iter().sum::<u32>() / 2;
    let mut seen = 0;
    let at = counts.iter().position(|count| {
        seen += count;
        seen > half
    });
    at.unwrap_or(0) as f32
}
