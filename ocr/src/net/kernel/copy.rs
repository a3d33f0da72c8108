//! Pixels from place to place, in whole vectors: a call for each pixel would cost more than the move.

use super::lanes::Lanes;
use super::{Isa, Window, dispatch};

/// Moves `count` numbers.
#[inline(always)]
unsafe fn copy<V: Lanes>(from: *const f32, to: *mut f32, count: usize) {
    // SAFETY: the caller vouches for `count` numbers; vectors, then fours, then the rest stay within them.
    unsafe {
        let mut at = 0;
        while at + V::N <= count {
            V::load(from.add(at)).store(to.add(at));
            at += V::N;
        }
        while at + 4 <= count {
            <[f32; 4]>::load(from.add(at)).store(to.add(at));
            at += 4;
        }
        while at < count {
            *to.add(at) = *from.add(at);
            at += 1;
        }
    }
}

/// `rows` rows of `width` numbers, `from_pitch` apart, to rows that are `to_pitch` apart.
pub(in crate::net) fn copy_rows(
    isa: Isa,
    rows: usize,
    width: usize,
    (from, from_pitch): (&[f32], usize),
    (to, to_pitch): (&mut [f32], usize),
) {
    let room = |pitch: usize| if rows == 0 { 0 } else { (rows - 1) * pitch + width };
    assert!(from.len() >= room(from_pitch) && to.len() >= room(to_pitch), "rows cut short");
    // SAFETY: both have the rows.
    unsafe { rows_all(isa, rows, width, from.as_ptr(), from_pitch, to.as_mut_ptr(), to_pitch) };
}

dispatch! {
    unsafe fn rows_all = rows_body(
        rows: usize, width: usize, from: *const f32, from_pitch: usize, to: *mut f32, to_pitch: usize,
    )
}

#[inline(always)]
unsafe fn rows_body<V: Lanes>(
    rows: usize,
    width: usize,
    from: *const f32,
    from_pitch: usize,
    to: *mut f32,
    to_pitch: usize,
) {
    for row in 0..rows {
        // SAFETY: within the rows.
        unsafe { copy::<V>(from.add(row * from_pitch), to.add(row * to_pitch), width) };
    }
}

/// The windows at `count` places from the `first`, each as a row of `to`: the window's rows one after the other,
/// zeros outside the picture.
pub(in crate::net) fn lay_out(
    isa: Isa,
    window: &Window,
    (first, count): (usize, usize),
    (from, pitch): (&[f32], usize),
    to: &mut [f32],
) {
    let depth = window.size[0] * window.size[1] * pitch;
    assert!(
        from.len() >= window.input[0] * window.input[1] * pitch && to.len() >= count * depth,
        "cut short"
    );
    assert!(first + count <= window.output[0] * window.output[1], "places outside the picture");
    // SAFETY: the taps of a place lie within the picture, whose length was checked as that of the rows.
    unsafe { lay_out_all(isa, window, first, count, from.as_ptr(), pitch, to.as_mut_ptr()) };
}

dispatch! {
    unsafe fn lay_out_all = lay_out_body(
        window: &Window, first: usize, count: usize, from: *const f32, pitch: usize, to: *mut f32,
    )
}

#[inline(always)]
unsafe fn lay_out_body<V: Lanes>(
    window: &Window,
    first: usize,
    count: usize,
    from: *const f32,
    pitch: usize,
    to: *mut f32,
) {
    let line = window.size[1] * pitch;
    let depth = window.size[0] * line;
    let inner = window.inner();
    let (mut y, mut x) = (first / window.output[1], first % window.output[1]);
    let mut rows = window.taps(0, y);
    for row in 0..count {
        let columns = if inner.contains(&x) { 0..window.size[1] } else { window.taps(1, x) };
        // SAFETY: `rows` and `columns` are taps within the picture and within the window.
        unsafe {
            let patch = to.add(row * depth);
            if rows.len() < window.size[0] || columns.len() < window.size[1] {
                core::slice::from_raw_parts_mut(patch, depth).fill(0.0);
            }
            for tap in rows.clone() {
                let pixel = (y * window.stride[0] + tap - window.before[0]) * window.input[1]
                    + x * window.stride[1]
                    + columns.start
                    - window.before[1];
                let target = patch.add(tap * line + columns.start * pitch);
                copy::<V>(from.add(pixel * pitch), target, columns.len() * pitch);
            }
        }
        x += 1;
        if x == window.output[1] {
            (x, y) = (0, y + 1);
            rows = window.taps(0, y);
        }
    }
}

/// Each pixel of a picture of `size` `factor` times in both directions, plus another picture.
pub(in crate::net) fn upsample(
    isa: Isa,
    from: &[f32],
    size: [usize; 2],
    pitch: usize,
    factor: usize,
    residual: Option<&[f32]>,
    to: &mut [f32],
) {
    let pixels = size[0] * size[1] * pitch;
    assert!(from.len() >= pixels && to.len() >= pixels * factor * factor, "picture cut short");
    assert!(residual.is_none_or(|residual| residual.len() >= pixels * factor * factor), "residual cut short");
    let residual = residual.map_or(core::ptr::null(), <[f32]>::as_ptr);
    // SAFETY: all pictures have their pixels, of whole vectors.
    unsafe { upsample_all(isa, from.as_ptr(), size, pitch, factor, residual, to.as_mut_ptr()) };
}

dispatch! {
    unsafe fn upsample_all = upsample_body(
        from: *const f32, size: [usize; 2], pitch: usize, factor: usize, residual: *const f32, to: *mut f32,
    )
}

#[inline(always)]
unsafe fn upsample_body<V: Lanes>(
    from: *const f32,
    size: [usize; 2],
    pitch: usize,
    factor: usize,
    residual: *const f32,
    to: *mut f32,
) {
    for y in 0..size[0] * factor {
        for x in 0..size[1] * factor {
            let source = (y / factor * size[1] + x / factor) * pitch;
            let target = (y * size[1] * factor + x) * pitch;
            for channel in (0..pitch).step_by(V::N) {
                // SAFETY: pixels of the pictures, a multiple of the lanes.
                unsafe {
                    let mut value = V::load(from.add(source + channel));
                    if !residual.is_null() {
                        value = value.add(V::load(residual.add(target + channel)));
                    }
                    value.store(to.add(target + channel));
                }
            }
        }
    }
}
