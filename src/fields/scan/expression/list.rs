//! Where each character and each pair of neighbours stands in a text: made in one pass, asked by every expression.

use std::cell::OnceCell;

use super::needs::STOPS;
use super::words::{Set, Word, pair, single};

/// So many bits of the bitmap for each character or pair: of words that are not there one in twenty looks as if it were.
const BITS: usize = 32;

/// The characters and pairs of a text.
#[derive(Debug)]
pub struct List {
    text: Box<str>,
    /// A hash is shifted by so many bits to give the number of its bit in the bitmap.
    fine: u32,
    /// Which hashes there are, roughly.
    bitmap: Vec<u64>,
    /// A hash is shifted by so many bits to give the number of its bucket.
    coarse: u32,
    /// Where the places of each bucket begin; one more at the end.
    starts: Vec<u32>,
    /// Bytes at which characters and pairs begin, bucket by bucket, in order.
    at: Vec<u32>,
    /// Where stops stand, with the bit of each.
    stops: Vec<(u32, u8)>,
    /// The same for each choice of stops that was asked for.
    chosen: [OnceCell<Vec<u32>>; 1 << STOPS.len()],
}

impl List {
    /// Lists a text.
    pub fn of(text: &str) -> Self {
        let keys = keys(text);
        let bits = (keys.len().max(2) as u32).next_power_of_two().trailing_zeros();
        let (coarse, fine) = (32 - bits, 32 - (bits + BITS.trailing_zeros()).min(32));
        let mut bitmap = vec![0_u64; 1 << (32 - fine).saturating_sub(6)];
        let mut starts = vec![0_u32; (1 << bits) + 1];
        for (key, _) in &keys {
            let bit = key >> fine;
            if let Some(word) = bitmap.get_mut((bit >> 6) as usize) {
                *word |= 1 << (bit & 63);
            }
            if let Some(start) = starts.get_mut((key >> coarse) as usize) {
                *start += 1;
            }
        }
        let mut end = 0;
        for start in &mut starts {
            end += *start;
            *start = end;
        }
        // From the last to the first, so that each bucket's places are in order and its beginning is found.
        let mut at = vec![0_u32; keys.len()];
        for (key, place) in keys.iter().rev() {
            let Some(start) = starts.get_mut((key >> coarse) as usize) else { continue };
            *start -= 1;
            if let Some(slot) = at.get_mut(*start as usize) {
                *slot = *place;
            }
        }
        Self {
            text: text.into(),
            fine,
            bitmap,
            coarse,
            starts,
            at,
            stops: stops(text),
            chosen: Default::default(),
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// At how many places the words of a set may stand at most.
    pub fn most(&self, set: &Set) -> usize {
        self.words_of(set).map(|word| self.bucket(word).0.len()).sum()
    }

    /// The words of a set that may stand there.
    fn words_of<'s>(&self, set: &'s Set) -> impl Iterator<Item = &'s Word> {
        set.signs.iter().zip(&set.words).filter(|(sign, _)| self.may_have(**sign)).map(|(_, word)| word)
    }

    /// Where any word of a set stands, in order; `None` for more places than so many.
    pub fn sites(&self, set: &Set, most: usize) -> Option<Vec<u32>> {
        let mut at: Vec<u32> = Vec::new();
        for word in self.words_of(set) {
            let (bucket, lead) = self.bucket(word);
            at.extend(self.standing(word, bucket, lead).take(most + 1));
            if at.len() > most {
                return None;
            }
        }
        at.sort_unstable();
        at.dedup();
        Some(at)
    }

    /// The stretch around a place that holds none of the stops, each of which has its bit.
    pub fn stretch(&self, at: u32, apart: u8) -> (u32, u32) {
        let Some(chosen) = self.chosen.get(usize::from(apart)) else { return (0, u32::MAX) };
        let stops = chosen.get_or_init(|| {
            self.stops.iter().filter(|(_, bit)| bit & apart != 0).map(|(stop, _)| *stop).collect()
        });
        let next = stops.partition_point(|stop| *stop < at);
        let before = next.checked_sub(1).and_then(|last| stops.get(last));
        (before.copied().unwrap_or(0), stops.get(next).copied().unwrap_or(u32::MAX))
    }

    /// May a word with this sign stand there?
    pub fn may_have(&self, sign: u32) -> bool {
        let bit = sign >> self.fine;
        self.bitmap.get((bit >> 6) as usize).is_some_and(|word| word >> (bit & 63) & 1 == 1)
    }

    /// Where a word stands, of the places in its bucket.
    fn standing(&self, word: &Word, bucket: &[u32], lead: u32) -> impl Iterator<Item = u32> {
        let stands =
            |at: &u32| self.text.get(*at as usize..).is_some_and(|rest| rest.starts_with(word.as_str()));
        bucket.iter().filter_map(move |at| at.checked_sub(lead)).filter(stands)
    }

    /// The bucket of a word's rarest pair, and how many bytes of the word stand before it.
    fn bucket(&self, word: &Word) -> (&[u32], u32) {
        let buckets = word.keys().iter().map(|(key, lead)| (self.places(*key), *lead));
        buckets.min_by_key(|(places, _)| places.len()).unwrap_or_default()
    }

    fn places(&self, key: u32) -> &[u32] {
        let bucket = (key >> self.coarse) as usize;
        let bounds = self.starts.get(bucket).zip(self.starts.get(bucket + 1));
        bounds.and_then(|(start, end)| self.at.get(*start as usize..*end as usize)).unwrap_or_default()
    }
}

/// The characters and pairs of a text with their bytes.
fn keys(text: &str) -> Vec<(u32, u32)> {
    let mut keys = Vec::with_capacity(text.len());
    let mut before: Option<(u32, char)> = None;
    for (at, c) in text.char_indices() {
        let at = at as u32;
        if let Some((start, a)) = before.replace((at, c)) {
            keys.push((pair(a, c), start));
        }
        keys.push((single(c), at));
    }
    keys
}

/// Where stops stand in a text.
fn stops(text: &str) -> Vec<(u32, u8)> {
    let bit = |c: char| STOPS.iter().position(|stop| *stop == c).map(|bit| 1 << bit);
    text.char_indices().filter_map(|(at, c)| Some((at as u32, bit(c)?))).collect()
}
