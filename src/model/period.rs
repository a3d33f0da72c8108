//! Durations as contracts state them.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A duration as written, not computed: three years and 36 months are different wordings.
///
/// Written as an ISO 8601 duration, with `WD` for working days (工作日): `P3Y`, `P180D`, `P5WD`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Period {
    /// Years.
    pub years: u32,
    /// Months.
    pub months: u32,
    /// Calendar days.
    pub days: u32,
    /// Working days.
    pub working_days: u32,
}

impl Period {
    /// So many years.
    pub fn years(years: u32) -> Self {
        Self { years, ..Self::default() }
    }

    /// So many months.
    pub fn months(months: u32) -> Self {
        Self { months, ..Self::default() }
    }

    /// So many calendar days.
    pub fn days(days: u32) -> Self {
        Self { days, ..Self::default() }
    }

    /// So many working days.
    pub fn working_days(working_days: u32) -> Self {
        Self { working_days, ..Self::default() }
    }

    /// Years and months together, in months; days are left out.
    pub fn total_months(self) -> u32 {
        self.years.saturating_mul(12).saturating_add(self.months)
    }

    /// As a clerk writes it: `3年6个月`, `180日`, `5个工作日`; `0日` for nothing.
    pub fn in_words(self) -> String {
        let parts =
            [(self.years, "年"), (self.months, "个月"), (self.days, "日"), (self.working_days, "个工作日")];
        let written: String = parts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, unit)| format!("{count}{unit}"))
            .collect();
        if written.is_empty() { "0日".to_owned() } else { written }
    }

    /// Is nothing stated?
    pub fn is_zero(self) -> bool {
        self == Self::default()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("P")?;
        let parts = [(self.years, "Y"), (self.months, "M"), (self.days, "D"), (self.working_days, "WD")];
        let mut any = false;
        for (count, unit) in parts.into_iter().filter(|(count, _)| *count > 0) {
            write!(f, "{count}{unit}")?;
            any = true;
        }
        if any { Ok(()) } else { f.write_str("0D") }
    }
}

/// The text is not a duration of the form `P3Y2M10D` or `P5WD`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a duration of the form P3Y, P6M, P180D or P5WD: {0:?}")]
pub struct PeriodError(String);

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(s: &str) -> Result<Self, PeriodError> {
        let error = || PeriodError(s.to_owned());
        let mut rest = s.strip_prefix('P').filter(|rest| !rest.is_empty()).ok_or_else(error)?;
        let mut period = Self::default();
        while !rest.is_empty() {
            let digits = rest.find(|c: char| !c.is_ascii_digit()).ok_or_else(error)?;
            let count: u32 = rest[..digits].parse().map_err(|_| error())?;
            let unit_end =
                rest[digits..].find(|c: char| c.is_ascii_digit()).map_or(rest.len(), |i| i + digits);
            match &rest[digits..unit_end] {
                "Y" => period.years = count,
                "M" => period.months = count,
                "W" => period.days = count.saturating_mul(7),
                "D" => period.days = count,
                "WD" => period.working_days = count,
                _ => return Err(error()),
            }
            rest = &rest[unit_end..];
        }
        Ok(period)
    }
}

impl TryFrom<String> for Period {
    type Error = PeriodError;

    fn try_from(s: String) -> Result<Self, PeriodError> {
        s.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_reads_back_as_written() {
        for text in ["P3Y", "P36M", "P180D", "P5WD", "P1Y6M", "P0D"] {
            assert_eq!(text.parse::<Period>().expect(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in ["", "P", "3Y", "PY", "P3", "P3X", "P99999999999D"] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }
}
