//! People's word laid over a form: what was confirmed, corrected, or filled in.

use serde_json::Value as Json;

use super::fill::digest;
use super::form::{Decided, Entry, Form, State};
use crate::model::case::{Case, Decision, DecisionKind, Effective, FieldPath, Standing};
use crate::model::moment::office_day;

/// Lays what a case holds over a form that was filled from what counts. `read` is the same form filled from the
/// reading alone.
pub(super) fn lay_over(mut form: Form, read: &Form, case: &Case, effective: &Effective) -> Form {
    for entry in form.entries_mut() {
        lay_over_entry(entry, read, case, effective);
        entry.seen = digest(entry.value.as_deref(), entry.normalised.as_ref());
    }
    form.remarks.push(format!("备案状态：{}", case.state.label()));
    form.remarks.extend(effective.unsettled().filter(|standing| standing.place.is_none()).map(lost));
    form
}

fn lay_over_entry(entry: &mut Entry, read: &Form, case: &Case, effective: &Effective) {
    let before = read.entry(&entry.key).and_then(|entry| entry.value.clone());
    if let Some(value) = of_case(entry, case) {
        fill_in(entry, value, None);
        return;
    }
    let Some(path) = entry.path.as_ref().and_then(|path| path.parse::<FieldPath>().ok()) else { return };
    match effective.slot(&entry.key) {
        Some(decision) => of_slot(entry, before, decision),
        None => of_field(entry, before, &path, effective),
    }
}

/// What the store keeps of the case itself, by the key of the entry.
fn of_case(entry: &Entry, case: &Case) -> Option<String> {
    let day = |day: Option<jiff::civil::Date>| day.map(super::wording::date);
    match entry.key.as_str() {
        _ if !entry.by_person => None,
        "department" => case.department.clone(),
        "undertaker" => case.undertaker.clone(),
        "filing_number" => case.filing_number.clone(),
        "registered_on" => day(case.registered),
        "paper_on" => day(case.paper_received),
        _ => None,
    }
}

fn fill_in(entry: &mut Entry, value: String, decision: Option<&Decision>) {
    entry.value = Some(value);
    entry.state = State::Filled;
    entry.note = None;
    entry.decided = decision.map(said);
}

fn said(decision: &Decision) -> Decided {
    Decided { by: decision.by.clone(), on: office_day(decision.at), differs: false }
}

/// A word on the entry itself, kept below its key.
fn of_slot(entry: &mut Entry, read: Option<String>, decision: &Decision) {
    let value = match &decision.value {
        Json::String(text) => text.clone(),
        Json::Null => NONE.to_owned(),
        other => other.to_string(),
    };
    if entry.by_person {
        return fill_in(entry, value, Some(decision));
    }
    let same = read.as_ref() == Some(&value);
    entry.state = if same { State::Confirmed } else { State::Corrected };
    entry.note = read.filter(|_| !same).map(|read| format!("原读作“{read}”"));
    entry.value = Some(value);
    entry.decided = Some(said(decision));
}

/// Stands where a person said that the contract has none.
const NONE: &str = "无此项";

/// A word on the field, or the part of one, that the entry shows.
fn of_field(entry: &mut Entry, read: Option<String>, path: &FieldPath, effective: &Effective) {
    let Some(standing) = effective.standing(&path.whole().to_string()) else { return };
    let corrected = standing.decision.kind == DecisionKind::Corrected;
    let changed = entry.value != read;
    // Of a field with several parts, a correction says nothing of those that it left as they were.
    if path.part().is_some() && corrected && !changed {
        return;
    }
    if standing.decision.value.is_null() {
        entry.value = Some(NONE.to_owned());
        entry.normalised = None;
    }
    entry.state = if corrected { State::Corrected } else { State::Confirmed };
    let mut notes: Vec<String> = Vec::new();
    if corrected {
        notes.extend(read.filter(|_| changed).map(|read| format!("原读作“{read}”")));
    }
    if standing.differs {
        notes.push("核定之后重新读取的结果与核定时不同，请复核".to_owned());
    }
    entry.note = (!notes.is_empty()).then(|| notes.join("；"));
    entry.decided = Some(Decided { differs: standing.differs, ..said(&standing.decision) });
}

/// Said of a decision whose place in the contract cannot be told any more.
fn lost(standing: &Standing) -> String {
    let Decision { path, by, at, .. } = &standing.decision;
    format!("{by}于{}对“{}”的核定在重新读取后找不到对应的位置，请复核", office_day(*at), path.label())
}
