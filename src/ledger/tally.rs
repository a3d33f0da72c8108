//! Counting and adding up: sums by direction and currency, and what was left out of them and why.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::Row;
use crate::model::fields::{Direction, MoneyKind};
use crate::model::record::Kind;

/// Which way the money goes, seen from the government's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Flow {
    /// 支出.
    Pays,
    /// 收入.
    Receives,
    /// Both ways, or the text does not tell (有收有支或方向未明).
    Unclear,
}

impl Flow {
    /// As a person reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Pays => "支出",
            Self::Receives => "收入",
            Self::Unclear => "方向未明",
        }
    }
}

/// Why a contract's figure is not in the sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LeftOut {
    /// Not read, contradictory, or blank.
    Unknown,
    /// To be reckoned later (据实结算).
    Open,
    /// A price for each thing or period (单价、按期).
    Rate,
    /// No more than this (上限、暂定价).
    Ceiling,
    /// A supplement, change or termination: its figure may be a difference, or the main contract's once more.
    Supplement,
    /// No money passes.
    Free,
}

impl LeftOut {
    /// As a person reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Unknown => "金额未读到或有矛盾",
            Self::Open => "据实结算，无总价",
            Self::Rate => "只有单价或按期价",
            Self::Ceiling => "上限价或暂定价",
            Self::Supplement => "补充、变更、解除协议（金额可能与主合同重叠）",
            Self::Free => "不涉及价款",
        }
    }
}

/// A number of contracts with what their prices add up to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Tally {
    /// Contracts.
    pub count: u64,
    /// Settled prices by direction and currency; never mixed.
    pub sums: Vec<Sum>,
    /// Contracts whose figure is not in the sums, by reason.
    pub left_out: BTreeMap<LeftOut, u64>,
}

/// What settled prices of one direction and currency add up to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Sum {
    /// Direction.
    pub flow: Flow,
    /// ISO 4217 code.
    pub currency: String,
    /// In units of the currency.
    pub sum: Decimal,
    /// Contracts in it.
    pub contracts: u64,
}

impl Tally {
    /// Counts a contract, and adds its price if that is one that can be added.
    pub fn add(&mut self, row: &Row) {
        self.count += 1;
        match settled(row).and_then(|(flow, currency, amount)| self.add_sum(flow, currency, amount)) {
            Ok(()) => {}
            Err(reason) => *self.left_out.entry(reason).or_default() += 1,
        }
    }

    fn add_sum(&mut self, flow: Flow, currency: &str, amount: Decimal) -> Result<(), LeftOut> {
        let here = |sum: &Sum| (sum.flow, sum.currency.as_str()).cmp(&(flow, currency));
        let at = match self.sums.binary_search_by(here) {
            Ok(at) => at,
            Err(at) => {
                let empty = Sum { flow, currency: currency.to_owned(), sum: Decimal::ZERO, contracts: 0 };
                self.sums.insert(at, empty);
                at
            }
        };
        let Some(sum) = self.sums.get_mut(at) else { return Err(LeftOut::Unknown) };
        sum.sum = sum.sum.checked_add(amount).ok_or(LeftOut::Unknown)?;
        sum.contracts += 1;
        Ok(())
    }

    /// The sum in yuan of one direction; `None` where there is none.
    pub fn yuan(&self, flow: Flow) -> Option<Decimal> {
        self.sums.iter().find(|sum| sum.flow == flow && sum.currency == "CNY").map(|sum| sum.sum)
    }

    /// Sums in other currencies: `支出 1000 USD`; empty where there are none.
    pub fn foreign(&self) -> String {
        let others = self.sums.iter().filter(|sum| sum.currency != "CNY");
        let told = others.map(|sum| format!("{}{} {}", sum.flow.label(), sum.sum.normalize(), sum.currency));
        told.collect::<Vec<_>>().join("；")
    }

    /// Contracts whose figure is in no sum.
    pub fn unsummed(&self) -> u64 {
        self.left_out.values().sum()
    }

    /// Why figures are in no sum: `单价3份；据实结算1份`; empty where all are.
    pub fn reasons(&self) -> String {
        let told = self.left_out.iter().map(|(reason, count)| format!("{}{count}份", reason.label()));
        told.collect::<Vec<_>>().join("；")
    }
}

/// The price that can be added to others of its direction and currency.
fn settled(row: &Row) -> Result<(Flow, &str, Decimal), LeftOut> {
    if row.kind != Kind::Contract {
        return Err(LeftOut::Supplement);
    }
    if row.direction == Some(Direction::None) {
        return Err(LeftOut::Free);
    }
    match row.price {
        None => return Err(LeftOut::Unknown),
        Some(MoneyKind::Open) => return Err(LeftOut::Open),
        Some(MoneyKind::Unit | MoneyKind::Periodic) => return Err(LeftOut::Rate),
        Some(MoneyKind::Ceiling) => return Err(LeftOut::Ceiling),
        Some(MoneyKind::Total) => {}
    }
    let flow = match row.direction {
        Some(Direction::Pays) => Flow::Pays,
        Some(Direction::Receives) => Flow::Receives,
        _ => Flow::Unclear,
    };
    match (row.currency.as_deref(), row.amount) {
        (Some(currency), Some(amount)) => Ok((flow, currency, amount)),
        _ => Err(LeftOut::Unknown),
    }
}
