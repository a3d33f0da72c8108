//! Stretches that segmentation would cut to pieces and a reader takes as one: amounts in words
//! (壹拾贰万叁仟元整), dates (2024年3月5日), codes and figures (LHCG-2024-0136, 1,280,000.00).

use std::ops::Range;

use super::script::is_capital_numeral;

/// The next such stretch at or after byte `from`.
pub fn next(text: &str, from: usize) -> Option<Range<usize>> {
    let mut starts = text.get(from..)?.char_indices().map(|(at, c)| (from + at, c));
    let mut before = None;
    starts.find_map(|(at, c)| {
        let inside_run =
            before.replace(c).is_some_and(|b| b.is_ascii_alphanumeric() && c.is_ascii_alphanumeric());
        let rest = text.get(at..).filter(|_| !inside_run)?;
        let length = if is_capital_numeral(c) { amount(rest) } else { date(rest).or_else(|| code(rest)) };
        length.map(|length| at..at + length)
    })
}

/// Length of an amount in words at the start.
fn amount(text: &str) -> Option<usize> {
    let belongs =
        |c: char| is_capital_numeral(c) || matches!(c, '万' | '亿' | '元' | '圆' | '角' | '分' | '整' | '正');
    let run = leading(text, belongs);
    (run.chars().count() >= 3).then_some(run.len())
}

/// Length of a date at the start: 2024年3月5日, 2024年3月.
fn date(text: &str) -> Option<usize> {
    let month = unit(text, 2..=4, '年')?;
    let day = month + unit(text.get(month..)?, 1..=2, '月')?;
    Some(day + text.get(day..).and_then(|rest| unit(rest, 1..=2, '日')).unwrap_or(0))
}

/// Length of a number of so many figures with its unit.
fn unit(text: &str, figures: std::ops::RangeInclusive<usize>, name: char) -> Option<usize> {
    let number = leading(text, |c| c.is_ascii_digit());
    let named = text.get(number.len()..)?.starts_with(name);
    (named && figures.contains(&number.len())).then(|| number.len() + name.len_utf8())
}

/// Length of a code or figure at the start: ASCII letters and figures with marks between them.
fn code(text: &str) -> Option<usize> {
    let belongs = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.' | '_' | ',');
    let run = leading(text, belongs).trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    let figures = run.bytes().filter(u8::is_ascii_digit).count();
    let joined = run.bytes().any(|b| !b.is_ascii_digit());
    (run.starts_with(|c: char| c.is_ascii_alphanumeric()) && figures > 0 && joined).then_some(run.len())
}

/// The longest prefix whose characters all pass.
fn leading(text: &str, pass: impl Fn(char) -> bool) -> &str {
    text.get(..text.find(|c: char| !pass(c)).unwrap_or(text.len())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::next;

    fn all(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(range) = next(text, from) {
            from = range.end;
            found.push(&text[range]);
        }
        found
    }

    #[test]
    fn stretches_stay_whole() {
        assert_eq!(all("编号LHCG-2024-0136，总价1,280,000.00元"), ["LHCG-2024-0136", "1,280,000.00"]);
        assert_eq!(all("大写壹佰贰拾捌万元整，2024年3月5日起"), ["壹佰贰拾捌万元整", "2024年3月5日"]);
        assert_eq!(all("第3条，陆先生，2024年，30%，Party A, B."), Vec::<&str>::new());
    }
}
