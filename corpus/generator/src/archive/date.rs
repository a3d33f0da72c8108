//! Dates as written, moved by whole years.

/// The Chinese digits of years, 0 to 9; 〇 and 零 are both in use for 0.
const HAN: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// The year of a date at the start of `text`, moved by `years`, and the length in bytes of the
/// year alone.
///
/// A year counts as part of a date in 2024年…, 二〇二四年…, 2024-05-06, 2024/5/6 and 2024.05.06.
/// 2014年修正, as laws have it, stays.
pub(super) fn shifted_year(text: &str, years: i32) -> Option<(String, usize)> {
    arabic(text, years).or_else(|| han(text, years))
}

fn arabic(text: &str, years: i32) -> Option<(String, usize)> {
    let digits = text.get(..4).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
    let year = plausible(digits.parse().ok()?)?;
    let rest = &text[4..];
    let dated = match rest.chars().next()? {
        '年' => !rest.starts_with("年修"),
        mark @ ('-' | '/' | '.') => month_and_day(&rest[1..], mark),
        _ => false,
    };
    dated.then(|| ((year + years).to_string(), 4))
}

fn han(text: &str, years: i32) -> Option<(String, usize)> {
    let end = text.char_indices().nth(4).filter(|&(_, c)| c == '年')?.0;
    let mut zero = HAN[0];
    let mut year = 0;
    for c in text[..end].chars() {
        let digit = HAN.iter().position(|&digit| digit == c);
        if c == '零' {
            zero = c;
        }
        year = year * 10 + digit.or((c == '零').then_some(0))? as i32;
    }
    let moved = (plausible(year)? + years).to_string();
    let digit = |c: char| match c.to_digit(10) {
        Some(0) | None => zero,
        Some(digit) => HAN[digit as usize],
    };
    Some((moved.chars().map(digit).collect(), end))
}

fn plausible(year: i32) -> Option<i32> {
    (1990..=2060).contains(&year).then_some(year)
}

/// `05-06` and the like, with the mark that stood behind the year, and no digit behind.
fn month_and_day(text: &str, mark: char) -> bool {
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let month = digits(text);
    let Some(rest) = text[month..].strip_prefix(mark) else { return false };
    let day = digits(rest);
    (1..=2).contains(&month) && (1..=2).contains(&day) && !rest[day..].starts_with(mark)
}

/// Whether a text names the 29th of February, which most years lack.
pub(super) fn names_leap_day(text: &str) -> bool {
    ["2月29日", "二月二十九日", "-02-29", "-2-29", "02.29"].iter().any(|day| text.contains(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_move_and_other_numbers_stay() {
        let year = |text| shifted_year(text, -2).map(|(year, _)| year);
        assert_eq!(year("2024年3月5日").as_deref(), Some("2022"));
        assert_eq!(year("2024-03-05").as_deref(), Some("2022"));
        assert_eq!(year("2024.3.5）").as_deref(), Some("2022"));
        assert_eq!(year("二〇二〇年六月").as_deref(), Some("二〇一八"));
        assert_eq!(year("二零二一年").as_deref(), Some("二零一九"));
        for text in ["2014年修正", "2024元", "2024-0417", "2024", "24915-2020", "1085年", "二十年"] {
            assert_eq!(year(text), None, "{text}");
        }
    }
}
