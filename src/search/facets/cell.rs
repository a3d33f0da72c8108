//! Counts and exact sums of prices.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::search::answer::{FacetCount, Total};

/// How many contracts, and what their prices add up to by the currency's number in the segment: how many of
/// them have a price that can be added up, and ten-thousandths.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    pub contracts: u64,
    /// Of the first currency: nearly all contracts have it, and need nothing else.
    first: (u64, i128),
    /// Of the others, in order.
    others: Vec<(u64, i128)>,
}

impl Cell {
    /// Counts a contract, with the number of its currency and its price.
    pub fn add(&mut self, price: Option<(usize, i64)>) {
        self.contracts += 1;
        let Some((currency, amount)) = price else { return };
        let (contracts, sum) = self.sum(currency);
        *contracts += 1;
        *sum += i128::from(amount);
    }

    fn sum(&mut self, currency: usize) -> &mut (u64, i128) {
        let other = currency.wrapping_sub(1);
        if currency > 0 && self.others.len() < currency {
            self.others.resize(currency, (0, 0));
        }
        self.others.get_mut(other).filter(|_| currency > 0).unwrap_or(&mut self.first)
    }
}

/// The same over all segments, by the currency's code.
#[derive(Debug, Default)]
pub(super) struct Sum {
    contracts: u64,
    sums: BTreeMap<String, (u64, i128)>,
}

impl Sum {
    /// Adds what a segment counted.
    pub fn add(&mut self, cell: &Cell, currencies: &[String]) {
        self.contracts += cell.contracts;
        let sums = std::iter::once(&cell.first).chain(&cell.others);
        for (currency, (contracts, sum)) in currencies.iter().zip(sums).filter(|(_, sum)| sum.0 > 0) {
            let known = self.sums.entry(currency.clone()).or_default();
            known.0 += contracts;
            known.1 += sum;
        }
    }

    /// As the answer shows it.
    pub fn totals(&self) -> Vec<Total> {
        let total = |(currency, &(contracts, sum)): (&String, &(u64, i128))| {
            let amount = Decimal::try_from_i128_with_scale(sum, 4).ok()?.normalize();
            Some(Total { currency: currency.clone(), amount, contracts })
        };
        self.sums.iter().filter_map(total).collect()
    }

    /// The same for a value.
    pub fn count(&self, value: String, label: Option<&str>) -> FacetCount {
        FacetCount { value, label: label.map(str::to_owned), count: self.contracts, totals: self.totals() }
    }
}
