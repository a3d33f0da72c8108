//! The form on A4, as offices lay out forms: four columns, labels grey, slots to write in.

use super::super::form::{Entry, Form, State, Task};
use super::layout::{Line, hint, lines};
use super::{MARK, head, opinion, origin, worklist};
use crate::office::Properties;
use crate::office::document::{Cell, Document, Paragraph, Row, Shade, Style, Table, Tone};

/// Label, value, label, value: millimetres.
const COLUMNS: [u32; 4] = [29, 56, 29, 56];

/// Room to write in, in millimetres.
const SLOT: u32 = 9;

pub(super) fn render(form: &Form, properties: Properties) -> Document {
    let mut document = Document::new(properties);
    document.say(Style::Title, &form.title);
    for line in head(form) {
        document.say(Style::Subtitle, &line);
    }
    let (opening, closing) = match form.heads.is_empty() {
        true => (form.sections.as_slice(), Default::default()),
        // The last section of an opinion is its conclusion.
        false => form.sections.split_at(form.sections.len().saturating_sub(1)),
    };
    document.table(sections(opening));
    if !form.heads.is_empty() {
        opinion::write(&mut document, &form.heads);
        document.table(sections(closing));
    }
    let legend =
        format!("{MARK} 须先核对，原因见后附核对清单。值下小字为状态、可信度和出处；浅黄格由人填写。");
    document.say(Style::Small, &legend);
    worklist::write(&mut document, form);
    document
}

fn sections(sections: &[super::super::form::Section]) -> Table {
    let mut table = Table::new(&COLUMNS);
    for section in sections {
        if !section.entries.is_empty() {
            block(&mut table, &section.heading, &section.entries);
        }
        for group in &section.groups {
            block(&mut table, &format!("{}　{}", section.heading, group.heading), &group.entries);
        }
    }
    table
}

fn block(table: &mut Table, heading: &str, entries: &[Entry]) {
    table.add(Row::new([Cell::heading(heading).over(4)]));
    for line in lines(entries) {
        let row = match line {
            Line::Pair(one, other) => Row::new([label(one), value(one), label(other), value(other)]),
            Line::Whole(entry) => Row::new([label(entry), value(entry).over(3)]),
        };
        table.add(row.at_least(SLOT));
    }
}

fn label(entry: &Entry) -> Cell {
    let star = if entry.required { "*" } else { "" };
    Cell::label(&format!("{}{star}", entry.label))
}

/// The value with its source below it in small print; an empty slot says how to fill it.
fn value(entry: &Entry) -> Cell {
    let text = Paragraph::new(Style::Cell);
    let text = match &entry.value {
        Some(value) => text.saying(value),
        None => text.with(hint(entry).unwrap_or_default(), Tone::Faint),
    };
    let check = entry.task() == Task::Check;
    let text = if check { text.with(&format!(" {MARK}"), Tone::Alert) } else { text };
    let mut paragraphs = vec![text];
    let origin = origin(entry);
    if !origin.is_empty() {
        paragraphs.push(Paragraph::new(Style::Small).saying(&origin));
    }
    let open = entry.state == State::Open && entry.value.is_none();
    Cell::new(paragraphs).shaded(if open { Shade::Slot } else { Shade::None })
}
