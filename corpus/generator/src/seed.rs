//! Random numbers that are the same on every machine and in every release.

/// SplitMix64 (Steele, Lea and Flood 2014): small, fast, and good enough to vary contracts.
#[derive(Debug, Clone)]
pub(crate) struct Random {
    state: u64,
}

impl Random {
    /// A stream of its own for the item `index` under `seed`.
    pub(crate) fn new(seed: u64, index: u64) -> Self {
        let mut random = Self { state: seed };
        let start = random.next() ^ index.wrapping_mul(0xd1b5_4a32_d192_ed03);
        Self { state: start }
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`; 0 if there is none.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        match bound {
            0 => 0,
            // The bias of a remainder is far below what anyone could notice here.
            bound => (self.next() % bound as u64) as usize,
        }
    }

    /// One of a few things.
    pub(crate) fn pick<'t, T>(&mut self, things: &'t [T]) -> Option<&'t T> {
        things.get(self.below(things.len()))
    }

    /// A number from 0 up to, but not including, 1.
    #[cfg(feature = "scans")]
    pub(crate) fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }
}
