//! Deadlines of a contract (期限), each with its arithmetic written out, so that a person can check it by hand.

use jiff::ToSpan;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::node::Anchors;
use super::terms::{self, Clause, DayOfYear, Terms, WorkingDays};
use crate::dictionaries::{Dictionaries, DictionaryError};
use crate::model::Basis;

/// What has to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DeadlineKind {
    /// Register in the filing system (备案登记).
    Filing,
    /// Hand in the paper original (纸质原件).
    PaperOriginal,
    /// A performance node falls due (进度节点).
    Node,
    /// Report a performance node (节点填报).
    NodeReport,
    /// Report what keeps the contract from being performed (异常填报).
    IncidentReport,
    /// Ask for renewal, where one is wanted (提出续签).
    Renewal,
    /// The contract's term ends (期限届满).
    TermEnd,
    /// Sue or apply for arbitration, where the other side did not perform (起诉或申请仲裁).
    Limitation,
    /// The department's half-year report (半年报告).
    HalfYearReport,
    /// The department's annual report (年度报告).
    AnnualReport,
}

impl DeadlineKind {
    /// As a person reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Filing => "备案登记",
            Self::PaperOriginal => "提交纸质原件",
            Self::Node => "进度节点",
            Self::NodeReport => "节点填报",
            Self::IncidentReport => "异常填报",
            Self::Renewal => "提出续签（如需）",
            Self::TermEnd => "期限届满",
            Self::Limitation => "起诉或申请仲裁（如有争议）",
            Self::HalfYearReport => "半年报告",
            Self::AnnualReport => "年度报告",
        }
    }
}

/// A day by which something has to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Deadline {
    /// What.
    pub kind: DeadlineKind,
    /// The last day for it.
    #[schemars(with = "String")]
    pub date: Date,
    /// How the day comes about: `2024-03-05 签订 + 10个工作日（跳过周末4天） = 2024-03-19`.
    pub arithmetic: String,
    /// The article in words: `《办法》第四十九条第二款`.
    pub cited: String,
    /// The article.
    pub basis: Vec<Basis>,
    /// Why the day is provisional (暂定), where it rests on days without a notice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provisional: Option<String>,
    /// What was taken for granted, where anything was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assumption: Option<String>,
}

/// The last day to sue, and the day on which the limitation itself ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// The last day to sue.
    pub deadline: Deadline,
    /// The end of the limitation (诉讼时效届满).
    pub expiry: Date,
}

/// Reckons deadlines by the calendar and by `duties.toml`.
#[derive(Debug, Clone)]
pub struct Deadlines {
    calendar: Calendar,
    terms: Terms,
    anchors: Anchors,
}

impl Deadlines {
    /// Reads `calendar.toml` and `duties.toml`.
    ///
    /// # Errors
    ///
    /// When one of them is malformed.
    pub fn new(dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        let terms: Terms = dictionaries.toml(terms::FILE)?;
        let malformed = |problem| DictionaryError::malformed(terms::FILE, problem);
        let anchors = terms.anchors.compile().map_err(malformed)?;
        Ok(Self { calendar: Calendar::new(dictionaries)?, terms, anchors })
    }

    /// Which events the contract's own days stand for.
    pub(super) fn anchors(&self) -> &Anchors {
        &self.anchors
    }

    /// Are contracts of this type (code of `contract_types.toml`) renewed at all?
    pub fn is_renewed(&self, contract_type: Option<&str>) -> bool {
        !self.terms.renewal.not_for.iter().any(|code| Some(code.as_str()) == contract_type)
    }

    /// The working days that deadlines are counted by.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Registration in the filing system, from the last signature (Art. 49 ¶2).
    pub fn filing(&self, signed: Date) -> Option<Deadline> {
        self.counted(DeadlineKind::Filing, &self.terms.filing, (signed, "最后一方签署"), Some(signed))
    }

    /// The paragraph on registration.
    pub fn filing_basis(&self) -> Basis {
        self.terms.regulation.basis(&self.terms.filing.clause)
    }

    /// The paper original, from registration (Art. 49 ¶3).
    pub fn paper_original(&self, registered: Date, signed: Option<Date>) -> Option<Deadline> {
        self.counted(DeadlineKind::PaperOriginal, &self.terms.paper, (registered, "备案登记"), signed)
    }

    /// The report on a node, from its day (Art. 59 ¶1).
    pub fn node_report(&self, node: Date, signed: Option<Date>) -> Option<Deadline> {
        self.counted(DeadlineKind::NodeReport, &self.terms.node_report, (node, "节点"), signed)
    }

