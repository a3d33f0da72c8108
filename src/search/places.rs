//! Where the terms of a stretch stand together, contract by contract.

use std::ops::Range;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use super::marks::{MANY, Marks};
use super::stretch::Stretch;

/// The postings of a stretch's terms in a segment.
pub(super) struct StretchPostings {
    /// Words and pairs whose places do not count; the one in the fewest contracts first.
    pieces: Vec<Piece>,
    /// The terms that stand in no piece; the one in the fewest contracts first.
    alone: Vec<usize>,
    /// The one that has the fewest places in all contracts first.
    terms: Vec<Placed>,
    /// The contract that was found last.
    doc: DocId,
    /// Terms that need not be looked at any more.
    settled: Vec<bool>,
    places: Vec<u32>,
    marks: Marks,
    here: Vec<u32>,
    both: Vec<u32>,
}

struct Piece {
    postings: SegmentPostings,
    /// The stretch's terms that it is made of.
    of: Range<usize>,
}

struct Placed {
    postings: SegmentPostings,
    /// Which of the stretch's terms this is, and its distance from the first.
    number: usize,
    offset: u32,
}

impl StretchPostings {
    /// `None` where a term is in no contract of the segment.
    pub fn read(reader: &SegmentReader, stretch: &Stretch) -> tantivy::Result<Option<Self>> {
        let mut pieces = Vec::with_capacity(stretch.pieces.len());
        for piece in &stretch.pieces {
            let Some((postings, _)) = read(reader, &piece.term, IndexRecordOption::WithFreqs)? else {
                return Ok(None);
            };
            pieces.push(Piece { postings, of: piece.of.clone() });
        }
        pieces.sort_by_key(|piece| piece.postings.size_hint());
        let mut terms = Vec::with_capacity(stretch.places.len());
        for (number, (offset, term)) in stretch.places.iter().enumerate() {
            let Some((postings, size)) = read(reader, term, IndexRecordOption::WithFreqsAndPositions)? else {
                return Ok(None);
            };
            terms.push((size, Placed { postings, number, offset: *offset }));
        }
        terms.sort_by_key(|(size, _)| *size);
        let terms: Vec<Placed> = terms.into_iter().map(|(_, term)| term).collect();
        if terms.is_empty() {
            return Ok(None);
        }
        let told = |term: &Placed| pieces.iter().any(|piece| piece.of.contains(&term.number));
        let mut alone: Vec<usize> =
            terms.iter().enumerate().filter(|(_, term)| !told(term)).map(|(at, _)| at).collect();
        alone.sort_by_key(|&at| terms.get(at).map(|term| term.postings.size_hint()));
        let settled = vec![false; terms.len()];
        let (places, marks, here, both) = (Vec::new(), Marks::default(), Vec::new(), Vec::new());
        Ok(Some(Self { pieces, alone, terms, doc: 0, settled, places, marks, here, both }))
    }

    /// The first contract from `target` on that holds all terms.
    pub fn with_all(&mut self, mut target: DocId) -> DocId {
        let terms = &mut self.terms;
        self.doc = loop {
            let doc = meet(&mut self.pieces, target, |piece, target| go_on(&mut piece.postings, target));
            if doc == TERMINATED {
                break doc;
            }
            let alone = |at: &mut usize, target| {
                terms.get_mut(*at).map_or(TERMINATED, |term| go_on(&mut term.postings, target))
            };
            target = meet(&mut self.alone, doc, alone);
            if target == doc || target == TERMINATED {
                break target;
            }
        };
        self.doc
    }

    /// Positions in the current contract at which all terms stand in their places, in order.
    ///
    /// The term that is rare comes first, and many of the others need no look: where 罗湖区 stands as often as 罗,
    /// every 罗 is followed by 湖区.
    pub fn places(&mut self) -> &mut Vec<u32> {
        self.settled.fill(false);
        self.places.clear();
        for at in 0..self.terms.len() {
            if self.settled.get(at) == Some(&true) {
                continue;
            }
            self.look_at(at);
            if self.places.is_empty() {
                break;
            }
            self.settle(at);
        }
        &mut self.places
    }

    /// Keeps the places at which a term stands as it shall.
    fn look_at(&mut self, at: usize) {
        let Some(term) = self.terms.get_mut(at) else { return };
        if go_on(&mut term.postings, self.doc) != self.doc {
            // Pieces tell that it is there; an index in which it is not is damaged.
            return self.places.clear();
        }
        let offset = term.offset;
        term.postings.positions(&mut self.here);
        match at {
            0 => self.places.extend(self.here.iter().filter_map(|position| position.checked_sub(offset))),
            _ if self.places.len() * MANY < self.here.len() => {
                let here = &self.here;
                self.places.retain(|place| here.binary_search(&(place + offset)).is_ok());
            }
            _ => self.keep_marked(offset),
        }
    }

    /// The places so far are marked, and those of the term looked up among the marks: comparing two lists step by step
    /// costs a wrong guess of the processor at every other step.
    fn keep_marked(&mut self, offset: u32) {
        let starts = self.here.iter().filter_map(|position| position.checked_sub(offset));
        self.places.iter().for_each(|&place| self.marks.set(place));
        self.both.clear();
        self.both.extend(starts.filter(|&start| self.marks.has(start)));
        self.places.iter().for_each(|&place| self.marks.clear(place));
        std::mem::swap(&mut self.places, &mut self.both);
    }

    /// Settles the terms of each piece that stands as often as a term of it that was looked at: this one never
    /// stands otherwise in the contract.
    fn settle(&mut self, at: usize) {
        let Some(term) = self.terms.get(at) else { return };
        let (number, count) = (term.number, term.postings.term_freq());
        let always = |piece: &&Piece| piece.of.contains(&number) && piece.postings.term_freq() == count;
        for piece in self.pieces.iter().filter(always) {
            for (settled, term) in self.settled.iter_mut().zip(&self.terms) {
                *settled |= piece.of.contains(&term.number);
            }
        }
    }

    /// How many terms.
    pub fn terms(&self) -> usize {
        self.terms.len()
    }

    /// At most so many contracts hold all terms.
    pub fn size_hint(&self) -> u32 {
        let fewest = self.pieces.first().map_or(u32::MAX, |piece| piece.postings.size_hint());
        self.terms.iter().map(|term| term.postings.size_hint().min(fewest)).min().unwrap_or(0)
    }
}

/// The postings of a term, and the bytes that its places take.
fn read(
    reader: &SegmentReader,
    term: &Term,
    option: IndexRecordOption,
) -> tantivy::Result<Option<(SegmentPostings, usize)>> {
    let inverted = reader.inverted_index(term.field())?;
    let Some(info) = inverted.get_term_info(term)? else { return Ok(None) };
    Ok(Some((inverted.read_postings_from_terminfo(&info, option)?, info.positions_range.len())))
}

fn go_on(postings: &mut SegmentPostings, target: DocId) -> DocId {
    if postings.doc() < target { postings.seek(target) } else { postings.doc() }
}

/// The first contract from `target` on that stands in all lists; `go_on` brings one of them to its first from there on.
pub(super) fn meet<T>(
    lists: &mut [T],
    mut target: DocId,
    mut go_on: impl FnMut(&mut T, DocId) -> DocId,
) -> DocId {
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
