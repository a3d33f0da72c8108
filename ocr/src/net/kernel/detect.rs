//! What the processor and the system offer.

use crate::net::Runtime;

/// An instruction set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Set {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

/// Proof that this machine has an instruction set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::net) struct Isa(Set);

impl Isa {
    /// The vectors of a runtime; plain code when the machine cannot run it.
    pub(in crate::net) fn of(runtime: Runtime) -> Self {
        Self(match runtime {
            #[cfg(target_arch = "x86_64")]
            Runtime::F32Avx2 if has_avx2() => Set::Avx2,
            #[cfg(target_arch = "x86_64")]
            Runtime::F32Avx512 | Runtime::Bf16Avx512 | Runtime::Bf16Amx if has_avx512() => Set::Avx512,
            _ => Set::Portable,
        })
    }

    pub(super) fn set(self) -> Set {
        self.0
    }
}

/// Whether this machine can run a runtime.
#[cfg(target_arch = "x86_64")]
pub(in crate::net) fn detect(runtime: Runtime) -> bool {
    match runtime {
        Runtime::F32Portable => true,
        Runtime::F32Avx2 => has_avx2(),
        Runtime::F32Avx512 => has_avx512(),
        Runtime::Bf16Avx512 => has_avx512() && is_x86_feature_detected!("avx512bf16"),
        Runtime::Bf16Amx => {
            has_avx512() && is_x86_feature_detected!("avx512bf16") && super::amx::is_granted()
        }
    }
}

/// Whether this machine can run a runtime.
#[cfg(not(target_arch = "x86_64"))]
pub(in crate::net) fn detect(runtime: Runtime) -> bool {
    runtime == Runtime::F32Portable
}

#[cfg(target_arch = "x86_64")]
fn has_avx2() -> bool {
    is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma")
}

/// The part of AVX-512 that every processor since Skylake-X and Zen 4 has.
#[cfg(target_arch = "x86_64")]
fn has_avx512() -> bool {
    has_avx2()
        && is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vl")
}

/// Whether the processor is AMD's.
#[cfg(target_arch = "x86_64")]
pub(in crate::net) fn is_amd() -> bool {
    let leaf = core::arch::x86_64::__cpuid(0);
    [leaf.ebx, leaf.edx, leaf.ecx].map(u32::to_le_bytes).concat() == b"AuthenticAMD"
}

/// Whether the processor is AMD's.
#[cfg(not(target_arch = "x86_64"))]
pub(in crate::net) fn is_amd() -> bool {
    false
}
