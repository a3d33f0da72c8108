//! What an answer takes.

use std::time::Instant;

use rustix::time::{ClockId, clock_gettime};

/// Milliseconds, or the moment from which they are counted.
#[derive(Debug, Clone, Copy)]
pub struct Time {
    pub cpu: f64,
    pub wall: f64,
}

thread_local! {
    static BEGUN: Instant = Instant::now();
}

impl Time {
    /// This moment.
    pub fn now() -> Self {
        Self { cpu: cpu() * 1e3, wall: BEGUN.with(|begun| begun.elapsed().as_secs_f64() * 1e3) }
    }

    /// What has passed since.
    pub fn passed(self) -> Self {
        let now = Self::now();
        Self { cpu: now.cpu - self.cpu, wall: now.wall - self.wall }
    }
}

/// Seconds of CPU of this process.
pub fn cpu() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
