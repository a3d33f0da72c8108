//! Sums over the contracts of a party.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Deal;
use crate::model::fields::Direction;

/// The contracts of one currency and direction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Total {
    /// ISO 4217 code.
    pub currency: String,
    /// Who pays; `None` where it is not known.
    pub direction: Option<Direction>,
    /// Contracts, supplements left out.
    pub contracts: usize,
    /// Of these, contracts without a total price: the sum does not hold them.
    pub without_price: usize,
    /// Sum of the prices.
    pub price: Decimal,
    /// Sum of what was noted as paid.
    pub paid: Decimal,
    /// Sum of what is open, over the contracts of which that can be told.
    pub open: Decimal,
}

/// Sums by currency, then direction; what the government side pays first.
pub(super) fn totals(deals: &[Deal]) -> Vec<Total> {
    let mut totals: BTreeMap<(&str, u8), Total> = BTreeMap::new();
    for deal in deals.iter().filter(|deal| !deal.supplement) {
        let total = totals.entry((&deal.currency, rank(deal.direction))).or_insert_with(|| Total {
            currency: deal.currency.clone(),
            direction: deal.direction,
            contracts: 0,
            without_price: 0,
            price: Decimal::ZERO,
            paid: Decimal::ZERO,
            open: Decimal::ZERO,
        });
        total.contracts += 1;
        total.without_price += usize::from(deal.price.is_none());
        total.price += deal.price.unwrap_or_default();
        total.paid += deal.paid;
        total.open += deal.open.unwrap_or_default();
    }
    totals.into_values().collect()
}

fn rank(direction: Option<Direction>) -> u8 {
    match direction {
        Some(Direction::Pays) => 0,
        Some(Direction::Receives) => 1,
        Some(Direction::Both) => 2,
        Some(Direction::None) => 3,
        None => 4,
    }
}
