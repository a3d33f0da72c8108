//! Functions of one number, on vectors.

use super::Activation;
use super::lanes::Lanes;

/// `a polynomial`, the coefficient of the highest power last (Horner).
#[inline(always)]
unsafe fn polynomial<V: Lanes, const N: usize>(x: V, coefficients: [f32; N]) -> V {
    // SAFETY: the caller's instruction set.
    unsafe {
        let mut sum = V::splat(coefficients[N - 1]);
        for power in (0..N - 1).rev() {
            sum = sum.mul_add(x, V::splat(coefficients[power]));
        }
        sum
    }
}

/// `e^x` to about 2 units in the last place; 0 below -87, and no more than 2^127 above.
///
/// `e^x = 2^n e^r` with `n` whole and `|r| <= ln 2 / 2`, `e^r` by its Taylor polynomial of degree 6.
#[inline(always)]
pub(super) unsafe fn exp<V: Lanes>(x: V) -> V {
    // SAFETY: the caller's instruction set.
    unsafe {
        let x = V::splat(-87.0).max(V::splat(88.0).min(x));
        let n = x.mul(V::splat(core::f32::consts::LOG2_E)).round();
        // ln 2 in two parts, the first short enough that n times it is exact.
        let r = n.mul_add(V::splat(-0.693_359_4), x);
        let r = n.mul_add(V::splat(2.121_944_4e-4), r);
        let e = polynomial(r, [1.0, 1.0, 0.5, 1.0 / 6.0, 1.0 / 24.0, 1.0 / 120.0, 1.0 / 720.0]);
        e.mul(n.exp2_whole())
    }
}

/// `1 / (1 + e^-x)`.
#[inline(always)]
pub(super) unsafe fn sigmoid<V: Lanes>(x: V) -> V {
    // SAFETY: the caller's instruction set.
    unsafe { V::splat(1.0).add(exp(V::splat(0.0).sub(x))).reciprocal() }
}

/// `x / 2 (1 + erf(x / sqrt 2))`, the Gaussian error linear unit, to 3e-6.
///
/// `erf(x / sqrt 2) = x P(x^2) / Q(x^2)` for `|x| <= 5.2`, beyond which it is ±1. The coefficients are an own
/// minimax fit (weighted least squares, Lawson's iteration); the largest error is 5e-6 of `erf`.
#[inline(always)]
unsafe fn gelu<V: Lanes>(x: V) -> V {
    const P: [f32; 5] = [0.797_937_1, 0.056_099_046, 0.008_511_075, 1.019_268_7e-4, -2.282_830_3e-7];
    const Q: [f32; 4] = [1.0, 0.237_175_1, 0.024_992_809, 0.001_444_258_3];
    // SAFETY: the caller's instruction set.
    unsafe {
        let clamped = V::splat(-5.2).max(V::splat(5.2).min(x));
        let square = clamped.mul(clamped);
        let erf = clamped.mul(polynomial(square, P)).mul(polynomial(square, Q).reciprocal());
        let half = x.mul(V::splat(0.5));
        half.mul_add(erf, half)
    }
}

/// `max(0, min(1, alpha x + beta))`.
#[inline(always)]
unsafe fn hard_sigmoid<V: Lanes>(x: V, alpha: f32, beta: f32) -> V {
    // SAFETY: the caller's instruction set.
    unsafe { V::splat(0.0).max(V::splat(1.0).min(x.mul_add(V::splat(alpha), V::splat(beta)))) }
}

/// The activation on one vector. `activation` is known before the loop around it, so the branch costs nothing.
#[inline(always)]
pub(super) unsafe fn activate<V: Lanes>(activation: Activation, x: V) -> V {
    // SAFETY: the caller's instruction set.
    unsafe {
        match activation {
            Activation::None => x,
            Activation::Relu => x.max(V::splat(0.0)),
            Activation::Gelu => gelu(x),
            Activation::HardSigmoid { alpha, beta } => hard_sigmoid(x, alpha, beta),
            Activation::HardSwish { alpha, beta } => x.mul(hard_sigmoid(x, alpha, beta)),
            Activation::Sigmoid => sigmoid(x),
            Activation::Swish => x.mul(sigmoid(x)),
            Activation::Scaled(factor) => x.mul(V::splat(factor)),
        }
    }
}

/// Runs a block with the activation known to the compiler, so that the choice is made before the loops, not in them.
macro_rules! known {
    ($activation:expr, |$known:ident| $body:block) => {
        match $activation {
            $crate::net::kernel::Activation::None => {
                let $known = $crate::net::kernel::Activation::None;
                $body
            }
            $crate::net::kernel::Activation::Relu => {
                let $known = $crate::net::kernel::Activation::Relu;
                $body
            }
            $crate::net::kernel::Activation::Gelu => {
                let $known = $crate::net::kernel::Activation::Gelu;
                $body
            }
            $crate::net::kernel::Activation::HardSigmoid { alpha, beta } => {
                let $known = $crate::net::kernel::Activation::HardSigmoid { alpha, beta };
                $body
            }
            $crate::net::kernel::Activation::HardSwish { alpha, beta } => {
                let $known = $crate::net::kernel::Activation::HardSwish { alpha, beta };
                $body
            }
            $crate::net::kernel::Activation::Sigmoid => {
                let $known = $crate::net::kernel::Activation::Sigmoid;
                $body
            }
            $crate::net::kernel::Activation::Swish => {
                let $known = $crate::net::kernel::Activation::Swish;
                $body
            }
            $crate::net::kernel::Activation::Scaled(factor) => {
                let $known = $crate::net::kernel::Activation::Scaled(factor);
                $body
            }
        }
    };
}
pub(super) use known;
