//! Where each character and each pair of neighbours stands in a text: made in one pass, asked by every expression.

use std::cell::RefCell;
use std::rc::Rc;

use super::needs::{Need, Needs};
use super::spots::{Found, Near, Sites, Spots};

/// Longer texts are not listed: the list takes some ten times their bytes.
const LONGEST: usize = 1 << 20;

/// So many answers of a text are remembered.
const ANSWERS: usize = 1 << 10;

/// Words that stand oftener than once in so many bytes narrow nothing down.
const SPARSE: usize = 32;

/// So many places at which a match may begin are tried in the time that one takes around which it may begin.
const QUICKER: usize = 8;

/// A text of so few occurrences is not dense, however short.
const FEW: usize = 8;

/// More words are not looked up where those of another set stand in few places.
const DEAR: usize = 40;

/// So many pairs of a word are known; the rarest of them in a text leads to it.
const PAIRS: usize = 4;

thread_local! {
    /// The texts that this thread is just asking expressions of, innermost last.
    static LISTED: RefCell<Vec<Places>> = const { RefCell::new(Vec::new()) };
}

/// Does something for which expressions are asked of a text and of stretches of it, over and over. Nothing that is found
/// depends on it, only what it costs.
pub fn within<T>(text: &str, work: impl FnOnce() -> T) -> T {
    if text.len() > LONGEST || is_listed(text) {
        return work();
    }
    LISTED.with_borrow_mut(|listed| listed.push(Places::of(text)));
    let _listed = Listed;
    work()
}

/// A text is listed as long as this lives.
struct Listed;

impl Drop for Listed {
    fn drop(&mut self) {
        LISTED.with_borrow_mut(|listed| drop(listed.pop()));
    }
}

/// Is a stretch part of a listed text?
fn is_listed(stretch: &str) -> bool {
    LISTED.with_borrow(|listed| listed.iter().any(|places| places.offset_of(stretch).is_some()))
}

/// Where the words that an expression needs stand in a stretch of text. The number is the expression's own.
pub fn find(number: u32, needs: &Needs, stretch: &str) -> Spots {
    if needs.sets.is_empty() {
        return Spots::Anywhere;
    }
    LISTED.with_borrow(|listed| {
        let mut holding = listed.iter().rev().filter_map(|places| Some((places, places.offset_of(stretch)?)));
        let Some((places, offset)) = holding.next() else { return Spots::Anywhere };
        match places.answer(number, needs) {
            Found::Nowhere => Spots::Nowhere,
            Found::Anywhere => Spots::Anywhere,
            Found::At(sites) => {
                Near::new(sites, offset..offset + stretch.len()).map_or(Spots::Nowhere, Spots::At)
            }
        }
    })
}

/// A word, with what leads to it in a list.
#[derive(Debug)]
pub struct Word {
    word: Box<str>,
    /// Hashes of its pairs of characters, and how many bytes stand before each; of the character where there is one.
    keys: Box<[(u32, u32)]>,
}

impl Word {
    /// A word to look up.
    pub fn new(word: &str) -> Self {
        let next = word.char_indices().skip(1).map(|(_, c)| c);
        let pairs = word.char_indices().zip(next).take(PAIRS);
        let mut keys: Vec<_> = pairs.map(|((at, a), b)| (pair(a, b), at as u32)).collect();
        if keys.is_empty() {
            keys.extend(word.chars().next().map(|c| (single(c), 0)));
        }
        Self { word: word.into(), keys: keys.into() }
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.word
    }
}

/// The characters of a text.
#[derive(Debug)]
struct Places {
    /// Where the text lies in memory: what lies within is a stretch of it.
    address: usize,
    text: Box<str>,
    /// A hash is shifted by so many bits to give the number of its bucket.
    shift: u32,
    /// Where the places of each bucket begin; one more at the end.
    starts: Vec<u32>,
    /// Bytes at which characters and pairs begin, bucket by bucket, in order.
    at: Vec<u32>,
    /// What expressions were told, by their numbers.
    answers: RefCell<Vec<Option<(u32, Found)>>>,
}

impl Places {
    fn of(text: &str) -> Self {
        let keys = keys(text);
        let bits = (keys.len().max(2) as u32).next_power_of_two().trailing_zeros();
        let shift = 32 - bits;
        let mut starts = vec![0_u32; (1 << bits) + 1];
        let mut count = |key: u32| {
            if let Some(start) = starts.get_mut((key >> shift) as usize) {
                *start += 1
            }
        };
        keys.iter().for_each(|(key, _)| count(*key));
        let mut end = 0;
        for start in &mut starts {
            end += *start;
            *start = end;
        }
        // From the last to the first, so that each bucket's places are in order and its beginning is found.
        let mut at = vec![0_u32; keys.len()];
        for (key, place) in keys.iter().rev() {
            let Some(start) = starts.get_mut((key >> shift) as usize) else { continue };
            *start -= 1;
            if let Some(slot) = at.get_mut(*start as usize) {
                *slot = *place;
            }
        }
        let answers = RefCell::new(vec![None; ANSWERS]);
        Self { address: text.as_ptr().addr(), text: text.into(), shift, starts, at, answers }
    }

