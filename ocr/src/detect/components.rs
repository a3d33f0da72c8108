//! Pixels that touch.

/// Neighbouring pixels of one row above the threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    /// The row.
    pub y: usize,
    /// First column.
    pub from: usize,
    /// One past the last column.
    pub to: usize,
}

/// The components of the pixels above `threshold` in a map of rows of `width`, eight neighbours to a pixel, each as
/// its runs from top to bottom; components in the order of their first run.
pub(super) fn components(map: &[f32], width: usize, threshold: f32) -> Vec<Vec<Run>> {
    let mut runs: Vec<Run> = Vec::new();
    let mut roots: Vec<usize> = Vec::new();
    let mut above = 0;
    for (y, row) in map.chunks_exact(width.max(1)).enumerate() {
        let begin = runs.len();
        runs.extend(runs_of(row, y, threshold));
        roots.extend(begin..runs.len());
        join(&runs, above, begin, &mut roots);
        above = begin;
    }
    gather(&runs, &mut roots)
}

/// The runs of one row.
fn runs_of(row: &[f32], y: usize, threshold: f32) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut x = 0;
    while let Some(skip) = row[x..].iter().position(|&value| value > threshold) {
        let from = x + skip;
        let length = row[from..].iter().position(|&value| value <= threshold).unwrap_or(row.len() - from);
        // A value that is no number is neither above nor below.
        let to = from + length.max(1);
        runs.push(Run { y, from, to });
        x = to;
    }
    runs
}

/// Joins each run of the last row (from `begin` on) with those of the row before it (from `above` on) that it touches.
fn join(runs: &[Run], above: usize, begin: usize, roots: &mut [usize]) {
    let mut first = above;
    for (index, run) in runs.iter().enumerate().skip(begin) {
        while first < begin && runs[first].to < run.from {
            first += 1;
        }
        let touching = (first..begin).take_while(|&other| runs[other].from <= run.to);
        for other in touching.collect::<Vec<_>>() {
            if runs[other].y + 1 == run.y {
                unite(roots, other, index);
            }
        }
    }
}

fn root(roots: &mut [usize], mut at: usize) -> usize {
    while roots[at] != at {
        roots[at] = roots[roots[at]];
        at = roots[at];
    }
    at
}

/// The earlier root stays one, so that order does not depend on how runs were joined.
fn unite(roots: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(roots, a), root(roots, b));
    roots[a.max(b)] = a.min(b);
}

fn gather(runs: &[Run], roots: &mut [usize]) -> Vec<Vec<Run>> {
    let mut places = vec![usize::MAX; runs.len()];
    let mut components: Vec<Vec<Run>> = Vec::new();
    for (index, run) in runs.iter().enumerate() {
        let root = root(roots, index);
        if root == index {
            places[index] = components.len();
            components.push(Vec::new());
        }
        if let Some(component) = components.get_mut(places[root]) {
            component.push(*run);
        }
    }
    components
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn map(rows: &[&str]) -> (Vec<f32>, usize) {
        let values = rows.iter().flat_map(|row| row.bytes().map(|byte| f32::from(u8::from(byte == b'#'))));
        (values.collect(), rows[0].len())
    }

    #[test]
    fn corners_touch_and_arms_join_late() {
        let (values, width) = map(&["#..#.#", "#..#..", ".##..#", "......", "..#..."]);
        let found = components(&values, width, 0.5);
        let sizes: Vec<usize> =
            found.iter().map(|runs| runs.iter().map(|run| run.to - run.from).sum()).collect();
        assert_eq!(sizes, [6, 1, 1, 1]);
    }

    #[test]
    fn runs_of_distant_rows_do_not_touch() {
        let (values, width) = map(&["##", "..", "##"]);
        assert_eq!(components(&values, width, 0.5).len(), 2);
    }

    proptest! {
        #[test]
        fn every_pixel_is_in_one_component(width in 1usize..12, bits in prop::collection::vec(any::<bool>(), 0..120)) {
            let values: Vec<f32> = bits.iter().map(|&bit| f32::from(u8::from(bit))).collect();
            let found = components(&values, width, 0.5);
            let pixels: usize = found.iter().flatten().map(|run| run.to - run.from).sum();
            let whole = bits.len() / width * width;
            prop_assert_eq!(pixels, bits[..whole].iter().filter(|&&bit| bit).count());
        }
    }
}
