//! Words and characters exactly at their places: what a quoted text is.
//!
//! tantivy's own phrase does the same in some twice the time, and cannot be asked for a contract that it has
//! passed (see `excluded`).

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED, TantivyError, Term};

use super::cover::Placed;
use super::places::WordPostings;

/// Contracts in which all terms stand in a field at their places.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub field: Field,
    pub terms: Vec<Placed>,
}

impl Query for Phrase {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let similarity = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } => {
                let terms = self.terms.iter().map(|(_, term)| Term::from_field_text(self.field, term));
                Some(Bm25Weight::for_terms(statistics_provider, &terms.collect::<Vec<_>>())?)
            }
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(PhraseWeight { phrase: self.clone(), similarity }))
    }
}

struct PhraseWeight {
    phrase: Phrase,
    similarity: Option<Bm25Weight>,
}

impl PhraseWeight {
    /// Not yet at any contract.
    fn unplaced(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Option<PhraseScorer>> {
        let Some(word) = WordPostings::read(reader, self.phrase.field, &self.phrase.terms)? else {
            return Ok(None);
        };
        let lengths = reader.fieldnorms_readers().get_field(self.phrase.field)?;
        let similarity = self.similarity.as_ref().map(|similarity| similarity.boost_by(boost));
        Ok(Some(PhraseScorer { word, similarity: similarity.zip(lengths), doc: 0, count: 0 }))
    }
}

impl Weight for PhraseWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let Some(mut scorer) = self.unplaced(reader, boost)? else { return Ok(Box::new(EmptyScorer)) };
        scorer.go_on(0);
        Ok(Box::new(scorer))
    }

    fn scorer_danger(
        &self,
        reader: &SegmentReader,
        target: DocId,
        boost: Score,
    ) -> tantivy::Result<(SeekDangerResult, Box<dyn Scorer>)> {
        let Some(mut scorer) = self.unplaced(reader, boost)? else {
            return Ok((SeekDangerResult::SeekLowerBound(TERMINATED), Box::new(EmptyScorer)));
        };
        Ok((scorer.look_at(target), Box::new(scorer)))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument("a phrase is not explained".to_owned()))
    }
}

struct PhraseScorer {
    word: WordPostings,
    similarity: Option<(Bm25Weight, FieldNormReader)>,
    doc: DocId,
    /// How often the phrase stands in the contract.
    count: u32,
}

impl PhraseScorer {
    /// Goes to the first contract from `target` on that holds the phrase.
    fn go_on(&mut self, mut target: DocId) {
        while let SeekDangerResult::SeekLowerBound(next) = self.look_at(target) {
            self.doc = next;
            if next == TERMINATED {
                return;
            }
            target = next;
        }
    }

    /// Does a contract hold the phrase? If not, tells the first one that may.
    fn look_at(&mut self, target: DocId) -> SeekDangerResult {
        let doc = self.word.with_all(target);
        if doc != target {
            return SeekDangerResult::SeekLowerBound(doc);
        }
        self.count = self.word.places().len() as u32;
        if self.count == 0 {
            return SeekDangerResult::SeekLowerBound(target + 1);
        }
        self.doc = doc;
        SeekDangerResult::Found
    }
}

impl DocSet for PhraseScorer {
    fn advance(&mut self) -> DocId {
        self.seek(self.doc.saturating_add(1).min(TERMINATED))
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            match target {
                TERMINATED.. => self.doc = TERMINATED,
                target => self.go_on(target),
            }
        }
        self.doc
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        match target {
            TERMINATED.. => SeekDangerResult::SeekLowerBound(TERMINATED),
            target if target == self.doc => SeekDangerResult::Found,
            target => self.look_at(target),
        }
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        // Of the contracts that hold all terms some hold them at their places.
        self.word.size_hint() / 4
    }

    /// Looking at positions costs more than looking at contracts: an intersection asks a phrase last.
    fn cost(&self) -> u64 {
        u64::from(self.word.size_hint()) * 10 * self.word.terms() as u64
    }
}

impl Scorer for PhraseScorer {
    fn score(&mut self) -> Score {
        let score = |(similarity, lengths): &(Bm25Weight, FieldNormReader)| {
            similarity.score(lengths.fieldnorm_id(self.doc), self.count)
        };
        self.similarity.as_ref().map_or(1.0, score)
    }
}
