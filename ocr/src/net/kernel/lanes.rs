//! One vector of f32, so that a kernel is written once and compiled for every instruction set.
//!
//! The methods are `inline(always)` and only ever called from functions that are inlined into one with the
//! `target_feature` in question (see `dispatch!`), so the intrinsics become single instructions there.

#[cfg(target_arch = "x86_64")]
use core::arch::x86_64::*;

/// A vector of `N` f32.
///
/// # Safety
///
/// Every method needs the instruction set of its type; `load` and `store` need `N` valid elements at the pointer.
pub(super) trait Lanes: Copy {
    /// Elements.
    const N: usize;
    unsafe fn splat(value: f32) -> Self;
    unsafe fn load(from: *const f32) -> Self;
    unsafe fn store(self, to: *mut f32);
    unsafe fn add(self, other: Self) -> Self;
    unsafe fn sub(self, other: Self) -> Self;
    unsafe fn mul(self, other: Self) -> Self;
    /// `self * factor + addend`, rounded once where the machine can.
    unsafe fn mul_add(self, factor: Self, addend: Self) -> Self;
    unsafe fn max(self, other: Self) -> Self;
    unsafe fn min(self, other: Self) -> Self;
    /// `1 / self`, to about 23 bits.
    unsafe fn reciprocal(self) -> Self;
    /// `2^self` for whole `self` within the exponents of f32, by adding to the bits of the exponent.
    unsafe fn exp2_whole(self) -> Self;
    /// To the nearest whole number.
    unsafe fn round(self) -> Self;
    /// The sum of the lanes, in a fixed order.
    #[inline(always)]
    unsafe fn sum(self) -> f32 {
        let mut lanes = [0.0f32; 16];
        // SAFETY: no vector has more than sixteen lanes.
        unsafe { self.store(lanes.as_mut_ptr()) };
        let mut width = Self::N / 2;
        while width > 0 {
            for lane in 0..width {
                lanes[lane] += lanes[lane + width];
            }
            width /= 2;
        }
        lanes[0]
    }
    /// The largest lane.
    #[inline(always)]
    unsafe fn largest(self) -> f32 {
        let mut lanes = [f32::NEG_INFINITY; 16];
        // SAFETY: no vector has more than sixteen lanes.
        unsafe { self.store(lanes.as_mut_ptr()) };
        lanes.iter().fold(f32::NEG_INFINITY, |largest, &lane| if lane > largest { lane } else { largest })
    }
}

/// Four lanes of plain code, which compilers turn into SSE2 or NEON.
impl Lanes for [f32; 4] {
    const N: usize = 4;
    #[inline(always)]
    unsafe fn splat(value: f32) -> Self {
        [value; 4]
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: the caller vouches for four elements.
        unsafe { from.cast::<Self>().read_unaligned() }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: the caller vouches for four elements.
        unsafe { to.cast::<Self>().write_unaligned(self) }
    }
    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        core::array::from_fn(|lane| self[lane] + other[lane])
    }
    #[inline(always)]
    unsafe fn sub(self, other: Self) -> Self {
        core::array::from_fn(|lane| self[lane] - other[lane])
    }
    #[inline(always)]
    unsafe fn mul(self, other: Self) -> Self {
        core::array::from_fn(|lane| self[lane] * other[lane])
    }
    #[inline(always)]
    unsafe fn mul_add(self, factor: Self, addend: Self) -> Self {
        core::array::from_fn(|lane| self[lane] * factor[lane] + addend[lane])
    }
    #[inline(always)]
    unsafe fn max(self, other: Self) -> Self {
        core::array::from_fn(|lane| if self[lane] > other[lane] { self[lane] } else { other[lane] })
    }
    #[inline(always)]
    unsafe fn min(self, other: Self) -> Self {
        core::array::from_fn(|lane| if self[lane] < other[lane] { self[lane] } else { other[lane] })
    }
    #[inline(always)]
    unsafe fn reciprocal(self) -> Self {
        self.map(|lane| 1.0 / lane)
    }
    #[inline(always)]
    unsafe fn exp2_whole(self) -> Self {
        self.map(|lane| f32::from_bits(((lane as i32 + 127) << 23) as u32))
    }
    #[inline(always)]
    unsafe fn round(self) -> Self {
        // Adding and taking away 1.5 * 2^23 rounds at the last bit of the mantissa.
        self.map(|lane| (lane + 12_582_912.0) - 12_582_912.0)
    }
}

