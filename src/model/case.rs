//! The case (案卷): what outlives the bytes of a contract.
//!
//! A record belongs to the bytes of a file and is made anew whenever reading gets better. A case holds what
//! people add to it and answer for: the state of filing, who is in charge, and their word on single fields. One
//! case is one contract; a rescan or a new version is another record of the same case.

mod decision;
mod effective;
mod field;
mod kind;
mod link;
mod overlay;
mod particulars;
mod path;
mod place;
mod state;
mod types;

pub use decision::{Decision, DecisionKind, Ruling, Seen, Word};
pub use effective::{Effective, FieldState, Standing};
pub use field::FieldError;
pub use kind::FieldKind;
pub use link::{Link, LinkKind};
pub use particulars::{FindingCounts, Particulars, PartyParticulars};
pub use path::FieldPath;
pub use state::FilingState;
pub use types::ContractTypes;

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Number of a case in its store; never given twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CaseId(pub i64);

impl fmt::Display for CaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Who does something, and when. Made where the program meets the person; nothing below asks the clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Name as the office knows it.
    pub name: String,
    /// Now.
    pub at: Timestamp,
}

/// A case without its record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its number in the store.
    pub id: CaseId,
    /// The record that stands for the contract now.
    pub record: String,
    /// Where it is on its way (备案状态).
    pub state: FilingState,
    /// Did a person set the state? Else it follows from what was read (signed or not).
    pub state_set: bool,
    /// Department in charge (承办部门).
    pub department: Option<String>,
    /// Person in charge (承办人).
    pub undertaker: Option<String>,
    /// Number given by the filing system (备案编号); not the contract's own.
    pub filing_number: Option<String>,
    /// Day of registration in the filing system (备案登记日).
    pub registered: Option<Date>,
    /// Day on which the paper original was handed in (纸质原件送交日, 第四十九条第三款).
    pub paper_received: Option<Date>,
    /// Grows with every change by a person.
    pub revision: i64,
    /// Grows with every change of what is said about the contract, by a person or by a new reading. Tables that
    /// are derived from a case keep the figure that they were made at.
    pub content: i64,
}
