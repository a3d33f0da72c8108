//! The inner loops of products: a panel of weights, and what carries its sums to the result.

use super::gemm::Epilogue;
use super::lanes::Lanes;
use super::{Activation, dispatch, math};
use crate::net::Runtime;

/// Columns `first..first + width` of a block: from the sums to the result.
pub(super) fn finish(
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
    pub(super) unsafe fn panel_f32 = panel_body(
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
