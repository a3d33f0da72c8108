//! Pictures at another size.

use crate::Picture;

/// A picture as three planes (red, green, blue) of values from 0 to 255.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Planes {
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Plane by plane, row by row.
    pub data: Vec<f32>,
}

/// Which source pixels make one target pixel: the first, and the share of each from there on.
struct Tap {
    first: usize,
    shares: Vec<f32>,
}

/// The picture at `width` × `height`: mean over the area when it shrinks, bilinear when it grows.
pub(crate) fn resample(picture: &Picture, width: usize, height: usize) -> Planes {
    let (columns, rows) = (taps(picture.width(), width), taps(picture.height(), height));
    let stride = picture.width() * 3;
    let mut data = vec![0.0; width * height * 3];
    let mut sums = vec![0.0; stride];
    for (y, tap) in rows.iter().enumerate() {
        add_rows(&picture.pixels()[tap.first * stride..], stride, tap, &mut sums);
        for (x, tap) in columns.iter().enumerate() {
            for (channel, value) in mean(&sums[tap.first * 3..], &tap.shares).into_iter().enumerate() {
                data[(channel * height + y) * width + x] = value;
            }
        }
    }
    Planes { width, height, data }
}

/// The weighted sum of the rows of a tap.
fn add_rows(pixels: &[u8], stride: usize, tap: &Tap, sums: &mut [f32]) {
    sums.fill(0.0);
    for (row, share) in pixels.chunks_exact(stride).zip(&tap.shares) {
        for (sum, &value) in sums.iter_mut().zip(row) {
            *sum += f32::from(value) * share;
        }
    }
}

/// The weighted sum of neighbouring pixels of a row.
fn mean(row: &[f32], shares: &[f32]) -> [f32; 3] {
    let mut sum = [0.0; 3];
    for (pixel, share) in row.as_chunks::<3>().0.iter().zip(shares) {
        for (sum, value) in sum.iter_mut().zip(pixel) {
            *sum += value * share;
        }
    }
    sum
}

/// How `from` pixels become `to`.
fn taps(from: usize, to: usize) -> Vec<Tap> {
    let scale = from as f32 / to as f32;
    let tap = if scale > 1.0 { shrinking } else { growing };
    (0..to).map(|index| tap(index as f32, scale, from)).collect()
}

fn shrinking(index: f32, scale: f32, from: usize) -> Tap {
    let (begin, end) = (index * scale, ((index + 1.0) * scale).min(from as f32));
    let first = (begin as usize).min(from - 1);
    let last = (end.ceil() as usize).clamp(first + 1, from);
    let cover = |pixel: usize| (end.min(pixel as f32 + 1.0) - begin.max(pixel as f32)).max(1e-6);
    let total: f32 = (first..last).map(cover).sum();
    Tap { first, shares: (first..last).map(|pixel| cover(pixel) / total).collect() }
}

fn growing(index: f32, scale: f32, from: usize) -> Tap {
    let middle = ((index + 0.5) * scale - 0.5).clamp(0.0, from as f32 - 1.0);
    let first = middle as usize;
    let share = middle - first as f32;
    let shares = if first + 1 < from { vec![1.0 - share, share] } else { vec![1.0] };
    Tap { first, shares }
}

/// Every `factor` × `factor` pixels made one; what is left over at the right and lower edge goes.
pub(crate) fn reduced(picture: &Picture, factor: usize) -> Option<Picture> {
    let (width, height) = (picture.width() / factor, picture.height() / factor);
    let stride = picture.width() * 3;
    let mut pixels = Vec::with_capacity(width * height * 3);
    let mut sums = vec![0u32; width * 3];
    for block in picture.pixels().chunks_exact(stride * factor) {
        sums.fill(0);
        for (at, &value) in block.iter().enumerate() {
            let (x, channel) = (at % stride / 3 / factor, at % 3);
            if let Some(sum) = sums.get_mut(x * 3 + channel) {
                *sum += u32::from(value);
            }
        }
        let count = (factor * factor) as u32;
        pixels.extend(sums.iter().map(|sum| (sum / count) as u8));
    }
    Picture::from_rgb(width, height, pixels).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shrinking_takes_the_mean_and_growing_goes_between() {
        let picture = Picture::from_gray(4, 1, &[0, 100, 200, 100]).expect("a picture");
        assert_eq!(resample(&picture, 2, 1).data[..2], [50.0, 150.0]);
        let grown = resample(&Picture::from_gray(2, 1, &[0, 100]).expect("a picture"), 4, 2);
        assert_eq!(grown.data[..4], [0.0, 25.0, 75.0, 100.0]);
    }

    #[test]
    fn reduction_drops_what_is_left_over() {
        let picture = Picture::from_gray(3, 2, &[10, 20, 99, 30, 40, 99]).expect("a picture");
        let small = reduced(&picture, 2).expect("a picture");
        assert_eq!((small.width(), small.height(), small.pixel(0, 0)), (1, 1, [25; 3]));
    }

    proptest! {
        #[test]
        fn any_size_becomes_any_size(w in 1usize..70, h in 1usize..70, to_w in 1usize..70, to_h in 1usize..70) {
            let picture = Picture::from_gray(w, h, &vec![77; w * h]).expect("a picture");
            let planes = resample(&picture, to_w, to_h);
            prop_assert_eq!(planes.data.len(), to_w * to_h * 3);
            prop_assert!(planes.data.iter().all(|value| (value - 77.0).abs() < 0.01));
        }
    }
}
