//! Where in a listed text an expression is to be tried: where the words of a whole chain stand, in order.

use std::rc::Rc;

use super::list::List;
use super::needs::{Link, Needs};
use super::spots::{Found, Sites};

/// Words that stand oftener than once in so many bytes narrow nothing down.
const SPARSE: usize = 16;

/// Nor do more than so many, in however long a text: each of them is looked at for every chain.
const MANY: usize = 1_000;

/// So many places at which a match may begin are tried in the time that one takes around which it may begin.
const QUICKER: usize = 8;

/// A text of so few occurrences is not dense, however short.
const FEW: usize = 8;

/// The search for the words of one expression.
pub struct Sought<'a> {
    list: &'a List,
    needs: &'a Needs,
    /// At how many places at most the words of each set stand, as far as that was asked.
    most: Vec<Option<usize>>,
    /// Where the words of each set stand, once it is known; `Some(None)` where they narrow nothing down.
    sites: Vec<Option<Option<Rc<[u32]>>>>,
}

impl<'a> Sought<'a> {
    pub fn new(list: &'a List, needs: &'a Needs) -> Self {
        Self { list, needs, most: Vec::new(), sites: Vec::new() }
    }

    /// Where the expression is to be tried: where the words of any of its chains stand.
    pub fn found(mut self) -> Found {
        let (mut at, mut before, mut wanting) = (Vec::new(), Some(0), true);
        for chain in &self.needs.chains {
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

    /// At how many places the words of a set may stand; 0 is certain.
    fn most_of(&mut self, set: usize) -> usize {
        if self.most.is_empty() {
            self.most.resize(self.needs.sets.len(), None);
        }
        let (Some(known), Some(words)) = (self.most.get_mut(set), self.needs.sets.get(set)) else { return 0 };
        *known.get_or_insert_with(|| self.list.most(words))
    }

    /// Where a match that follows a chain is to be sought: at the words of its rarest set, or at those with which it begins, which
    /// is quicker tried, as long as those of the other sets stand as they should.
    fn along(&mut self, chain: &[Link]) -> Found {
        let Some(known) = self.known_of(chain) else { return Found::Wanting };
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

    /// The links of a chain, in order, with the places of their words: the rarest, and those that are not so frequent that it costs
    /// more to look them up than to try the others in vain. `None` where the words of one are wanting.
    fn known_of(&mut self, chain: &[Link]) -> Option<Vec<(Link, Rc<[u32]>)>> {
        let mut order: Vec<(usize, usize)> = Vec::with_capacity(chain.len());
        for (index, link) in chain.iter().enumerate() {
            match self.most_of(link.set) {
                0 => return None,
                most => order.push((most, index)),
            }
        }
        order.sort_unstable();
        let (mut known, mut enough) = (Vec::with_capacity(chain.len()), usize::MAX);
        for (most, index) in order {
            let Some(link) = chain.get(index) else { continue };
            if most > enough {
                break;
            }
            match self.sites_of(link.set) {
                Some(sites) if sites.is_empty() => return None,
                Some(sites) => {
                    enough = enough.min(sites.len() * QUICKER + FEW);
                    known.push((index, (*link, sites)));
                }
                None => {}
            }
        }
        known.sort_unstable_by_key(|(index, _)| *index);
        Some(known.into_iter().map(|(_, known)| known).collect())
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
        let others = || chain.iter().enumerate().filter(|(index, _)| *index != chosen);
        let stands = |(start, end): (u32, u32)| {
            others().all(|(index, (other, sites))| {
                let (from, upto) = reach(at, link, other);
                let (from, upto) = if index > chosen { (from.max(at), upto) } else { (from, upto.min(at)) };
                let next = sites.get(sites.partition_point(|site| *site < from.max(start)));
                next.is_some_and(|site| *site <= upto && *site < end)
            })
        };
        // Most do not stand within reach, whatever stops there are.
        stands((0, u32::MAX)) && stands(self.list.stretch(at, self.needs.apart))
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
