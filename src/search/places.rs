//! Where the terms of a stretch stand together, contract by contract.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use super::stretch::Stretch;

/// The postings of a stretch's terms in a segment.
pub(super) struct StretchPostings {
    /// Of the terms whose places do not count; the one in the fewest contracts first.
    held: Vec<SegmentPostings>,
    /// Each with its distance from the first, in their order.
    terms: Vec<(u32, SegmentPostings)>,
    /// For each term which of `held` is the pair that it makes with the next.
    pairs: Vec<Option<usize>>,
    /// In which order the terms are looked at.
    order: Vec<usize>,
    /// Terms that need not be looked at any more.
    settled: Vec<bool>,
    places: Vec<u32>,
    marks: Marks,
    here: Vec<u32>,
    both: Vec<u32>,
}

impl StretchPostings {
    /// `None` where a term is in no contract of the segment.
    pub fn read(reader: &SegmentReader, stretch: &Stretch) -> tantivy::Result<Option<Self>> {
        let mut held = Vec::with_capacity(stretch.held.len());
        for term in &stretch.held {
            let Some(read) = postings(reader, term, IndexRecordOption::WithFreqs)? else { return Ok(None) };
            held.push((term, read));
        }
        held.sort_by_key(|(_, postings)| postings.size_hint());
        let mut terms = Vec::with_capacity(stretch.places.len());
        for (offset, term) in &stretch.places {
            let read = postings(reader, term, IndexRecordOption::WithFreqsAndPositions)?;
            let Some(read) = read else { return Ok(None) };
            terms.push((*offset, read));
        }
        let pair = |at: usize| {
            let pair = stretch.pair(at)?;
            held.iter().position(|(term, _)| term.value().as_str() == Some(&pair))
        };
        let pairs = (0..terms.len()).map(pair).collect();
        let held = held.into_iter().map(|(_, postings)| postings).collect();
        let (order, settled) = ((0..terms.len()).collect(), vec![false; terms.len()]);
        let (places, marks, here, both) = (Vec::new(), Marks::default(), Vec::new(), Vec::new());
        let stretch = Self { held, terms, pairs, order, settled, places, marks, here, both };
        Ok(Some(stretch).filter(|stretch| !stretch.terms.is_empty()))
    }

    /// The first contract from `target` on that holds all terms.
    pub fn with_all(&mut self, mut target: DocId) -> DocId {
        loop {
            let doc = meet(&mut self.held, target, go_on);
            if doc == TERMINATED {
                return doc;
            }
            target = meet(&mut self.terms, doc, |(_, postings), target| go_on(postings, target));
            if target == doc || target == TERMINATED {
                return target;
            }
        }
    }

    /// Positions in the current contract at which all terms stand in their places, in order.
    ///
    /// The term that the contract says least often comes first, and many of the others need no look: where 深圳
    /// stands as often as 深, every 深 is followed by 圳.
    pub fn places(&mut self) -> &[u32] {
        let terms = &self.terms;
        self.order.sort_unstable_by_key(|&term| terms.get(term).map(|(_, postings)| postings.term_freq()));
        self.settled.fill(false);
        self.places.clear();
        for nth in 0..self.order.len() {
            let Some(&term) = self.order.get(nth) else { break };
            if self.settled.get(term) == Some(&true) {
                continue;
            }
            self.look_at(term, nth == 0);
            if self.places.is_empty() {
                break;
            }
            self.settle(term);
        }
        &self.places
    }

    /// Keeps the places at which a term stands as it shall. The places so far are marked, and those of the term
    /// looked up among the marks: comparing two lists step by step costs a wrong guess of the processor at every
    /// other step.
    fn look_at(&mut self, term: usize, first: bool) {
        let Some((offset, postings)) = self.terms.get_mut(term) else { return };
        postings.positions(&mut self.here);
        let starts = self.here.iter().filter_map(|position| position.checked_sub(*offset));
        if first {
            self.places.extend(starts);
            return;
        }
        self.places.iter().for_each(|&place| self.marks.set(place));
        self.both.clear();
        self.both.extend(starts.filter(|&start| self.marks.has(start)));
        self.places.iter().for_each(|&place| self.marks.clear(place));
        std::mem::swap(&mut self.places, &mut self.both);
    }

    /// Settles a term that was looked at, and those beside it that never stand otherwise in the contract.
    fn settle(&mut self, term: usize) {
        let mut settle =
            |at: usize| self.settled.get_mut(at).is_some_and(|known| !std::mem::replace(known, true));
        settle(term);
        let count = |at: usize| self.terms.get(at).map(|(_, postings)| postings.term_freq());
        let pair = |at: usize| self.held.get((*self.pairs.get(at)?)?).map(Postings::term_freq);
        let mut at = term;
        while pair(at).is_some_and(|both| Some(both) == count(at)) && settle(at + 1) {
            at += 1;
        }
        at = term;
        while let Some(before) = at.checked_sub(1)
            && pair(before).is_some_and(|both| Some(both) == count(at))
            && settle(before)
        {
            at = before;
        }
    }

    /// How many terms.
    pub fn terms(&self) -> usize {
        self.terms.len()
    }

    /// At most so many contracts hold all terms.
    pub fn size_hint(&self) -> u32 {
        let fewest = self.held.first().map_or(u32::MAX, SegmentPostings::size_hint);
        self.terms.iter().map(|(_, postings)| postings.size_hint().min(fewest)).min().unwrap_or(0)
    }
}

fn postings(
    reader: &SegmentReader,
    term: &Term,
    option: IndexRecordOption,
) -> tantivy::Result<Option<SegmentPostings>> {
    Ok(reader.inverted_index(term.field())?.read_postings(term, option)?)
}

fn go_on(postings: &mut SegmentPostings, target: DocId) -> DocId {
    if postings.doc() < target { postings.seek(target) } else { postings.doc() }
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
