//! Sums written in capital numerals (大写金额): 壹拾贰万叁仟肆佰元伍角整.

use rust_decimal::Decimal;

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// The first sum that is not written any more, in cents (分): 10¹⁶ yuan.
const LIMIT: u64 = 1_000_000_000_000_000_000;

/// Writes a sum in words as cheques and contracts want it: `壹拾贰元叁角肆分`, `壹佰元零伍分`, `壹佰元整`.
///
/// After the rules for filling in bills and settlement vouchers (中国人民银行《支付结算办法》附件一): 整 after
/// 元 and 角, never after 分; one 零 for any run of zeros inside; 壹拾, never 拾 alone. The currency's name
/// is not written. `None` for negative sums, sums of 10¹⁶ and above, and fractions of a cent.
pub fn render(amount: Decimal) -> Option<String> {
    let cents = amount.checked_mul(Decimal::ONE_HUNDRED)?.normalize();
    if cents.scale() > 0 {
        return None;
    }
    let cents = u64::try_from(cents.mantissa()).ok().filter(|cents| *cents < LIMIT)?;
    let mut out = whole(cents / 100);
    out.push('元');
    match (digit(cents / 10), digit(cents)) {
        ('零', '零') => out.push('整'),
        ('零', fen) => out.extend(['零', fen, '分']),
        (jiao, '零') => out.extend([jiao, '角', '整']),
        (jiao, fen) => out.extend([jiao, '角', fen, '分']),
    }
    Some(out)
}

/// The last decimal digit of a number.
fn digit(number: u64) -> char {
    DIGITS.get((number % 10) as usize).copied().unwrap_or('零')
}

/// A whole number below 10¹⁶.
fn whole(number: u64) -> String {
    match number {
        0 => "零".to_owned(),
        1..10_000 => section(number),
        10_000..100_000_000 => joined(number, 10_000, '万'),
        _ => joined(number, 100_000_000, '亿'),
    }
}

/// What stands above a unit, the unit, what stands below it; 零 between them where the lower part does not
/// reach the place just under the unit.
fn joined(number: u64, size: u64, unit: char) -> String {
    let (upper, lower) = (number / size, number % size);
    let mut out = whole(upper);
    out.push(unit);
    if lower > 0 {
        if lower < size / 10 {
            out.push('零');
        }
        out.push_str(&whole(lower));
    }
    out
}

/// A number from 1 to 9999: 壹仟零伍拾.
fn section(number: u64) -> String {
    let mut out = String::new();
    let mut gap = false;
    for (size, unit) in [(1000, Some('仟')), (100, Some('佰')), (10, Some('拾')), (1, None)] {
        if (number / size).is_multiple_of(10) {
            gap = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            out.push('零');
        }
        out.push(digit(number / size));
        out.extend(unit);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(amount: &str) -> Option<String> {
        render(amount.parse().expect(amount))
    }

    #[test]
    fn sums_are_written_as_banks_want_them() {
        let cases = [
            ("0", "零元整"),
            ("0.05", "零元零伍分"),
            ("10", "壹拾元整"),
            ("1409.50", "壹仟肆佰零玖元伍角整"),
            ("6007.14", "陆仟零柒元壹角肆分"),
            ("325.04", "叁佰贰拾伍元零肆分"),
            ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
            ("100000", "壹拾万元整"),
            ("100001", "壹拾万零壹元整"),
            ("1005000", "壹佰万伍仟元整"),
            ("1050000", "壹佰零伍万元整"),
            ("1000500", "壹佰万零伍佰元整"),
            ("274728000.80", "贰亿柒仟肆佰柒拾贰万捌仟元捌角整"),
            ("100000001", "壹亿零壹元整"),
            ("100200000", "壹亿零贰拾万元整"),
            ("1000000000000", "壹万亿元整"),
            ("1000100000000.01", "壹万零壹亿元零壹分"),
        ];
        for (amount, expected) in cases {
            assert_eq!(words(amount).as_deref(), Some(expected), "{amount}");
        }
    }

    #[test]
    fn what_has_no_words_has_none() {
        for amount in ["-1", "0.001", "10000000000000000", "79228162514264337593543950335"] {
            assert_eq!(words(amount), None, "{amount}");
        }
        assert_eq!(words("9999999999999999.99").map(|text| text.chars().count()), Some(36));
    }

    /// Reads words back by adding up digits times units: knows nothing of how they were written.
    fn read(text: &str) -> Decimal {
        let (mut cents, mut section, mut digit) = (0u64, 0u64, 0u64);
        for c in text.chars() {
            let count = std::mem::take(&mut digit);
            match c {
                '拾' => section += count * 10,
                '佰' => section += count * 100,
                '仟' => section += count * 1000,
                '万' => cents += (std::mem::take(&mut section) + count) * 1_000_000,
                '亿' => cents = (cents + (std::mem::take(&mut section) + count) * 100) * 100_000_000,
                '元' => cents += (std::mem::take(&mut section) + count) * 100,
                '角' => cents += count * 10,
                '分' => cents += count,
                '整' => {}
                _ => digit = DIGITS.iter().position(|d| *d == c).expect("a digit") as u64,
            }
        }
        Decimal::from(cents) / Decimal::ONE_HUNDRED
    }

    proptest! {
        #[test]
        fn written_words_read_back(cents in 0u64..LIMIT) {
            let amount = Decimal::from(cents) / Decimal::ONE_HUNDRED;
            let text = render(amount).expect("in range");
            prop_assert_eq!(read(&text), amount, "{}", text);
        }

        #[test]
        fn round_sums_read_back(digits in 1u64..10_000, zeros in 0u32..14) {
            let amount = Decimal::from(digits * 10u64.pow(zeros)) / Decimal::ONE_HUNDRED;
            let text = render(amount).expect("in range");
            prop_assert_eq!(read(&text), amount, "{}", text);
        }

        #[test]
        fn the_rules_of_writing_hold(cents in 0u64..LIMIT) {
            let text = render(Decimal::from(cents) / Decimal::ONE_HUNDRED).expect("in range");
            prop_assert!(!text.contains("零零"), "{}", text);
            prop_assert!(!["零万", "零亿", "亿万"].iter().any(|bad| text.contains(bad)), "{}", text);
            prop_assert_eq!(text.ends_with('整'), !text.contains('分'), "{}", text);
            prop_assert!(!text.starts_with('拾'), "{}", text);
            prop_assert!(cents < 100 || !text.contains("零元"), "{}", text);
        }
    }
}
