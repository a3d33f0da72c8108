//! Stretches of text that stand together in a contract: what quoted text is, words side by side, words near each
//! other.
//!
//! tantivy's own phrase takes some twice the time, cannot be asked for a contract that it has passed (see
//! `excluded`), and knows nothing of terms that only tell in which contracts it is worth to look.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{
    Bm25Weight, EmptyQuery, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED, TantivyError, Term};

use super::marks::Marks;
use super::near::{Starts, in_order, smallest_gap};
use super::places::{StretchPostings, meet};
use super::stretch::Stretch;

/// How stretches have to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// One behind the other in at most so many positions, what they take themselves among them.
    InOrder(u32),
    /// In any order with at most so many characters between them.
    Near(u32),
}

/// Contracts in which stretches stand together; one alone only has to be there.
#[derive(Debug, Clone)]
pub(super) struct Together {
    pub stretches: Vec<Stretch>,
    pub manner: Manner,
    /// Only looked for where at most so many contracts hold what it is made of.
    pub most: Option<u64>,
}

impl Together {
    /// A stretch by itself.
    pub fn one(stretch: Stretch) -> Self {
        Self { stretches: vec![stretch], manner: Manner::InOrder(u32::MAX), most: None }
    }

    /// A stretch by itself, not looked for where more than so many contracts hold what it is made of.
    pub fn rare(stretch: Stretch, most: u64) -> Self {
        Self { most: Some(most), ..Self::one(stretch) }
    }

    /// Stretches in their order, drifted apart by at most so many positions.
    pub fn drifted(stretches: Vec<Stretch>, slop: u32) -> Self {
        let whole = stretches.last().map_or(0, |last| last.start + last.length);
        Self { stretches, manner: Manner::InOrder(whole + slop), most: None }
    }

    /// The terms by which they count, of one field: what tells most of them is there.
    fn weighed(&self) -> Vec<Term> {
        let all = || self.stretches.iter().flat_map(|stretch| &stretch.weighed);
        let whole = self.stretches.iter().find(|stretch| !stretch.pieces.is_empty());
        let field =
            whole.and_then(|stretch| stretch.weighed.first()).or_else(|| all().next()).map(Term::field);
        all().filter(|term| Some(term.field()) == field).cloned().collect()
    }

