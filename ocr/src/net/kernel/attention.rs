//! Attention with several heads (Vaswani et al., 2017) over the pixels of a row.

use super::lanes::Lanes;
use super::norm::softmax_row;
use super::{Aligned, Isa, LANES, dispatch};

/// `softmax(scale q kᵀ) v` for each head.
///
/// Each of `steps` rows of `from`, `pitch` apart, holds the queries of all heads, their keys and their values
/// (3 x heads x width); each row of `to`, `to_pitch` apart, gets heads x width. Keys and values are transposed first,
/// so that all loops run along the steps, a whole vector at a time.
pub(in crate::net) fn attention(
    isa: Isa,
    (heads, width, scale): (usize, usize, f32),
    steps: usize,
    (from, pitch): (&[f32], usize),
    (to, to_pitch): (&mut [f32], usize),
) {
    let channels = heads * width;
    let room = steps.next_multiple_of(LANES);
    let (mut keys, mut values) = (Aligned::<f32>::zeros(width * room), Aligned::<f32>::zeros(width * room));
    let mut scores = Aligned::<f32>::zeros(room);
    for head in 0..heads {
        let part =
            |which: usize, step: usize| &from[step * pitch + which * channels + head * width..][..width];
        for step in 0..steps {
            for (index, (&key, &value)) in part(1, step).iter().zip(part(2, step)).enumerate() {
                keys[index * room + step] = key;
                values[index * room + step] = value;
            }
        }
        for step in 0..steps {
            let scores = &mut scores[..room];
            let query = part(0, step);
            // SAFETY: `width` queries, as many rows of `room` keys, and `room` scores.
            unsafe { weigh(isa, query.as_ptr(), width, scale, keys.as_ptr(), room, scores.as_mut_ptr()) };
            softmax_row(isa, scores, steps);
            let out = &mut to[step * to_pitch + head * width..][..width];
            // SAFETY: `room` scores, `width` rows of as many values, and `width` sums.
            unsafe { sums(isa, scores.as_ptr(), room, values.as_ptr(), width, out.as_mut_ptr()) };
        }
    }
}

dispatch! {
    /// The products of one query with all keys.
    unsafe fn weigh = weigh_body(query: *const f32, width: usize, scale: f32, keys: *const f32, room: usize, scores: *mut f32)
}

#[inline(always)]
unsafe fn weigh_body<V: Lanes>(
    query: *const f32,
    width: usize,
    scale: f32,
    keys: *const f32,
    room: usize,
    scores: *mut f32,
) {
    for at in (0..room).step_by(V::N) {
        // SAFETY: `room` is a multiple of the lanes.
        unsafe {
            let mut sum = V::splat(0.0);
            for index in 0..width {
                sum = V::splat(*query.add(index) * scale).mul_add(V::load(keys.add(index * room + at)), sum);
            }
            sum.store(scores.add(at));
        }
    }
}

dispatch! {
    /// The sums of the values, each times its score.
    unsafe fn sums = sums_body(scores: *const f32, room: usize, values: *const f32, width: usize, out: *mut f32)
}

#[inline(always)]
unsafe fn sums_body<V: Lanes>(
    scores: *const f32,
    room: usize,
    values: *const f32,
    width: usize,
    out: *mut f32,
) {
    for index in 0..width {
        // SAFETY: `room` is a multiple of the lanes.
        unsafe {
            let mut sum = V::splat(0.0);
            for at in (0..room).step_by(V::N) {
                sum = V::load(scores.add(at)).mul_add(V::load(values.add(index * room + at)), sum);
            }
            *out.add(index) = sum.sum();
        }
    }
}
