//! The texts that are just being asked, and where an expression is to be tried in them.

use std::cell::RefCell;
use std::rc::Rc;

use super::list::List;
use super::needs::{Link, Needs};
use super::spots::{Found, Near, Sites, Spots};

/// Longer texts are not listed: the list takes some ten times their bytes.
const LONGEST: usize = 1 << 20;

/// So many answers of a text are remembered.
const ANSWERS: usize = 1 << 10;

/// Words that stand oftener than once in so many bytes narrow nothing down.
const SPARSE: usize = 16;

/// Nor do more than so many, in however long a text: each of them is looked at for every chain.
const MANY: usize = 1_000;

/// So many places at which a match may begin are tried in the time that one takes around which it may begin.
const QUICKER: usize = 8;

/// A text of so few occurrences is not dense, however short.
const FEW: usize = 8;

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
    if needs.chains.is_empty() {
        return Spots::Anywhere;
    }
    LISTED.with_borrow(|listed| {
        let mut holding = listed.iter().rev().filter_map(|places| Some((places, places.offset_of(stretch)?)));
        let Some((places, offset)) = holding.next() else { return Spots::Anywhere };
        places.answer(number, needs, |found| match found {
            Found::Wanting => Spots::Wanting,
            Found::Anywhere => Spots::Anywhere,
            Found::At(sites) => {
                Near::new(sites, offset..offset + stretch.len()).map_or(Spots::Nowhere, Spots::At)
            }
        })
    })
}

/// A listed text.
#[derive(Debug)]
struct Places {
    /// Where the text lies in memory: what lies within is a stretch of it.
    address: usize,
    list: List,
    /// What expressions were told, by their numbers.
    answers: RefCell<Vec<Option<(u32, Found)>>>,
}

impl Places {
    fn of(text: &str) -> Self {
        let answers = RefCell::new(vec![None; ANSWERS]);
        Self { address: text.as_ptr().addr(), list: List::of(text), answers }
    }

    /// Where a stretch begins in the text, if it is one of this text.
    fn offset_of(&self, stretch: &str) -> Option<usize> {
        let offset = stretch.as_ptr().addr().checked_sub(self.address)?;
        (offset + stretch.len() <= self.list.text().len()).then_some(offset)
    }

    /// Where an expression is to be tried; it is looked up once.
    fn answer(&self, number: u32, needs: &Needs, read: impl Fn(&Found) -> Spots) -> Spots {
        let mut answers = self.answers.borrow_mut();
        let Some(slot) = answers.get_mut(number as usize % ANSWERS) else { return Spots::Anywhere };
        match slot {
            Some((known, found)) if *known == number => read(found),
            _ => read(&slot.insert((number, Sought::new(&self.list, needs).found())).1),
        }
    }
}

/// The search for the words of one expression.
struct Sought<'a> {
    list: &'a List,
    needs: &'a Needs,
    /// Where the words of each set stand, once it is known; `Some(None)` where they narrow nothing down.
    sites: Vec<Option<Option<Rc<[u32]>>>>,
}

impl<'a> Sought<'a> {
    fn new(list: &'a List, needs: &'a Needs) -> Self {
        Self { list, needs, sites: Vec::new() }
    }

    /// Where the expression is to be tried: where the words of any of its chains stand.
    fn found(mut self) -> Found {
        if self.needs.gist.is_wanting(|sign| self.list.may_have(sign)) {
            return Found::Wanting;
        }
        let (mut at, mut before, mut wanting) = (Vec::new(), Some(0), true);
        for chain in &self.needs.chains {
            if !chain.iter().all(|link| self.may_hold(link)) {
                continue;
            }
            match self.along(chain) {
                Found::Wanting => {}
                Found::Anywhere => return Found::Anywhere,
                Found::At(sites) => {
                    wanting = false;
                    before = before.zip(sites.before).map(|(a, b): (usize, usize)| a.max(b));
                    at.extend_from_slice(&sites.at);
                }
            }
        }
        if wanting {
            return Found::Wanting;
        }
        at.sort_unstable();
        at.dedup();
        Found::At(Rc::new(Sites { at, before }))
    }

    fn may_hold(&self, link: &Link) -> bool {
        self.needs.sets.get(link.set).is_some_and(|set| self.list.may_hold(set))
    }

    /// Where a match that follows a chain is to be sought: at the words of its rarest set, or at those with which it begins, which
    /// is quicker tried, as long as those of the other sets stand as they should.
    fn along(&mut self, chain: &[Link]) -> Found {
        let mut known: Vec<(Link, Rc<[u32]>)> = Vec::with_capacity(chain.len());
        for link in chain {
            match self.sites_of(link.set) {
                Some(sites) if sites.is_empty() => return Found::Wanting,
                sites => known.extend(sites.map(|sites| (*link, sites))),
            }
        }
        let Some(fewest) = known.iter().map(|(_, sites)| sites.len()).min() else { return Found::Anywhere };
        let begins =
            |(link, sites): &(Link, Rc<[u32]>)| link.before == Some(0) && sites.len() <= fewest * QUICKER;
        let rarest = || known.iter().position(|(_, sites)| sites.len() == fewest);
        let chosen = known.iter().position(begins).or_else(rarest).unwrap_or(0);
        let Some((link, sites)) = known.get(chosen) else { return Found::Anywhere };
        let stands = |at: &u32| known.len() < 2 || self.stands_with(*at, chosen, &known);
        let at = sites.iter().copied().filter(stands).collect();
        Found::At(Rc::new(Sites { at, before: link.before }))
    }

    /// Where the words of a set stand; `None` for too many places.
    fn sites_of(&mut self, set: usize) -> Option<Rc<[u32]>> {
        if self.sites.is_empty() {
            self.sites.resize(self.needs.sets.len(), None);
        }
        let known = self.sites.get_mut(set)?;
        if known.is_none() {
            let most = FEW.max(self.list.text().len() / SPARSE).min(MANY);
            *known = Some(self.list.sites(self.needs.sets.get(set)?, most).map(Rc::from));
        }
        known.clone().flatten()
    }

    /// Does a word of every other set of a chain stand where it should, if a match holds the chosen one's at a place?
    fn stands_with(&self, at: u32, chosen: usize, chain: &[(Link, Rc<[u32]>)]) -> bool {
        let Some((link, _)) = chain.get(chosen) else { return true };
        let (start, end) = self.list.stretch(at, self.needs.apart);
        let mut others = chain.iter().enumerate().filter(|(index, _)| *index != chosen);
        others.all(|(index, (other, sites))| {
            let (from, upto) = reach(at, link, other);
            let (from, upto) = if index > chosen { (from.max(at), upto) } else { (from, upto.min(at)) };
            let next = sites.get(sites.partition_point(|site| *site < from.max(start)));
            next.is_some_and(|site| *site <= upto && *site < end)
        })
    }
}

/// From where to where the word of a link may begin, if that of another stands at a place.
fn reach(at: u32, link: &Link, other: &Link) -> (u32, u32) {
    let short = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
    let begun = link.before.map_or(0, |before| at.saturating_sub(short(before)));
    let from = begun.saturating_add(short(other.least));
    let last = at.saturating_sub(short(link.least));
    (from, other.before.map_or(u32::MAX, |before| last.saturating_add(short(before))))
}
