//! Bounds on one page.

use std::time::Instant;

use crate::read::Limits;

/// Which bound a page went over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Exceeded {
    /// Wall time.
    #[error("解析超时")]
    Time,
    /// Number of glyphs.
    #[error("字形数量超限")]
    Glyphs,
}

/// Objects between two looks at the clock.
const CLOCK_INTERVAL: u32 = 64;

/// Watches one page.
#[derive(Debug)]
pub(super) struct Guard {
    deadline: Option<Instant>,
    glyphs_left: usize,
    objects: u32,
}

impl Guard {
    /// Starts the page's clock.
    pub fn new(limits: &Limits) -> Self {
        Self {
            deadline: Instant::now().checked_add(limits.page_time),
            glyphs_left: limits.glyphs_per_page,
            objects: 0,
        }
    }

    /// Counts an object.
    ///
    /// # Errors
    ///
    /// The deadline is past.
    pub fn tick(&mut self) -> Result<(), Exceeded> {
        self.objects = self.objects.wrapping_add(1);
        let look = self.objects.is_multiple_of(CLOCK_INTERVAL);
        if look && self.deadline.is_some_and(|end| Instant::now() > end) {
            Err(Exceeded::Time)
        } else {
            Ok(())
        }
    }

    /// Counts glyphs.
    ///
    /// # Errors
    ///
    /// There are too many.
    pub fn glyphs(&mut self, count: usize) -> Result<(), Exceeded> {
        self.glyphs_left = self.glyphs_left.checked_sub(count).ok_or(Exceeded::Glyphs)?;
        Ok(())
    }
}
