//! The check-up (体检): how many findings of which gravity a contract has, the grade that follows, and what changed.
//!
//! A grade is arithmetic that a clerk can repeat by hand; [`grade`] has the formula.

pub mod grade;

pub use grade::{Assessment, Counts, Grade};
