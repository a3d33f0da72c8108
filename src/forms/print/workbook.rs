//! The form as a workbook: the worklist to fill in and send back, the form to print, and, hidden, what the form was
//! made from.

use super::super::form::{Entry, Form, SCHEMA, State, Task};
use super::layout::{Line, hint, lines};
use super::{MARK, head, heading, named, origin};
use crate::model::Confidence;
use crate::office::workbook::{Face, Layout, Sheet, Value, Workbook};
use crate::office::{OfficeError, Properties};

/// Name of the sheet that a person fills in.
pub(in crate::forms) const WORKLIST: &str = "核对清单";

/// Name of the hidden sheet that says what the form was made from.
pub(in crate::forms) const ORIGIN: &str = "来源";

/// Headings of the worklist; the last two columns are the program's and hidden.
pub(in crate::forms) const HEADINGS: [&str; 11] =
    ["序号", "项目", "现值", "核定", "更正为", "状态", "提示", "出处和原文", "可信度", "栏目代号", "校验"];

/// Columns of the worklist, by their numbers in [`HEADINGS`].
pub(in crate::forms) mod column {
    pub const VALUE: u16 = 2;
    pub const WORD: u16 = 3;
    pub const CORRECTION: u16 = 4;
    pub const KEY: u16 = 9;
    pub const SEEN: u16 = 10;
}

const WIDTHS: [u16; 11] = [5, 20, 28, 8, 24, 8, 26, 30, 7, 16, 18];

/// What a person chooses from in the column 核定.
pub(in crate::forms) const CONFIRM: &str = "确认";
pub(in crate::forms) const CORRECT: &str = "更正";
pub(in crate::forms) const NONE: &str = "无此项";

const GUIDE: &str = "填写方法：现值无误的，在“核定”栏选“确认”；有误的，把正确的值写在“更正为”栏；合同确无此项的选“无此项”。\
    只填浅黄格，请勿移动、增删列；填好后用 hetong form apply 导回。";

pub(super) fn render(form: &Form, properties: &Properties) -> Result<Vec<u8>, OfficeError> {
    let mut book = Workbook::new(properties);
    worklist(&mut book, form)?;
    print(&mut book, form)?;
    origin_sheet(&mut book, form)?;
    book.to_bytes()
}

fn worklist(book: &mut Workbook, form: &Form) -> Result<(), OfficeError> {
    let layout = Layout { name: WORKLIST, columns: &WIDTHS, landscape: true, streamed: false };
    let mut sheet = book.sheet(&layout)?;
    sheet.title(&format!("{}·核对清单", form.title))?;
    for line in head(form) {
        sheet.note(&line)?;
    }
    sheet.note(GUIDE)?;
    sheet.headings(&HEADINGS)?;
    let first = sheet.row();
    let mut part = None;
    for (number, (task, group, entry)) in (1..).zip(form.worklist()) {
        if part.replace(task) != Some(task) {
            sheet.put_over(0, column::KEY - 1, heading(task), Face::Section)?;
            sheet.set_lines(1)?;
            sheet.next_row();
        }
        row(&mut sheet, number, task, group, entry)?;
    }
    sheet.offer(column::WORD, first, &[CONFIRM, CORRECT, NONE], "请选“确认”“更正”或“无此项”")?;
    sheet.hide_column(column::KEY)?;
    sheet.hide_column(column::SEEN)?;
    sheet.lock();
    Ok(())
}

