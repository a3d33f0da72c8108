//! The ledger (台账) and the half-year and annual reports of 《办法》第六十条: one line for each contract, and totals that
//! never add what cannot be added.
//!
//! Cases are handed in one after the other, so that a hundred thousand need no more memory than one.

mod csv;
mod json;
pub mod report;
mod row;
#[cfg(test)]
mod sample;
mod sheet;
mod tally;

pub use csv::CsvLedger;
pub use json::{JsonLedger, SCHEMA};
pub use row::Row;
pub use sheet::to_workbook;
pub use tally::{Flow, LeftOut, Tally};

#[cfg(test)]
mod tests;
