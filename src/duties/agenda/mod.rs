//! What is due (到期事项): the deadlines of all contracts that are overdue or come up within some days.

mod contract;
mod ics;
mod sheet;
mod text;

pub use contract::Contract;

use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::deadline::{Deadline, DeadlineKind, Deadlines};

/// Days to look at: everything before `as_of` that is not done, and what comes up to `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The day that counts as today.
    pub as_of: Date,
    /// The last day to look at.
    pub until: Date,
}

impl Window {
    /// From a day on, so many days ahead.
    pub fn new(as_of: Date, days: u16) -> Self {
        Self { as_of, until: as_of.saturating_add(i64::from(days).days()) }
    }
}

/// One thing that is due.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Due {
    /// Number of the case.
    pub case: i64,
    /// The record that stands for the contract.
    pub record: String,
    /// Title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Number given by the filing system, else the contract's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The other side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counterparty: Option<String>,
    /// Department in charge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// Person in charge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undertaker: Option<String>,
    /// What is to be done: 备案登记, or the node: `尾款 5%（44430元）：…`.
    pub what: String,
    /// Key of the node, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub node: Option<String>,
    /// How much, in yuan unless the node says else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Decimal>,
    /// By when, and why.
    #[serde(flatten)]
    pub deadline: Deadline,
    /// Days from `as_of`; negative when overdue.
    pub days_left: i32,
}

/// A contract whose deadline cannot be told, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Untold {
    /// Number of the case.
    pub case: i64,
    /// The record that stands for the contract.
    pub record: String,
    /// Title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Which deadline.
    pub kind: DeadlineKind,
    /// Why.
    pub why: String,
}

/// Everything that is due.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Agenda {
    /// The day that counts as today.
    #[schemars(with = "String")]
    pub as_of: Date,
    /// The last day that was looked at.
    #[schemars(with = "String")]
    pub until: Date,
    /// Contracts that were looked at: those that have not ended.
    pub contracts: usize,
    /// What is due, earliest first.
    pub items: Vec<Due>,
    /// The department's own reports that come up (第六十条).
    pub reports: Vec<Deadline>,
    /// What cannot be told.
    pub untold: Vec<Untold>,
}

impl Agenda {
    /// Puts together what the contracts gave, in whatever order they came.
    pub fn new(
        deadlines: &Deadlines,
        window: Window,
        contracts: usize,
        mut items: Vec<Due>,
        mut untold: Vec<Untold>,
    ) -> Self {
        items.sort_by(|a, b| {
            let key = |due: &Due| (due.deadline.date, due.case, due.deadline.kind);
            key(a).cmp(&key(b)).then_with(|| a.node.cmp(&b.node))
        });
        untold.sort_by_key(|untold| (untold.case, untold.kind));
        let reports = deadlines.reports(window.as_of);
        Self {
            as_of: window.as_of,
            until: window.until,
            contracts,
            items,
            reports: reports.into_iter().filter(|report| report.date <= window.until).collect(),
            untold,
        }
    }

    /// How many of the items are overdue.
    pub fn overdue(&self) -> usize {
        self.items.iter().filter(|due| due.days_left < 0).count()
    }
}

#[cfg(test)]
mod tests;
