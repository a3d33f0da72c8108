//! Where the groups of a match stand, of which it is known where it begins and ends.

use std::cell::RefCell;
use std::ops::Range;

use regex_automata::util::look::LookMatcher;

use super::program::{Program, Step};

/// So many bits are kept of where forks were taken; what needs more is left to the engine.
const MOST: usize = 1 << 18;

thread_local! {
    /// Kept from one walk to the next, so that none has to ask for memory.
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// What a walk keeps.
#[derive(Debug, Default)]
struct Scratch {
    /// Ways that were not gone yet, the next one last.
    left: Vec<Left>,
    /// A bit for each fork and place at which it was taken.
    taken: Vec<u64>,
}

/// What is left to be done.
#[derive(Debug)]
enum Left {
    /// To go on with a step at a place.
    Go(usize, usize),
    /// To put a bound back, because the way on which it was set led nowhere.
    PutBack(usize, Option<usize>),
}

/// Sets the bounds of the groups of a match: two for each group, those of the whole match first. `false` where the walk would
/// be too long, or does not end as the match does.
pub fn tell(program: &Program, text: &str, found: Range<usize>, bounds: &mut [Option<usize>]) -> bool {
    let bits = program.forks.saturating_mul(found.len() + 1);
    if bits > MOST {
        return false;
    }
    SCRATCH.with_borrow_mut(|scratch| {
        scratch.left.clear();
        scratch.taken.clear();
        scratch.taken.resize(bits.div_ceil(64), 0);
        let mut walk = Walk { program, text, found: found.clone(), scratch, bounds };
        let ends = walk.ends();
        for (bound, at) in bounds.iter_mut().zip([found.start, found.end]) {
            *bound = Some(at);
        }
        ends
    })
}

struct Walk<'a> {
    program: &'a Program,
    text: &'a str,
    found: Range<usize>,
    scratch: &'a mut Scratch,
    bounds: &'a mut [Option<usize>],
}

impl Walk<'_> {
    /// Goes the first way that leads to the end of the match. A way that was gone once from a fork at a place leads nowhere the
    /// second time, so that a walk is no longer than its forks times the bytes of the match.
    fn ends(&mut self) -> bool {
        self.scratch.left.push(Left::Go(0, self.found.start));
        while let Some(left) = self.scratch.left.pop() {
            match left {
                Left::PutBack(bound, at) => self.set(bound, at),
                Left::Go(step, at) => {
                    if self.go(step, at) {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// Goes on from a step until the match ends, or nothing fits.
    fn go(&mut self, mut step: usize, mut at: usize) -> bool {
        while let Some(next) = self.program.steps.get(step) {
            step += 1;
            match next {
                Step::Word(word) if self.rest(at).starts_with(word) => at += word.len(),
                Step::Class(ranges) => match self.character(at) {
                    Some(c) if holds(ranges, c) => at += c.len_utf8(),
                    _ => return false,
                },
                Step::Look(look) if LookMatcher::new().matches(*look, self.text.as_bytes(), at) => {}
                Step::Bound(bound) => {
                    let before = self.bounds.get(*bound).copied().flatten();
                    self.scratch.left.push(Left::PutBack(*bound, before));
                    self.set(*bound, Some(at));
                }
                Step::Jump(there) => step = *there,
                Step::Fork { first, second, number } if self.takes(*number, at) => {
                    self.scratch.left.push(Left::Go(*second, at));
                    step = *first;
                }
                Step::Done => return at == self.found.end,
                Step::Word(_) | Step::Look(_) | Step::Fork { .. } => return false,
            }
        }
        false
    }

    /// The bytes of the match from a place on.
    fn rest(&self, at: usize) -> &[u8] {
        self.text.as_bytes().get(at..self.found.end).unwrap_or_default()
    }

    /// The character of the match at a place.
    fn character(&self, at: usize) -> Option<char> {
        self.text.get(at..self.found.end)?.chars().next()
    }

    fn set(&mut self, bound: usize, at: Option<usize>) {
        if let Some(slot) = self.bounds.get_mut(bound) {
            *slot = at;
        }
    }

    /// Takes a fork at a place for the first time.
    fn takes(&mut self, fork: usize, at: usize) -> bool {
        let bit = fork * (self.found.len() + 1) + at - self.found.start;
        let Some(word) = self.scratch.taken.get_mut(bit / 64) else { return false };
        let new = *word & 1 << (bit % 64) == 0;
        *word |= 1 << (bit % 64);
        new
    }
}

/// Is a character in one of the ranges?
fn holds(ranges: &[(char, char)], c: char) -> bool {
    let next = ranges.partition_point(|(_, last)| *last < c);
    ranges.get(next).is_some_and(|(first, _)| *first <= c)
}
