//! Scanners: from folded text to numbers, money, dates, durations and codes. They know how things are
//! written, never what they mean in a contract.
//!
//! All take the shadow ([`Text::folded`](crate::model::Text::folded)) and answer with byte ranges of it.

pub mod blank;
pub mod capital;
pub mod code;
pub mod date;
mod expression;
pub mod money;
pub mod numeral;
pub mod period;

pub use expression::{Apart, Captures, Match, Regex, within};

/// Compiles a pattern written in this source; every one of them is compiled by a test.
pub(crate) fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a pattern written in the source is valid")
}
