//! Products of matrices: pixels by channels times channels by channels.
//!
//! The weights are packed once, in panels of a few vectors of columns. A block of rows is multiplied with one panel
//! at a time into a buffer that stays in the first cache; the epilogue (bias, activation, residual) then carries it
//! to its place, so that a result is written once.

use super::aligned::Aligned;
use super::panel::{finish, panel_f32};
use super::{Activation, LANES, bf16};
use crate::net::Runtime;

/// Rows that are multiplied with one panel before the next: few enough that they stay in the second cache.
pub(in crate::net) const BLOCK: usize = 128;
/// Columns of the widest panel.
const WIDEST: usize = 48;

/// The weights of a product, `depth` x `columns`, in the order in which the runtime reads them.
pub(in crate::net) struct Packed {
    runtime: Runtime,
    pub(super) depth: usize,
    pub(super) columns: usize,
    data: Data,
}

enum Data {
    /// Panels of `widths` columns, each row by row.
    F32(Aligned<f32>),
    /// Blocks of 16 columns, each of tiles of 32 rows, each 16 pairs of rows.
    Bf16(Aligned<u16>),
}

/// What happens to a product on its way to the result.
#[derive(Clone, Copy)]
pub(in crate::net) struct Epilogue<'a> {
    /// Added first; one a column.
    pub(in crate::net) bias: &'a [f32],
    /// Then applied.
    pub(in crate::net) activation: Activation,
    /// Then added; shaped as the result.
    pub(in crate::net) residual: Option<&'a [f32]>,
}

/// Buffers that products need, kept between them.
#[derive(Default)]
pub(in crate::net) struct Scratch {
    sums: Aligned<f32>,
    halves: Aligned<u16>,
}

impl Packed {
    /// Packs weights given row by row, `depth` rows of `columns` (multiple of [`LANES`]).
    pub(in crate::net) fn new(runtime: Runtime, depth: usize, columns: usize, weights: &[f32]) -> Self {
        assert!(
            columns.is_multiple_of(LANES) && weights.len() == depth * columns,
            "weights of another shape"
        );
        let data = if runtime.is_bf16() {
            Data::Bf16(bf16::pack(depth, columns, weights))
        } else {
            Data::F32(pack(runtime, depth, columns, weights))
        };
        Self { runtime, depth, columns, data }
    }

    /// Columns of the result, padded.
    pub(in crate::net) fn columns(&self) -> usize {
        self.columns
    }

    /// Bytes held.
    pub(in crate::net) fn bytes(&self) -> usize {
        match &self.data {
            Data::F32(data) => data.bytes(),
            Data::Bf16(data) => data.bytes(),
        }
    }
}

/// The columns of the panels, as wide as the registers of the set allow.
fn widths(runtime: Runtime, columns: usize) -> impl Iterator<Item = usize> {
    let widest = match runtime {
        Runtime::F32Portable => 8,
        Runtime::F32Avx2 => 16,
        _ => WIDEST,
    };
    let mut left = columns;
    core::iter::from_fn(move || {
        let width = match left {
            0 => return None,
            // Two and two, not three and one.
            64 if widest == WIDEST => 32,
            _ => left.min(widest),
        };
        left -= width;
        Some(width)
    })
}

fn pack(runtime: Runtime, depth: usize, columns: usize, weights: &[f32]) -> Aligned<f32> {
    let mut packed = Aligned::zeros(depth * columns);
    let (mut at, mut first) = (0, 0);
    for width in widths(runtime, columns) {
        for row in weights.chunks_exact(columns) {
            packed[at..at + width].copy_from_slice(&row[first..first + width]);
            at += width;
        }
        first += width;
    }
    packed
}

/// `out = activation(a weights + bias) + residual` for `rows` rows of `a`, `stride` apart, into rows of `out`
/// without gaps.
pub(in crate::net) fn multiply(
    weights: &Packed,
    rows: usize,
    (a, stride): (&[f32], usize),
    scratch: &mut Scratch,
    epilogue: Epilogue<'_>,
    out: &mut [f32],
) {
    let columns = weights.columns;
    assert!(
        rows == 0 || stride >= weights.depth && a.len() >= (rows - 1) * stride + weights.depth,
        "rows cut short"
    );
    assert!(out.len() >= rows * columns && epilogue.bias.len() >= columns, "no room for the product");
    assert!(epilogue.residual.is_none_or(|residual| residual.len() >= rows * columns), "residual cut short");
    scratch.sums.grow(BLOCK * WIDEST);
    for first in (0..rows).step_by(BLOCK) {
        let count = BLOCK.min(rows - first);
        let place = Place { rows: count, out: &mut out[first * columns..(first + count) * columns], columns };
        let epilogue =
            Epilogue { residual: epilogue.residual.map(|residual| &residual[first * columns..]), ..epilogue };
        let a = &a[first * stride..(first + count - 1) * stride + weights.depth];
        match &weights.data {
            Data::F32(data) => block_f32(weights, data, (a, stride), &mut scratch.sums, epilogue, place),
            Data::Bf16(data) => {
                let halves = bf16::Halves::of(&mut scratch.halves, a, stride, count, weights.depth);
                bf16::block(
                    weights.runtime,
                    data,
                    &halves,
                    columns,
                    &mut scratch.sums,
                    |first, width, sums| {
                        finish(
                            weights.runtime,
                            sums,
                            (first, width),
                            epilogue,
                            place.rows,
                            place.out,
                            place.columns,
                        );
                    },
                );
            }
        }
    }
}

/// Where a block of rows goes.
struct Place<'a> {
    rows: usize,
    out: &'a mut [f32],
    columns: usize,
}

fn block_f32(
    weights: &Packed,
    data: &[f32],
    (a, stride): (&[f32], usize),
    sums: &mut [f32],
    epilogue: Epilogue<'_>,
    place: Place<'_>,
) {
    let (depth, mut first) = (weights.depth, 0);
    for width in widths(weights.runtime, weights.columns) {
        let panel = &data[depth * first..depth * (first + width)];
        assert!(sums.len() >= place.rows * width);
        // SAFETY: `multiply` has checked that `a` has the rows; the panel has `depth` rows of `width` columns by the
        // slice above, and `sums` has room for the rows by the assertion.
        unsafe {
            panel_f32(
                weights.runtime.isa(),
                place.rows,
                depth,
                width,
                a.as_ptr(),
                stride,
                panel.as_ptr(),
                sums.as_mut_ptr(),
            );
        }
        finish(weights.runtime, sums, (first, width), epilogue, place.rows, place.out, place.columns);
        first += width;
    }
}
