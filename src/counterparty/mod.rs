//! One counterparty in one look (对方当事人一览): what was signed with it under all its spellings and its unified social
//! credit code, what was paid and what is open, what the rules found, which terms end.
//!
//! Two names are one party where they fold to the same characters, or where a valid code stands beside both. Names that
//! are merely alike (有限公司, 有限责任公司) are shown and never merged: they may be two firms.

mod contract;
mod name;
mod text;
mod totals;

pub use contract::{Deal, Subject};
pub use name::{Known, Names};
pub use totals::Total;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A spelling of the party's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Spelling {
    /// As written.
    pub name: String,
    /// Codes that stand beside it.
    pub usccs: Vec<String>,
    /// In how many contracts it stands.
    pub contracts: usize,
}

/// The look at one party.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Counterparty {
    /// What was asked for.
    pub asked: String,
    /// Its spellings, the most frequent first.
    pub names: Vec<Spelling>,
    /// Valid codes that stand beside them.
    pub usccs: Vec<String>,
    /// What a person should look at: a name with two codes, a code with names that differ.
    pub doubts: Vec<String>,
    /// Names that are alike and were not merged.
    pub similar: Vec<Spelling>,
    /// Contracts, latest signature first.
    pub contracts: Vec<Deal>,
    /// Sums by currency and direction; supplements are not in them.
    pub totals: Vec<Total>,
    /// Terms that end from the day that counts as today on, earliest first: record and day.
    #[schemars(with = "Vec<(String, String)>")]
    pub ends: Vec<(String, Date)>,
}

impl Counterparty {
    /// Puts the look together. `names` knows the spellings of the archive, `deals` are the contracts of this party.
    pub fn new(asked: &str, names: &Names, known: &Known, mut deals: Vec<Deal>, as_of: Date) -> Self {
        deals.sort_by(|a, b| b.sign_date.cmp(&a.sign_date).then_with(|| a.record.cmp(&b.record)));
        let running = deals.iter().filter(|deal| !deal.is_over());
        let mut ends: Vec<(String, Date)> = running
            .filter_map(|deal| Some((deal.record.clone(), deal.term_end.filter(|end| *end >= as_of)?)))
            .collect();
        ends.sort_by(|a, b| a.1.cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
        Self {
            asked: asked.to_owned(),
            names: names.spellings(known),
            usccs: known.usccs.iter().cloned().collect(),
            doubts: names.doubts(known),
            similar: names.similar(known),
            totals: totals::totals(&deals),
            contracts: deals,
            ends,
        }
    }
}

#[cfg(test)]
mod tests;