    /// The report on an anomaly of 第五十四条第一款, from its day (Art. 59 ¶2).
    pub fn incident_report(&self, happened: Date, signed: Option<Date>) -> Option<Deadline> {
        let term = self.terms.incident_report.as_ref()?;
        self.counted(DeadlineKind::IncidentReport, term, (happened, "情形发生"), signed)
    }

    /// The last day to ask for renewal, before the term's last day (Art. 35 ¶2).
    pub fn renewal(&self, end: Date, signed: Option<Date>) -> Option<Deadline> {
        let months = self.terms.renewal.months;
        let date = end.checked_sub(i64::from(months).months()).ok()?;
        let arithmetic = format!("{end} 期限届满 - {months}个月 = {date}{}", self.rest_day(date));
        self.deadline(DeadlineKind::Renewal, date, arithmetic, &self.terms.renewal.clause, signed)
    }

    /// The last day to sue or to apply for arbitration over what was to be performed by `due` (Art. 65 ¶2).
    pub fn limitation(&self, due: Date, signed: Option<Date>) -> Option<Limit> {
        let limit = &self.terms.limitation;
        let expiry = due.checked_add(i64::from(limit.years).years()).ok()?;
        let date = expiry.checked_sub(i64::from(limit.margin_months).months()).ok()?;
        let arithmetic = format!(
            "{due} 履行期限届满 + {}年（{}）= {expiry} 时效届满，- {}个月 = {date}{}",
            limit.years,
            limit.law,
            limit.margin_months,
            self.rest_day(date)
        );
        let mut deadline =
            self.deadline(DeadlineKind::Limitation, date, arithmetic, &limit.clause, signed)?;
        deadline.assumption = Some(
            "假定：对方到期未履行，时效自履行期限届满起算，没有中止、中断，也不适用特别时效；是否如此由法律人员判断"
                .to_owned(),
        );
        Some(Limit { deadline, expiry })
    }

    /// The next half-year and annual reports on or after a day (Art. 60).
    pub fn reports(&self, as_of: Date) -> Vec<Deadline> {
        let next = |kind, report: &DayOfYear, about: fn(i16) -> String| {
            let this = Date::new(as_of.year(), report.month, report.day).ok()?;
            let date = if as_of <= this { this } else { this.checked_add(1.year()).ok()? };
            let arithmetic = format!("{}：{date}之前{}", about(date.year()), self.rest_day(date));
            self.deadline(kind, date, arithmetic, &report.clause, Some(date))
        };
        let half = next(DeadlineKind::HalfYearReport, &self.terms.half_year_report, |year| {
            format!("{year}年上半年合同签订、履行情况报告")
        });
        let annual = next(DeadlineKind::AnnualReport, &self.terms.annual_report, |year| {
            format!("{}年度合同签订、履行及制度实施情况报告", year.saturating_sub(1))
        });
        let mut reports: Vec<Deadline> = half.into_iter().chain(annual).collect();
        reports.sort_by_key(|report| report.date);
        reports
    }

    /// So many working days after something that happened.
    fn counted(
        &self,
        kind: DeadlineKind,
        term: &WorkingDays,
        (from, what): (Date, &str),
        signed: Option<Date>,
    ) -> Option<Deadline> {
        let counted = self.calendar.after(from, term.working_days)?;
        let days = term.working_days;
        let arithmetic = format!("{from} {what} + {days}个工作日{counted} = {}", counted.date);
        let mut deadline = self.deadline(kind, counted.date, arithmetic, &term.clause, signed)?;
        deadline.provisional = counted.doubt;
        Some(deadline)
    }

    /// `signed` decides whether the regulation was in force; `None` where it was not yet.
    fn deadline(
        &self,
        kind: DeadlineKind,
        date: Date,
        arithmetic: String,
        clause: &Clause,
        signed: Option<Date>,
    ) -> Option<Deadline> {
        let regulation = &self.terms.regulation;
        Some(Deadline {
            kind,
            date,
            arithmetic,
            cited: regulation.cite(clause, signed)?,
            basis: vec![regulation.basis(clause)],
            provisional: None,
            assumption: None,
        })
    }

    /// What to do where the day is no working day: nothing moves it, so it is done before.
    fn rest_day(&self, date: Date) -> String {
        let worked = self.calendar.worked_by(date);
        if worked == date {
            String::new()
        } else {
            format!("（当日休息，宜在此前最后一个工作日{worked}办妥）")
        }
    }
}

#[cfg(test)]
mod tests;
