//! Small queries → larger ones.

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::Planner;
use crate::search::cover::Placed;
use crate::search::stretch::Stretch;
use crate::search::together::Together;

/// Contracts looked through for what only orders them, at most: of more, the best ones are ordered by it afterwards.
const MOST_LOOKED_AT: u64 = 4_000;

/// A query of any kind.
pub(in crate::search) type Boxed = Box<dyn Query>;

impl Planner<'_> {
    /// Terms at their places in a field, or drifted apart by at most so many characters.
    pub(super) fn placed(&self, field: Field, terms: &[Placed], slop: u32) -> Boxed {
        if terms.is_empty() {
            return Box::new(EmptyQuery);
        }
        if slop > 0 && terms.len() > 1 {
            return Box::new(self.drifted(field, terms, slop));
        }
        let stretch = Stretch::of(self.fields, field, terms);
        match stretch.only() {
            Some(term) => Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs)),
            None => Box::new(Together::one(stretch)),
        }
    }

    /// Terms at their places in a field where that is rare, by what it is made of: for what only orders contracts.
    pub(super) fn placed_where_rare(&self, field: Field, terms: &[Placed]) -> Boxed {
        let stretch = Stretch::of(self.fields, field, terms);
        match stretch.places.is_empty() || stretch.only().is_some() {
            true => self.placed(field, terms, 0),
            false => Box::new(Together::rare(stretch, MOST_LOOKED_AT)),
        }
    }

    /// Terms in their order, drifted apart by at most so many characters.
    pub(super) fn drifted(&self, field: Field, terms: &[Placed], slop: u32) -> Together {
        let stretch = |term| Stretch::of(self.fields, field, std::slice::from_ref(term));
        Together::drifted(terms.iter().map(stretch).collect(), slop)
    }
}

/// A whole value.
pub(in crate::search) fn term(field: Field, value: &str) -> Boxed {
    Box::new(TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::Basic))
}

/// The same, counting so much more.
pub(in crate::search) fn boosted(query: Boxed, weight: f32) -> Boxed {
    Box::new(BoostQuery::new(query, weight))
}

/// The same, counting nothing.
pub(in crate::search) fn unscored(query: Boxed) -> Boxed {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

/// One of them.
pub(in crate::search) fn any(mut queries: Vec<Boxed>) -> Boxed {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}

/// All of them.
pub(in crate::search) fn all_of(mut queries: Vec<Boxed>) -> Boxed {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::intersection(queries)),
    }
}