#[cfg(target_arch = "x86_64")]
// SAFETY (all blocks): the trait's contract gives AVX2 and FMA, and the elements behind the pointers.
impl Lanes for __m256 {
    const N: usize = 8;
    #[inline(always)]
    unsafe fn splat(value: f32) -> Self {
        unsafe { _mm256_set1_ps(value) }
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        unsafe { _mm256_loadu_ps(from) }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        unsafe { _mm256_storeu_ps(to, self) }
    }
    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        unsafe { _mm256_add_ps(self, other) }
    }
    #[inline(always)]
    unsafe fn sub(self, other: Self) -> Self {
        unsafe { _mm256_sub_ps(self, other) }
    }
    #[inline(always)]
    unsafe fn mul(self, other: Self) -> Self {
        unsafe { _mm256_mul_ps(self, other) }
    }
    #[inline(always)]
    unsafe fn mul_add(self, factor: Self, addend: Self) -> Self {
        unsafe { _mm256_fmadd_ps(self, factor, addend) }
    }
    #[inline(always)]
    unsafe fn max(self, other: Self) -> Self {
        unsafe { _mm256_max_ps(self, other) }
    }
    #[inline(always)]
    unsafe fn min(self, other: Self) -> Self {
        unsafe { _mm256_min_ps(self, other) }
    }
    #[inline(always)]
    unsafe fn reciprocal(self) -> Self {
        unsafe { _mm256_div_ps(_mm256_set1_ps(1.0), self) }
    }
    #[inline(always)]
    unsafe fn exp2_whole(self) -> Self {
        unsafe {
            let exponent = _mm256_add_epi32(_mm256_cvtps_epi32(self), _mm256_set1_epi32(127));
            _mm256_castsi256_ps(_mm256_slli_epi32::<23>(exponent))
        }
    }
    #[inline(always)]
    unsafe fn round(self) -> Self {
        unsafe { _mm256_round_ps::<{ _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC }>(self) }
    }
}

#[cfg(target_arch = "x86_64")]
// SAFETY (all blocks): the trait's contract gives AVX-512F, and the elements behind the pointers.
impl Lanes for __m512 {
    const N: usize = 16;
    #[inline(always)]
    unsafe fn splat(value: f32) -> Self {
        unsafe { _mm512_set1_ps(value) }
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        unsafe { _mm512_loadu_ps(from) }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        unsafe { _mm512_storeu_ps(to, self) }
    }
    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        unsafe { _mm512_add_ps(self, other) }
    }
    #[inline(always)]
    unsafe fn sub(self, other: Self) -> Self {
        unsafe { _mm512_sub_ps(self, other) }
    }
    #[inline(always)]
    unsafe fn mul(self, other: Self) -> Self {
        unsafe { _mm512_mul_ps(self, other) }
    }
    #[inline(always)]
    unsafe fn mul_add(self, factor: Self, addend: Self) -> Self {
        unsafe { _mm512_fmadd_ps(self, factor, addend) }
    }
    #[inline(always)]
    unsafe fn max(self, other: Self) -> Self {
        unsafe { _mm512_max_ps(self, other) }
    }
    #[inline(always)]
    unsafe fn min(self, other: Self) -> Self {
        unsafe { _mm512_min_ps(self, other) }
    }
    /// The estimate of 14 bits and one step of Newton: half the time of a division.
    #[inline(always)]
    unsafe fn reciprocal(self) -> Self {
        unsafe {
            let estimate = _mm512_rcp14_ps(self);
            let error = _mm512_fnmadd_ps(self, estimate, _mm512_set1_ps(1.0));
            _mm512_fmadd_ps(estimate, error, estimate)
        }
    }
    #[inline(always)]
    unsafe fn exp2_whole(self) -> Self {
        unsafe { _mm512_scalef_ps(_mm512_set1_ps(1.0), self) }
    }
    #[inline(always)]
    unsafe fn round(self) -> Self {
        unsafe { _mm512_roundscale_ps::<0>(self) }
    }
}
