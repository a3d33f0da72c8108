//! Small queries → larger ones.

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use crate::search::cover::Placed;
use crate::search::phrase::Phrase;

/// A query of any kind.
pub(in crate::search) type Boxed = Box<dyn Query>;

/// Terms at their places in a field.
pub(in crate::search) fn placed(field: Field, terms: &[Placed], slop: u32) -> Boxed {
    match terms {
        [] => Box::new(EmptyQuery),
        [(_, only)] => {
            Box::new(TermQuery::new(Term::from_field_text(field, only), IndexRecordOption::WithFreqs))
        }
        terms if slop == 0 => Box::new(Phrase { field, terms: terms.to_vec() }),
        terms => {
            let terms = terms.iter().map(|(position, text)| (*position, Term::from_field_text(field, text)));
            Box::new(PhraseQuery::new_with_offset_and_slop(terms.collect(), slop))
        }
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
