//! The half-year and annual report (《办法》第六十条): what the ledger, nodes and linked agreements tell of the six contents, and
//! open places for what only the department knows.

mod bands;
mod course;
mod document;
mod performance;
mod period;
mod workbook;

pub use bands::Bands;
pub use performance::{Performance, Performed};
pub use period::Period;

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Row, Tally};
use crate::duties::Span;
use crate::model::case::FilingState;
use crate::office::OfficeError;

/// Version of the report's shape; raised when a change breaks a reader.
pub const SCHEMA: &str = "hetong.report/1";

/// What contracts are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Dimension {
    /// Department in charge (承办部门).
    Department,
    /// Type (合同类型).
    Type,
    /// The other side (对方当事人).
    Counterparty,
    /// Amount band (金额分段).
    Amount,
    /// Gravest finding (风险).
    Risk,
    /// State of filing (状态).
    State,
}

impl Dimension {
    const ALL: [Self; 6] =
        [Self::Department, Self::Type, Self::Counterparty, Self::Amount, Self::Risk, Self::State];

    /// As a person reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Department => "按承办部门",
            Self::Type => "按合同类型",
            Self::Counterparty => "按对方当事人",
            Self::Amount => "按金额",
            Self::Risk => "按审查发现",
            Self::State => "按备案状态",
        }
    }
}

/// One line of a breakdown.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Line {
    /// Name of the group.
    pub name: String,
    /// Its contracts.
    pub tally: Tally,
}

/// Contracts by one dimension.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Breakdown {
    /// By what.
    pub dimension: Dimension,
    /// Groups; where there is no order of their own, the most contracts first.
    pub lines: Vec<Line>,
}

/// The report.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: String,
    /// What it is about.
    pub period: Period,
    /// The department, where it is that of one.
    pub department: Option<String>,
    /// Contracts signed in the period.
    pub signed: Tally,
    /// The same by department, type, counterparty, amount, risk and state.
    pub by: Vec<Breakdown>,
    /// Contracts signed in the period that the rules take for key-regulated ones (重点监管).
    pub key_regulated: u64,
    /// Contracts signed in the period and filed.
    pub filed: u64,
    /// Contracts signed earlier that are still being performed.
    pub carried_over: u64,
    /// How those of the period and those carried over are performed.
    pub performance: Performance,
    /// Contracts without a day of signing: in no period, and so not counted.
    pub undated: u64,
}

/// A report being counted, contract by contract.
#[derive(Debug)]
pub struct Counting<'a> {
    report: Report,
    span: Span,
    bands: &'a Bands,
    groups: BTreeMap<Dimension, BTreeMap<(usize, String), Tally>>,
}

impl<'a> Counting<'a> {
    /// Nothing counted yet. Performance is looked at up to `today`, or to the end of the period where that is earlier.
    pub fn new(period: Period, today: Date, department: Option<String>, bands: &'a Bands) -> Self {
        let span = Span { from: period.first(), until: period.last().min(today).max(period.first()) };
        let report = Report {
            schema: SCHEMA.to_owned(),
            period,
            department,
            signed: Tally::default(),
            by: Vec::new(),
            key_regulated: 0,
            filed: 0,
            carried_over: 0,
            performance: Performance { until: Some(span.until), ..Performance::default() },
            undated: 0,
        };
        Self { report, span, bands, groups: BTreeMap::new() }
    }

    /// From which day to which performance is looked at.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Counts a contract with its performance.
    pub fn add_performed(&mut self, performed: Performed) {
        if self.add(&performed.row) {
            self.report.performance.contracts.push(performed);
        }
    }

    /// Counts a contract of the ledger, of any day; returns whether it is one of the period or carried over into it.
    pub fn add(&mut self, row: &Row) -> bool {
        let report = &mut self.report;
        let Some(signed) = row.signed else {
            report.undated += 1;
            return false;
        };
        let carried_over = signed < report.period.first() && is_performed(row.state);
        report.carried_over += u64::from(carried_over);
        let in_period = (report.period.first()..=report.period.last()).contains(&signed);
        if in_period {
            self.count(row);
        }
        in_period || carried_over
    }

    fn count(&mut self, row: &Row) {
        self.report.signed.add(row);
        self.report.key_regulated += u64::from(row.key_regulated);
        self.report.filed += u64::from(row.state >= FilingState::Filed);
        for dimension in Dimension::ALL {
            let group = self.group(dimension, row);
            self.groups.entry(dimension).or_default().entry(group).or_default().add(row);
        }
    }

    /// Name of the group with its place in the order, for dimensions that have one.
    fn group(&self, dimension: Dimension, row: &Row) -> (usize, String) {
        let or = |text: Option<&String>, none: &str| (0, text.map_or(none, String::as_str).to_owned());
        match dimension {
            Dimension::Department => or(row.department.as_ref(), "未登记承办部门"),
            Dimension::Type => or(row.contract_type.as_ref(), "类型未明"),
            Dimension::Counterparty => or(row.counterparties.first(), "对方未读到"),
            Dimension::Amount => self.bands.of(row),
            Dimension::Risk => risk(row),
            Dimension::State => (row.state as usize, row.state.label().to_owned()),
        }
    }

    /// The report.
    pub fn finish(self) -> Report {
        let by = self.groups.into_iter().map(|(dimension, groups)| {
            let mut groups: Vec<_> = groups.into_iter().collect();
            groups.sort_by_key(|((place, _), tally)| (*place, std::cmp::Reverse(tally.count)));
            let lines = groups.into_iter().map(|((_, name), tally)| Line { name, tally }).collect();
            Breakdown { dimension, lines }
        });
        Report { by: by.collect(), ..self.report }
    }
}

/// The gravest of what the rules found.
fn risk(row: &Row) -> (usize, String) {
    let (place, name) = match (row.violations, row.risks, row.cannot_tell, row.notices) {
        (1.., ..) => (0, "有违规"),
        (0, 1.., ..) => (1, "有风险"),
        (0, 0, 1.., _) => (2, "有待核"),
        (0, 0, 0, 1..) => (3, "仅有提示"),
        _ => (4, "未见问题"),
    };
    (place, name.to_owned())
}

fn is_performed(state: FilingState) -> bool {
    matches!(state, FilingState::Signed | FilingState::Filed | FilingState::Performing | FilingState::Changed)
}

impl Report {
    /// Its title: `2024年上半年政府合同签订、履行情况报告`.
    pub fn title(&self) -> String {
        self.period.title()
    }

    /// The report as a workbook with a chart for each breakdown.
    ///
    /// # Errors
    ///
    /// [`OfficeError::Write`] when it cannot be packed.
    pub fn to_workbook(&self, made_at: DateTime) -> Result<Vec<u8>, OfficeError> {
        workbook::render(self, made_at)
    }

    /// The report as a DOCX file with the six contents of 第六十条第三款.
    ///
    /// # Errors
    ///
    /// [`OfficeError::Write`] when it cannot be packed.
    pub fn to_document(&self, made_at: DateTime) -> Result<Vec<u8>, OfficeError> {
        document::render(self, made_at).to_bytes()
    }
}

#[cfg(test)]
mod tests;
