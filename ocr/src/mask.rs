//! Pictures of one bit: what is red, what is dark.

use crate::pieces::{Piece, pieces_of, runs};

/// A picture of one bit a pixel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mask {
    width: usize,
    height: usize,
    bits: Vec<bool>,
}

/// A box of pixels: `x0..x1`, `y0..y1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) x0: usize,
    pub(crate) y0: usize,
    pub(crate) x1: usize,
    pub(crate) y1: usize,
}

impl Bounds {
    /// Pixels across.
    pub(crate) fn width(self) -> usize {
        self.x1 - self.x0
    }

    /// Pixels down.
    pub(crate) fn height(self) -> usize {
        self.y1 - self.y0
    }

    /// The smallest box that holds both.
    pub(crate) fn union(self, other: Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// The box without what [`Mask::dilated`] by `reach` added, one pixel at least.
    pub(crate) fn trimmed(self, reach: usize) -> Self {
        let (x0, y0) = (self.x0 + reach, self.y0 + reach);
        let far = |edge: usize, near: usize| edge.saturating_sub(reach).max(near + 1);
        Self { x0, y0, x1: far(self.x1, x0), y1: far(self.y1, y0) }
    }

    /// Left, top, right, bottom, each times `scale`.
    pub(crate) fn scaled(self, scale: f32) -> [f32; 4] {
        [self.x0, self.y0, self.x1, self.y1].map(|edge| edge as f32 * scale)
    }
}

impl Mask {
    /// A mask whose bit at (x, y) is `is_set(x, y)`.
    pub(crate) fn from_fn(width: usize, height: usize, mut is_set: impl FnMut(usize, usize) -> bool) -> Self {
        let mut bits = Vec::with_capacity(width * height);
        for y in 0..height {
            bits.extend((0..width).map(|x| is_set(x, y)));
        }
        Self { width, height, bits }
    }

    /// A mask of rows of `width` bits; bits of a last row that is not whole are dropped.
    pub(crate) fn from_rows(width: usize, mut bits: Vec<bool>) -> Self {
        let height = bits.len() / width.max(1);
        bits.truncate(width * height);
        Self { width, height, bits }
    }

    /// Is no bit set?
    pub(crate) fn is_empty(&self) -> bool {
        !self.bits.contains(&true)
    }

    /// Pixels in a row.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub(crate) fn height(&self) -> usize {
        self.height
    }

    /// The bit in column `x` of row `y`; not set outside.
    pub(crate) fn get(&self, x: usize, y: usize) -> bool {
        x < self.width && y < self.height && self.bits[y * self.width + x]
    }

    /// One row; empty below the picture.
    pub(crate) fn row(&self, y: usize) -> &[bool] {
        if y < self.height { &self.bits[y * self.width..][..self.width] } else { &[] }
    }

    /// Clears the bits inside a box.
    pub(crate) fn clear(&mut self, bounds: Bounds) {
        for y in bounds.y0..bounds.y1.min(self.height) {
            let row = &mut self.bits[y * self.width..][..self.width];
            let to = bounds.x1.min(row.len());
            row[bounds.x0.min(to)..to].fill(false);
        }
    }

    /// How many bits are set inside a box.
    pub(crate) fn count(&self, bounds: Bounds) -> usize {
        let rows = bounds.y0..bounds.y1.min(self.height);
        rows.map(|y| self.row(y)[bounds.x0.min(self.width)..bounds.x1.min(self.width)].iter())
            .map(|row| row.filter(|bit| **bit).count())
            .sum()
    }

    /// The mask with every bit spread `reach` pixels up, down, left and right: what lies closer hangs together.
    pub(crate) fn dilated(&self, reach: usize) -> Self {
        self.spread_along_rows(reach).spread_along_columns(reach)
    }

    fn spread_along_rows(&self, reach: usize) -> Self {
        let mut bits = vec![false; self.bits.len()];
        for y in 0..self.height {
            let target = &mut bits[y * self.width..][..self.width];
            for run in runs(self.row(y), y) {
                target[run.from.saturating_sub(reach)..(run.to + reach).min(self.width)].fill(true);
            }
        }
        Self { width: self.width, height: self.height, bits }
    }

    fn spread_along_columns(&self, reach: usize) -> Self {
        let mut bits = vec![false; self.bits.len()];
        let rows = bits.chunks_exact_mut(self.width.max(1)).enumerate();
        for (y, target) in rows {
            for near in y.saturating_sub(reach)..(y + reach + 1).min(self.height) {
                target.iter_mut().zip(self.row(near)).for_each(|(bit, other)| *bit |= other);
            }
        }
        Self { width: self.width, height: self.height, bits }
    }

    /// Rows become columns.
    pub(crate) fn transposed(&self) -> Self {
        /// Side of the squares that are moved at a time, so that what is read and written stays in the cache.
        const SIDE: usize = 64;
        let mut bits = vec![false; self.bits.len()];
        for top in (0..self.height).step_by(SIDE) {
            for left in (0..self.width).step_by(SIDE) {
                for x in left..(left + SIDE).min(self.width) {
                    let to = (top + SIDE).min(self.height);
                    let column = (top..to).map(|y| self.bits[y * self.width + x]);
                    let target = &mut bits[x * self.height + top..x * self.height + to];
                    target.iter_mut().zip(column).for_each(|(bit, value)| *bit = value);
                }
            }
        }
        Self { width: self.height, height: self.width, bits }
    }

    /// The pieces, in the order of their first pixel.
    pub(crate) fn pieces(&self) -> Vec<Piece> {
        let all = (0..self.height).map(|y| runs(self.row(y), y)).collect();
        pieces_of(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(rows: &[&str]) -> Mask {
        let rows: Vec<Vec<char>> = rows.iter().map(|row| row.chars().collect()).collect();
        Mask::from_fn(rows[0].len(), rows.len(), |x, y| rows[y][x] == '#')
    }

    #[test]
    fn dilation_closes_gaps_up_to_its_reach() {
        let mask = drawn(&["#..#....#"]);
        assert_eq!(mask.dilated(1).pieces().len(), 2);
        assert_eq!(mask.dilated(2).pieces().len(), 1);
    }

    #[test]
    fn clearing_and_counting_stop_at_the_edge() {
        let mut mask = drawn(&["##", "##"]);
        let all = Bounds { x0: 0, y0: 0, x1: 9, y1: 9 };
        assert_eq!(mask.count(all), 4);
        mask.clear(Bounds { x0: 1, y0: 0, x1: 9, y1: 1 });
        assert_eq!(mask.count(all), 3);
    }
}
