//! `duties.toml`: how long the deadlines are and what they rest on.

use jiff::civil::Date;
use serde::Deserialize;

use super::node::Wordings;
use crate::model::Basis;

/// The dictionary with the deadlines.
pub(super) const FILE: &str = "duties.toml";

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Terms {
    pub regulation: Regulation,
    pub filing: WorkingDays,
    pub paper: WorkingDays,
    pub node_report: WorkingDays,
    pub incident_report: Option<WorkingDays>,
    pub renewal: Renewal,
    pub half_year_report: DayOfYear,
    pub annual_report: DayOfYear,
    pub limitation: Limitation,
    pub anchors: Wordings,
}

/// The district's regulation and when it was in force.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Regulation {
    pub id: String,
    pub short: String,
    pub from: Date,
    pub until: Option<Date>,
}

/// Where a deadline stands.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Clause {
    pub article: u32,
    pub paragraph: Option<u32>,
    pub clause: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct WorkingDays {
    pub working_days: u32,
    #[serde(flatten)]
    pub clause: Clause,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Renewal {
    pub months: u32,
    /// Codes of types of contract that are not renewed.
    pub not_for: Vec<String>,
    #[serde(flatten)]
    pub clause: Clause,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct DayOfYear {
    pub month: i8,
    pub day: i8,
    #[serde(flatten)]
    pub clause: Clause,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Limitation {
    pub years: u32,
    pub margin_months: u32,
    pub law: String,
    #[serde(flatten)]
    pub clause: Clause,
}

impl Regulation {
    /// `《办法》第四十九条第二款`, `参照原《办法》…` after its end; `None` for what lies before it came into force.
    /// `since` is the day that decides: the contract's signing.
    pub(super) fn cite(&self, clause: &Clause, since: Option<Date>) -> Option<String> {
        if since.is_some_and(|day| day < self.from) {
            return None;
        }
        let lapsed = self.until.is_some_and(|until| since.is_none_or(|day| until < day));
        let lead = if lapsed { "参照原" } else { "" };
        Some(format!("{lead}{}{}", self.short, clause.clause))
    }

    pub(super) fn basis(&self, clause: &Clause) -> Basis {
        Basis { source: self.id.clone(), article: clause.article, paragraph: clause.paragraph, item: None }
    }
}
