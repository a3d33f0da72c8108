//! The record, as the sources of a form look at it.

use serde::Serialize;

use super::definition::Limits;
use super::reading::Reading;
use super::wording::quoted;
use crate::model::fields::{Absent, AbsentReason};
use crate::model::{Finding, Outcome, Record, Span, Status, Value};

/// A record with the limits of the form that it fills.
pub(super) struct Reader<'a> {
    pub record: &'a Record,
    pub limits: &'a Limits,
    /// The contract that this one adds to, changes or ends, where a person linked one.
    pub main: Option<&'a Record>,
}

impl<'a> Reader<'a> {
    /// The field at `path` written with `write`; open with the reason where there is no value, or where
    /// several places state different ones.
    pub fn field<T: Serialize>(
        &self,
        path: &str,
        value: Option<&Value<T>>,
        write: impl Fn(&T) -> String,
    ) -> Reading {
        match value {
            Some(value) if self.conflict(path).is_none() => self.read(value, write),
            _ => self.missing(path),
        }
    }

    /// A value as read, with what makes it doubtful beside it: other places that would be written
    /// otherwise, and a low confidence.
    pub fn read<T: Serialize>(&self, value: &Value<T>, write: impl Fn(&T) -> String) -> Reading {
        let written = write(&value.value);
        if is_decided(value) {
            return Reading::read(value, written);
        }
        let others = value.witnesses.iter().filter(|other| write(&other.value) != written);
        let others: Vec<_> = others.map(wording).collect();
        Reading::read(value, written).noting_others(&others).noting_doubt(self.limits.review_below)
    }

    /// Why the field at `path` has no value. A party's field has no entry of its own where no party was
    /// read at all; then the reason of the whole list is given.
    pub fn missing(&self, path: &str) -> Reading {
        let list = path.split('[').next().unwrap_or(path);
        match self.absent(path).or_else(|| self.absent(list)) {
            Some(absent) => Reading::open(reason(absent)).resting_on(&absent.evidence),
            None if matches!(self.record.status, Status::Failed | Status::Skipped) => {
                Reading::open("文件未能读出，请查看原件")
            }
            None => Reading::open("未读到，请查看原件"),
        }
    }

    /// The contradiction at `path`, if there is one.
    pub fn conflict(&self, path: &str) -> Option<&'a Absent> {
        self.absent(path).filter(|absent| absent.reason == AbsentReason::Conflicting)
    }

    fn absent(&self, path: &str) -> Option<&'a Absent> {
        self.record.absent.iter().find(|absent| absent.field == path)
    }

    /// What the rule `slug` found, in any pack.
    pub fn hits<'s>(&self, slug: &'s str) -> impl Iterator<Item = &'a Finding> + use<'a, 's> {
        self.findings(slug, Outcome::Hit)
    }

    /// Where the rule `slug` could not decide.
    pub fn undecided<'s>(&self, slug: &'s str) -> impl Iterator<Item = &'a Finding> + use<'a, 's> {
        self.findings(slug, Outcome::CannotTell)
    }

    fn findings<'s>(
        &self,
        slug: &'s str,
        outcome: Outcome,
    ) -> impl Iterator<Item = &'a Finding> + use<'a, 's> {
        let record = self.record;
        record.findings.iter().filter(move |finding| finding.rule == slug && finding.outcome == outcome)
    }
}

/// Did a person say that it is this?
pub(super) fn is_decided<T>(value: &Value<T>) -> bool {
    value.method.starts_with("person/")
}

/// A value as the text has it; empty where the record does not tell.
fn wording<T>(value: &Value<T>) -> &str {
    let quote = value.evidence.first().map(|span| span.quote.as_str());
    value.raw.as_deref().or(quote).unwrap_or_default()
}

/// Do two lists of places share a character?
pub(super) fn overlap(one: &[Span], other: &[Span]) -> bool {
    one.iter().any(|a| other.iter().any(|b| a.start < b.end && b.start < a.end))
}

/// Why a field has no value, as a clerk reads it.
fn reason(absent: &Absent) -> String {
    match absent.reason {
        AbsentReason::NotFound => "文中未见".to_owned(),
        AbsentReason::Blank => "合同此处空白，未填写".to_owned(),
        AbsentReason::UnreadablePage => "可能在未读出的页上，请查看原件".to_owned(),
        AbsentReason::NotApplicable => "此类合同不适用".to_owned(),
        AbsentReason::Conflicting => {
            let quotes = quoted(absent.evidence.iter().map(|span| span.quote.as_str()));
            let places = quotes.map_or_else(String::new, |quotes| format!("：{quotes}"));
            format!("文中记载不一致{places}；核定前留空")
        }
    }
}
