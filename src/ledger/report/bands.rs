//! Amount bands (金额分段), out of `dictionaries/report.toml`.

use rust_decimal::Decimal;
use serde::Deserialize;

use super::super::Row;
use crate::dictionaries::{Dictionaries, DictionaryError};
use crate::model::fields::MoneyKind;

/// The bands, in order.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bands {
    band: Vec<Band>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Band {
    label: String,
    /// Yuan; the figure itself is outside.
    below: Option<u64>,
    /// Yuan; the figure itself is inside.
    up_to: Option<u64>,
}

impl Band {
    fn holds(&self, amount: Decimal) -> bool {
        self.below.is_none_or(|limit| amount < limit.into())
            && self.up_to.is_none_or(|limit| amount <= limit.into())
    }
}

impl Bands {
    /// Reads the bands.
    ///
    /// # Errors
    ///
    /// What is wrong with the file.
    pub fn new(dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        dictionaries.toml("report.toml")
    }

    /// The band of a settled price in yuan, with its place in the order; what is none comes last, by its reason.
    pub(super) fn of(&self, row: &Row) -> (usize, String) {
        let behind = |place: usize, name: &str| (self.band.len().saturating_add(place), name.to_owned());
        match (row.price, row.currency.as_deref(), row.amount) {
            (Some(MoneyKind::Total), Some("CNY"), Some(amount)) => {
                let mut bands = self.band.iter().enumerate();
                let found = bands.find(|(_, band)| band.holds(amount));
                found.map_or_else(|| behind(0, "其他金额"), |(place, band)| (place, band.label.clone()))
            }
            (Some(MoneyKind::Total), Some(_), Some(_)) => behind(1, "外币"),
            (None, ..) => behind(3, "金额未读到"),
            _ => behind(2, "无总价（单价、按期、上限、据实结算）"),
        }
    }
}
