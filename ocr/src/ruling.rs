//! The straight rules of tables.
//!
//! A rule is a long run of dark pixels, wherever the page is not quite straight a staircase of them. Rows are
//! therefore read along the page's skew, so that a rule is one run; columns likewise. Strokes of characters are
//! shorter than [`SHORTEST`]; the pictures and black bars that are as long are too thick.

use std::ops::Range;

use crate::mask::{Bounds, Mask};
use crate::picture::Picture;
use crate::pieces::{Run, pieces_of, runs};
use crate::reading::{Point, Ruling};

/// Shortest rule, as a share of the page's longer side: more than any stroke of a character.
const SHORTEST: f32 = 0.02;
/// Thickest rule, as a share of the page's longer side.
const THICKEST: f32 = 0.004;
/// Gaps in a rule that dust and characters make, as a share of the page's longer side.
const GAP: f32 = 0.004;
/// Darker than this share of the paper around it is ink.
const DARK: f32 = 0.75;
/// Side of the squares in which the paper's brightness is taken.
const PATCH: usize = 64;

/// Finds the rules of a page whose lines rise by `skew` degrees; `dark` is what of it is darker than paper.
pub(crate) fn find(dark: &Mask, skew: f32) -> Vec<Ruling> {
    let slope = -skew.to_radians().tan();
    let mut found = along_rows(dark, slope);
    let upright = along_rows(&dark.transposed(), -slope);
    found.extend(upright.into_iter().map(|rule| Ruling { from: swapped(rule.from), to: swapped(rule.to) }));
    found
}

fn swapped(point: Point) -> Point {
    Point { x: point.y, y: point.x }
}

/// What is darker than the paper around it.
pub(crate) fn dark(picture: &Picture) -> Mask {
    let (width, height) = (picture.width(), picture.height());
    let gray: Vec<u8> = picture.pixels().as_chunks().0.iter().map(brightness).collect();
    let paper = Paper::of(&gray, width, height);
    let mut bits = Vec::with_capacity(gray.len());
    for (y, row) in gray.chunks_exact(width).enumerate() {
        for (patch, paper) in row.chunks(PATCH).zip(paper.row(y)) {
            let limit = (DARK * paper).ceil() as u8;
            bits.extend(patch.iter().map(|&value| value < limit));
        }
    }
    Mask::from_rows(width, bits)
}

fn brightness(pixel: &[u8; 3]) -> u8 {
    let [r, g, b] = pixel.map(u32::from);
    ((r * 77 + g * 150 + b * 29) >> 8) as u8
}

/// How bright the paper is, patch by patch: the brightness that four fifths of a patch stay below or reach.
struct Paper {
    columns: usize,
    patches: Vec<f32>,
}

impl Paper {
    fn of(gray: &[u8], width: usize, height: usize) -> Self {
        let columns = width.div_ceil(PATCH);
        let mut patches = Vec::with_capacity(columns * height.div_ceil(PATCH));
        for top in (0..height).step_by(PATCH) {
            for left in (0..width).step_by(PATCH) {
                let mut counts = [0u32; 256];
                for y in top..(top + PATCH).min(height) {
                    gray[y * width + left..y * width + (left + PATCH).min(width)]
                        .iter()
                        .for_each(|value| counts[usize::from(*value)] += 1);
                }
                patches.push(quantile(&counts, 0.8));
            }
        }
        Self { columns, patches }
    }

    /// The patches of one row of pixels.
    fn row(&self, y: usize) -> &[f32] {
        &self.patches[y / PATCH * self.columns..][..self.columns]
    }
}

fn quantile(counts: &[u32; 256], share: f32) -> f32 {
    let wanted = (counts.iter().sum::<u32>() as f32 * share) as u32;
    let mut seen = 0;
    let at = counts.iter().position(|count| {
        seen += count;
        seen > wanted
    });
    at.unwrap_or(255) as f32
}

/// Rules that run from left to right, sinking by `slope` pixels for each pixel.
fn along_rows(dark: &Mask, slope: f32) -> Vec<Ruling> {
    let longer = dark.width().max(dark.height()) as f32;
    let shortest = ((longer * SHORTEST) as usize).max(12);
    let thickest = (longer * THICKEST).max(3.0);
    let gap = (longer * GAP) as usize;
    let straight = Straightened { dark, steps: steps(dark.width(), slope), slope };
    let rows: Vec<Vec<Run>> =
        (0..straight.height()).map(|row| straight.long_runs(row, gap, shortest)).collect();
    let pieces = pieces_of(rows);
    let rules = pieces.into_iter().filter(|piece| {
        let thickness = piece.area as f32 / piece.bounds.width() as f32;
        thickness <= thickest && piece.bounds.height() as f32 <= 2.5 * thickest
    });
    rules.map(|piece| straight.rule(piece.bounds)).collect()
}

