//! What has to be done by when: working days, deadlines, performance nodes (进度节点) and what is due.
//!
//! Pure functions over the record's values and what people noted; the clock is never asked, the day comes from outside.

pub mod calendar;
pub mod deadline;
mod terms;

pub use calendar::Calendar;
pub use deadline::{Deadline, DeadlineKind, Deadlines};
