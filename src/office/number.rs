//! Numbers as offices write them.

use rust_decimal::Decimal;

/// `1,230,000.00`: grouped by thousands, at least two decimals, nothing rounded away.
pub fn grouped(amount: Decimal) -> String {
    let mut plain = amount.abs().normalize();
    if plain.scale() < 2 {
        plain.rescale(2);
    }
    let plain = plain.to_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, "00"));
    let mut out = if amount < Decimal::ZERO { "-".to_owned() } else { String::new() };
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    format!("{out}.{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        for (amount, written) in [("0", "0.00"), ("1000.5", "1,000.50"), ("-1234567.891", "-1,234,567.891")] {
            assert_eq!(grouped(amount.parse().expect(amount)), written);
        }
    }
}
