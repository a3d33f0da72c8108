//! The form as aligned plain text, for terminals.

use std::fmt::{self, Write};

use super::form::{Entry, Form, State};
use crate::model::{Confidence, Status};
use crate::office::display_width as width;

/// Widest label column, in terminal cells.
const LABELS: usize = 32;

/// Writes a form out for a terminal: one line an entry, labels in one column, notes below a value or beside a blank.
/// Entries that have to be filled carry `*`; computed values say that they are to be checked.
pub fn render_text(form: &Form) -> String {
    let mut out = String::new();
    // Writing into a String cannot fail.
    let _ = write_form(&mut out, form);
    out
}

fn write_form(out: &mut String, form: &Form) -> fmt::Result {
    writeln!(out, "{}（第{}版）", form.title, form.version)?;
    writeln!(out, "依据：{}", form.regulation)?;
    writeln!(out, "合同记录：{}", form.record)?;
    writeln!(out, "读取情况：{}", status(form.status))?;
    for remark in &form.remarks {
        writeln!(out, "说明：{remark}")?;
    }
    let labels = form.entries().map(|entry| width(&entry.label)).max().unwrap_or(0).min(LABELS);
    for section in &form.sections {
        writeln!(out, "\n{}", section.heading)?;
        section.entries.iter().try_for_each(|entry| write_entry(out, entry, labels))?;
        for group in &section.groups {
            writeln!(out, "  【{}】", group.heading)?;
            group.entries.iter().try_for_each(|entry| write_entry(out, entry, labels))?;
        }
    }
    writeln!(out, "\n* 必填。〔〕内为出处和可信度。※ 为待填原因或核对提示。")
}

fn write_entry(out: &mut String, entry: &Entry, labels: usize) -> fmt::Result {
    let mark = if entry.required { '*' } else { ' ' };
    let padding = " ".repeat(labels.saturating_sub(width(&entry.label)));
    let below = format!("\n{}", " ".repeat(labels + 6));
    // A blank shares its line with the reason; a value has the line to itself.
    let gap = if entry.value.is_some() { below.as_str() } else { "  " };
    let note = entry.note.as_ref().map_or_else(String::new, |note| format!("{gap}※ {note}"));
    writeln!(out, "  {mark} {}{padding}  {}{note}", entry.label, value(entry))
}

fn value(entry: &Entry) -> String {
    match (&entry.value, entry.state) {
        (None, _) => "＿＿＿＿".to_owned(),
        (Some(value), State::Open) => format!("{value}（待核）"),
        (Some(value), State::Read) => format!("{value}{}", origin(entry)),
        (Some(value), state) => format!("{value}（{}）", state.label()),
    }
}

/// `〔第1页，0.97〕`.
fn origin(entry: &Entry) -> String {
    let place = entry.place();
    let sure = entry.confidence.map(Confidence::get).map(|sure| format!("{sure:.2}"));
    let parts: Vec<_> = [place, sure].into_iter().flatten().collect();
    if parts.is_empty() { String::new() } else { format!("  〔{}〕", parts.join("，")) }
}

pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Complete => "全部读出",
        Status::Partial => "部分读出",
        Status::Failed => "未能读出",
        Status::Skipped => "未经读取",
    }
}
