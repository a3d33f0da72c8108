//! Findings of many contracts as a list: a row a finding.

use serde::Serialize;

use super::place;
use crate::checkup::{Assessment, filing};
use crate::model::record::Stage;
use crate::model::{Finding, Outcome, Record, Severity, Text};
use crate::rules::{Packs, cite_clause, is_about_reading};

/// One finding of one contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Number of the record.
    pub record: String,
    /// The file.
    pub path: String,
    /// Title of the contract.
    pub title: Option<String>,
    /// Its own number.
    pub number: Option<String>,
    /// The parties' names.
    pub parties: Vec<String>,
    /// `pack/rule`.
    pub rule: String,
    /// The rule's title.
    pub rule_title: String,
    /// How grave.
    pub severity: Severity,
    /// Hit, or cannot tell.
    pub outcome: Outcome,
    /// The articles, as cited in Chinese.
    pub basis: String,
    /// The clause that it stands in: 第十二条.
    pub clause: Option<String>,
    /// The words that it rests on.
    pub quote: Option<String>,
    /// Page or paragraph of the quote, in Chinese.
    pub place: Option<String>,
    /// The finding in one line.
    pub message: String,
    /// What to write instead.
    pub suggestion: String,
    /// By which it is known again.
    pub fingerprint: String,
    /// What a person decided about it (已搁置、已知), in Chinese.
    pub mark: Option<String>,
}

impl Row {
    /// 违规, 风险（待核）
    pub fn grade(&self) -> String {
        let doubt = if self.outcome == Outcome::CannotTell { "（待核）" } else { "" };
        format!("{}{doubt}", self.severity.label())
    }
}

/// One contract of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reviewed {
    /// Number of the record.
    pub record: String,
    /// The file.
    pub path: String,
    /// Title of the contract.
    pub title: Option<String>,
    /// How far it was read, in Chinese.
    pub status: String,
    /// Draft or signed, in Chinese.
    pub stage: String,
    /// Counts and grade.
    pub assessment: Assessment,
}

impl Reviewed {
    /// What the list says of a contract as a whole; `is_suppressed` says whether a person set a finding aside.
    pub fn of(record: &Record, is_suppressed: impl Fn(&Finding) -> bool) -> Self {
        let stage = match record.stage {
            Stage::Draft => "拟稿",
            Stage::Signed => "已签",
            Stage::Unknown => "未能判断",
        };
        Self {
            record: record.id.clone(),
            path: record.source.path.clone(),
            title: title(record),
            status: record.status.label().to_owned(),
            stage: stage.to_owned(),
            assessment: Assessment::of(&record.findings, record.passed.len(), is_suppressed),
        }
    }
}

/// The findings of a contract in the order of its record, without those that say no more than that something could not be read.
/// `mark` is what a person decided about one.
pub fn rows(
    record: &Record,
    text: &Text,
    packs: &Packs,
    mark: impl Fn(&Finding) -> Option<String>,
) -> Vec<Row> {
    let told = record.findings.iter().filter(|finding| !is_about_reading(finding));
    told.map(|finding| row(record, text, packs, finding, mark(finding))).collect()
}

fn row(record: &Record, text: &Text, packs: &Packs, finding: &Finding, mark: Option<String>) -> Row {
    let fields = &record.fields;
    let rule = format!("{}/{}", finding.pack, finding.rule);
    let first = finding.evidence.first();
    let clause = first.and_then(|span| {
        let at = text.shadow.from_content(text.byte_of_char(span.start)?);
        text.article_at(at).map(cite_clause)
    });
    let parties = fields.parties.iter().filter_map(|party| Some(party.name.as_ref()?.value.clone()));
    Row {
        record: record.id.clone(),
        path: record.source.path.clone(),
        title: title(record),
        number: fields.contract_number.as_ref().map(|number| number.value.clone()),
        parties: parties.collect(),
        rule_title: packs
            .list()
            .find(|known| known.path() == rule)
            .map_or_else(|| of_the_store(&finding.rule), |r| r.title.clone()),
        rule,
        severity: finding.severity,
        outcome: finding.outcome,
        basis: packs.sources().cite(&finding.basis, fields.sign_date.as_ref().map(|date| date.value)),
        clause,
        quote: first.map(|span| span.quote.clone()),
        place: first.map(place),
        message: finding.message.clone(),
        suggestion: finding.suggestion.clone(),
        fingerprint: finding.fingerprint.clone(),
        mark,
    }
}

/// Title of a rule that no pack has: that on filing, which the store checks.
fn of_the_store(rule: &str) -> String {
    if rule == filing::RULE { filing::TITLE.to_owned() } else { String::new() }
}

fn title(record: &Record) -> Option<String> {
    record.fields.title.as_ref().map(|title| title.value.clone())
}

/// The rows as text, one finding in three lines.
pub fn table(rows: &[Row]) -> String {
    rows.iter()
        .map(|row| {
            let title = row.title.as_deref().unwrap_or("（未读得名称）");
            let mark = row.mark.as_ref().map(|mark| format!("  〔{mark}〕")).unwrap_or_default();
            let clause = row.clause.as_deref().unwrap_or("—");
            let place = row.place.as_deref().unwrap_or("—");
            let id: String = row.record.chars().take(12).collect();
            format!(
                "{id}  {title}  {}\n  【{}】{}{mark}\n  {}  {}  {clause}  {place}\n",
                row.path,
                row.grade(),
                row.message,
                row.rule,
                row.fingerprint
            )
        })
        .collect()
}
