//! The plainest record, case, page and line, for tests to begin from.

use super::case::{Case, CaseId, FilingState};
use super::record::{Kind, MadeBy, Part, SCHEMA, Source, Stage};
use super::{BBox, Document, Fields, Joint, Line, MediaType, Page, PageClass, PageOrigin, Record, Status};

/// A signed contract in plain text of which nothing was read and no rule said anything.
pub(crate) fn record(id: impl Into<String>) -> Record {
    let id = id.into();
    Record {
        schema: SCHEMA.to_owned(),
        document: id.clone(),
        id,
        part: Part { index: 1, of: 1, pages: None },
        source: Source { path: "a.txt".to_owned(), media_type: MediaType::Plain, bytes: 9, pages: None },
        kind: Kind::Contract,
        stage: Stage::Signed,
        status: Status::Complete,
        issues: Vec::new(),
        pages: Vec::new(),
        seals: Vec::new(),
        text: None,
        fields: Fields::default(),
        absent: Vec::new(),
        findings: Vec::new(),
        passed: Vec::new(),
        not_applicable: Vec::new(),
        made_by: MadeBy {
            version: "0.1.0".to_owned(),
            dictionaries: String::new(),
            packs: Vec::new(),
            models: String::new(),
            runtime: String::new(),
        },
    }
}

/// The case of a record: signed, not filed, nobody in charge.
pub(crate) fn case(id: i64, record: impl Into<String>) -> Case {
    Case {
        id: CaseId(id),
        record: record.into(),
        state: FilingState::Signed,
        state_set: false,
        department: None,
        undertaker: None,
        filing_number: None,
        registered: None,
        paper_received: None,
        revision: 0,
        content: 1,
    }
}

/// An A4 page (210 × 297 mm, in points) with a text layer.
pub(crate) fn page(number: u32, lines: Vec<Line>) -> Page {
    Page {
        number,
        width: 595.0,
        height: 842.0,
        rotation: 0,
        origin: PageOrigin::TextLayer,
        class: PageClass::Text,
        why: String::new(),
        confidence: 1.0,
        lines,
        marks: Vec::new(),
        looked_at: false,
        skew: 0.0,
    }
}

/// The same page as a scan that was looked at for seals and ink.
pub(crate) fn scanned_page(lines: Vec<Line>) -> Page {
    let class = PageClass::Scan;
    Page { origin: PageOrigin::Ocr, class, confidence: 0.99, looked_at: true, ..page(1, lines) }
}

/// A line of 12-point ideographs at a place of a page, in points.
pub(crate) fn line(text: &str, x: f32, y: f32) -> Line {
    let count = text.chars().count();
    Line {
        text: text.to_owned(),
        bbox: BBox::new(x, y, x + 12.0 * count as f32, y + 12.0),
        edges: (0..=count).map(|at| x + 12.0 * at as f32).collect(),
        size: 12.0,
        joint: Joint::Free,
        confidences: Vec::new(),
    }
}

/// A PDF of these pages.
pub(crate) fn document(pages: Vec<Page>) -> Document {
    Document { page_count: Some(pages.len() as u32), pages, ..Document::empty(MediaType::Pdf) }
}
