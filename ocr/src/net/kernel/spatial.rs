//! Windows that slide over a picture, and the largest or mean of each.

use core::ops::Range;

use super::lanes::Lanes;
use super::{Isa, dispatch};

/// A window that slides over a picture; each pair is of rows and columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::net) struct Window {
    /// Pixels of the window.
    pub(in crate::net) size: [usize; 2],
    /// Pixels from one place to the next.
    pub(in crate::net) stride: [usize; 2],
    /// Pixels of padding above and left.
    pub(in crate::net) before: [usize; 2],
    /// Pixels of the picture.
    pub(in crate::net) input: [usize; 2],
    /// Places.
    pub(in crate::net) output: [usize; 2],
}

impl Window {
    /// The taps along an axis that lie within the picture at a place.
    pub(in crate::net) fn taps(&self, axis: usize, place: usize) -> Range<usize> {
        let start = place * self.stride[axis];
        let first = self.before[axis].saturating_sub(start).min(self.size[axis]);
        let last = (self.input[axis] + self.before[axis]).saturating_sub(start).min(self.size[axis]);
        first..last.max(first)
    }

    /// The places along a row at which all columns of the window lie within the picture.
    pub(in crate::net) fn inner(&self) -> Range<usize> {
        let first = self.before[1].div_ceil(self.stride[1]);
        let end = match (self.input[1] + self.before[1]).checked_sub(self.size[1]) {
            Some(room) => (room / self.stride[1] + 1).min(self.output[1]),
            None => 0,
        };
        first..end.max(first)
    }
}

/// The largest of each window and channel.
pub(in crate::net) fn max_pool(isa: Isa, window: &Window, pitch: usize, from: &[f32], to: &mut [f32]) {
    pool(isa, window, pitch, true, from, to);
}

/// The mean of each window and channel, of the pixels that exist.
pub(in crate::net) fn average_pool(isa: Isa, window: &Window, pitch: usize, from: &[f32], to: &mut [f32]) {
    pool(isa, window, pitch, false, from, to);
}

fn pool(isa: Isa, window: &Window, pitch: usize, largest: bool, from: &[f32], to: &mut [f32]) {
    let pixels = |size: [usize; 2]| size[0] * size[1] * pitch;
    assert!(
        from.len() >= pixels(window.input)
            && to.len() >= pixels(window.output)
            && pitch.is_multiple_of(super::LANES)
    );
    // SAFETY: the taps of a window lie within the picture, whose length was checked.
    unsafe { pool_all(isa, window, pitch, largest, from.as_ptr(), to.as_mut_ptr()) };
}

dispatch! {
    /// See [`pool`].
    unsafe fn pool_all = pool_body(window: &Window, pitch: usize, largest: bool, from: *const f32, to: *mut f32)
}

#[inline(always)]
unsafe fn pool_body<V: Lanes>(window: &Window, pitch: usize, largest: bool, from: *const f32, to: *mut f32) {
    for y in 0..window.output[0] {
        let rows = window.taps(0, y);
        for x in 0..window.output[1] {
            let columns = window.taps(1, x);
            let first = [y * window.stride[0] + rows.start, x * window.stride[1] + columns.start];
            let top = first[0].saturating_sub(window.before[0]);
            let left = first[1].saturating_sub(window.before[1]);
            let count = (rows.len() * columns.len()).max(1);
            for channel in (0..pitch).step_by(V::N) {
                // SAFETY: the taps lie within the picture, `top + rows.len() <= height` and so for columns.
                unsafe {
                    let mut result = V::splat(if largest && count > 0 { f32::NEG_INFINITY } else { 0.0 });
                    for row in top..top + rows.len() {
                        for column in left..left + columns.len() {
                            let value = V::load(from.add((row * window.input[1] + column) * pitch + channel));
                            result = if largest { result.max(value) } else { result.add(value) };
                        }
                    }
                    let scale = V::splat(if largest { 1.0 } else { 1.0 / count as f32 });
                    result.mul(scale).store(to.add((y * window.output[1] + x) * pitch + channel));
                }
            }
        }
    }
}
