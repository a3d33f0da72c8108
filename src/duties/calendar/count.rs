//! Counting working days, and saying what was passed over.

use std::fmt;

use jiff::civil::Date;

use super::{Calendar, Day};

/// More working days than this (ten years) are no deadline but a misreading.
const MOST: u32 = 2_500;

/// So many working days after a day, with what was passed over on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The last of the working days.
    pub date: Date,
    /// Free weekend days passed over.
    pub weekends: u32,
    /// Days off passed over, by holiday in the order of the calendar.
    pub holidays: Vec<(String, u32)>,
    /// Weekend days that counted because they were worked (调休上班).
    pub exchanged: Vec<Date>,
    /// Why the result is provisional (暂定), where it is.
    pub doubt: Option<String>,
}

impl Calendar {
    /// The day that lies `working_days` working days after `from`; the day itself does not count (民法典第二百零一条).
    /// `None` for numbers that are no deadline.
    pub fn after(&self, from: Date, working_days: u32) -> Option<Counted> {
        if working_days > MOST {
            return None;
        }
        let mut counted =
            Counted { date: from, weekends: 0, holidays: Vec::new(), exchanged: Vec::new(), doubt: None };
        let mut left = working_days;
        while left > 0 {
            counted.date = counted.date.tomorrow().ok()?;
            if counted.pass(self.day(counted.date)) {
                left -= 1;
            }
        }
        counted.doubt = self.doubt(from, counted.date);
        Some(counted)
    }
}

impl Counted {
    /// Goes over the day that `date` has come to; does it count?
    fn pass(&mut self, day: Day<'_>) -> bool {
        match day {
            Day::Weekend => self.weekends += 1,
            Day::Holiday(name) => match self.holidays.last_mut().filter(|(last, _)| last == name) {
                Some((_, days)) => *days += 1,
                None => self.holidays.push((name.to_owned(), 1)),
            },
            Day::Exchanged => self.exchanged.push(self.date),
            Day::Working => {}
        }
        day.is_working()
    }
}

/// What was passed over: `（跳过周末4天、清明节3天，计入调休上班日2024-04-07）`; nothing where nothing was.
impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weekends = (self.weekends > 0).then(|| format!("周末{}天", self.weekends));
        let holidays = self.holidays.iter().map(|(name, days)| format!("{name}{days}天"));
        let passed: Vec<String> = weekends.into_iter().chain(holidays).collect();
        let exchanged: Vec<String> = self.exchanged.iter().map(ToString::to_string).collect();
        let parts = [("跳过", passed), ("计入调休上班日", exchanged)];
        let told: Vec<String> = parts
            .into_iter()
            .filter(|(_, days)| !days.is_empty())
            .map(|(what, days)| format!("{what}{}", days.join("、")))
            .collect();
        if told.is_empty() { Ok(()) } else { write!(f, "（{}）", told.join("，")) }
    }
}
