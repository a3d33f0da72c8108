//! Along a row: normalising and softmax.

use super::lanes::Lanes;
use super::{Isa, LANES, dispatch, math};

/// Layer normalisation (Ba et al., 2016) of each row over its first `count` columns:
/// `(x - mean) / sqrt(variance + epsilon) * gain + bias`. Columns beyond become zero if gain and bias are.
pub(in crate::net) fn layer_norm(
    isa: Isa,
    values: &mut [f32],
    count: usize,
    epsilon: f32,
    gain: &[f32],
    bias: &[f32],
) {
    let pitch = gain.len();
    assert!(pitch.is_multiple_of(LANES) && bias.len() == pitch && (1..=pitch).contains(&count));
    for row in values.chunks_exact_mut(pitch) {
        // Padding would count.
        row[count..].fill(0.0);
        // SAFETY: three slices of `pitch` elements.
        unsafe { norm_row(isa, row.as_mut_ptr(), pitch, count, epsilon, gain.as_ptr(), bias.as_ptr()) };
    }
}

dispatch! {
    unsafe fn norm_row = norm_body(row: *mut f32, pitch: usize, count: usize, epsilon: f32, gain: *const f32, bias: *const f32)
}

#[inline(always)]
unsafe fn norm_body<V: Lanes>(
    row: *mut f32,
    pitch: usize,
    count: usize,
    epsilon: f32,
    gain: *const f32,
    bias: *const f32,
) {
    // SAFETY: `pitch` elements each, a multiple of the lanes.
    unsafe {
        let (mut sum, mut squares) = (V::splat(0.0), V::splat(0.0));
        for at in (0..pitch).step_by(V::N) {
            sum = sum.add(V::load(row.add(at)));
        }
        let mean = sum.sum() / count as f32;
        for at in (0..pitch).step_by(V::N) {
            let centred = V::load(row.add(at)).sub(V::splat(mean));
            squares = centred.mul_add(centred, squares);
        }
        // Each padding element has added the square of the mean.
        let variance = (squares.sum() - (pitch - count) as f32 * mean * mean) / count as f32;
        let scale = V::splat(1.0 / (variance.max(0.0) + epsilon).sqrt());
        for at in (0..pitch).step_by(V::N) {
            let normal = V::load(row.add(at)).sub(V::splat(mean)).mul(scale);
            normal.mul_add(V::load(gain.add(at)), V::load(bias.add(at))).store(row.add(at));
        }
    }
}

/// Softmax in place over the first `count` elements of a row; those beyond become zero.
pub(in crate::net) fn softmax_row(isa: Isa, row: &mut [f32], count: usize) {
    assert!(row.len().is_multiple_of(LANES) && (1..=row.len()).contains(&count));
    row[count..].fill(f32::NEG_INFINITY);
    // SAFETY: whole vectors of the slice.
    unsafe { softmax_all(isa, row.as_mut_ptr(), row.len()) };
    row[count..].fill(0.0);
}

dispatch! {
    unsafe fn softmax_all = softmax_body(row: *mut f32, count: usize)
}

#[inline(always)]
unsafe fn softmax_body<V: Lanes>(row: *mut f32, count: usize) {
    // SAFETY: `count` elements, a multiple of the lanes.
    unsafe {
        let mut largest = V::splat(f32::NEG_INFINITY);
        for at in (0..count).step_by(V::N) {
            largest = largest.max(V::load(row.add(at)));
        }
        let (largest, mut sum) = (V::splat(largest.largest()), V::splat(0.0));
        for at in (0..count).step_by(V::N) {
            let power = math::exp(V::load(row.add(at)).sub(largest));
            sum = sum.add(power);
            power.store(row.add(at));
        }
        let scale = V::splat(1.0 / sum.sum());
        for at in (0..count).step_by(V::N) {
            V::load(row.add(at)).mul(scale).store(row.add(at));
        }
    }
}

/// The place of the largest of the first `count` elements of a row, the first of equals, and its softmax.
pub(in crate::net) fn top(isa: Isa, row: &mut [f32], count: usize) -> (usize, f32) {
    assert!(row.len().is_multiple_of(LANES) && (1..=row.len()).contains(&count));
    row[count..].fill(f32::NEG_INFINITY);
    // SAFETY: whole vectors of the slice.
    let (largest, sum) = unsafe { top_all(isa, row.as_ptr(), row.len()) };
    (row.iter().position(|&value| value == largest).unwrap_or(0), 1.0 / sum)
}

dispatch! {
    unsafe fn top_all = top_body(row: *const f32, count: usize) -> (f32, f32)
}

/// The largest and the sum of the powers relative to it.
#[inline(always)]
unsafe fn top_body<V: Lanes>(row: *const f32, count: usize) -> (f32, f32) {
    // SAFETY: `count` elements, a multiple of the lanes.
    unsafe {
        let mut largest = V::splat(f32::NEG_INFINITY);
        for at in (0..count).step_by(V::N) {
            largest = largest.max(V::load(row.add(at)));
        }
        let largest = largest.largest();
        let mut sum = V::splat(0.0);
        for at in (0..count).step_by(V::N) {
            sum = sum.add(math::exp(V::load(row.add(at)).sub(V::splat(largest))));
        }
        (largest, sum.sum())
    }
}
