//! Working days (工作日) of the mainland, by the State Council's yearly notices on holidays (放假调休通知).
//!
//! A day is worked from Monday to Friday unless a notice says that it is off (放假), and on a weekend only where a
//! notice says so (调休上班). Past the last notice nothing but weekends is known: what rests on such days is provisional.

mod count;
mod file;

pub use count::Counted;
pub use file::Notice;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};

use crate::dictionaries::{Dictionaries, DictionaryError};

/// The dictionary with the notices.
pub const FILE: &str = "calendar.toml";

/// What a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day<'a> {
    /// Monday to Friday, worked.
    Working,
    /// A day of a weekend that is worked in exchange (调休上班).
    Exchanged,
    /// A free Saturday or Sunday outside any holiday.
    Weekend,
    /// A day off by a notice, with the holiday's name (春节).
    Holiday(&'a str),
}

impl Day<'_> {
    /// Is it worked?
    pub fn is_working(self) -> bool {
        matches!(self, Self::Working | Self::Exchanged)
    }
}

/// The working days of all years with a notice.
#[derive(Debug, Clone)]
pub struct Calendar {
    off: BTreeMap<Date, String>,
    exchanged: BTreeSet<Date>,
    notices: BTreeMap<i16, Vec<Notice>>,
    /// First and last day of which a notice tells.
    known: [Date; 2],
}

impl Calendar {
    /// Reads `calendar.toml`.
    ///
    /// # Errors
    ///
    /// When the file is malformed: the message names the entry.
    pub fn new(dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        let file: file::File = dictionaries.toml(FILE)?;
        file.calendar().map_err(|problem| DictionaryError::malformed(FILE, problem))
    }

    /// What the day is.
    pub fn day(&self, date: Date) -> Day<'_> {
        if let Some(holiday) = self.off.get(&date) {
            return Day::Holiday(holiday);
        }
        match date.weekday() {
            Weekday::Saturday | Weekday::Sunday if self.exchanged.contains(&date) => Day::Exchanged,
            Weekday::Saturday | Weekday::Sunday => Day::Weekend,
            _ => Day::Working,
        }
    }

    /// Is the day worked?
    pub fn is_working(&self, date: Date) -> bool {
        self.day(date).is_working()
    }

    /// Do the notices tell of this day?
    pub fn is_known(&self, date: Date) -> bool {
        self.known.first().is_some_and(|first| *first <= date)
            && self.known.last().is_some_and(|last| date <= *last)
    }

    /// The notices that a year rests on (国办发明电〔2023〕7号); none where the year is not known.
    pub fn notices(&self, year: i16) -> &[Notice] {
        self.notices.get(&year).map_or(&[], Vec::as_slice)
    }

    /// Why a result that rests on the days up to `date` is provisional (暂定); `None` where it is not.
    pub fn doubt(&self, from: Date, to: Date) -> Option<String> {
        let unknown = [from, to].into_iter().find(|date| !self.is_known(*date))?;
        let [first, last] = self.known;
        Some(if unknown < first {
            format!("工作日日历自{first}起收录，此前的日期只按周末推算，请自行核对")
        } else {
            format!("暂定：{last}之后的放假调休通知尚未收录，此后只按周末推算，以国务院办公厅通知为准")
        })
    }

    /// The day itself where it is worked, else the last working day before it.
    pub fn worked_by(&self, date: Date) -> Date {
        let mut day = date;
        while !self.is_working(day) {
            match day.yesterday() {
                Ok(before) => day = before,
                Err(_) => return date,
            }
        }
        day
    }
}

#[cfg(test)]
mod tests;
