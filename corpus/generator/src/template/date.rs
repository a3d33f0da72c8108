//! Calendar days and the ways in which contracts write them.

use crate::seed::Random;

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day {
    year: i32,
    month: u32,
    day: u32,
}

/// A stretch of time to add to a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Months, years included.
    pub(super) months: i64,
    /// Days.
    pub(super) days: i64,
}

impl Day {
    /// A day between the first of January of `from` and the 28th of December of `to`; never later than the
    /// 28th of its month, so that whole months can be added without a doubt.
    pub(super) fn draw(from: i32, to: i32, random: &mut Random) -> Self {
        let years = usize::try_from(to - from + 1).unwrap_or(1);
        Self {
            year: from + random.below(years) as i32,
            month: random.below(12) as u32 + 1,
            day: random.below(28) as u32 + 1,
        }
    }

    /// `2024-03-05`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next()?.parse().ok()?;
        let day = parts.next()?.parse().ok()?;
        Some(Self { year, month, day })
    }

    /// The year.
    pub(super) fn year(self) -> i32 {
        self.year
    }

    /// This day and a stretch: months first, then days, as one reckons by hand.
    pub(super) fn plus(self, stretch: Stretch) -> Self {
        let months = i64::from(self.year) * 12 + i64::from(self.month) - 1 + stretch.months;
        let moved = Self {
            year: months.div_euclid(12) as i32,
            month: months.rem_euclid(12) as u32 + 1,
            day: self.day,
        };
        Self::from_days(moved.to_days() + stretch.days)
    }

    /// Days since 1970-01-01 (Hinnant, `days_from_civil`).
    fn to_days(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let month = i64::from((self.month + 9) % 12);
        let of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// The reverse (Hinnant, `civil_from_days`).
    fn from_days(days: i64) -> Self {
        let shifted = days + 719_468;
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = (of_year - (153 * month + 2) / 5 + 1) as u32;
        let month = ((month + 2) % 12 + 1) as u32;
        Self { year: (year + era * 400 + i64::from(month <= 2)) as i32, month, day }
    }

    /// As a contract writes it: in the manner of that name, or, without a name, in any Chinese one.
    pub(super) fn written(self, manner: &str, random: &mut Random) -> Option<String> {
        let Self { year, month, day } = self;
        Some(match manner {
            "" => return self.written(random.pick(&MANNERS)?, random),
            "cn" => format!("{year}年{month}月{day}日"),
            "pad" => format!("{year}年{month:02}月{day:02}日"),
            "spaced" => format!("{year} 年 {month} 月 {day} 日"),
            "iso" => format!("{year}-{month:02}-{day:02}"),
            "dot" => format!("{year}.{month}.{day}"),
            "dots" => format!("{year}.{month:02}.{day:02}"),
            "slash" => format!("{year}/{month}/{day}"),
            "han" => self.in_characters('〇'),
            "ling" => self.in_characters('零'),
            "ring" => self.in_characters('○'),
            "en" => format!("{day} {} {year}", MONTHS.get(month as usize - 1)?),
            "us" => format!("{} {day}, {year}", MONTHS.get(month as usize - 1)?),
            "year" => year.to_string(),
            "month" => month.to_string(),
            "day" => day.to_string(),
            _ => return None,
        })
    }

    /// 二〇二四年三月五日, with the given sign for nought.
    fn in_characters(self, nought: char) -> String {
        let digits = "一二三四五六七八九";
        let year: String = self
            .year
            .to_string()
            .chars()
            .filter_map(|c| match c.to_digit(10)? {
                0 => Some(nought),
                digit => digits.chars().nth(digit as usize - 1),
            })
            .collect();
        format!("{year}年{}月{}日", in_characters(self.month.into()), in_characters(self.day.into()))
    }
}

/// How Chinese contracts write days; the commonest stand more than once.
const MANNERS: [&str; 16] = [
    "cn", "cn", "cn", "cn", "cn", "pad", "pad", "spaced", "iso", "iso", "dot", "dots", "slash", "han",
    "ling", "ring",
];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A number from 0 to 9999 as 二十三 or 三百六十五.
pub(super) fn in_characters(number: i64) -> String {
    let digit = |n: i64| "零一二三四五六七八九".chars().nth(n as usize).unwrap_or('零');
    let mut text = String::new();
    let mut gap = false;
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let n = number / unit % 10;
        if n == 0 {
            gap = !text.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            text.push('零');
        }
        if !(unit == 10 && n == 1 && text.is_empty()) {
            text.push(digit(n));
        }
        text.push_str(name);
    }
    if text.is_empty() { "零".to_owned() } else { text }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_ends_the_day_before() {
        let plus = |day, months, days| Day::parse(day).unwrap().plus(Stretch { months, days }).to_string();
        assert_eq!(plus("2024-03-05", 36, -1), "2027-03-04");
        assert_eq!(plus("2024-01-01", 12, -1), "2024-12-31");
        assert_eq!(plus("2024-02-28", 0, 2), "2024-03-01");
        assert_eq!(plus("2023-12-28", 0, 90), "2024-03-27");
    }

    #[test]
    fn manners() {
        let day = Day::parse("2020-10-25").unwrap();
        let written = |manner| day.written(manner, &mut Random::new(1, 1)).unwrap();
        assert_eq!(written("han"), "二〇二〇年十月二十五日");
        assert_eq!(written("us"), "October 25, 2020");
        assert_eq!(written("dots"), "2020.10.25");
        assert_eq!(in_characters(105), "一百零五");
        assert_eq!(in_characters(20), "二十");
    }
}
