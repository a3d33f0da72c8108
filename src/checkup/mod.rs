//! The check-up (体检): how many findings of which gravity a contract has, the grade that follows, and what changed.
//!
//! A grade is arithmetic that a clerk can repeat by hand; [`grade`] has the formula.

pub mod compare;
pub mod filing;
pub mod grade;
pub mod result;

pub use compare::{ChangeKind, Difference, compare};
pub use filing::Filing;
pub use grade::{Assessment, Counts, Grade};
