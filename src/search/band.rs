//! Amount bands (金额区间). Their bounds are those that decide how a contract is handled: up to 50,000 yuan a
//! purchase need not be filed, from 10,000,000 on a contract is key-regulated.

/// Upper bounds in fen, inside the band; the last band has none.
const UPTO: [i64; 6] = [5_000_000, 50_000_000, 100_000_000, 500_000_000, 999_999_999, i64::MAX];

/// Each band as the condition `金额:` takes it, and as a person reads it.
pub(super) const NAMES: [(&str, &str); UPTO.len()] = [
    ("..50000", "5 万元及以下"),
    ("50000.01..500000", "5 万元以上至 50 万元"),
    ("500000.01..1000000", "50 万元以上至 100 万元"),
    ("1000000.01..5000000", "100 万元以上至 500 万元"),
    ("5000000.01..9999999.99", "500 万元以上至不足 1000 万元"),
    ("10000000..", "1000 万元及以上"),
];

/// The band of an amount in fen.
pub(super) fn of(fen: i64) -> usize {
    UPTO.iter().position(|upto| fen <= *upto).unwrap_or(UPTO.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::super::query::value::{AMOUNT, range};
    use super::*;

    #[test]
    fn the_condition_of_a_band_is_the_band() {
        for (n, (condition, _)) in NAMES.iter().enumerate() {
            let range = range(condition, &AMOUNT).expect(condition);
            assert!(range.from.is_none_or(|from| of(from) == n && of(from - 1) + 1 == n), "{condition}");
            assert!(range.to.is_none_or(|to| of(to) == n && of(to + 1) == n + 1), "{condition}");
        }
    }
}