    /// Where a stretch begins in the text, if it is one of this text.
    fn offset_of(&self, stretch: &str) -> Option<usize> {
        let offset = stretch.as_ptr().addr().checked_sub(self.address)?;
        (offset + stretch.len() <= self.text.len()).then_some(offset)
    }

    /// Where the words of an expression stand; it is looked up once.
    fn answer(&self, number: u32, needs: &Needs) -> Found {
        let mut answers = self.answers.borrow_mut();
        let Some(slot) = answers.get_mut(number as usize % ANSWERS) else { return Found::Anywhere };
        match slot {
            Some((known, found)) if *known == number => found.clone(),
            _ => {
                let found = self.look_up(needs);
                *slot = Some((number, found.clone()));
                found
            }
        }
    }

    /// Where an expression is to be tried: where the words of the rarest set stand, of those that are not too many, or where
    /// a match may begin, which is quicker tried. Nowhere, if the words of any set stand nowhere.
    fn look_up(&self, needs: &Needs) -> Found {
        let mut known: Vec<Sites> = Vec::with_capacity(needs.sets.len());
        for need in &needs.sets {
            let few = known.iter().any(|sites| sites.at.len() <= FEW);
            if few && need.words.len() > DEAR {
                continue;
            }
            match self.all_sites(need) {
                Some(sites) if sites.at.is_empty() => return Found::Nowhere,
                sites => known.extend(sites),
            }
        }
        known.sort_by_key(|sites| sites.at.len());
        let Some(fewest) = known.first().map(|sites| sites.at.len()) else { return Found::Anywhere };
        let begins = |sites: &Sites| sites.before == Some(0) && sites.at.len() <= fewest * QUICKER;
        let mut chosen = known.swap_remove(known.iter().position(begins).unwrap_or(0));
        if let (Some(0), Some(longest)) = (chosen.before, needs.longest) {
            chosen.at.retain(|at| known.iter().all(|others| others.stand_in(*at, longest)));
        }
        if chosen.at.is_empty() { Found::Nowhere } else { Found::At(Rc::new(chosen)) }
    }

    /// Where any word of a set stands; `None` for too many places.
    fn all_sites(&self, need: &Need) -> Option<Sites> {
        let most = FEW.max(self.text.len() / SPARSE);
        let mut at: Vec<u32> = Vec::new();
        for word in &need.words {
            let (bucket, lead) = self.bucket(word);
            if !bucket.is_empty() {
                at.extend(self.sites(word, bucket, lead).take(most + 1));
            }
            if at.len() > most {
                return None;
            }
        }
        at.sort_unstable();
        at.dedup();
        Some(Sites { at, before: need.before })
    }

    /// Where a word stands, of the places in its bucket.
    fn sites(&self, word: &Word, bucket: &[u32], lead: u32) -> impl Iterator<Item = u32> {
        let stands =
            |at: &u32| self.text.get(*at as usize..).is_some_and(|rest| rest.starts_with(word.as_str()));
        bucket.iter().filter_map(move |at| at.checked_sub(lead)).filter(stands)
    }

    /// The bucket of a word's rarest pair, and how many bytes of the word stand before it.
    fn bucket(&self, word: &Word) -> (&[u32], u32) {
        let mut rarest: Option<(&[u32], u32)> = None;
        for (key, lead) in &word.keys {
            let places = self.places(*key);
            if places.is_empty() {
                return (places, *lead);
            }
            if rarest.is_none_or(|(fewest, _)| places.len() < fewest.len()) {
                rarest = Some((places, *lead));
            }
        }
        rarest.unwrap_or_default()
    }

    fn places(&self, key: u32) -> &[u32] {
        let bucket = (key >> self.shift) as usize;
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

fn single(c: char) -> u32 {
    spread(c as u32)
}

fn pair(a: char, b: char) -> u32 {
    spread((a as u32).wrapping_mul(0x1f_ffff).wrapping_add(b as u32).wrapping_add(1))
}

/// The upper bits of a product with a large odd number are spread well.
fn spread(value: u32) -> u32 {
    value.wrapping_mul(0x9e37_79b1)
}