/// Stretches of columns over which a row sinks by less than a pixel, and by how many pixels it has sunk there.
fn steps(width: usize, slope: f32) -> Vec<(Range<usize>, isize)> {
    let mut steps: Vec<(Range<usize>, isize)> = Vec::new();
    for x in 0..width {
        let sunk = (slope * x as f32).round() as isize;
        match steps.last_mut() {
            Some((columns, last)) if *last == sunk => columns.end = x + 1,
            _ => steps.push((x..x + 1, sunk)),
        }
    }
    steps
}

/// The picture with its rows read along the skew.
struct Straightened<'a> {
    dark: &'a Mask,
    steps: Vec<(Range<usize>, isize)>,
    slope: f32,
}

impl Straightened<'_> {
    /// Rows added above and below, so that slanting rows cover the corners.
    fn margin(&self) -> usize {
        (self.slope.abs() * self.dark.width() as f32).ceil() as usize
    }

    fn height(&self) -> usize {
        self.dark.height() + 2 * self.margin()
    }

    /// How far a row has sunk at `x`.
    fn sunk(&self, x: usize) -> f32 {
        self.slope * x as f32
    }

    /// The bits of a row.
    fn bits(&self, row: usize) -> Vec<bool> {
        let mut bits = Vec::with_capacity(self.dark.width());
        for (columns, sunk) in &self.steps {
            let y = (row as isize - self.margin() as isize).saturating_add(*sunk);
            match usize::try_from(y).ok().and_then(|y| self.dark.row(y).get(columns.clone())) {
                Some(stretch) => bits.extend_from_slice(stretch),
                None => bits.resize(columns.end, false),
            }
        }
        bits
    }

    fn long_runs(&self, row: usize, gap: usize, shortest: usize) -> Vec<Run> {
        let bits = self.bits(row);
        let mut joined: Vec<Run> = Vec::new();
        for run in runs(&bits, row) {
            match joined.last_mut() {
                Some(last) if run.from - last.to <= gap && is_dense(&bits, last.from, run.to) => {
                    last.to = run.to
                }
                _ => joined.push(run),
            }
        }
        joined.retain(|run| run.to - run.from >= shortest);
        joined
    }

    /// The rule that a straightened box of pixels is.
    fn rule(&self, bounds: Bounds) -> Ruling {
        let middle = (bounds.y0 + bounds.y1) as f32 / 2.0 - self.margin() as f32;
        let end = |x: usize| Point { x: x as f32, y: middle + self.sunk(x) };
        Ruling { from: end(bounds.x0), to: end(bounds.x1) }
    }
}

/// Is nearly all of a stretch set? A row of characters has as many gaps as strokes.
fn is_dense(bits: &[bool], from: usize, to: usize) -> bool {
    let set = bits[from..to].iter().filter(|bit| **bit).count();
    set * 10 >= (to - from) * 9
}

#[cfg(test)]
mod tests {
    use super::*;

    /// White paper of 1000 × 1400 with black boxes on it, turned by `skew` degrees around the left top.
    fn paper(boxes: &[[f32; 4]], skew: f32) -> Picture {
        let slope = -skew.to_radians().tan();
        let inside = |x: f32, y: f32| boxes.iter().any(|b| x >= b[0] && x < b[2] && y >= b[1] && y < b[3]);
        let gray: Vec<u8> = (0..1400usize * 1000)
            .map(|at| ((at % 1000) as f32, (at / 1000) as f32))
            .map(|(x, y)| if inside(x + slope * y, y - slope * x) { 20 } else { 240 })
            .collect();
        Picture::from_gray(1000, 1400, &gray).expect("a picture")
    }

    fn near(point: Point, x: f32, y: f32) -> bool {
        (point.x - x).abs() < 4.0 && (point.y - y).abs() < 4.0
    }

    #[test]
    fn finds_the_four_sides_of_a_box() {
        let sides = [
            [100., 200., 900., 203.],
            [100., 600., 900., 603.],
            [100., 200., 103., 603.],
            [897., 200., 900., 603.],
        ];
        let found = find(&dark(&paper(&sides, 0.0)), 0.0);
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(near(found[0].from, 100., 201.) && near(found[0].to, 900., 201.), "{:?}", found[0]);
        assert!(near(found[3].from, 898., 200.) && near(found[3].to, 898., 603.), "{:?}", found[3]);
    }

    #[test]
    fn a_skewed_rule_is_one_rule() {
        let found = find(&dark(&paper(&[[100., 700., 900., 703.]], 2.0)), 2.0);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            (found[0].from.y - found[0].to.y - 800.0 * 2.0f32.to_radians().tan()).abs() < 4.0,
            "{found:?}"
        );
    }

    #[test]
    fn strokes_and_black_bars_are_no_rules() {
        let strokes = [[100., 100., 120., 103.], [200., 300., 800., 400.]];
        assert!(find(&dark(&paper(&strokes, 0.0)), 0.0).is_empty());
    }

    #[test]
    fn tiny_and_black_pictures_have_none() {
        for (width, height, value) in [(1, 1, 0), (3, 200, 255), (200, 2, 0), (300, 300, 0)] {
            let picture = Picture::from_gray(width, height, &vec![value; width * height]).expect("a picture");
            assert!(find(&dark(&picture), 1.0).is_empty());
        }
    }
}
