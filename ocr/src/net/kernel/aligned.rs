//! Numbers that begin at a cache line.
//!
//! A load of 64 bytes that straddles two lines takes twice the time, and rows of a matrix are whole lines long, so
//! the first one decides.

use core::marker::PhantomData;

/// A number of which sixteen (f32) or thirty-two (bf16) fill a line and for which zero bytes are zero.
///
/// # Safety
///
/// Every pattern of bits is a value, and the size divides 64.
pub(in crate::net) unsafe trait Number: Copy {}
// SAFETY: four bytes, any bits.
unsafe impl Number for f32 {}
// SAFETY: two bytes, any bits.
unsafe impl Number for u16 {}

#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Line([u8; 64]);

/// Numbers, the first of them at a multiple of 64 bytes.
pub(in crate::net) struct Aligned<T> {
    lines: Vec<Line>,
    kind: PhantomData<T>,
}

impl<T> Default for Aligned<T> {
    fn default() -> Self {
        Self { lines: Vec::new(), kind: PhantomData }
    }
}

impl<T: Number> Aligned<T> {
    const PER_LINE: usize = 64 / size_of::<T>();

    /// At least `count` zeros.
    pub(in crate::net) fn zeros(count: usize) -> Self {
        let mut numbers = Self::default();
        numbers.grow(count);
        numbers
    }

    /// Makes room for `count` numbers; what was there stays.
    pub(in crate::net) fn grow(&mut self, count: usize) {
        let lines = count.div_ceil(Self::PER_LINE);
        if lines > self.lines.len() {
            self.lines.reserve_exact(lines - self.lines.len());
            self.lines.resize(lines, Line([0; 64]));
        }
    }

    /// Bytes held.
    pub(in crate::net) fn bytes(&self) -> usize {
        self.lines.capacity() * 64
    }
}

impl<T: Number> core::ops::Deref for Aligned<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        // SAFETY: the lines are initialised, aligned for `T` and of a size that it divides; any bits are a `T`.
        unsafe { core::slice::from_raw_parts(self.lines.as_ptr().cast(), self.lines.len() * Self::PER_LINE) }
    }
}

impl<T: Number> core::ops::DerefMut for Aligned<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: as for `deref`; the borrow is exclusive.
        unsafe {
            core::slice::from_raw_parts_mut(self.lines.as_mut_ptr().cast(), self.lines.len() * Self::PER_LINE)
        }
    }
}
