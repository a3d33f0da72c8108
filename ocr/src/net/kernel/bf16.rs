//! Products of bf16 (the upper half of an f32), summed in f32.

use super::aligned::Aligned;
use super::gemm::BLOCK;
use crate::net::Runtime;

/// Rows of weights in a tile: 16 pairs.
const TILE: usize = 32;

/// The nearest bf16, ties to even.
fn nearest(value: f32) -> u16 {
    let bits = value.to_bits();
    if value.is_nan() { 0x7fc0 } else { ((bits + 0x7fff + (bits >> 16 & 1)) >> 16) as u16 }
}

/// Packs weights row by row into blocks of 16 columns, each of tiles of 32 rows: pair by pair of rows, sixteen
/// columns of two. Rows beyond `depth` are zero.
pub(super) fn pack(depth: usize, columns: usize, weights: &[f32]) -> Aligned<u16> {
    let padded = depth.next_multiple_of(TILE);
    let mut packed = Aligned::zeros(padded * columns);
    for (k, row) in weights.chunks_exact(columns).enumerate() {
        for (column, &weight) in row.iter().enumerate() {
            let block = column / 16 * 16 * padded;
            packed[block + k / 2 * 32 + column % 16 * 2 + k % 2] = nearest(weight);
        }
    }
    packed
}

/// Rows of bf16.
pub(super) struct Halves<'a> {
    data: &'a [u16],
    rows: usize,
    /// Elements of a row, a multiple of [`TILE`].
    depth: usize,
}

impl<'a> Halves<'a> {
    /// Rounds `rows` rows of `depth` f32, `stride` apart, into `buffer`, which gets room for [`BLOCK`] rows.
    pub(super) fn of(
        buffer: &'a mut Aligned<u16>,
        a: &[f32],
        stride: usize,
        rows: usize,
        depth: usize,
    ) -> Self {
        let padded = depth.next_multiple_of(TILE);
        buffer.grow(BLOCK * padded);
        round(a, stride, rows, depth, buffer);
        Halves { data: buffer, rows, depth: padded }
    }
}

/// Rounds rows of `depth` f32, `stride` apart, to rows of bf16 that zeros fill up to a multiple of [`TILE`].
#[cfg(target_arch = "x86_64")]
fn round(from: &[f32], stride: usize, rows: usize, depth: usize, to: &mut [u16]) {
    let padded = depth.next_multiple_of(TILE);
    assert!(rows == 0 || from.len() >= (rows - 1) * stride + depth && to.len() >= rows * padded);
    assert!(is_x86_feature_detected!("avx512bf16") && is_x86_feature_detected!("avx512bw"));
    // SAFETY: the features are there, and the rows.
    unsafe { dots::round(from.as_ptr(), stride, rows, depth, to.as_mut_ptr(), padded) }
}

/// Multiplies rows with all columns, panel by panel; `finish` gets the first column of a panel, its width and the
/// sums, rows without gaps.
#[cfg(target_arch = "x86_64")]
pub(super) fn block(
    runtime: Runtime,
    weights: &[u16],
    a: &Halves<'_>,
    columns: usize,
    sums: &mut [f32],
    mut finish: impl FnMut(usize, usize, &[f32]),
) {
    assert!(a.data.len() >= BLOCK * a.depth && a.rows <= BLOCK && weights.len() >= columns * a.depth);
    assert!(sums.len() >= BLOCK * 32);
    #[cfg(target_os = "linux")]
    let tiles = if runtime == Runtime::Bf16Amx { super::amx::Tiles::new() } else { None };
    #[cfg(not(target_os = "linux"))]
    let _ = runtime;
    for first in (0..columns).step_by(32) {
        let width = 32.min(columns - first);
        let panel = weights[first * a.depth..(first + width) * a.depth].as_ptr();
        #[cfg(target_os = "linux")]
        if let Some(tiles) = &tiles {
            for row in (0..a.rows).step_by(super::amx::ROWS) {
                let rows = a.data[row * a.depth..].as_ptr();
                let out = sums[row * width..].as_mut_ptr();
                // SAFETY: `a` has room for BLOCK rows, a multiple of 32; the panel is `width / 16` blocks of
                // `depth / 32` tiles by the slice above; `sums` has room for BLOCK rows of 32.
                unsafe { tiles.multiply(a.depth / TILE, rows, a.depth * 2, panel, width, out) };
            }
            finish(first, width, sums);
            continue;
        }
        assert!(is_x86_feature_detected!("avx512bf16") && is_x86_feature_detected!("avx512bw"));
        // SAFETY: the features are there; `a` and `sums` have room for BLOCK rows, a multiple of 8.
        unsafe {
            if width == 32 {
                dots::panel::<2>(a.rows, a.depth, a.data.as_ptr(), panel, sums.as_mut_ptr());
            } else {
                dots::panel::<1>(a.rows, a.depth, a.data.as_ptr(), panel, sums.as_mut_ptr());
            }
        }
        finish(first, width, sums);
    }
}

