//! What hangs together in a picture of one bit: runs of a row, and the pieces that they make.

use crate::mask::Bounds;

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
            // Runs of a row stand from left to right, so what ends before this one begins is passed for good.
            while above.start < above.end && all[above.start].to < run.from {
                above.start += 1;
            }
            let touching = above.clone().take_while(|other| all[*other].from <= run.to);
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
    use proptest::prelude::*;

    use super::*;
    use crate::mask::Mask;

    fn drawn(rows: &[&str]) -> Mask {
        let bits = rows.iter().flat_map(|row| row.bytes().map(|byte| byte == b'#'));
        Mask::from_rows(rows[0].len(), bits.collect())
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
    fn corners_touch_and_arms_join_late() {
        let pieces = drawn(&["#..#.#", "#..#..", ".##..#", "......", "..#..."]).pieces();
        assert_eq!(pieces.iter().map(|piece| piece.area).collect::<Vec<_>>(), [6, 1, 1, 1]);
    }

    #[test]
    fn runs_of_distant_rows_do_not_touch() {
        assert_eq!(drawn(&["##", "..", "##"]).pieces().len(), 2);
    }

    proptest! {
        #[test]
        fn every_pixel_is_in_one_piece(width in 1usize..12, bits in prop::collection::vec(any::<bool>(), 0..120)) {
            let whole = bits.len() / width * width;
            let set = bits[..whole].iter().filter(|&&bit| bit).count();
            let pieces = Mask::from_rows(width, bits).pieces();
            prop_assert_eq!(pieces.iter().map(|piece| piece.area).sum::<usize>(), set);
            prop_assert_eq!(pieces.iter().flat_map(|piece| &piece.runs).map(|run| run.to - run.from).sum::<usize>(), set);
        }
    }
}
