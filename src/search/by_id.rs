//! Records by their id, and in its order: where a record stands in the index is chance.

use std::cmp::Ordering;
use std::ops::Bound;
use std::sync::OnceLock;

use tantivy::collector::sort_key::NaturalComparator;
use tantivy::collector::{SegmentSortKeyComputer, SortKeyComputer, TopDocs};
use tantivy::columnar::StrColumn;
use tantivy::index::SegmentId;
use tantivy::query::{Query, RangeQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, Order, Score, Searcher, SegmentReader, Term};

use super::SearchError;
use super::schema::{Fields, name};

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
        self.text.get_or_init(|| value(&self.column, self.ordinal).ok().flatten()).as_deref()
    }
}

/// A number that orders ids as far as it goes: their first sixteen hexadecimal digits; of another id its bytes.
pub(super) fn order(id: &str) -> u64 {
    let digits = id.get(..16).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
    let bytes =
        || id.bytes().chain(std::iter::repeat(0)).take(8).fold(0, |order, b| order << 8 | u64::from(b));
    digits.and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_else(bytes)
}

/// The records whose id begins so.
pub(super) fn beginning(fields: Fields, id: &str) -> RangeQuery {
    let bound = |text: &str| Bound::Included(Term::from_field_text(fields.id, text));
    RangeQuery::new(bound(id), bound(&format!("{id}{}", char::MAX)))
}

/// The record with an id, else the only one whose id begins so.
pub(super) fn find(searcher: &Searcher, fields: Fields, id: &str) -> Result<DocAddress, SearchError> {
    let exact = TermQuery::new(Term::from_field_text(fields.id, id), IndexRecordOption::Basic);
    if let Some(&at) = addresses(searcher, &exact, 1)?.first() {
        return Ok(at);
    }
    match *addresses(searcher, &beginning(fields, id), 2)? {
        [at] => Ok(at),
        _ => Err(SearchError::Unknown(id.to_owned())),
    }
}

/// The value that has a number in a column.
pub(super) fn value(column: &StrColumn, ordinal: u64) -> tantivy::Result<Option<String>> {
    let mut value = String::new();
    Ok(column.ord_to_str(ordinal, &mut value)?.then_some(value))
}

/// The id of a record of a segment.
pub(super) fn id_of(segment: &SegmentReader, document: DocId) -> tantivy::Result<Option<String>> {
    let Some(column) = segment.fast_fields().str(name::ID)? else { return Ok(None) };
    match column.ords().first(document) {
        Some(ordinal) => value(&column, ordinal),
        None => Ok(None),
    }
}

/// Where what a query finds stands, at most so many, by id: a cut is the same in every index.
pub(super) fn addresses(
    searcher: &Searcher,
    query: &dyn Query,
    most: usize,
) -> tantivy::Result<Vec<DocAddress>> {
    let found = searcher.search(query, &TopDocs::with_limit(most).order_by((ById, Order::Asc)))?;
    Ok(found.into_iter().map(|(_, at)| at).collect())
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
