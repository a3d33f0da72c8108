//! What has to be done by when: working days, deadlines, performance nodes (进度节点) and what is due.
//!
//! Pure functions over the record's values and what people noted; the clock is never asked, the day comes from outside.

pub mod agenda;
pub mod calendar;
mod changes;
mod course;
pub mod deadline;
pub mod node;
pub mod number;
pub mod path;
#[cfg(test)]
pub(crate) mod sample;
mod terms;

pub use agenda::{Agenda, Due, Window};
pub use calendar::Calendar;
pub use changes::{Amendment, Changes};
pub use course::{Course, Late, Span};
pub use deadline::{Deadline, DeadlineKind, Deadlines};
pub use node::{Node, When};
pub use number::Numbering;
pub use path::Path;

use sha2::{Digest, Sha256};

/// The first hex digits of the SHA-256 of a text.
fn digest(text: &str, digits: usize) -> String {
    let bytes: Vec<u8> = Sha256::digest(text.as_bytes()).into_iter().take(digits.div_ceil(2)).collect();
    let mut digest = crate::dictionaries::hex(&bytes);
    digest.truncate(digits);
    digest
}
