//! A query that is safe to exclude by.
//!
//! tantivy excludes with `seek_danger`, which asks a phrase whether it holds a document, at times one that
//! the phrase has passed already. A phrase does not expect that: with checks on it panics, without them it
//! may go back and answer wrongly, and the exclusion leaks. This wrapper only ever seeks forward.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TantivyError};

/// The wrapped query.
#[derive(Debug)]
pub(super) struct Excluded(pub Box<dyn Query>);

impl Clone for Excluded {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl Query for Excluded {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let schema = EnableScoring::disabled_from_schema(scoring.schema());
        let scoring = scoring.searcher().map_or(schema, EnableScoring::disabled_from_searcher);
        Ok(Box::new(ForwardWeight(self.0.weight(scoring)?)))
    }
}

struct ForwardWeight(Box<dyn Weight>);

impl Weight for ForwardWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(Forward(self.0.scorer(reader, boost)?)))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument("an exclusion has no score".to_owned()))
    }
}

/// Leaves `seek_danger` to its default, which looks where it stands before it seeks.
struct Forward(Box<dyn Scorer>);

impl DocSet for Forward {
    fn advance(&mut self) -> DocId {
        self.0.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.0.doc() >= target { self.0.doc() } else { self.0.seek(target) }
    }

    fn doc(&self) -> DocId {
        self.0.doc()
    }

    fn size_hint(&self) -> u32 {
        self.0.size_hint()
    }
}

impl Scorer for Forward {
    fn score(&mut self) -> Score {
        0.0
    }
}
