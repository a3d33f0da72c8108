//! Products of matrices: pixels by channels times channels by channels.
//!
//! The weights are packed once, in panels of a few vectors of columns. A block of rows is multiplied with one panel
//! at a time into a buffer that stays in the first cache; the epilogue (bias, activation, residual) then carries it
//! to its place, so that a result is written once.

use super::aligned::Aligned;
use super::lanes::Lanes;
use super::{Activation, LANES, bf16, dispatch, math};
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

/// Columns `first..first + width` of a block: from the sums to the result.
fn finish(
    runtime: Runtime,
    sums: &[f32],
    (first, width): (usize, usize),
    epilogue: Epilogue<'_>,
    rows: usize,
    out: &mut [f32],
    columns: usize,
) {
    assert!(
        rows > 0 && sums.len() >= rows * width && out.len() >= rows * columns && first + width <= columns
    );
    assert!(epilogue.bias.len() >= columns);
    let residual = match epilogue.residual {
        Some(residual) => {
            assert!(residual.len() >= rows * columns);
            residual[first..].as_ptr()
        }
        None => core::ptr::null(),
    };
    // SAFETY: the assertions above bound every access: row `rows - 1`, column `first + width - 1`.
    unsafe {
        let out = out[first..].as_mut_ptr();
        let bias = epilogue.bias[first..].as_ptr();
        finish_panel(
            runtime.isa(),
            epilogue.activation,
            rows,
            width,
            sums.as_ptr(),
            bias,
            residual,
            out,
            columns,
        );
    }
}

dispatch! {
    /// See [`finish`].
    unsafe fn finish_panel = finish_body(
        activation: Activation, rows: usize, width: usize, sums: *const f32, bias: *const f32,
        residual: *const f32, out: *mut f32, stride: usize,
    )
}

#[inline(always)]
unsafe fn finish_body<V: Lanes>(
    activation: Activation,
    rows: usize,
    width: usize,
    sums: *const f32,
    bias: *const f32,
    residual: *const f32,
    out: *mut f32,
    stride: usize,
) {
    // SAFETY: the caller vouches for `rows` rows of `width` columns, a multiple of the lanes.
    unsafe {
        math::known!(activation, |known| {
            for row in 0..rows {
                for column in (0..width).step_by(V::N) {
                    let sum = V::load(sums.add(row * width + column)).add(V::load(bias.add(column)));
                    let mut value = math::activate(known, sum);
                    if !residual.is_null() {
                        value = value.add(V::load(residual.add(row * stride + column)));
                    }
                    value.store(out.add(row * stride + column));
                }
            }
        });
    }
}

dispatch! {
    /// `sums = a panel`.
    unsafe fn panel_f32 = panel_body(
        rows: usize, depth: usize, width: usize, a: *const f32, stride: usize, panel: *const f32, sums: *mut f32,
    )
}

#[inline(always)]
unsafe fn panel_body<V: Lanes>(
    rows: usize,
    depth: usize,
    width: usize,
    a: *const f32,
    stride: usize,
    panel: *const f32,
    sums: *mut f32,
) {
    // SAFETY: passed on. The sums of a tile fill the registers: 24 of 32, 12 of 16, 8 of 16.
    unsafe {
        match (V::N, width / V::N) {
            (16, 3) => panel_rows::<V, 8, 3>(rows, depth, a, stride, panel, sums),
            (16, 2) => panel_rows::<V, 12, 2>(rows, depth, a, stride, panel, sums),
            (16, _) => panel_rows::<V, 16, 1>(rows, depth, a, stride, panel, sums),
            (8, _) => panel_rows::<V, 6, 2>(rows, depth, a, stride, panel, sums),
            (_, _) => panel_rows::<V, 4, 2>(rows, depth, a, stride, panel, sums),
        }
    }
}

#[inline(always)]
unsafe fn panel_rows<V: Lanes, const ROWS: usize, const VECTORS: usize>(
    rows: usize,
    depth: usize,
    a: *const f32,
    stride: usize,
    panel: *const f32,
    sums: *mut f32,
) {
    // SAFETY: passed on, a few rows at a time.
    unsafe {
        let mut row = 0;
        while row + ROWS <= rows {
            tile::<V, ROWS, VECTORS>(
                depth,
                a.add(row * stride),
                stride,
                panel,
                sums.add(row * VECTORS * V::N),
            );
            row += ROWS;
        }
        while row + 4 <= rows {
            tile::<V, 4, VECTORS>(depth, a.add(row * stride), stride, panel, sums.add(row * VECTORS * V::N));
            row += 4;
        }
        while row < rows {
            tile::<V, 1, VECTORS>(depth, a.add(row * stride), stride, panel, sums.add(row * VECTORS * V::N));
            row += 1;
        }
    }
}

#[inline(always)]
unsafe fn tile<V: Lanes, const ROWS: usize, const VECTORS: usize>(
    depth: usize,
    a: *const f32,
    stride: usize,
    panel: *const f32,
    sums: *mut f32,
) {
    // SAFETY: `a` has ROWS rows of `depth`, `panel` has `depth` rows of VECTORS vectors, `sums` has ROWS of them.
    unsafe {
        let mut sum = [[V::splat(0.0); VECTORS]; ROWS];
        for k in 0..depth {
            let mut weight = [V::splat(0.0); VECTORS];
            for (v, weight) in weight.iter_mut().enumerate() {
                *weight = V::load(panel.add((k * VECTORS + v) * V::N));
            }
            for (row, sum) in sum.iter_mut().enumerate() {
                let value = V::splat(*a.add(row * stride + k));
                for (sum, weight) in sum.iter_mut().zip(weight) {
                    *sum = value.mul_add(weight, *sum);
                }
            }
        }
        for (row, sum) in sum.iter().enumerate() {
            for (v, sum) in sum.iter().enumerate() {
                sum.store(sums.add((row * VECTORS + v) * V::N));
            }
        }
    }
}
