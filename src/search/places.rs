//! Where the terms of a word stand together, contract by contract.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use super::cover::Placed;

/// The postings of a word's terms in a segment.
pub(super) struct WordPostings {
    /// Each with its distance from the first; the one in the fewest contracts first.
    terms: Vec<(u32, SegmentPostings)>,
    places: Vec<u32>,
    marks: Marks,
    here: Vec<u32>,
    both: Vec<u32>,
}

impl WordPostings {
    /// `None` where a term is in no contract of the segment.
    pub fn read(reader: &SegmentReader, field: Field, word: &[Placed]) -> tantivy::Result<Option<Self>> {
        let index = reader.inverted_index(field)?;
        let mut terms = Vec::with_capacity(word.len());
        for (offset, text) in word {
            let term = Term::from_field_text(field, text);
            match index.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)? {
                Some(postings) => terms.push((*offset as u32, postings)),
                None => return Ok(None),
            }
        }
        terms.sort_by_key(|(_, postings)| postings.size_hint());
        let (places, here, both) = (Vec::new(), Vec::new(), Vec::new());
        let word = Self { terms, places, marks: Marks::default(), here, both };
        Ok(Some(word).filter(|word| !word.terms.is_empty()))
    }

    /// The first contract from `target` on that holds all terms.
    pub fn with_all(&mut self, target: DocId) -> DocId {
        meet(&mut self.terms, target, |(_, postings), target| {
            if postings.doc() < target { postings.seek(target) } else { postings.doc() }
        })
    }

    /// Positions in the current contract at which all terms stand in their places, in order.
    ///
    /// The places of the rarer terms are marked, and those of the next looked up among the marks: comparing two
    /// lists step by step costs a wrong guess of the processor at every other step.
    pub fn places(&mut self) -> &[u32] {
        let mut terms = self.terms.iter_mut();
        self.places.clear();
        if let Some((offset, postings)) = terms.next() {
            postings.positions(&mut self.here);
            self.places.extend(self.here.iter().filter_map(|position| position.checked_sub(*offset)));
        }
        for (offset, postings) in terms {
            if self.places.is_empty() {
                break;
            }
            self.places.iter().for_each(|&place| self.marks.set(place));
            postings.positions(&mut self.here);
            let starts = self.here.iter().filter_map(|position| position.checked_sub(*offset));
            self.both.clear();
            self.both.extend(starts.filter(|&start| self.marks.has(start)));
            self.places.iter().for_each(|&place| self.marks.clear(place));
            std::mem::swap(&mut self.places, &mut self.both);
        }
        &self.places
    }

    /// How many terms.
    pub fn terms(&self) -> usize {
        self.terms.len()
    }

    /// At most so many contracts hold all terms.
    pub fn size_hint(&self) -> u32 {
        self.terms.first().map_or(0, |(_, postings)| postings.size_hint())
    }
}

/// The first contract from `target` on that stands in all lists; `go_on` brings one of them to its first from there on.
pub(super) fn meet<T>(lists: &mut [T], mut target: DocId, go_on: impl Fn(&mut T, DocId) -> DocId) -> DocId {
    'next: loop {
        for list in &mut *lists {
            let doc = go_on(list, target);
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

/// Marked positions.
#[derive(Debug, Default)]
struct Marks(Vec<u64>);

impl Marks {
    fn set(&mut self, place: u32) {
        let word = place as usize / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(word) = self.0.get_mut(word) {
            *word |= 1 << (place % 64);
        }
    }

    /// All of the place's word: whoever clears, clears every place.
    fn clear(&mut self, place: u32) {
        if let Some(word) = self.0.get_mut(place as usize / 64) {
            *word = 0;
        }
    }

    fn has(&self, place: u32) -> bool {
        self.0.get(place as usize / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_set_and_cleared() {
        let mut marks = Marks::default();
        [3, 64, 200].into_iter().for_each(|place| marks.set(place));
        assert!(marks.has(3) && marks.has(64) && marks.has(200));
        assert!(!marks.has(4) && !marks.has(201) && !marks.has(9_000));
        [3, 64, 200].into_iter().for_each(|place| marks.clear(place));
        assert!(!marks.has(3) && !marks.has(64) && !marks.has(200));
    }
}
