//! Element by element, and the means of columns.

use super::lanes::Lanes;
use super::{Activation, Isa, LANES, dispatch, math};

/// Applies a function in place.
pub(in crate::net) fn activate(isa: Isa, activation: Activation, values: &mut [f32]) {
    assert!(values.len().is_multiple_of(LANES));
    // SAFETY: whole vectors of the slice.
    unsafe { activate_all(isa, activation, values.as_mut_ptr(), values.len()) };
}

dispatch! {
    unsafe fn activate_all = activate_body(activation: Activation, values: *mut f32, count: usize)
}

#[inline(always)]
unsafe fn activate_body<V: Lanes>(activation: Activation, values: *mut f32, count: usize) {
    // SAFETY: `count` is a multiple of the lanes.
    unsafe {
        math::known!(activation, |known| {
            for at in (0..count).step_by(V::N) {
                math::activate(known, V::load(values.add(at))).store(values.add(at));
            }
        });
    }
}

/// `to = to + other`.
pub(in crate::net) fn add(isa: Isa, to: &mut [f32], other: &[f32]) {
    assert!(to.len() == other.len() && to.len().is_multiple_of(LANES));
    // SAFETY: both have the length.
    unsafe { add_all(isa, to.as_mut_ptr(), other.as_ptr(), to.len()) };
}

dispatch! {
    unsafe fn add_all = add_body(to: *mut f32, other: *const f32, count: usize)
}

#[inline(always)]
unsafe fn add_body<V: Lanes>(to: *mut f32, other: *const f32, count: usize) {
    for at in (0..count).step_by(V::N) {
        // SAFETY: `count` is a multiple of the lanes.
        unsafe { V::load(to.add(at)).add(V::load(other.add(at))).store(to.add(at)) };
    }
}

/// Multiplies each column of `values` by its gate (plus one if `keep`): squeeze and excitation (Hu et al., 2018).
pub(in crate::net) fn gate(isa: Isa, values: &mut [f32], gates: &[f32], keep: bool) {
    let pitch = gates.len();
    assert!(pitch.is_multiple_of(LANES) && pitch > 0 && values.len().is_multiple_of(pitch));
    let one = if keep { 1.0 } else { 0.0 };
    // SAFETY: `values` are whole rows of `pitch`.
    unsafe { gate_all(isa, values.as_mut_ptr(), values.len() / pitch, gates.as_ptr(), pitch, one) };
}

dispatch! {
    unsafe fn gate_all = gate_body(values: *mut f32, rows: usize, gates: *const f32, pitch: usize, one: f32)
}

#[inline(always)]
unsafe fn gate_body<V: Lanes>(values: *mut f32, rows: usize, gates: *const f32, pitch: usize, one: f32) {
    for row in 0..rows {
        for column in (0..pitch).step_by(V::N) {
            // SAFETY: within the row, a multiple of the lanes.
            unsafe {
                let at = values.add(row * pitch + column);
                V::load(at).mul(V::load(gates.add(column)).add(V::splat(one))).store(at);
            }
        }
    }
}

/// The mean of each column.
pub(in crate::net) fn column_means(isa: Isa, values: &[f32], means: &mut [f32]) {
    let pitch = means.len();
    assert!(pitch.is_multiple_of(LANES) && pitch > 0 && values.len().is_multiple_of(pitch));
    // SAFETY: `values` are whole rows of `pitch`.
    unsafe { means_all(isa, values.as_ptr(), values.len() / pitch, means.as_mut_ptr(), pitch) };
}

dispatch! {
    unsafe fn means_all = means_body(values: *const f32, rows: usize, means: *mut f32, pitch: usize)
}

/// Rows in runs, so that thousands of numbers are not added one by one to a large sum: the error stays small, and
/// the running sums stay in the first cache.
#[inline(always)]
unsafe fn means_body<V: Lanes>(values: *const f32, rows: usize, means: *mut f32, pitch: usize) {
    const RUN: usize = 32;
    let scale = 1.0 / rows.max(1) as f32;
    // SAFETY: within the rows, a multiple of the lanes.
    unsafe {
        for column in (0..pitch).step_by(V::N) {
            V::splat(0.0).store(means.add(column));
        }
        for first in (0..rows).step_by(RUN) {
            for column in (0..pitch).step_by(V::N) {
                let mut sum = V::splat(0.0);
                for row in first..rows.min(first + RUN) {
                    sum = sum.add(V::load(values.add(row * pitch + column)));
                }
                sum.mul_add(V::splat(scale), V::load(means.add(column))).store(means.add(column));
            }
        }
    }
}
