//! A paragraph's text → its runs, with what the extras put around parts of it.

use super::xml::{complex_field, deleted_runs, escape, runs, simple_field};
use super::{Extra, Extras};

/// Who changed the text and when; fixed, so that files do not differ.
const AUTHOR: &str = r#"w:author="法务" w:date="2024-01-02T09:00:00Z""#;

/// Puts extras into paragraphs as they come by. Some are used once only.
pub(super) struct Inline<'a> {
    extras: &'a Extras,
    changed: bool,
    noted: bool,
    /// The last id given to a content control.
    controls: u32,
}

impl<'a> Inline<'a> {
    pub(super) fn new(extras: &'a Extras) -> Self {
        Self { extras, changed: false, noted: false, controls: 0 }
    }

    /// Whether a footnote mark was set.
    pub(super) fn noted(&self) -> bool {
        self.noted
    }

    /// The runs of a paragraph.
    pub(super) fn content(&mut self, text: &str) -> String {
        if let Some((label, value)) = entry(text)
            && let Some(value) = self.value(label, value)
        {
            return format!("{}{value}", runs(label));
        }
        if !self.changed
            && self.extras.has(Extra::TrackedChange)
            && let Some(sum) = sum(text)
        {
            self.changed = true;
            let (before, rest) = text.split_at(sum.start);
            let (sum, after) = rest.split_at(sum.len());
            return format!("{}{}{}", runs(before), changed(sum), self.noted_runs(after));
        }
        self.noted_runs(text)
    }

    /// The value of an entry such as 甲方：某局, if an extra is about it.
    fn value(&mut self, label: &str, value: &str) -> Option<String> {
        if self.extras.has(Extra::ContentControl) && label.contains("方") {
            self.controls += 1;
            return Some(control(self.controls, label, value));
        }
        if self.extras.has(Extra::Fields) && label.contains("编号") {
            return Some(simple_field(&format!("QUOTE \"{value}\""), &runs(value)));
        }
        if self.extras.has(Extra::Fields) && label.contains("日期") {
            return Some(complex_field("FORMTEXT", &runs(value)));
        }
        None
    }

    fn noted_runs(&mut self, text: &str) -> String {
        const TERM: &str = "工作日";
        let wanted = !self.noted && self.extras.has(Extra::Footnote);
        let Some(at) = text.find(TERM).filter(|_| wanted) else { return runs(text) };
        self.noted = true;
        let (before, after) = text.split_at(at + TERM.len());
        format!("{}<w:r><w:footnoteReference w:id=\"1\"/></w:r>{}", runs(before), runs(after))
    }
}

/// The text of the one footnote.
pub(super) const FOOTNOTE: &str = "本注仅供阅读：工作日，指国家法定工作日。";

/// Label (with its colon) and value of a line such as 甲方：某局.
fn entry(text: &str) -> Option<(&str, &str)> {
    let colon = text.find('：')?;
    let (label, value) = text.split_at(colon + '：'.len_utf8());
    let short = label.chars().count() <= 14 && !value.is_empty();
    (short && !value.contains(['。', '；', '：'])).then_some((label, value))
}

/// Where the first sum of money in figures stands: digits, commas and a point before 元 or 万元.
fn sum(text: &str) -> Option<std::ops::Range<usize>> {
    let figure = |c: char| c.is_ascii_digit() || c == ',' || c == '.';
    let mut end = 0;
    while let Some(start) = text[end..].find(|c: char| c.is_ascii_digit()).map(|at| end + at) {
        end = text[start..].find(|c| !figure(c)).map_or(text.len(), |at| start + at);
        if text[end..].starts_with('元') || text[end..].starts_with("万元") {
            return Some(start..end);
        }
    }
    None
}

/// A sum under revision marks. The deleted one differs in its first digit.
fn changed(sum: &str) -> String {
    let old: String = match sum.chars().next().and_then(|c| c.to_digit(10)) {
        Some(first) => format!("{}{}", first % 9 + 1, &sum[1..]),
        None => sum.to_owned(),
    };
    format!(
        "<w:del w:id=\"901\" {AUTHOR}>{}</w:del><w:ins w:id=\"902\" {AUTHOR}>{}</w:ins>",
        deleted_runs(&old),
        runs(sum),
    )
}

fn control(id: u32, label: &str, value: &str) -> String {
    let alias = escape(label.trim_end_matches('：'));
    format!(
        "<w:sdt><w:sdtPr><w:alias w:val=\"{alias}\"/><w:id w:val=\"{id}\"/><w:text/></w:sdtPr>\
         <w:sdtContent>{}</w:sdtContent></w:sdt>",
        runs(value),
    )
}