    /// Do so many contracts hold what it is made of that it is not looked for?
    fn is_frequent(&self, scoring: EnableScoring<'_>) -> tantivy::Result<bool> {
        let (Some(most), Some(searcher)) = (self.most, scoring.searcher()) else { return Ok(false) };
        let terms = self.stretches.iter().flat_map(|stretch| {
            let pieces = stretch.pieces.iter().map(|piece| &piece.term);
            pieces.chain(stretch.places.iter().map(|(_, term)| term))
        });
        for term in terms {
            if searcher.doc_freq(term)? <= most {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl Query for Together {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        if self.is_frequent(scoring)? {
            return EmptyQuery.weight(scoring);
        }
        let weighed = self.weighed();
        let similarity = match (scoring, self.manner) {
            (EnableScoring::Enabled { statistics_provider, .. }, Manner::InOrder(_))
                if !weighed.is_empty() =>
            {
                Some(Bm25Weight::for_terms(statistics_provider, &weighed)?)
            }
            _ => None,
        };
        Ok(Box::new(TogetherWeight { query: self.clone(), weighed, similarity }))
    }
}

struct TogetherWeight {
    query: Together,
    weighed: Vec<Term>,
    similarity: Option<Bm25Weight>,
}

impl TogetherWeight {
    /// Not yet at any contract; `None` where a term is in none.
    fn unplaced(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Option<TogetherScorer>> {
        let mut stretches = Vec::with_capacity(self.query.stretches.len());
        for stretch in &self.query.stretches {
            let Some(postings) = StretchPostings::read(reader, stretch)? else { return Ok(None) };
            stretches.push((postings, stretch.length));
        }
        let lengths = match self.weighed.first() {
            Some(term) => reader.fieldnorms_readers().get_field(term.field())?,
            None => None,
        };
        let similarity = self.similarity.as_ref().map(|similarity| similarity.boost_by(boost)).zip(lengths);
        let starts = stretches.iter().map(|(_, length)| (Vec::new(), *length)).collect();
        let mut order: Vec<usize> = (0..stretches.len()).collect();
        order.sort_by_key(|&at| stretches.get(at).map(|(stretch, _)| stretch.size_hint()));
        let manner = self.query.manner;
        let (marks, doc, measure) = (Marks::default(), 0, 0);
        Ok(Some(TogetherScorer { stretches, order, starts, marks, manner, similarity, doc, measure, boost }))
    }
}

impl Weight for TogetherWeight {
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
        Err(TantivyError::InvalidArgument("standing together is not explained".to_owned()))
    }
}

struct TogetherScorer {
    /// Each with the positions that it takes.
    stretches: Vec<(StretchPostings, u32)>,
    /// In which order they are looked at: the one in the fewest contracts first.
    order: Vec<usize>,
    /// Where each begins in the contract.
    starts: Vec<Starts>,
    marks: Marks,
    manner: Manner,
    similarity: Option<(Bm25Weight, FieldNormReader)>,
    doc: DocId,
    /// How often they stand so in the contract; of what is near, characters between.
    measure: u32,
    boost: Score,
}

impl TogetherScorer {
    /// Goes to the first contract from `target` on that matches.
    fn go_on(&mut self, mut target: DocId) {
        while let SeekDangerResult::SeekLowerBound(next) = self.look_at(target) {
            self.doc = next;
            if next == TERMINATED {
                return;
            }
            target = next;
        }
    }

    /// Does a contract match? If not, tells the first one that may.
    fn look_at(&mut self, target: DocId) -> SeekDangerResult {
        let doc = meet(&mut self.stretches, target, |(stretch, _), target| stretch.with_all(target));
        if doc != target {
            return SeekDangerResult::SeekLowerBound(doc);
        }
        let Some(measure) = self.measured() else { return SeekDangerResult::SeekLowerBound(target + 1) };
        (self.doc, self.measure) = (doc, measure);
        SeekDangerResult::Found
    }

    /// How they stand in the contract where all postings are; `None` where not as they shall.
    fn measured(&mut self) -> Option<u32> {
        if let ([(only, _)], Manner::InOrder(_)) = (self.stretches.as_mut_slice(), self.manner) {
            return Some(only.places().len() as u32).filter(|count| *count > 0);
        }
        for &at in &self.order {
            let ((stretch, _), (starts, _)) = self.stretches.get_mut(at).zip(self.starts.get_mut(at))?;
            let places = stretch.places();
            if places.is_empty() {
                return None;
            }
            std::mem::swap(starts, places);
        }
        match self.manner {
            Manner::InOrder(within) => Some(self.count_in_order(within)).filter(|count| *count > 0),
            Manner::Near(slop) => smallest_gap(&self.starts).filter(|gap| *gap <= slop),
        }
    }

    fn count_in_order(&mut self, within: u32) -> u32 {
        match self.starts.as_slice() {
            [first, second] => self.marks.pair_in_order(first, second, within),
            words => in_order(words, within),
        }
    }
}

impl DocSet for TogetherScorer {
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
        self.stretches.iter().map(|(stretch, _)| stretch.size_hint()).min().unwrap_or(0) / 4
    }

    /// Looking at positions costs more than looking at contracts: an intersection asks these last.
    fn cost(&self) -> u64 {
        let terms: usize = self.stretches.iter().map(|(stretch, _)| stretch.terms()).sum();
        u64::from(self.size_hint()) * 40 * terms as u64
    }
}

impl Scorer for TogetherScorer {
    /// The more often the better, by BM25; of what is near, the closer.
    fn score(&mut self) -> Score {
        match (self.manner, &self.similarity) {
            (Manner::Near(_), _) => self.boost * (3.0 + 4.0 / (1.0 + self.measure as Score)),
            (_, Some((similarity, lengths))) => {
                similarity.score(lengths.fieldnorm_id(self.doc), self.measure)
            }
            (_, None) => 1.0,
        }
    }
}
