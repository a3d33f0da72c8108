//! What stands in a cell.

use jiff::civil::Date;
use rust_decimal::Decimal;

/// A cell's value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Empty,
    /// Text.
    Text(&'a str),
    /// A number of things.
    Count(u64),
    /// A sum: a number where a spreadsheet keeps every digit, text where it does not.
    Sum(Decimal),
    /// A day.
    Date(Date),
}

impl<'a> Value<'a> {
    /// The text, or nothing.
    pub fn text(text: Option<&'a str>) -> Self {
        text.map_or(Self::Empty, Self::Text)
    }

    /// The sum, or nothing.
    pub fn sum(sum: Option<Decimal>) -> Self {
        sum.map_or(Self::Empty, Self::Sum)
    }

    /// The day, or nothing.
    pub fn date(date: Option<Date>) -> Self {
        date.map_or(Self::Empty, Self::Date)
    }
}

/// Digits that a spreadsheet's numbers keep (IEEE 754 double: any decimal number of 15 digits comes back).
const DIGITS: usize = 15;

/// The number as a spreadsheet keeps it, if it keeps every digit.
pub(super) fn exactly(sum: Decimal) -> Option<f64> {
    let sum = sum.normalize();
    let digits = sum.mantissa().unsigned_abs().to_string().len();
    (digits <= DIGITS).then(|| sum.to_string().parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_sum_is_a_number_only_where_every_digit_is_kept() {
        let exact = |text: &str| exactly(text.parse().expect(text));
        assert_eq!(exact("274728000.80"), Some(274_728_000.80));
        assert_eq!(exact("9999999999999.99"), Some(9_999_999_999_999.99));
        assert_eq!(exact("99999999999999.99"), None);
        assert_eq!(exact("1000000000000000000"), None);
        assert_eq!(exact("-0.10"), Some(-0.1));
    }

    proptest! {
        #[test]
        fn what_is_written_as_a_number_reads_back_the_same(mantissa in any::<i64>(), scale in 0u32..8) {
            let sum = Decimal::new(mantissa, scale);
            if let Some(number) = exactly(sum) {
                prop_assert_eq!(number.to_string().parse::<Decimal>().expect("a number"), sum.normalize());
            }
        }
    }
}
