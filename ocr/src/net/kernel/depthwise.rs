//! Convolution of each channel with its own kernel.

use super::aligned::Aligned;
use super::lanes::Lanes;
use super::{Activation, Isa, Window, dispatch, math};

/// Pixels of a row whose sums are kept in registers together.
const RUN: usize = 8;

/// The weights of a depthwise convolution.
pub(in crate::net) struct Depthwise {
    /// Tap by tap, row of the kernel by row, `pitch` channels each.
    pub(in crate::net) taps: Aligned<f32>,
    /// One a channel.
    pub(in crate::net) bias: Aligned<f32>,
    /// Channels, padded.
    pub(in crate::net) pitch: usize,
}

/// Convolves: `from` is a picture of `window.input` pixels, `to` of `window.output`.
pub(in crate::net) fn depthwise(
    isa: Isa,
    weights: &Depthwise,
    window: &Window,
    activation: Activation,
    from: &[f32],
    to: &mut [f32],
) {
    let pitch = weights.pitch;
    let [height, width] = window.input;
    let [out_height, out_width] = window.output;
    assert!(
        from.len() >= height * width * pitch && to.len() >= out_height * out_width * pitch,
        "picture cut short"
    );
    assert!(weights.taps.len() >= window.size[0] * window.size[1] * pitch && weights.bias.len() >= pitch);
    for y in 0..out_height {
        let rows = window.taps(0, y);
        let line = &mut to[y * out_width * pitch..(y + 1) * out_width * pitch];
        // SAFETY: `rows` are taps whose rows of pixels exist; the lengths were checked above.
        unsafe {
            row(
                isa,
                window,
                pitch,
                activation,
                y,
                rows.start,
                rows.end,
                from.as_ptr(),
                weights.taps.as_ptr(),
                weights.bias.as_ptr(),
                line.as_mut_ptr(),
            );
        }
    }
}

dispatch! {
    /// One row of the result; `first..last` are the rows of the kernel that lie within the picture.
    unsafe fn row = row_body(
        window: &Window, pitch: usize, activation: Activation, y: usize, first: usize, last: usize,
        from: *const f32, taps: *const f32, bias: *const f32, to: *mut f32,
    )
}

#[inline(always)]
unsafe fn row_body<V: Lanes>(
    window: &Window,
    pitch: usize,
    activation: Activation,
    y: usize,
    first: usize,
    last: usize,
    from: *const f32,
    taps: *const f32,
    bias: *const f32,
    to: *mut f32,
) {
    let width = window.output[1];
    let inner = window.inner();
    // SAFETY: `run` is given pixels whose taps lie within the picture, by `inner` or by `window.taps`.
    unsafe {
        math::known!(activation, |known| {
            let mut x = 0;
            while x < width {
                if inner.contains(&x) && x + RUN <= inner.end {
                    let columns = 0..window.size[1];
                    run::<V, RUN>(window, pitch, known, (y, x), (first..last, columns), from, taps, bias, to);
                    x += RUN;
                } else {
                    let columns = window.taps(1, x);
                    run::<V, 1>(window, pitch, known, (y, x), (first..last, columns), from, taps, bias, to);
                    x += 1;
                }
            }
        });
    }
}

/// `PIXELS` neighbours, all channels.
#[inline(always)]
unsafe fn run<V: Lanes, const PIXELS: usize>(
    window: &Window,
    pitch: usize,
    activation: Activation,
    (y, x): (usize, usize),
    (rows, columns): (core::ops::Range<usize>, core::ops::Range<usize>),
    from: *const f32,
    taps: *const f32,
    bias: *const f32,
    to: *mut f32,
) {
    // SAFETY: pixel and tap are within the picture: `y * stride + tap >= before` for all rows, and so for columns.
    unsafe {
        let step = window.stride[1] * pitch;
        for channel in (0..pitch).step_by(V::N) {
            let mut sum = [V::load(bias.add(channel)); PIXELS];
            for tap_y in rows.clone() {
                let line = (y * window.stride[0] + tap_y - window.before[0]) * window.input[1];
                for tap_x in columns.clone() {
                    let weight = V::load(taps.add((tap_y * window.size[1] + tap_x) * pitch + channel));
                    let pixel = line + x * window.stride[1] + tap_x - window.before[1];
                    let at = from.add(pixel * pitch + channel);
                    for (index, sum) in sum.iter_mut().enumerate() {
                        *sum = V::load(at.add(index * step)).mul_add(weight, *sum);
                    }
                }
            }
            for (index, sum) in sum.iter().enumerate() {
                math::activate(activation, *sum).store(to.add((x + index) * pitch + channel));
            }
        }
    }
}
