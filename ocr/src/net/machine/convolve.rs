//! Pixels to rows of a product and back.

use crate::net::kernel::{Aligned, BLOCK, Epilogue, Isa, Scratch, Window, lay_out, multiply};
use crate::net::plan::{Geometry, Product};

/// Memory that a product needs besides its input and its result.
#[derive(Default)]
pub(super) struct Work {
    scratch: Scratch,
    /// Windows of a picture, a row each.
    pub(super) patches: Aligned<f32>,
    /// What lies between the two products of a pair.
    between: Aligned<f32>,
}

/// Three planes to pixels of four numbers, the last of them zero.
pub(super) fn interleave(planes: &[f32], pixels: usize, out: &mut [f32]) {
    let (red, rest) = planes.split_at(pixels);
    let (green, blue) = rest.split_at(pixels);
    for (((pixel, &red), &green), &blue) in
        out.as_chunks_mut::<4>().0.iter_mut().zip(red).zip(green).zip(blue)
    {
        *pixel = [red, green, blue, 0.0];
    }
}

/// A convolution, or two, as products of blocks of windows, laid out as rows, with the weights.
pub(super) fn convolve(
    isa: Isa,
    before: Option<(&Product, Epilogue<'_>)>,
    (product, epilogue): (&Product, Epilogue<'_>),
    (window, geometry): (&Window, Geometry),
    (from, pitch): (&[f32], usize),
    work: &mut Work,
    out: &mut [f32],
) {
    let rows = window.output[0] * window.output[1];
    let point = geometry == Geometry::POINT;
    let depth = window.size[0] * window.size[1] * pitch;
    work.patches.grow(if point { 0 } else { BLOCK * depth });
    for first in (0..rows).step_by(BLOCK) {
        let count = BLOCK.min(rows - first);
        let mut rows: (&[f32], usize) = if point {
            (&from[first * pitch..], pitch)
        } else {
            lay_out(isa, window, (first, count), (from, pitch), &mut work.patches);
            (&work.patches, depth)
        };
        if let Some((product, epilogue)) = before {
            let columns = product.weights.columns();
            work.between.grow(BLOCK * columns);
            multiply(&product.weights, count, rows, &mut work.scratch, epilogue, &mut work.between);
            rows = (&work.between, columns);
        }
        let columns = product.weights.columns();
        let residual = epilogue.residual.map(|residual| &residual[first * columns..]);
        let epilogue = Epilogue { residual, ..epilogue };
        multiply(&product.weights, count, rows, &mut work.scratch, epilogue, &mut out[first * columns..]);
    }
}

/// Blocks of channels become pixels. With one level, block `dy * size + dx` of a pixel is its neighbour below and
/// right; with two, each block has blocks of its own.
pub(super) fn spread(
    (from, from_pitch, width): (&[f32], usize, usize),
    (size, levels): (usize, u32),
    channels: usize,
    (out, pitch): (&mut [f32], usize),
) {
    let side = size.pow(levels);
    let line = width * side * pitch;
    let place = |mut block: usize| {
        let (mut y, mut x, mut unit) = (0, 0, 1);
        for _ in 0..levels {
            let tap = block % (size * size);
            (y, x) = (y + tap / size * unit, x + tap % size * unit);
            (block, unit) = (block / (size * size), unit * size);
        }
        y * line + x * pitch
    };
    let places: Vec<usize> = (0..side * side).map(place).collect();
    for (index, pixel) in from.chunks_exact(from_pitch).enumerate() {
        let corner = index / width * side * line + index % width * side * pitch;
        if channels == 1 {
            places.iter().zip(pixel).for_each(|(place, &value)| out[corner + place] = value);
            continue;
        }
        for (place, values) in places.iter().zip(pixel.chunks_exact(channels)) {
            let target = &mut out[corner + place..][..pitch];
            target[..channels].copy_from_slice(values);
            target[channels..].fill(0.0);
        }
    }
}
