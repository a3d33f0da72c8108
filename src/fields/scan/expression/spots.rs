//! Where an expression is to be tried in a text.

use std::ops::Range;
use std::rc::Rc;

/// What is known of a stretch of text.
#[derive(Debug)]
pub enum Spots {
    /// The expression cannot match: its words are not there.
    Wanting,
    /// It cannot match, because of how they stand.
    Nowhere,
    /// Nothing is known.
    Anywhere,
    /// Every match holds one of these places.
    At(Near),
}

/// Places of words in a stretch of a listed text.
#[derive(Debug)]
pub struct Near {
    sites: Rc<Sites>,
    /// The next of them.
    next: usize,
    /// The stretch.
    stretch: Range<usize>,
}

impl Near {
    pub fn new(sites: &Rc<Sites>, stretch: Range<usize>) -> Option<Self> {
        let next = sites.at.partition_point(|at| (*at as usize) < stretch.start);
        let first = *sites.at.get(next)? as usize;
        (first < stretch.end).then(|| Self { sites: Rc::clone(sites), next, stretch })
    }

    /// The next place, by bytes of the stretch.
    pub fn peek(&self) -> Option<usize> {
        let at = *self.sites.at.get(self.next)? as usize;
        (at < self.stretch.end).then(|| at - self.stretch.start)
    }

    /// The first place at or behind one.
    pub fn at_or_behind(&mut self, from: usize) -> Option<usize> {
        while self.peek()? < from {
            self.next += 1;
        }
        self.peek()
    }

    /// A match begins no more than so many bytes before the place.
    pub fn before(&self) -> Option<usize> {
        self.sites.before
    }
}

/// The places, by bytes of the stretch.
impl Iterator for Near {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let at = self.peek()?;
        self.next += 1;
        Some(at)
    }
}

/// Where the words of one set stand.
#[derive(Debug)]
pub struct Sites {
    /// Bytes, in order.
    pub at: Vec<u32>,
    /// A match begins no more than so many bytes before one.
    pub before: Option<usize>,
}

/// What a whole text answers to an expression.
#[derive(Debug, Clone)]
pub enum Found {
    /// It cannot match: its words are not there.
    Wanting,
    /// Nothing is known.
    Anywhere,
    /// Every match holds one of these places; it cannot match if there are none.
    At(Rc<Sites>),
}
