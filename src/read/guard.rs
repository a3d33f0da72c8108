//! Bounds on one page, kept from inside the interpreter's callbacks.
//!
//! The interpreter has no way to be asked to stop, so a page that goes too far is left by unwinding
//! with an [`Exceeded`] as payload, which does not pass through the panic hook.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::Instant;

use crate::read::Limits;

/// Which bound a page went over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exceeded {
    /// Wall time.
    Time,
    /// Number of glyphs.
    Glyphs,
}

impl Exceeded {
    /// For people.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Time => "解析超时",
            Self::Glyphs => "字形数量超限",
        }
    }
}

/// Why a guarded computation did not finish.
#[derive(Debug)]
pub enum Stopped {
    /// By a bound of ours.
    Limit(Exceeded),
    /// By a panic in a library.
    Panic,
}

/// Draw calls between two looks at the clock.
const CLOCK_INTERVAL: u32 = 64;

/// Watches one page.
#[derive(Debug)]
pub struct Guard {
    deadline: Option<Instant>,
    glyphs_left: usize,
    calls: u32,
}

impl Guard {
    /// Starts the page's clock.
    pub fn new(limits: &Limits) -> Self {
        Self {
            deadline: Instant::now().checked_add(limits.page_time),
            glyphs_left: limits.glyphs_per_page,
            calls: 0,
        }
    }

    /// Counts a draw call; unwinds past the deadline.
    pub fn tick(&mut self) {
        self.calls = self.calls.wrapping_add(1);
        if self.calls.is_multiple_of(CLOCK_INTERVAL) && self.deadline.is_some_and(|end| Instant::now() > end)
        {
            leave(Exceeded::Time);
        }
    }

    /// Counts glyphs; unwinds past the cap.
    pub fn glyphs(&mut self, count: usize) {
        match self.glyphs_left.checked_sub(count) {
            Some(left) => self.glyphs_left = left,
            None => leave(Exceeded::Glyphs),
        }
    }
}

fn leave(exceeded: Exceeded) -> ! {
    resume_unwind(Box::new(exceeded))
}

/// Runs `work`, turning panics and exceeded bounds into values.
///
/// What `work` borrowed mutably may be half done afterwards; callers throw it away.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Stopped> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| stopped(payload.as_ref()))
}

fn stopped(payload: &(dyn Any + Send)) -> Stopped {
    payload.downcast_ref::<Exceeded>().map_or(Stopped::Panic, |&exceeded| Stopped::Limit(exceeded))
}
