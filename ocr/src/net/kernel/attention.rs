//! Attention with several heads (Vaswani et al., 2017) over the pixels of a row.

use super::norm::softmax_row;
use super::{Aligned, Isa, LANES};

/// `softmax(scale q kᵀ) v` for each head.
///
/// Each of `steps` rows of `from`, `pitch` apart, holds the queries of all heads, their keys and their values
/// (3 x heads x width); each row of `to`, `to_pitch` apart, gets heads x width. A few per mille of the work of the
/// model that has it, so plain code: the inner loops run along rows, which the compiler makes vectors of.
pub(in crate::net) fn attention(
    isa: Isa,
    (heads, width, scale): (usize, usize, f32),
    steps: usize,
    (from, pitch): (&[f32], usize),
    (to, to_pitch): (&mut [f32], usize),
) {
    let channels = heads * width;
    let room = steps.next_multiple_of(LANES);
    let mut keys = vec![0.0f32; width * room];
    let mut scores = Aligned::<f32>::zeros(room);
    for head in 0..heads {
        let part =
            |which: usize, step: usize| &from[step * pitch + which * channels + head * width..][..width];
        for step in 0..steps {
            for (index, &value) in part(1, step).iter().enumerate() {
                keys[index * room + step] = value;
            }
        }
        for step in 0..steps {
            let scores = &mut scores[..room];
            scores.fill(0.0);
            for (&query, keys) in part(0, step).iter().zip(keys.chunks_exact(room)) {
                let query = query * scale;
                for (score, &key) in scores.iter_mut().zip(keys) {
                    *score += query * key;
                }
            }
            softmax_row(isa, scores, steps);
            let out = &mut to[step * to_pitch + head * width..][..width];
            out.fill(0.0);
            for (other, &weight) in scores[..steps].iter().enumerate() {
                for (out, &value) in out.iter_mut().zip(part(2, other)) {
                    *out += weight * value;
                }
            }
        }
    }
}
