//! Which strips are read together, and as what tensor.

use std::ops::Range;

use super::strip::{HEIGHT, Strip};

/// Columns of a batch, padding included: bounds the memory of its answer (a step is 8 columns, and answers 18,710
/// values in the larger model).
const COLUMNS: usize = 2560;
/// The width of a batch is a multiple of this, so that equal shapes are frequent.
const STEP: usize = 32;
/// A line of more columns than this is read in pieces.
const LONGEST: usize = 1920;
/// A piece ends where ink is least within so many columns before it has to.
const SEARCH: usize = 320;

/// The columns of each piece in which a strip is read.
pub(super) fn pieces(strip: &Strip) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let ink = if strip.width() > LONGEST { strip.ink() } else { Vec::new() };
    while strip.width() - from > LONGEST {
        let to = lightest(&ink, from + LONGEST - SEARCH, from + LONGEST);
        pieces.push(from..to);
        from = to;
    }
    pieces.push(from..strip.width());
    pieces
}

/// The middle of the widest gap between `from` and `to`, or of the lightest place.
fn lightest(ink: &[f32], from: usize, to: usize) -> usize {
    const WINDOW: usize = 12;
    let weight = |at: usize| ink[at - WINDOW / 2..at + WINDOW / 2].iter().sum::<f32>();
    let places = from + WINDOW / 2..to - WINDOW / 2;
    places.min_by(|&a, &b| weight(a).total_cmp(&weight(b))).unwrap_or(to)
}

/// Indices of widths, narrow ones first, in groups that are read together.
pub(super) fn groups(widths: &[usize]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..widths.len()).filter(|&index| widths[index] > 0).collect();
    order.sort_by_key(|&index| (widths[index], index));
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for index in order {
        let width = padded(widths[index]);
        match groups.last_mut() {
            Some(group) if (group.len() + 1) * width <= COLUMNS => group.push(index),
            _ => groups.push(vec![index]),
        }
    }
    groups
}

/// The width that a strip gets in a tensor.
pub(super) fn padded(width: usize) -> usize {
    width.next_multiple_of(STEP)
}

/// Strips as one tensor `width` columns wide, blue first, -1 to 1; what is right of a strip is 0.
pub(super) fn tensor(strips: &[&Strip], width: usize) -> Vec<f32> {
    let mut data = Vec::with_capacity(strips.len() * 3 * HEIGHT * width);
    for strip in strips {
        for channel in [2, 1, 0] {
            for row in strip.rows() {
                data.extend(row.iter().map(|pixel| f32::from(pixel[channel]) / 127.5 - 1.0));
                data.resize(data.len() + width - row.len(), 0.0);
            }
        }
    }
    data
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_long_strip_is_cut_in_its_gap() {
        let mut strip = Strip::blank(3000, [255; 3]);
        for row in strip.rows_mut() {
            for (x, pixel) in row.iter_mut().enumerate() {
                let dark = x % 3 == 0 && !(1700..1730).contains(&x);
                *pixel = [if dark { 0 } else { 255 }; 3];
            }
        }
        let pieces = pieces(&strip);
        assert_eq!(pieces.len(), 2);
        assert!((1700..1730).contains(&pieces[0].end) && pieces[1] == (pieces[0].end..3000));
    }

    #[test]
    fn the_tensor_is_padded_and_blue_first() {
        let strip = Strip::blank(8, [255, 127, 0]);
        let data = tensor(&[&strip], 32);
        assert_eq!(data.len(), 3 * 48 * 32);
        assert_eq!((data[0], data[8], data[2 * 48 * 32]), (-1.0, 0.0, 1.0));
    }

    proptest! {
        #[test]
        fn every_strip_is_in_one_group(widths in prop::collection::vec(1usize..2000, 0..60)) {
            let groups = groups(&widths);
            let mut seen: Vec<usize> = groups.iter().flatten().copied().collect();
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..widths.len()).collect::<Vec<_>>());
        }

        #[test]
        fn pieces_cover_a_strip(width in 1usize..9000) {
            let pieces = pieces(&Strip::blank(width, [255; 3]));
            let total: usize = pieces.iter().map(|piece| piece.len()).sum();
            prop_assert_eq!(total, width);
            prop_assert!(pieces.iter().all(|piece| piece.len() <= LONGEST && !piece.is_empty()));
        }
    }
}
