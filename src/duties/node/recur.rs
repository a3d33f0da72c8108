//! Payments that come round: 每月5日前, 每季度首月20日前, 每年6月30日前.

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Date;
use regex::{Captures, Regex};

/// More occurrences than this (a day of each month for fifty years) are no term but a misreading.
const MOST: usize = 600;

static DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"每(?:个|自然)*月(?:的)?(?P<monthly>[0-9０-９]{1,2})[日号]",
        r"|每(?:个)?季度?(?:的)?(?:首|第一)(?:个)?月(?:的)?(?P<quarterly>[0-9０-９]{1,2})[日号]",
        r"|每年(?:度)?(?:的)?(?P<month>[0-9０-９]{1,2})月(?P<yearly>[0-9０-９]{1,2})[日号]",
    ))
    .ok()
});

/// A day that comes round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rhythm {
    /// A day of each month.
    Monthly(i8),
    /// A day of the first month of each quarter.
    Quarterly(i8),
    /// A day of a month, each year.
    Yearly(i8, i8),
}

impl Rhythm {
    /// The one day that a wording names; none where it names no day, or several.
    pub(super) fn of(wording: &str) -> Option<Self> {
        let mut found = DAY.as_ref()?.captures_iter(wording);
        let first = rhythm(&found.next()?)?;
        found.next().is_none().then_some(first)
    }

    /// Its days from `start` to `end`, both included. A day that a month does not have is its last one.
    pub(super) fn days(self, start: Date, end: Date) -> Vec<Date> {
        let first = start.first_of_month();
        let months = first.series(1.month()).take_while(|month| *month <= end);
        months
            .filter(|month| self.falls_in(*month))
            .filter_map(|month| month.with().day(self.day().min(month.days_in_month())).build().ok())
            .filter(|day| (start..=end).contains(day))
            .take(MOST)
            .collect()
    }

    fn falls_in(self, month: Date) -> bool {
        match self {
            Self::Monthly(_) => true,
            Self::Quarterly(_) => month.month() % 3 == 1,
            Self::Yearly(of, _) => month.month() == of,
        }
    }

    fn day(self) -> i8 {
        match self {
            Self::Monthly(day) | Self::Quarterly(day) | Self::Yearly(_, day) => day,
        }
    }
}

fn rhythm(found: &Captures<'_>) -> Option<Rhythm> {
    let number = |name| found.name(name).and_then(|digits| small(digits.as_str()));
    let day = |name| number(name).filter(|day| (1..=31).contains(day));
    if let Some(monthly) = day("monthly") {
        return Some(Rhythm::Monthly(monthly));
    }
    if let Some(quarterly) = day("quarterly") {
        return Some(Rhythm::Quarterly(quarterly));
    }
    let month = number("month").filter(|month| (1..=12).contains(month))?;
    Some(Rhythm::Yearly(month, day("yearly")?))
}

/// A number of one or two digits, half or full width.
fn small(digits: &str) -> Option<i8> {
    let half = |c: char| match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        c => Some(c),
    };
    digits.chars().map(half).collect::<Option<String>>()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_that_come_round() {
        let days = |wording: &str, start, end| Rhythm::of(wording).map(|rhythm| rhythm.days(start, end));
        assert_eq!(
            days("乙方应于每月10日前将当月租金缴入", date(2024, 1, 15), date(2024, 4, 10)),
            Some(vec![date(2024, 2, 10), date(2024, 3, 10), date(2024, 4, 10)])
        );
        assert_eq!(
            days("于每季度首月２０日前", date(2024, 1, 1), date(2024, 7, 19)),
            Some(vec![date(2024, 1, 20), date(2024, 4, 20)])
        );
        assert_eq!(
            days("每年6月30日前支付", date(2023, 7, 1), date(2025, 6, 30)),
            Some(vec![date(2024, 6, 30), date(2025, 6, 30)])
        );
        assert_eq!(
            days("每月31日前", date(2024, 1, 1), date(2024, 2, 29)),
            Some(vec![date(2024, 1, 31), date(2024, 2, 29)])
        );
    }

    #[test]
    fn a_rhythm_without_one_day_is_none() {
        for wording in ["按月支付", "次月5日前", "每月5日前开票，每月10日前支付", "每月32日前", "每年13月1日"]
        {
            assert_eq!(Rhythm::of(wording), None, "{wording}");
        }
    }
}
