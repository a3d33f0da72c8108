//! The arithmetic: the only `unsafe` code of the project.
//!
//! Everything works on matrices of f32 whose rows are pixels and whose columns are channels (NHWC with one picture),
//! the number of columns (`pitch`) a multiple of [`LANES`], so that no kernel has to treat the end of a row apart.
//! Each kernel is written once over [`lanes::Lanes`] and compiled three times; the safe function in front of it
//! checks the lengths of the slices and picks by [`Isa`], which can only be had for a set that was detected.

#![allow(unsafe_code)]
// Pointers, sizes and strides of the inner loops; a struct for each would only hide them.
#![allow(clippy::too_many_arguments)]

mod aligned;
mod amx;
mod attention;
mod bf16;
mod copy;
mod depthwise;
mod detect;
mod gemm;
mod lanes;
mod math;
mod norm;
mod panel;
mod pointwise;
mod spatial;

pub(super) use aligned::Aligned;
pub(super) use attention::attention;
pub(super) use copy::{copy_rows, lay_out, upsample};
pub(super) use depthwise::{Depthwise, depthwise};
pub(super) use detect::{Isa, detect, is_amd};
pub(super) use gemm::{BLOCK, Epilogue, Packed, Scratch, multiply};
pub(super) use norm::{layer_norm, softmax_row, top};
pub(super) use pointwise::{activate, add, column_means, gate};
pub(super) use spatial::{Window, average_pool, max_pool};

/// Columns of a matrix are padded to a multiple of this, the lanes of the widest vector.
pub(super) const LANES: usize = 16;

/// A function of one number that a product ends with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Activation {
    None,
    Relu,
    Gelu,
    HardSigmoid { alpha: f32, beta: f32 },
    HardSwish { alpha: f32, beta: f32 },
    Sigmoid,
    Swish,
    Scaled(f32),
}

/// Compiles a body over `Lanes` for each instruction set, behind one unsafe function that takes an [`Isa`] first.
macro_rules! dispatch {
    ($(#[$meta:meta])* $vis:vis unsafe fn $name:ident = $body:ident($($arg:ident: $type:ty),* $(,)?) $(-> $out:ty)?) => {
        $(#[$meta])*
        $vis unsafe fn $name(isa: $crate::net::kernel::Isa, $($arg: $type),*) $(-> $out)? {
            use $crate::net::kernel::detect::Set;
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")]
            unsafe fn avx512($($arg: $type),*) $(-> $out)? {
                // SAFETY: as for the function itself.
                unsafe { $body::<core::arch::x86_64::__m512>($($arg),*) }
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma")]
            unsafe fn avx2($($arg: $type),*) $(-> $out)? {
                // SAFETY: as for the function itself.
                unsafe { $body::<core::arch::x86_64::__m256>($($arg),*) }
            }
            // SAFETY: an `Isa` exists only for a set that this machine has; the caller vouches for the pointers.
            unsafe {
                match isa.set() {
                    #[cfg(target_arch = "x86_64")]
                    Set::Avx512 => avx512($($arg),*),
                    #[cfg(target_arch = "x86_64")]
                    Set::Avx2 => avx2($($arg),*),
                    Set::Portable => $body::<[f32; 4]>($($arg),*),
                }
            }
        }
    };
}
use dispatch;

#[cfg(test)]
mod tests;
