//! Values as a clerk writes them: dates, sums, durations, quotes.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::model::Period;
use crate::model::fields::{Money, MoneyKind, Term};
use crate::office::grouped;

/// Longest quote in a note, in characters.
const QUOTE: usize = 40;

/// `2024年3月5日`.
pub(super) fn date(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// `3年6个月`, `180日`, `5个工作日`; `0日` for nothing.
pub(super) fn period(period: Period) -> String {
    period.in_words()
}

/// `2024年3月5日至2027年3月4日（3年）`; the contract's own wording where no day is stated.
pub(super) fn term(term: &Term) -> String {
    let days = match (term.start, term.end) {
        (Some(start), Some(end)) => format!("{}至{}", date(start), date(end)),
        (Some(start), None) => format!("自{}起", date(start)),
        (None, Some(end)) => format!("至{}止", date(end)),
        (None, None) => return term.text.clone(),
    };
    match term.duration {
        Some(duration) if !duration.is_zero() => format!("{days}（{}）", period(duration)),
        _ => days,
    }
}

/// `1,230,000.00元`: grouped by thousands, at least two decimals, nothing rounded away.
pub(super) fn sum(amount: Decimal, currency: &str) -> String {
    format!("{}{}", grouped(amount), unit(currency))
}

/// A price for each thing or each period: `单价35.00元/平方米`, `按期计价3,500.00元/月`.
pub(super) fn rate(money: &Money) -> String {
    let name = if money.kind == MoneyKind::Periodic { "按期计价" } else { "单价" };
    let per = money.per.as_deref().map_or_else(String::new, |per| format!("/{per}"));
    match money.amount {
        Some(amount) => format!("{name}{}{per}", sum(amount, &money.currency)),
        None => name.to_owned(),
    }
}

/// What a currency's units are called (ISO 4217 code → Chinese); the code itself for rare ones.
fn unit(currency: &str) -> &str {
    match currency {
        "CNY" => "元",
        "HKD" => "港元",
        "MOP" => "澳门元",
        "USD" => "美元",
        "EUR" => "欧元",
        "GBP" => "英镑",
        "JPY" => "日元",
        rare => rare,
    }
}

/// `“…”、“…”`: each wording once, in order, long ones cut; `None` where there is none.
pub(super) fn quoted<'a>(quotes: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut seen: Vec<String> = Vec::new();
    for quote in quotes.map(|quote| shortened(quote.trim())).filter(|quote| !quote.is_empty()) {
        let quote = format!("“{quote}”");
        if !seen.contains(&quote) {
            seen.push(quote);
        }
    }
    (!seen.is_empty()).then(|| seen.join("、"))
}

fn shortened(quote: &str) -> String {
    match quote.char_indices().nth(QUOTE) {
        Some((cut, _)) => format!("{}…", quote.split_at(cut).0),
        None => quote.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sums_are_grouped_and_keep_every_digit() {
        let cases = [
            ("0", "0.00元"),
            ("999", "999.00元"),
            ("1000", "1,000.00元"),
            ("1230000.5", "1,230,000.50元"),
            ("274728000.80", "274,728,000.80元"),
            ("0.3528", "0.3528元"),
            ("-1234.5", "-1,234.50元"),
        ];
        for (amount, written) in cases {
            assert_eq!(sum(amount.parse().expect(amount), "CNY"), written);
        }
        assert_eq!(sum(Decimal::from(1000), "USD"), "1,000.00美元");
        assert_eq!(sum(Decimal::from(1000), "CHF"), "1,000.00CHF");
    }

    #[test]
    fn a_term_says_no_more_than_is_stated() {
        let stated = |start: Option<&str>, end: Option<&str>, duration: Option<&str>| Term {
            start: start.map(|day| day.parse().expect(day)),
            end: end.map(|day| day.parse().expect(day)),
            duration: duration.map(|period| period.parse().expect(period)),
            text: "自签订之日起三年".to_owned(),
        };
        let whole = stated(Some("2024-03-05"), Some("2027-03-04"), Some("P3Y"));
        assert_eq!(term(&whole), "2024年3月5日至2027年3月4日（3年）");
        assert_eq!(term(&stated(Some("2024-03-05"), None, Some("P1Y6M"))), "自2024年3月5日起（1年6个月）");
        assert_eq!(term(&stated(None, Some("2026-12-31"), None)), "至2026年12月31日止");
        assert_eq!(term(&stated(None, None, Some("P3Y"))), "自签订之日起三年");
    }

    #[test]
    fn quotes_stand_once_and_are_cut() {
        assert_eq!(quoted(["甲", " 甲 ", "乙", ""].into_iter()).as_deref(), Some("“甲”、“乙”"));
        assert_eq!(quoted([" "].into_iter()), None);
        assert_eq!(quoted(["长".repeat(50).as_str()].into_iter()), Some(format!("“{}…”", "长".repeat(40))));
    }

    proptest! {
        #[test]
        fn a_written_sum_is_the_sum(mantissa in any::<i64>(), scale in 0u32..12) {
            let amount = Decimal::new(mantissa, scale);
            let plain = grouped(amount).replace(',', "");
            prop_assert_eq!(plain.parse::<Decimal>().expect("a number"), amount);
        }
    }
}
