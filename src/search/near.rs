//! Words near each other, in any order.
//!
//! A phrase with slop is no such thing: it lets the characters of one word drift apart, and counts the order.

use std::ops::Range;

use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

use super::cover::Placed;
use super::places::{WordPostings, meet};

/// One word: its terms at their places, and how many positions it takes.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub terms: Vec<Placed>,
    pub length: u32,
}

/// Contracts in which all words stand in a field with at most `slop` characters between them.
#[derive(Debug, Clone)]
pub(super) struct Near {
    pub field: Field,
    pub words: Vec<Word>,
    pub slop: u32,
}

impl Query for Near {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(NearWeight(self.clone())))
    }
}

struct NearWeight(Near);

impl NearWeight {
    /// The postings of all words; `None` where a term is in no contract.
    fn words(&self, reader: &SegmentReader) -> tantivy::Result<Option<Vec<(WordPostings, u32)>>> {
        let mut words = Vec::with_capacity(self.0.words.len());
        for word in &self.0.words {
            match WordPostings::read(reader, self.0.field, &word.terms)? {
                Some(postings) => words.push((postings, word.length)),
                None => return Ok(None),
            }
        }
        Ok(Some(words))
    }
}

impl Weight for NearWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let Some(words) = self.words(reader)? else { return Ok(Box::new(EmptyScorer)) };
        let mut scorer = NearScorer { words, slop: self.0.slop, doc: 0, gap: 0, boost };
        scorer.doc = scorer.from(0);
        Ok(Box::new(scorer))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument("nearness is not explained".to_owned()))
    }
}

struct NearScorer {
    /// Each with the positions that it takes.
    words: Vec<(WordPostings, u32)>,
    slop: u32,
    doc: DocId,
    /// Characters between the words where they stand closest.
    gap: u32,
    boost: Score,
}

impl NearScorer {
    /// The first document from `target` on that matches.
    fn from(&mut self, mut target: DocId) -> DocId {
        loop {
            let doc = meet(&mut self.words, target, |(word, _), target| word.with_all(target));
            if doc == TERMINATED {
                return doc;
            }
            let places: Vec<(Vec<u32>, u32)> =
                self.words.iter_mut().map(|(word, length)| (word.places().to_vec(), *length)).collect();
            if let Some(gap) = smallest_gap(&places).filter(|gap| *gap <= self.slop) {
                self.gap = gap;
                return doc;
            }
            target = doc + 1;
        }
    }
}

/// Characters between the words where they stand closest: the shortest stretch that holds each of them,
/// without what they take themselves.
fn smallest_gap(words: &[(Vec<u32>, u32)]) -> Option<u32> {
    let own: u32 = words.iter().map(|(_, length)| length).sum();
    let mut places: Vec<(Range<u32>, usize)> = Vec::new();
    for (n, (starts, length)) in words.iter().enumerate() {
        places.extend(starts.iter().map(|&start| (start..start + length, n)));
    }
    places.sort_by_key(|(place, n)| (place.start, *n));
    let mut last: Vec<Option<Range<u32>>> = vec![None; words.len()];
    let mut best: Option<u32> = None;
    for (place, n) in places {
        if let Some(slot) = last.get_mut(n) {
            *slot = Some(place);
        }
        let bounds = last.iter().flatten().fold(None, |bounds: Option<(u32, u32)>, place| {
            let (from, to) = bounds.unwrap_or((place.start, place.end));
            Some((from.min(place.start), to.max(place.end)))
        });
        if let Some((from, to)) = bounds.filter(|_| last.iter().all(Option::is_some)) {
            let gap = (to - from).saturating_sub(own);
            best = Some(best.map_or(gap, |best| best.min(gap)));
        }
    }
    best
}

impl DocSet for NearScorer {
    fn advance(&mut self) -> DocId {
        self.seek(self.doc.saturating_add(1).min(TERMINATED))
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = if target >= TERMINATED { TERMINATED } else { self.from(target) };
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.words.iter().map(|(word, _)| word.size_hint()).min().unwrap_or(0)
    }
}

impl Scorer for NearScorer {
    /// The closer the better.
    fn score(&mut self) -> Score {
        self.boost * (3.0 + 4.0 / (1.0 + self.gap as Score))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_places_count() {
        let gap = |words: &[(&[u32], u32)]| {
            smallest_gap(&words.iter().map(|(at, length)| (at.to_vec(), *length)).collect::<Vec<_>>())
        };
        assert_eq!(gap(&[(&[0, 50], 2), (&[10, 55], 3)]), Some(3));
        assert_eq!(gap(&[(&[20], 2), (&[10], 3)]), Some(7), "in any order");
        assert_eq!(gap(&[(&[0], 2), (&[], 3)]), None);
        assert_eq!(gap(&[(&[0], 3), (&[1], 2)]), Some(0), "one inside the other");
    }
}
