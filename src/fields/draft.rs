//! What the extractors have found so far, and what they looked for in vain.

use std::ops::Range;

use super::reading::Reading;
use crate::model::Fields;
use crate::model::fields::{Absent, AbsentReason};

/// The fields in the making.
#[derive(Debug, Default)]
pub struct Draft {
    /// Found.
    pub fields: Fields,
    /// Not found, and why.
    pub absent: Vec<Absent>,
}

impl Draft {
    /// Says that a field has no value: its slot is blank where there is one; else the text is silent, or
    /// the page that holds it could not be read.
    pub fn absent(&mut self, reading: &Reading<'_>, field: impl Into<String>, slot: Option<Range<usize>>) {
        let reason = match slot {
            Some(_) => AbsentReason::Blank,
            None if reading.text.is_complete() => AbsentReason::NotFound,
            None => AbsentReason::UnreadablePage,
        };
        let evidence = slot.map(|range| reading.span(range)).filter(|span| !span.quote.is_empty());
        self.absent.push(Absent { field: field.into(), reason, evidence: evidence.into_iter().collect() });
    }

    /// Says that a contract of this kind, or a party of this kind, has no such value.
    pub fn not_applicable(&mut self, field: impl Into<String>) {
        self.absent.push(Absent {
            field: field.into(),
            reason: AbsentReason::NotApplicable,
            evidence: Vec::new(),
        });
    }

    /// Says that the places contradict each other and none is surer.
    pub fn conflicting(
        &mut self,
        reading: &Reading<'_>,
        field: impl Into<String>,
        places: Vec<Range<usize>>,
    ) {
        let evidence = places.into_iter().map(|range| reading.span(range)).collect();
        self.absent.push(Absent { field: field.into(), reason: AbsentReason::Conflicting, evidence });
    }
}
