//! Which arithmetic this machine can do, and which of it a model is run by.

use std::fmt;
use std::sync::OnceLock;

use super::kernel::{self, Isa};

/// A way to do the arithmetic of a model. Results are the same on every machine for one runtime and one build;
/// between runtimes they differ by rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Runtime {
    /// Plain code, on every machine.
    F32Portable,
    /// AVX2 and FMA: nearly every PC since 2013 (Intel) and 2015 (AMD).
    F32Avx2,
    /// AVX-512F.
    F32Avx512,
    /// Products of bf16 (8 bits of mantissa) summed in f32 by `vdpbf16ps` of AVX512_BF16.
    Bf16Avx512,
    /// Products of bf16 summed in f32 in the tiles of AMX (Linux only: the kernel has to grant the tiles).
    Bf16Amx,
}

impl Runtime {
    /// Every runtime, the least demanding first.
    pub const ALL: [Self; 5] =
        [Self::F32Portable, Self::F32Avx2, Self::F32Avx512, Self::Bf16Avx512, Self::Bf16Amx];

    /// The name that reports and options use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::F32Portable => "f32-portable",
            Self::F32Avx2 => "f32-avx2",
            Self::F32Avx512 => "f32-avx512",
            Self::Bf16Avx512 => "bf16-avx512",
            Self::Bf16Amx => "bf16-amx",
        }
    }

    /// The runtime of a name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|runtime| runtime.name() == name)
    }

    /// The features of the processor without which it cannot run, for a report on what a machine lacks.
    #[must_use]
    pub fn needs(self) -> &'static str {
        match self {
            Self::F32Portable => "",
            Self::F32Avx2 => "AVX2, FMA",
            Self::F32Avx512 => "AVX-512F",
            Self::Bf16Avx512 => "AVX-512F/BW/VL, AVX512_BF16",
            Self::Bf16Amx => "AVX-512F/BW/VL, AVX512_BF16, AMX-TILE, AMX-BF16",
        }
    }

    /// Whether this machine can run it.
    #[must_use]
    pub fn is_available(self) -> bool {
        Self::available().contains(&self)
    }

    /// What this machine can run, the least demanding first.
    #[must_use]
    pub fn available() -> &'static [Self] {
        static AVAILABLE: OnceLock<Vec<Runtime>> = OnceLock::new();
        AVAILABLE.get_or_init(|| Self::ALL.into_iter().filter(|runtime| kernel::detect(*runtime)).collect())
    }

    /// The fastest on this machine.
    ///
    /// bf16 by AVX-512 doubles the rate of f32 on AMD Zen 4 and later but halves it on Intel, whose processors have
    /// one slow unit for it (measured); so it is chosen on AMD alone.
    #[must_use]
    pub fn best() -> Self {
        let chosen = |runtime: &&Self| **runtime != Self::Bf16Avx512 || kernel::is_amd();
        Self::available().iter().rev().find(chosen).copied().unwrap_or(Self::F32Portable)
    }

    /// The best that computes in f32 throughout, as the models were published.
    #[must_use]
    pub fn best_f32() -> Self {
        let exact = |runtime: &&Self| **runtime <= Self::F32Avx512;
        Self::available().iter().rev().find(exact).copied().unwrap_or(Self::F32Portable)
    }

    /// The vectors that everything outside the products is computed in.
    pub(super) fn isa(self) -> Isa {
        Isa::of(self)
    }

    /// Whether products are of bf16.
    pub(super) fn is_bf16(self) -> bool {
        matches!(self, Self::Bf16Avx512 | Self::Bf16Amx)
    }
}

impl fmt::Display for Runtime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
