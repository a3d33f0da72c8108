//! What a reader is told when it is made.

use std::time::{Duration, Instant};

use crate::ReadingError;
use crate::net::Runtime;

/// How pictures are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// What runs the models: the fastest one of this machine, unless another is wanted.
    pub runtime: Runtime,
    /// The strong models for everything? Costs about five times the work for the last few characters.
    pub strong: bool,
    /// How long one picture may take; without end if absent.
    pub deadline: Option<Duration>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { runtime: Runtime::best(), strong: false, deadline: None }
    }
}

/// Says which parts of a line matter so much that the stronger model has to read them: amounts, codes, dates, names.
/// This crate does not know contracts.
pub trait Judge {
    /// Ranges of characters of `text` (not of bytes). What lies outside of the text is ignored.
    fn matters(&self, text: &str) -> Vec<std::ops::Range<usize>>;
}

/// A judge to whom nothing matters more than the rest.
impl Judge for () {
    fn matters(&self, _: &str) -> Vec<std::ops::Range<usize>> {
        Vec::new()
    }
}

/// The end of the time for one picture.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock(Option<Instant>);

impl Clock {
    /// Starts to run.
    pub(crate) fn start(time: Option<Duration>) -> Self {
        Self(time.and_then(|time| Instant::now().checked_add(time)))
    }

    /// Is the time over?
    ///
    /// # Errors
    ///
    /// [`ReadingError::OutOfTime`] if it is.
    pub(crate) fn check(self) -> Result<(), ReadingError> {
        match self.0 {
            Some(end) if Instant::now() >= end => Err(ReadingError::OutOfTime),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_without_end_never_runs_out() {
        assert!(Clock::start(None).check().is_ok());
        assert!(Clock::start(Some(Duration::MAX)).check().is_ok());
        assert!(matches!(Clock::start(Some(Duration::ZERO)).check(), Err(ReadingError::OutOfTime)));
    }
}
