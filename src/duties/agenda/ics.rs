//! What is due as a calendar file (iCalendar, RFC 5545), to be taken into the office's calendar.
//!
//! Each item is an event of a whole day. Its UID stays while the case and the node stay, so that a later file changes
//! the entry instead of doubling it.

use std::fmt::Write;

use jiff::civil::Date;

use super::{Agenda, Due};
use crate::duties::deadline::Deadline;

/// Octets of a line without its end (RFC 5545, 3.1).
const LINE: usize = 75;

impl Agenda {
    /// The calendar file. `store` tells the entries of one store from those of another; the same agenda gives the same
    /// bytes.
    pub fn to_ics(&self, store: &str) -> String {
        let mut out = Calendar { text: String::new(), stamp: format!("{}T000000Z", plain(self.as_of)) };
        for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//hetong//hetong//ZH", "CALSCALE:GREGORIAN"] {
            out.line(line);
        }
        for due in &self.items {
            out.item(due, store);
        }
        for report in &self.reports {
            out.report(report, store);
        }
        out.line("END:VCALENDAR");
        out.text
    }
}

struct Calendar {
    text: String,
    stamp: String,
}

/// One entry.
struct Event<'a> {
    uid: String,
    summary: String,
    description: String,
    deadline: &'a Deadline,
}

impl Calendar {
    fn item(&mut self, due: &Due, store: &str) {
        let node = due.node.as_deref().map(|node| format!("-{}", node.replace('@', "-"))).unwrap_or_default();
        let kind = kind(&due.deadline);
        let contract = due.title.as_deref().unwrap_or("（未读到合同名称）");
        let about = [
            due.number.as_ref().map(|number| format!("合同编号：{number}")),
            due.counterparty.as_ref().map(|name| format!("对方：{name}")),
            due.department.as_ref().map(|department| format!("承办部门：{department}")),
            Some(format!("推算：{}", due.deadline.arithmetic)),
            Some(format!("依据：{}", due.deadline.cited)),
            due.deadline.provisional.clone(),
            due.deadline.assumption.clone(),
        ];
        self.event(&Event {
            uid: format!("case-{}-{kind}{node}@{store}.hetong", due.case),
            summary: format!("{}：{contract}", due.what),
            description: about.into_iter().flatten().collect::<Vec<_>>().join("\n"),
            deadline: &due.deadline,
        });
    }

    fn report(&mut self, report: &Deadline, store: &str) {
        self.event(&Event {
            uid: format!("{}-{}@{store}.hetong", kind(report), plain(report.date)),
            summary: report.kind.label().to_owned(),
            description: format!("{}\n依据：{}", report.arithmetic, report.cited),
            deadline: report,
        });
    }

    fn event(&mut self, event: &Event<'_>) {
        let date = event.deadline.date;
        let end = date.tomorrow().unwrap_or(date);
        let stamp = self.stamp.clone();
        self.line("BEGIN:VEVENT");
        self.line(&format!("UID:{}", event.uid));
        self.line(&format!("DTSTAMP:{stamp}"));
        self.line(&format!("DTSTART;VALUE=DATE:{}", plain(date)));
        self.line(&format!("DTEND;VALUE=DATE:{}", plain(end)));
        self.line(&format!("SUMMARY:{}", escaped(&event.summary)));
        self.line(&format!("DESCRIPTION:{}", escaped(&event.description)));
        self.line(&format!("CATEGORIES:{}", escaped(event.deadline.kind.label())));
        self.line("TRANSP:TRANSPARENT");
        self.line("END:VEVENT");
    }

    /// Writes a line, folded at 75 octets between characters; what goes on begins with a space.
    fn line(&mut self, line: &str) {
        let mut octets = 0;
        for c in line.chars() {
            if octets + c.len_utf8() > LINE {
                self.text.push_str("\r\n ");
                octets = 1;
            }
            self.text.push(c);
            octets += c.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

/// The kind as the JSON writes it.
fn kind(deadline: &Deadline) -> String {
    let word = serde_json::to_value(deadline.kind).ok();
    word.and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// `20240319`.
fn plain(date: Date) -> String {
    let mut out = String::new();
    let _ = write!(out, "{:04}{:02}{:02}", date.year(), date.month(), date.day());
    out
}

/// Text as a value (RFC 5545, 3.3.11); control characters are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn lines_are_folded_and_unfold_to_what_they_were(text in "\\PC{0,300}") {
            let mut calendar = Calendar { text: String::new(), stamp: String::new() };
            calendar.line(&text);
            for line in calendar.text.split("\r\n") {
                prop_assert!(line.len() <= LINE, "{} octets", line.len());
            }
            let unfolded = calendar.text.replace("\r\n ", "");
            prop_assert_eq!(unfolded.strip_suffix("\r\n"), Some(text.as_str()));
        }
    }

    #[test]
    fn what_means_something_in_a_calendar_file_is_escaped() {
        assert_eq!(escaped("甲;乙,丙\\丁\n戊\r\u{0}"), "甲\\;乙\\,丙\\\\丁\\n戊");
    }
}
