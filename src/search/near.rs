//! Words near each other, in any order.
//!
//! A phrase with slop is no such thing: it lets the characters of one word drift apart, and counts the order.

use std::ops::Range;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

use super::cover::Placed;

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
    fn words(&self, reader: &SegmentReader) -> tantivy::Result<Option<Vec<WordPostings>>> {
        let index = reader.inverted_index(self.0.field)?;
        let option = IndexRecordOption::WithFreqsAndPositions;
        let mut words = Vec::with_capacity(self.0.words.len());
        for word in &self.0.words {
            let mut terms = Vec::with_capacity(word.terms.len());
            for (offset, text) in &word.terms {
                match index.read_postings(&Term::from_field_text(self.0.field, text), option)? {
                    Some(postings) => terms.push((*offset as u32, postings)),
                    None => return Ok(None),
                }
            }
            words.push(WordPostings { terms, length: word.length });
        }
        Ok(Some(words).filter(|words| words.iter().all(|word| !word.terms.is_empty())))
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

struct WordPostings {
    terms: Vec<(u32, SegmentPostings)>,
    length: u32,
}

impl WordPostings {
    /// First positions of the word in the current document, in order.
    fn places(&mut self) -> Vec<u32> {
        let mut places: Option<Vec<u32>> = None;
        let mut here = Vec::new();
        for (offset, postings) in &mut self.terms {
            postings.positions(&mut here);
            let starts = here.iter().filter_map(|position| position.checked_sub(*offset));
            places = Some(match places {
                None => starts.collect(),
                Some(known) => common(&known, starts),
            });
        }
        places.unwrap_or_default()
    }
}

/// What stands in both, where both are in order.
fn common(known: &[u32], others: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut known = known.iter().peekable();
    let mut both = Vec::new();
    for other in others {
        while known.next_if(|&&place| place < other).is_some() {}
        both.extend(known.next_if(|&&place| place == other));
    }
    both
}

struct NearScorer {
    words: Vec<WordPostings>,
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
            let doc = self.with_all(target);
            if doc == TERMINATED {
                return doc;
            }
            let places: Vec<(Vec<u32>, u32)> =
                self.words.iter_mut().map(|word| (word.places(), word.length)).collect();
            if let Some(gap) = smallest_gap(&places).filter(|gap| *gap <= self.slop) {
                self.gap = gap;
                return doc;
            }
            target = doc + 1;
        }
    }

    /// The first document from `target` on that holds all terms.
    fn with_all(&mut self, mut target: DocId) -> DocId {
        'next: loop {
            for (_, postings) in self.words.iter_mut().flat_map(|word| &mut word.terms) {
                let doc = if postings.doc() < target { postings.seek(target) } else { postings.doc() };
                if doc == TERMINATED {
                    return TERMINATED;
                }
                if doc > target {
                    target = doc;
                    continue 'next;
                }
            }
            return target;
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
        self.words.iter().flat_map(|word| &word.terms).map(|(_, p)| p.size_hint()).min().unwrap_or(0)
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
        assert_eq!(common(&[1, 4, 9], [4, 5, 9].into_iter()), [4, 9]);
    }
}
