//! The parts for what runs at the head and foot of each page.

use super::xml::{HEAD, NAMESPACES, complex_field, paragraph, runs, simple_field};
use crate::source::{Document, PAGE, PAGES};

const CENTRED: &str = "<w:jc w:val=\"center\"/>";

/// The part `header1.xml`.
pub(super) fn header(document: &Document) -> String {
    let text = document.header.as_deref().unwrap_or("");
    let line = paragraph(CENTRED, &runs(text));
    format!("{HEAD}<w:hdr {NAMESPACES}>{line}</w:hdr>")
}

/// The part `footer1.xml`: the page number is a complex field, the number of pages a simple one.
pub(super) fn footer(document: &Document) -> String {
    let mut rest = document.footer.as_deref().unwrap_or("");
    let mut content = String::new();
    while let Some(start) = rest.find('{') {
        content.push_str(&runs(&rest[..start]));
        let tail = &rest[start..];
        // Page numbers are Word's to fill in; 1 is what a reader sees that does not.
        rest = if let Some(tail) = tail.strip_prefix(PAGE) {
            content.push_str(&complex_field("PAGE", &runs("1")));
            tail
        } else if let Some(tail) = tail.strip_prefix(PAGES) {
            content.push_str(&simple_field("NUMPAGES", &runs("1")));
            tail
        } else {
            content.push_str(&runs("{"));
            &tail[1..]
        };
    }
    content.push_str(&runs(rest));
    format!("{HEAD}<w:ftr {NAMESPACES}>{}</w:ftr>", paragraph(CENTRED, &content))
}
