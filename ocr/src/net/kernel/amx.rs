//! Products of bf16 in the tiles of AMX.
//!
//! A tile holds 16 rows of 64 bytes. `tdpbf16ps` adds to a tile of 16x16 f32 the product of 16 rows of 32 bf16 and
//! 32 rows of 16 bf16, the latter stored as 16 rows of pairs, in 16 cycles: 1024 operations a cycle, against 64 of
//! two AVX-512 units in f32. Four sums, two tiles of rows and two of columns fill the eight tiles there are.
//! Source: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2; Linux, Documentation/arch/x86/xstate.rst.

/// Rows that one pass makes.
pub(super) const ROWS: usize = 32;

#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
mod tiles {
    use core::arch::asm;
    use core::arch::x86_64::{__cpuid, __cpuid_count, _xgetbv};
    use std::sync::OnceLock;

    /// `ldtilecfg`: palette 1, eight tiles of 16 rows of 64 bytes.
    #[repr(C, align(64))]
    struct Config([u8; 64]);

    const CONFIG: Config = {
        let mut bytes = [0; 64];
        bytes[0] = 1;
        let mut tile = 0;
        while tile < 8 {
            bytes[16 + 2 * tile] = 64;
            bytes[48 + tile] = 16;
            tile += 1;
        }
        Config(bytes)
    };

    /// Whether the processor has AMX for bf16 and the kernel lets this process use the tiles.
    pub(in crate::net::kernel) fn is_granted() -> bool {
        static GRANTED: OnceLock<bool> = OnceLock::new();
        *GRANTED.get_or_init(|| has_tiles() && ask())
    }

    fn has_tiles() -> bool {
        const BF16_AND_TILE: u32 = 1 << 22 | 1 << 24;
        const XSAVE: u32 = 1 << 27;
        const TILE_STATE: u64 = 0b11 << 17;
        #[target_feature(enable = "xsave")]
        fn enabled() -> u64 {
            // SAFETY: register 0 exists wherever `xgetbv` does.
            unsafe { _xgetbv(0) }
        }
        __cpuid(0).eax >= 7
            && __cpuid_count(7, 0).edx & BF16_AND_TILE == BF16_AND_TILE
            && __cpuid(1).ecx & XSAVE != 0
            // SAFETY: the bit just read says that the system has switched `xgetbv` on.
            && unsafe { enabled() } & TILE_STATE == TILE_STATE
    }

    /// Asks for the tiles, which are off for a process until it does: `arch_prctl(ARCH_REQ_XCOMP_PERM, XTILEDATA)`.
    fn ask() -> bool {
        const ARCH_PRCTL: i64 = 158;
        let mut result = ARCH_PRCTL;
        // SAFETY: the call takes two numbers and touches no memory of this process.
        unsafe {
            asm!("syscall", inlateout("rax") result, in("rdi") 0x1023u64, in("rsi") 18u64,
                 lateout("rcx") _, lateout("r11") _, options(nostack));
        }
        result == 0
    }

    /// The tiles, set up; released when dropped, so that a thread at rest has no large state to save.
    pub(in crate::net::kernel) struct Tiles(());

    impl Tiles {
        /// Sets the tiles up for this thread; `None` where there are none.
        pub(in crate::net::kernel) fn new() -> Option<Self> {
            if !is_granted() {
                return None;
            }
            // SAFETY: AMX is there and granted; the configuration is 64 aligned bytes of palette 1.
            unsafe { asm!("ldtilecfg [{}]", in(reg) &CONFIG, options(nostack)) };
            Some(Self(()))
        }

        /// `c = a b` for 32 rows and 16 or 32 columns.
        ///
        /// # Safety
        ///
        /// `a` has 32 rows of `depth` times 32 bf16, `stride` bytes apart; `b` has `columns / 16` blocks of `depth`
        /// tiles; `c` has 32 rows of `columns` f32.
        #[inline]
        pub(in crate::net::kernel) unsafe fn multiply(
            &self,
            depth: usize,
            a: *const u16,
            stride: usize,
            b: *const u16,
            columns: usize,
            c: *mut f32,
        ) {
            // SAFETY: the caller vouches for the memory; `self` proves the configuration.
            unsafe {
                if columns == 32 { wide(depth, a, stride, b, c) } else { narrow(depth, a, stride, b, c) }
            }
        }
    }

    impl Drop for Tiles {
        fn drop(&mut self) {
            // SAFETY: AMX is there, as `self` proves.
            unsafe { asm!("tilerelease", options(nostack, nomem)) };
        }
    }

    #[inline]
    unsafe fn wide(depth: usize, a: *const u16, stride: usize, b: *const u16, c: *mut f32) {
        // SAFETY: see `Tiles::multiply`.
        unsafe {
            asm!(
                "tilezero tmm0", "tilezero tmm1", "tilezero tmm2", "tilezero tmm3",
                "2:",
                "tileloadd tmm6, [{b0} + {line}*1]",
                "tileloadd tmm4, [{a0} + {stride}*1]",
                "tileloadd tmm7, [{b1} + {line}*1]",
                "tileloadd tmm5, [{a1} + {stride}*1]",
                "tdpbf16ps tmm0, tmm4, tmm6",
                "tdpbf16ps tmm1, tmm4, tmm7",
                "tdpbf16ps tmm2, tmm5, tmm6",
                "tdpbf16ps tmm3, tmm5, tmm7",
                "add {a0}, 64", "add {a1}, 64", "add {b0}, 1024", "add {b1}, 1024",
                "dec {depth}", "jnz 2b",
                "tilestored [{c} + {row}*1], tmm0",
                "tilestored [{c} + {row}*1 + 64], tmm1",
                "tilestored [{c} + {row}*1 + 2048], tmm2",
                "tilestored [{c} + {row}*1 + 2112], tmm3",
                depth = inout(reg) depth => _,
                a0 = inout(reg) a => _, a1 = inout(reg) a.byte_add(16 * stride) => _,
                b0 = inout(reg) b => _, b1 = inout(reg) b.byte_add(depth * 1024) => _,
                stride = in(reg) stride, line = in(reg) 64usize, row = in(reg) 128usize, c = in(reg) c,
                options(nostack),
            );
        }
    }

    #[inline]
    unsafe fn narrow(depth: usize, a: *const u16, stride: usize, b: *const u16, c: *mut f32) {
        // SAFETY: see `Tiles::multiply`.
        unsafe {
            asm!(
                "tilezero tmm0", "tilezero tmm2",
                "2:",
                "tileloadd tmm6, [{b0} + {line}*1]",
                "tileloadd tmm4, [{a0} + {stride}*1]",
                "tileloadd tmm5, [{a1} + {stride}*1]",
                "tdpbf16ps tmm0, tmm4, tmm6",
                "tdpbf16ps tmm2, tmm5, tmm6",
                "add {a0}, 64", "add {a1}, 64", "add {b0}, 1024",
                "dec {depth}", "jnz 2b",
                "tilestored [{c} + {line}*1], tmm0",
                "tilestored [{c} + {line}*1 + 1024], tmm2",
                depth = inout(reg) depth => _,
                a0 = inout(reg) a => _, a1 = inout(reg) a.byte_add(16 * stride) => _,
                b0 = inout(reg) b => _,
                stride = in(reg) stride, line = in(reg) 64usize, c = in(reg) c,
                options(nostack),
            );
        }
    }
}

#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
pub(super) use tiles::{Tiles, is_granted};

/// Elsewhere the tiles are out of reach.
#[cfg(not(all(target_arch = "x86_64", target_os = "linux")))]
pub(super) fn is_granted() -> bool {
    false
}