fn row(
    sheet: &mut Sheet<'_>,
    number: u64,
    task: Task,
    group: &str,
    entry: &Entry,
) -> Result<(), OfficeError> {
    let star = if entry.required { "*" } else { "" };
    let basis = entry.basis.as_ref().map_or_else(String::new, |basis| format!("\n{basis}"));
    let label = format!("{}{star}{basis}", named(group, entry));
    let sure = entry.confidence.map(|sure| format!("{:.2}", Confidence::get(sure)));
    let source: Vec<_> = entry.place().into_iter().chain(entry.quote().map(str::to_owned)).collect();
    let source = source.join("：");
    let state = if task == Task::Check { "待核" } else { entry.state.label() };
    let slot = if entry.path.is_some() { Face::Slot } else { Face::Faint };
    let value_face = if task == Task::Check { Face::Alert } else { Face::Text };
    sheet.put(0, Value::Count(number), Face::Count)?;
    let texts = [
        (1, Some(label.as_str()), Face::Text),
        (column::VALUE, entry.value.as_deref(), value_face),
        (column::WORD, None, slot),
        (column::CORRECTION, None, slot),
        (5, Some(state), Face::Text),
        (6, entry.note.as_deref(), Face::Faint),
        (7, Some(source.as_str()), Face::Faint),
        (8, sure.as_deref(), Face::Faint),
        (column::KEY, Some(entry.key.as_str()), Face::Faint),
        (column::SEEN, Some(entry.seen.as_str()), Face::Faint),
    ];
    let mut high = 1;
    for (at, text, face) in texts {
        sheet.put(at, Value::text(text), face)?;
        if at < column::KEY {
            high = high.max(sheet.lines(at, at, text.unwrap_or_default()));
        }
    }
    // A quote of a page would fill the screen; the whole of it is in the cell.
    sheet.set_lines(high.min(8))?;
    sheet.next_row();
    Ok(())
}

/// Label, value, label, value, in half-width characters: an A4 page upright.
const PAGE: [u16; 4] = [16, 31, 16, 31];

fn print(book: &mut Workbook, form: &Form) -> Result<(), OfficeError> {
    let layout = Layout { name: "表格", columns: &PAGE, landscape: false, streamed: false };
    let mut sheet = book.sheet(&layout)?;
    sheet.title(&form.title)?;
    for line in head(form) {
        sheet.note(&line)?;
    }
    for section in &form.sections {
        if !section.entries.is_empty() {
            block(&mut sheet, &section.heading, &section.entries)?;
        }
        for group in &section.groups {
            block(&mut sheet, &format!("{}　{}", section.heading, group.heading), &group.entries)?;
        }
    }
    sheet.note(&format!("* 必填。{MARK} 须先核对，原因见“{WORKLIST}”。（）内为状态、可信度和出处。"))?;
    sheet.lock();
    Ok(())
}

fn block(sheet: &mut Sheet<'_>, heading: &str, entries: &[Entry]) -> Result<(), OfficeError> {
    sheet.put_over(0, 3, heading, Face::Section)?;
    sheet.set_lines(1)?;
    sheet.next_row();
    for line in lines(entries) {
        let high = match line {
            Line::Pair(one, other) => pair(sheet, one, 0, 1)?.max(pair(sheet, other, 2, 3)?),
            Line::Whole(entry) => pair(sheet, entry, 0, 3)?,
        };
        sheet.set_lines(high)?;
        sheet.next_row();
    }
    Ok(())
}

/// Puts label and value; the lines that they need.
fn pair(sheet: &mut Sheet<'_>, entry: &Entry, label: u16, last: u16) -> Result<usize, OfficeError> {
    let name = format!("{}{}", entry.label, if entry.required { "*" } else { "" });
    sheet.put(label, Value::Text(&name), Face::Label)?;
    let text = shown(entry);
    let open = entry.state == State::Open && entry.value.is_none();
    sheet.put_over(label + 1, last, &text, if open { Face::Slot } else { Face::Text })?;
    Ok(sheet.lines(label, label, &name).max(sheet.lines(label + 1, last, &text)))
}

/// The value with its source in brackets below it.
fn shown(entry: &Entry) -> String {
    let mark = if entry.task() == Task::Check { MARK } else { "" };
    let text = entry.value.as_deref().or(hint(entry)).unwrap_or_default();
    let origin = origin(entry);
    let origin = if origin.is_empty() { origin } else { format!("\n（{origin}）") };
    format!("{text}{mark}{origin}")
}

/// What the form was made from, so that it finds its way back.
fn origin_sheet(book: &mut Workbook, form: &Form) -> Result<(), OfficeError> {
    let layout = Layout { name: ORIGIN, columns: &[16, 70], landscape: false, streamed: false };
    let mut sheet = book.sheet(&layout)?;
    let version = form.version.to_string();
    for (name, value) in [
        ("schema", SCHEMA),
        ("kind", form.kind.as_str()),
        ("version", &version),
        ("record", &form.record),
        ("document", &form.document),
        ("masked", if form.masked { "true" } else { "false" }),
    ] {
        sheet.put(0, Value::Text(name), Face::Text)?;
        sheet.put(1, Value::Text(value), Face::Text)?;
        sheet.next_row();
    }
    sheet.lock();
    sheet.hide();
    Ok(())
}
