//! What a report is about: the first half of a year, or the whole of it.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

/// A period of 《办法》第六十条.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// January to June of a year (第一款).
    HalfYear(i16),
    /// A year (第二款).
    Annual(i16),
}

impl Period {
    /// The first day.
    pub fn first(self) -> Date {
        Date::new(self.year(), 1, 1).unwrap_or(Date::MIN)
    }

    /// The last day.
    pub fn last(self) -> Date {
        let day = match self {
            Self::HalfYear(year) => Date::new(year, 6, 30),
            Self::Annual(year) => Date::new(year, 12, 31),
        };
        day.unwrap_or(Date::MAX)
    }

    fn year(self) -> i16 {
        match self {
            Self::HalfYear(year) | Self::Annual(year) => year,
        }
    }

    /// `2024年上半年`.
    pub fn name(self) -> String {
        match self {
            Self::HalfYear(year) => format!("{year}年上半年"),
            Self::Annual(year) => format!("{year}年度"),
        }
    }

    pub(super) fn title(self) -> String {
        match self {
            Self::HalfYear(_) => format!("{}政府合同签订、履行情况报告", self.name()),
            Self::Annual(_) => format!("{}政府合同签订、履行及管理制度实施情况报告", self.name()),
        }
    }

    /// When it has to be handed in.
    pub(super) fn due(self) -> String {
        match self {
            Self::HalfYear(year) => format!("{year}年7月20日之前上传（第六十条第一款）"),
            Self::Annual(year) => format!("{}年1月20日之前上传（第六十条第二款）", year.saturating_add(1)),
        }
    }
}
