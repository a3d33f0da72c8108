//! Order by a record's id: where a record stands in the index is chance.

use std::cmp::Ordering;
use std::sync::OnceLock;

use tantivy::collector::sort_key::NaturalComparator;
use tantivy::collector::{SegmentSortKeyComputer, SortKeyComputer};
use tantivy::columnar::StrColumn;
use tantivy::index::SegmentId;
use tantivy::{DocId, Score, SegmentReader};

use super::schema::name;

/// Sorts by id. tantivy's own order by a text looks up the text of every candidate; this one compares numbers
/// inside a segment, and texts only where candidates of two segments are equal in all else.
#[derive(Debug, Clone, Copy)]
pub(super) struct ById;

/// The ids of a segment.
pub(super) struct Ids {
    segment: SegmentId,
    column: Option<StrColumn>,
}

/// An id that is looked up when it is first compared.
#[derive(Debug, Clone)]
pub(super) struct Id {
    segment: SegmentId,
    column: StrColumn,
    ordinal: u64,
    text: OnceLock<Option<String>>,
}

impl Id {
    fn text(&self) -> Option<&str> {
        let look_up = || {
            let mut text = String::new();
            self.column.ord_to_str(self.ordinal, &mut text).ok().map(|_| text)
        };
        self.text.get_or_init(look_up).as_deref()
    }
}

impl PartialEq for Id {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Id {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match self.segment == other.segment {
            true => Some(self.ordinal.cmp(&other.ordinal)),
            false => Some(self.text().cmp(&other.text())),
        }
    }
}

impl SortKeyComputer for ById {
    type SortKey = Option<Id>;
    type Child = Ids;
    type Comparator = NaturalComparator;

    fn segment_sort_key_computer(&self, segment: &SegmentReader) -> tantivy::Result<Ids> {
        Ok(Ids { segment: segment.segment_id(), column: segment.fast_fields().str(name::ID)? })
    }
}

impl SegmentSortKeyComputer for Ids {
    type SortKey = Option<Id>;
    type SegmentSortKey = Option<u64>;
    type SegmentComparator = NaturalComparator;

    fn segment_sort_key(&mut self, document: DocId, _: Score) -> Option<u64> {
        self.column.as_ref()?.ords().first(document)
    }

    fn convert_segment_sort_key(&self, ordinal: Option<u64>) -> Option<Id> {
        Some(Id {
            segment: self.segment,
            column: self.column.clone()?,
            ordinal: ordinal?,
            text: OnceLock::new(),
        })
    }
}
