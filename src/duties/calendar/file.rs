//! `calendar.toml`: the notices as a person keeps them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::Deserialize;

use super::Calendar;

/// A notice on the holidays of a year (放假调休通知).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Its number: 国办发明电〔2023〕7号.
    pub number: String,
    /// The day on which it was published.
    pub published: Date,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    unsettled_days: u8,
    year: Vec<Year>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    year: i16,
    notices: Vec<Notice>,
    off: Vec<Off>,
    worked: Vec<Date>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Off {
    from: Date,
    to: Date,
    holiday: String,
}

/// No holiday is longer: a slip of the pen is told from a long one.
const LONGEST: i64 = 15;

impl File {
    /// The calendar, or what is wrong with the file in Chinese.
    pub(super) fn calendar(self) -> Result<Calendar, String> {
        let (first, last) = (self.year.first().map(|y| y.year), self.year.last().map(|y| y.year));
        let (Some(first), Some(last)) = (first, last) else { return Err("没有任何年份".to_owned()) };
        let date = |year, month, day| Date::new(year, month, day).map_err(|_| format!("年份 {year} 有误"));
        let end = date(last, 12, 31)?.saturating_sub(i64::from(self.unsettled_days).days());
        let mut calendar = Calendar {
            off: BTreeMap::new(),
            exchanged: BTreeSet::new(),
            notices: BTreeMap::new(),
            known: [date(first, 1, 1)?, end],
        };
        let mut expected = first;
        for year in self.year {
            if year.year != expected {
                return Err(format!("年份应当连续：{expected} 之处是 {}", year.year));
            }
            expected = expected.saturating_add(1);
            year.enter(&mut calendar)?;
        }
        Ok(calendar)
    }
}

impl Year {
    fn enter(self, calendar: &mut Calendar) -> Result<(), String> {
        if self.notices.is_empty() {
            return Err(format!("{} 年没有写明通知文号", self.year));
        }
        for off in &self.off {
            let days: Vec<Date> = off.from.series(1.day()).take_while(|day| *day <= off.to).collect();
            if days.is_empty() || days.len() as i64 > LONGEST {
                return Err(format!("{} 年{}的起止日期有误", self.year, off.holiday));
            }
            days.into_iter().for_each(|day| drop(calendar.off.insert(day, off.holiday.clone())));
        }
        for day in self.worked {
            let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
            if !weekend || calendar.off.contains_key(&day) {
                return Err(format!("{day} 列为调休上班，但不是周末或者正在放假"));
            }
            calendar.exchanged.insert(day);
        }
        calendar.notices.insert(self.year, self.notices);
        Ok(())
    }
}
