//! The texts that are just being asked, and where an expression is to be tried in them.

use std::cell::RefCell;

use super::list::List;
use super::needs::Needs;
use super::sought::Sought;
use super::spots::{Found, Near, Spots};

/// Longer texts are not listed: the list takes some ten times their bytes.
const LONGEST: usize = 1 << 20;

/// So many answers of a text are remembered.
const ANSWERS: usize = 1 << 10;

/// An expression is asked as it is until it was asked of so great a part of a text: to look its words up costs as much.
const PART: usize = 4;

/// To ask it costs as much as so many bytes more.
const CALL: usize = 64;

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
        places.answer((number, needs), stretch.len() + CALL, |found| match found {
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
    answers: RefCell<Vec<Option<(u32, Answer)>>>,
}

/// What an expression was told of a text.
#[derive(Debug, Clone)]
enum Answer {
    /// Nothing yet; it was asked of stretches that cost as much as so many bytes.
    Asked(usize),
    /// Where it is to be tried.
    Found(Found),
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

    /// Where an expression is to be tried. It is looked up once, and not before it was asked of so much of the text that it
    /// pays; but whether it can match at all is known at once.
    fn answer(&self, (number, needs): (u32, &Needs), costs: usize, read: impl Fn(&Found) -> Spots) -> Spots {
        let mut answers = self.answers.borrow_mut();
        let Some(slot) = answers.get_mut(number as usize % ANSWERS) else { return Spots::Anywhere };
        let asked = match slot.as_ref().filter(|(known, _)| *known == number) {
            Some((_, Answer::Found(found))) => return read(found),
            Some((_, Answer::Asked(asked))) => asked + costs,
            None if needs.gist.is_wanting(|sign| self.list.may_have(sign)) => {
                *slot = Some((number, Answer::Found(Found::Wanting)));
                return read(&Found::Wanting);
            }
            None => costs,
        };
        if asked < self.list.text().len() / PART {
            *slot = Some((number, Answer::Asked(asked)));
            return Spots::Anywhere;
        }
        let found = Sought::new(&self.list, needs).found();
        let spots = read(&found);
        *slot = Some((number, Answer::Found(found)));
        spots
    }
}
