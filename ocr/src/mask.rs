//! Pictures of one bit: what is red, what is dark; and the pieces that hang together in them.

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

    /// Left, top, right, bottom, each times `scale`.
    pub(crate) fn scaled(self, scale: f32) -> [f32; 4] {
        [self.x0, self.y0, self.x1, self.y1].map(|edge| edge as f32 * scale)
    }
}

/// A stretch of set bits in one row: `from..to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) y: usize,
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// Bits that touch each other, edge or corner.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) bounds: Bounds,
    pub(crate) area: usize,
    pub(crate) runs: Vec<Run>,
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
        let all: Vec<Vec<Run>> = (0..self.height).map(|y| runs(self.row(y), y)).collect();
        pieces_of(all)
    }
}

/// The stretches of set bits in a row.
pub(crate) fn runs(row: &[bool], y: usize) -> Vec<Run> {
    let mut found = Vec::new();
    let mut x = 0;
    while let Some(start) = row[x..].iter().position(|bit| *bit) {
        let from = x + start;
        let to = row[from..].iter().position(|bit| !bit).map_or(row.len(), |length| from + length);
        found.push(Run { y, from, to });
        x = to;
    }
    found
}

/// Joins runs that touch those of the row above; `rows` holds the runs of each row from the top.
pub(crate) fn pieces_of(rows: Vec<Vec<Run>>) -> Vec<Piece> {
    let mut forest = Forest::default();
    let mut above = 0..0;
    let mut all: Vec<Run> = Vec::new();
    for row in rows {
        let begin = all.len();
        for run in row {
            let index = forest.add();
            let touching =
                above.clone().filter(|other| all[*other].from <= run.to && run.from <= all[*other].to);
            touching.for_each(|other| forest.join(index, other));
            all.push(run);
        }
        above = begin..all.len();
    }
    collect(&all, &mut forest)
}

fn collect(runs: &[Run], forest: &mut Forest) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut piece_of_root = vec![usize::MAX; runs.len()];
    for (index, run) in runs.iter().enumerate() {
        let bounds = Bounds { x0: run.from, y0: run.y, x1: run.to, y1: run.y + 1 };
        let slot = &mut piece_of_root[forest.root(index)];
        if *slot == usize::MAX {
            *slot = pieces.len();
            pieces.push(Piece { bounds, area: 0, runs: Vec::new() });
        }
        let piece = &mut pieces[*slot];
        piece.bounds = piece.bounds.union(bounds);
        piece.area += run.to - run.from;
        piece.runs.push(*run);
    }
    pieces
}

/// Sets that grow together (union–find); the smallest member stands for its set.
#[derive(Default)]
struct Forest {
    parents: Vec<usize>,
}

impl Forest {
    fn add(&mut self) -> usize {
        self.parents.push(self.parents.len());
        self.parents.len() - 1
    }

    fn root(&mut self, mut of: usize) -> usize {
        while self.parents[of] != of {
            self.parents[of] = self.parents[self.parents[of]];
            of = self.parents[of];
        }
        of
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parents[a.max(b)] = a.min(b);
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
    fn pieces_hang_together_by_edges_and_corners() {
        let pieces = drawn(&["#..##", ".#...", "...#."]).pieces();
        let areas: Vec<usize> = pieces.iter().map(|piece| piece.area).collect();
        assert_eq!(areas, [2, 2, 1]);
        assert_eq!(pieces[0].bounds, Bounds { x0: 0, y0: 0, x1: 2, y1: 2 });
    }

    #[test]
    fn a_bow_joins_its_two_arms() {
        assert_eq!(drawn(&["#.#", "#.#", "###"]).pieces().len(), 1);
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
