//! The worklist behind the form: every entry with its source, what is missing or doubtful first.

use super::super::form::{Entry, Form, Task};
use super::{heading, named, origin};
use crate::office::document::{Cell, Document, Paragraph, Row, Style, Table};

/// Number, entry, value, state, place and quote, hint: millimetres.
const COLUMNS: [u32; 6] = [12, 28, 40, 20, 38, 32];

pub(super) fn write(document: &mut Document, form: &Form) {
    document.add(Paragraph::new(Style::Heading).saying("核对清单").on_new_page());
    let mut table = Table::new(&COLUMNS);
    table.headings(&["序号", "项目", "现值", "状态", "出处和原文", "提示"]);
    let mut part = None;
    for (number, (task, group, entry)) in (1..).zip(form.worklist()) {
        if part.replace(task) != Some(task) {
            table.add(Row::new([Cell::heading(heading(task)).over(COLUMNS.len())]));
        }
        table.add(row(number, task, group, entry));
    }
    document.table(table);
}

fn row(number: usize, task: Task, group: &str, entry: &Entry) -> Row {
    let small = |text: &str| Cell::new(vec![Paragraph::new(Style::Small).saying(text)]);
    let quote = match (entry.place(), entry.quote()) {
        (Some(place), Some(quote)) => format!("{place}：{}", shortened(quote)),
        (place, quote) => place.or(quote.map(shortened)).unwrap_or_default(),
    };
    let state =
        if task == Task::Check && entry.value.is_none() { "待核".to_owned() } else { origin(entry) };
    let star = if entry.required { "*" } else { "" };
    Row::new([
        Cell::new(vec![Paragraph::new(Style::Small).saying(&number.to_string()).centred()]),
        Cell::text(&format!("{}{star}", named(group, entry))),
        Cell::text(entry.value.as_deref().unwrap_or_default()),
        small(if state.is_empty() { entry.state.label() } else { &state }),
        small(&quote),
        small(entry.note.as_deref().unwrap_or_default()),
    ])
}

/// A quote as long as a cell of the list bears; the whole stands in the JSON.
pub(super) fn shortened(quote: &str) -> String {
    const LONGEST: usize = 120;
    match quote.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", quote.split_at(cut).0),
        None => quote.to_owned(),
    }
}
