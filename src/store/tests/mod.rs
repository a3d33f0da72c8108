//! Cases, decisions, lists and the opening of stores of every kind.

mod decisions;
mod opening;
mod ways;