/// `vdpbf16ps`: sixteen sums of two products each.
#[cfg(target_arch = "x86_64")]
mod dots {
    use core::arch::x86_64::*;

    use super::TILE;

    /// Rows of one pass.
    const ROWS: usize = 8;

    /// # Safety
    ///
    /// `a` and `sums` have `rows`, rounded up to eight, rows of `depth` bf16 and of `16 * BLOCKS` f32; `panel` has
    /// BLOCKS blocks of `depth` times sixteen bf16.
    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512bf16")]
    pub(super) unsafe fn panel<const BLOCKS: usize>(
        rows: usize,
        depth: usize,
        a: *const u16,
        panel: *const u16,
        sums: *mut f32,
    ) {
        for row in (0..rows).step_by(ROWS) {
            // SAFETY: in bounds by the contract.
            unsafe {
                let a = a.add(row * depth);
                let mut sum = [[_mm512_setzero_ps(); BLOCKS]; ROWS];
                for pair in 0..depth / 2 {
                    let mut weight = [_mm512_setzero_ps(); BLOCKS];
                    for (block, weight) in weight.iter_mut().enumerate() {
                        *weight = _mm512_loadu_ps(panel.add(block * 16 * depth + pair * 32).cast());
                    }
                    for (row, sum) in sum.iter_mut().enumerate() {
                        let two =
                            _mm512_set1_epi32(a.add(row * depth + 2 * pair).cast::<i32>().read_unaligned());
                        for (sum, weight) in sum.iter_mut().zip(weight) {
                            *sum = _mm512_dpbf16_ps(*sum, as_bf16(two), as_bf16(_mm512_castps_si512(weight)));
                        }
                    }
                }
                for (line, sum) in sum.iter().flatten().enumerate() {
                    _mm512_storeu_ps(sums.add((row * BLOCKS + line) * 16), *sum);
                }
            }
        }
    }

    /// # Safety
    ///
    /// `from` has `rows` rows of `depth` f32, `stride` apart, and `to` as many of `padded` bf16, a multiple of 32.
    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512bf16")]
    pub(super) unsafe fn round(
        from: *const f32,
        stride: usize,
        rows: usize,
        depth: usize,
        to: *mut u16,
        padded: usize,
    ) {
        // What of the last two vectors there is.
        let left = depth + TILE - padded;
        let masks = [((1u32 << left.min(16)) - 1) as u16, ((1u32 << left.saturating_sub(16)) - 1) as u16];
        for row in 0..rows {
            // SAFETY: in bounds by the contract; the masks leave out what lies beyond `depth`.
            unsafe {
                let (from, to) = (from.add(row * stride), to.add(row * padded));
                for at in (0..padded - TILE).step_by(TILE) {
                    let low = _mm512_loadu_ps(from.add(at));
                    let high = _mm512_loadu_ps(from.add(at + 16));
                    store(to.add(at), low, high);
                }
                let at = padded - TILE;
                let low = _mm512_maskz_loadu_ps(masks[0], from.add(at));
                let high = _mm512_maskz_loadu_ps(masks[1], from.wrapping_add(at + 16));
                store(to.add(at), low, high);
            }
        }
    }

    /// # Safety
    ///
    /// `to` has 32 bf16.
    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512bf16")]
    unsafe fn store(to: *mut u16, low: __m512, high: __m512) {
        // SAFETY: 64 bytes both ways.
        unsafe {
            let rounded = core::mem::transmute::<__m512bh, __m512i>(_mm512_cvtne2ps_pbh(high, low));
            _mm512_storeu_si512(to.cast(), rounded);
        }
    }

    #[target_feature(enable = "avx512f")]
    fn as_bf16(bits: __m512i) -> __m512bh {
        // SAFETY: both are 64 bytes, and any bits are bf16.
        unsafe { core::mem::transmute(bits) }
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn round(from: &[f32], stride: usize, rows: usize, depth: usize, to: &mut [u16]) {
    for (row, halves) in to.chunks_exact_mut(depth.next_multiple_of(TILE)).take(rows).enumerate() {
        halves.fill(0);
        halves
            .iter_mut()
            .zip(&from[row * stride..][..depth])
            .for_each(|(half, &value)| *half = nearest(value));
    }
}

/// No runtime of bf16 is available elsewhere; this is for the compiler.
#[cfg(not(target_arch = "x86_64"))]
pub(super) fn block(
    _: Runtime,
    _: &[u16],
    a: &Halves<'_>,
    _: usize,
    _: &mut [f32],
    _: impl FnMut(usize, usize, &[f32]),
) {
    let _ = (a.data, a.rows, a.depth);
}
