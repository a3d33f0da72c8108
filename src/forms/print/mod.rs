//! Form → DOCX to print and sign, XLSX to work through and send back.

mod document;
mod layout;
mod opinion;
pub(super) mod workbook;
mod worklist;

use jiff::civil::DateTime;

use super::form::{Entry, Form, State, Task};
use crate::model::Confidence;
use crate::office::{OfficeError, Properties};

/// The form as a DOCX file: the form itself on A4, then the worklist; of a legality review the heads with the
/// machine's part and the lawyer's part apart.
///
/// # Errors
///
/// [`OfficeError::Write`] when it cannot be packed.
pub fn to_document(form: &Form, made_at: DateTime) -> Result<Vec<u8>, OfficeError> {
    document::render(form, properties(form, made_at)).to_bytes()
}

/// The form as an XLSX file: the worklist to fill in, missing and doubtful values first, and the form itself to
/// print.
///
/// # Errors
///
/// [`OfficeError::Write`] when it cannot be packed.
pub fn to_workbook(form: &Form, made_at: DateTime) -> Result<Vec<u8>, OfficeError> {
    workbook::render(form, &properties(form, made_at))
}

fn properties(form: &Form, made_at: DateTime) -> Properties {
    Properties::new(&form.title, made_at)
}

/// Said in a form's cell of an entry that a person has to look at first.
const MARK: &str = "※";

/// `读取 0.97 第1页`; nothing for what was not read.
fn origin(entry: &Entry) -> String {
    let state = match (entry.state, &entry.value) {
        (State::Open, None) => None,
        (State::Open, Some(_)) => Some("推算，待核".to_owned()),
        (state, _) => Some(state.label().to_owned()),
    };
    let sure = entry.confidence.map(Confidence::get).filter(|_| entry.state == State::Read);
    let sure = sure.map(|sure| format!("{sure:.2}"));
    let decided = entry.decided.as_ref().map(|decided| format!("{} {}", decided.by, decided.on));
    [state, decided, sure, entry.place().filter(|_| entry.value.is_some())]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Heading of a part of the worklist.
fn heading(task: Task) -> &'static str {
    match task {
        Task::Check => "一、待核对：未读到、有矛盾或把握不大的",
        Task::Fill => "二、待填写：合同文字中没有、由承办人填写的",
        Task::Confirm => "三、已读得：请对照原件确认的",
        Task::Done => "四、已核定，以及无须核对的文件信息",
    }
}

/// What the form's head says of it: record, reading, how much is left to do.
fn head(form: &Form) -> Vec<String> {
    let count = |task| form.entries().filter(|entry| entry.task() == task).count();
    let mut lines = vec![
        format!("依据：{}", form.regulation),
        format!("合同记录：{}　读取情况：{}", short(&form.record), super::text::status(form.status)),
        format!(
            "待核对{}项，待填写{}项，已读得待确认{}项",
            count(Task::Check),
            count(Task::Fill),
            count(Task::Confirm)
        ),
    ];
    lines.extend(form.remarks.iter().map(|remark| format!("说明：{remark}")));
    lines
}

/// As much of a record's number as tells it from others.
fn short(record: &str) -> String {
    record.chars().take(16).collect::<String>() + record.find('#').map_or("", |part| record.split_at(part).1)
}

/// A label with its group: `甲方·名称`.
fn named(group: &str, entry: &Entry) -> String {
    if group.is_empty() { entry.label.clone() } else { format!("{group}·{}", entry.label) }
}
