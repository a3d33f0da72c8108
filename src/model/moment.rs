//! Moments as an office reads them: China keeps one time everywhere (UTC+8).

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};

/// What the clock on the wall shows.
pub fn office_time(at: Timestamp) -> DateTime {
    TimeZone::fixed(Offset::constant(8)).to_datetime(at)
}

/// The day.
pub fn office_day(at: Timestamp) -> Date {
    office_time(at).date()
}

/// A moment in RFC 3339 as the clock on the wall shows it: `2024-05-06 15:08:09`. What is no moment is itself.
pub fn in_words(at: &str) -> String {
    let known = at.parse().map(office_time);
    known.map_or_else(|_| at.to_owned(), |time| time.strftime("%Y-%m-%d %H:%M:%S").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_in_the_morning_is_done_on_that_day() {
        let at = "2024-05-05T23:30:00.123Z";
        assert_eq!(office_day(at.parse().expect("a moment")).to_string(), "2024-05-06");
        assert_eq!(in_words(at), "2024-05-06 07:30:00");
        assert_eq!(in_words("t"), "t");
    }
}
