//! The part that holds the comments (`word/comments.xml`).

use std::ops::Range;

use jiff::civil::DateTime;

use crate::read::docx::xml::Xml;

/// Who says it.
const AUTHOR: &str = "合同审查";

/// The author in one character.
const INITIALS: &str = "审";

/// One comment.
#[derive(Debug)]
pub struct Comment {
    /// Its number in the document.
    pub id: u32,
    /// Its paragraphs.
    pub lines: Vec<String>,
    /// Bytes of the main part that it stands at; `None` where the draft shows nothing at all.
    pub stretch: Option<Range<usize>>,
}

impl Comment {
    /// The element, with the prefix of the part that it goes into.
    pub fn element(&self, w: &str, date: Option<DateTime>) -> String {
        let date = date.map(|date| format!(" {w}date=\"{}\"", date.strftime("%Y-%m-%dT%H:%M:%SZ")));
        let mut out = format!(
            "<{w}comment {w}id=\"{}\" {w}author=\"{AUTHOR}\"{} {w}initials=\"{INITIALS}\">",
            self.id,
            date.unwrap_or_default()
        );
        for (at, line) in self.lines.iter().enumerate() {
            let mark = if at == 0 { format!("<{w}r><{w}annotationRef/></{w}r>") } else { String::new() };
            let text = escaped(line);
            out.push_str(&format!(
                "<{w}p>{mark}<{w}r><{w}t xml:space=\"preserve\">{text}</{w}t></{w}r></{w}p>"
            ));
        }
        out + &format!("</{w}comment>")
    }
}

/// As character data: what XML does not allow becomes a space.
fn escaped(line: &str) -> String {
    let allowed: String = line
        .chars()
        .map(|c| if c.is_control() || c > '\u{FFFD}' && c < '\u{10000}' { ' ' } else { c })
        .collect();
    quick_xml::escape::escape(allowed).into_owned()
}

/// The highest number of a comment in the part, as far as it can be read.
pub fn highest_id(part: &str) -> Option<u32> {
    let mut xml = Xml::new(part);
    let mut highest = None;
    while let Ok(Some(element)) = xml.next_inside(0) {
        if element.name == "w:comment" {
            highest = highest.max(element.attribute("id").and_then(|id| id.trim().parse().ok()));
        }
    }
    highest
}
