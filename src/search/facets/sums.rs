//! Exact sums of prices, by currency.

use rust_decimal::Decimal;

use super::table::{Price, Table};
use crate::search::answer::Total;

/// What some contracts add up to in a currency: how many of them have a price that can be added up, and
/// ten-thousandths.
type Sum = (u64, i128);

/// Sums of several groups of contracts, each by the number of the currency.
#[derive(Debug, Default)]
pub(super) struct Sums {
    currencies: usize,
    /// Group after group.
    sums: Vec<Sum>,
}

impl Sums {
    /// Of so many currencies and groups.
    pub fn new(currencies: usize, groups: usize) -> Self {
        Self { currencies, sums: vec![(0, 0); groups * currencies] }
    }

    /// Adds a price to a group.
    pub fn add(&mut self, group: usize, (currency, amount): Price) {
        if let Some(sum) = self.sums.get_mut(group * self.currencies + usize::from(currency)) {
            sum.0 += 1;
            sum.1 += i128::from(amount);
        }
    }

    /// Adds a group of others.
    pub fn add_group(&mut self, group: usize, others: &Self, other: usize) {
        let mine = self.sums.iter_mut().skip(group * self.currencies).take(self.currencies);
        for (mine, theirs) in mine.zip(others.group(other)) {
            mine.0 += theirs.0;
            mine.1 += theirs.1;
        }
    }

    /// Leaves of a group what a group of others has beyond it.
    pub fn take_from(&mut self, group: usize, others: &Self, other: usize) {
        let mine = self.sums.iter_mut().skip(group * self.currencies).take(self.currencies);
        for (mine, theirs) in mine.zip(others.group(other)) {
            *mine = (theirs.0.saturating_sub(mine.0), theirs.1 - mine.1);
        }
    }

    fn group(&self, group: usize) -> &[Sum] {
        let from = group * self.currencies;
        self.sums.get(from..from + self.currencies).unwrap_or_default()
    }

    /// A group as the answer shows it.
    pub fn totals(&self, table: &Table, group: usize) -> Vec<Total> {
        let total = |(currency, &(contracts, sum)): (&String, &Sum)| {
            let amount = Decimal::try_from_i128_with_scale(sum, 4).ok()?.normalize();
            Some(Total { currency: currency.clone(), amount, contracts })
        };
        let sums = table.currencies.iter().zip(self.group(group));
        sums.filter(|(_, sum)| sum.0 > 0).filter_map(total).collect()
    }
}
