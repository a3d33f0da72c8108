//! The plainest record and case, for tests to begin from.

use super::case::{Case, CaseId, FilingState};
use super::record::{Kind, MadeBy, Part, SCHEMA, Source, Stage};
use super::{Fields, MediaType, Record, Status};

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
