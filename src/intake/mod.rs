//! Taking in a ledger that the office keeps in Excel (既有台账导入): which column is what, which row is which contract.
//!
//! Reading and matching change nothing. What a ledger may add to the store is what a case lacks: its department, its
//! undertaker, its filing number and day; a value that is there is never overwritten, and a difference is told.

mod mapping;
mod matching;
mod row;
mod text;

pub use mapping::{Column, Mapping, MappingError};
pub use matching::{Candidate, Comparison, Match, Matched, Way};
pub use row::{Fault, LedgerRow, Reading, read};

#[cfg(test)]
mod tests;
