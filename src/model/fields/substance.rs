//! What a contract is about: its type, who pays, its subject, quantities and quality.

use std::fmt;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Value;

/// Type of a contract (合同类型), by name and substance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ContractType {
    /// Code of the type in `contract_types.toml`: `sale`, `lease`, `works` … The evidence are the cues that
    /// decided, the title first.
    #[serde(flatten)]
    pub code: Value<String>,
    /// Its Chinese name (买卖合同).
    pub label: String,
    /// Codes of the cases of 《办法》第五条第二款 that it falls under, in the order of the article; empty where no party is
    /// known to be the government's, or the article does not apply.
    pub article5: Vec<String>,
}

/// Does the government side pay or receive (收支方向)?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// It pays (支出).
    Pays,
    /// It receives (收入).
    Receives,
    /// It does both.
    Both,
    /// No money passes (不涉及价款、无偿).
    None,
}

/// As a clerk writes it.
impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pays => "支出",
            Self::Receives => "收入",
            Self::Both => "有收有支",
            Self::None => "不涉及价款",
        })
    }
}

/// A quantity (数量) with its unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Quantity {
    /// The number.
    pub number: Decimal,
    /// Its unit as written: 台, 平方米; `None` where the text gives none.
    pub unit: Option<String>,
    /// Of what.
    pub item: Option<String>,
}

/// As a clerk writes it: `办公桌 10张`.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(item) = &self.item {
            write!(f, "{item} ")?;
        }
        write!(f, "{}{}", self.number, self.unit.as_deref().unwrap_or_default())
    }
}

/// Quality (质量): what is said about each of the three, `None` where it is not said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Quality {
    /// The standard that must be met (质量标准).
    pub standard: Option<String>,
    /// How it is accepted (验收).
    pub acceptance: Option<String>,
    /// How long and how faults may be objected to (异议).
    pub objection: Option<String>,
}
