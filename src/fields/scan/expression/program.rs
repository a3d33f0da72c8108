//! An expression as a row of steps over whole characters, for telling where the groups of a known match stand.
//!
//! The engine works on bytes: a class of Chinese characters is some hundred of its states, and as often as it may be repeated.
//! Here it is one step, so that a row is short, and to walk it over a match of a few characters costs little.

use regex_automata::util::look::Look;
use regex_syntax::hir::{Class, Hir, HirKind, Literal, Repetition};

/// Longer rows are left to the engine.
const LONGEST: usize = 20_000;

/// One step; unless it says otherwise, the next one in the row follows.
#[derive(Debug)]
pub enum Step {
    /// These bytes.
    Word(Box<[u8]>),
    /// One character of these ranges.
    Class(Box<[(char, char)]>),
    /// Nothing, at a place where this holds.
    Look(Look),
    /// A group begins (even) or ends (odd).
    Bound(usize),
    /// Goes on there.
    Jump(usize),
    /// Goes on at the first of two steps, and if that leads nowhere, at the second.
    Fork {
        /// Preferred.
        first: usize,
        /// Else.
        second: usize,
        /// Forks are counted: where two ways meet again, only the first of them is gone on with.
        number: usize,
    },
    /// The match ends.
    Done,
}

/// The steps of an expression.
#[derive(Debug)]
pub struct Program {
    /// In order.
    pub steps: Box<[Step]>,
    /// How many of them are forks.
    pub forks: usize,
}

impl Program {
    /// The steps of an expression as parsed; `None` where it is too long, or takes bytes that are no characters.
    pub fn of(expression: &Hir) -> Option<Self> {
        let mut writer = Writer { steps: Vec::new(), forks: 0 };
        writer.write(expression)?;
        writer.steps.push(Step::Done);
        Some(Self { steps: writer.steps.into(), forks: writer.forks })
    }
}

/// Writes the steps of each part behind those of the one before. Ways are ordered as the engine orders them.
struct Writer {
    steps: Vec<Step>,
    forks: usize,
}

impl Writer {
    fn write(&mut self, part: &Hir) -> Option<()> {
        if self.steps.len() > LONGEST {
            return None;
        }
        match part.kind() {
            HirKind::Empty => {}
            HirKind::Literal(Literal(bytes)) => self.steps.push(Step::Word(bytes.clone())),
            HirKind::Class(class) => self.steps.push(Step::Class(ranges(class)?)),
            HirKind::Look(look) => self.steps.push(Step::Look(Look::from_repr(look.as_repr())?)),
            HirKind::Capture(capture) => {
                let number = capture.index as usize * 2;
                self.steps.push(Step::Bound(number));
                self.write(&capture.sub)?;
                self.steps.push(Step::Bound(number + 1));
            }
            HirKind::Concat(parts) => parts.iter().try_for_each(|part| self.write(part))?,
            HirKind::Alternation(branches) => self.write_branches(branches)?,
            HirKind::Repetition(repetition) => self.write_repetition(repetition)?,
        }
        Some(())
    }

    fn write_branches(&mut self, branches: &[Hir]) -> Option<()> {
        let (last, others) = branches.split_last()?;
        let mut jumps = Vec::with_capacity(others.len());
        for branch in others {
            let fork = self.fork();
            self.write(branch)?;
            jumps.push(self.steps.len());
            self.steps.push(Step::Jump(0));
            self.lead(fork, fork + 1, self.steps.len(), true);
        }
        self.write(last)?;
        let end = self.steps.len();
        for jump in jumps {
            if let Some(step) = self.steps.get_mut(jump) {
                *step = Step::Jump(end);
            }
        }
        Some(())
    }

    fn write_repetition(&mut self, repetition: &Repetition) -> Option<()> {
        let Repetition { min, max, greedy, sub } = repetition;
        for _ in 1..*min {
            self.write(sub)?;
        }
        match max {
            None if *min > 0 => self.write_again(sub, *greedy),
            // What may be empty is entered once, and then again: so the engine does it.
            None if sub.properties().minimum_len() == Some(0) => {
                let fork = self.fork();
                self.write_again(sub, *greedy)?;
                self.lead(fork, fork + 1, self.steps.len(), *greedy);
                Some(())
            }
            None => {
                let fork = self.fork();
                self.write(sub)?;
                self.steps.push(Step::Jump(fork));
                self.lead(fork, fork + 1, self.steps.len(), *greedy);
                Some(())
            }
            Some(max) => {
                if *min > 0 {
                    self.write(sub)?;
                }
                let mut forks = Vec::new();
                for _ in *min..*max {
                    forks.push(self.fork());
                    self.write(sub)?;
                }
                let end = self.steps.len();
                forks.into_iter().for_each(|fork| self.lead(fork, fork + 1, end, *greedy));
                Some(())
            }
        }
    }

    /// A part once, and again as long as it goes.
    fn write_again(&mut self, part: &Hir, greedy: bool) -> Option<()> {
        let start = self.steps.len();
        self.write(part)?;
        let fork = self.fork();
        self.lead(fork, start, fork + 1, greedy);
        Some(())
    }

    /// A fork of which it is not known yet where it leads.
    fn fork(&mut self) -> usize {
        self.steps.push(Step::Fork { first: 0, second: 0, number: self.forks });
        self.forks += 1;
        self.steps.len() - 1
    }

    /// Lets a fork lead into a part or past it.
    fn lead(&mut self, fork: usize, into: usize, past: usize, greedy: bool) {
        if let Some(Step::Fork { first, second, .. }) = self.steps.get_mut(fork) {
            (*first, *second) = if greedy { (into, past) } else { (past, into) };
        }
    }
}

/// The characters of a class.
fn ranges(class: &Class) -> Option<Box<[(char, char)]>> {
    match class {
        Class::Unicode(class) => {
            Some(class.ranges().iter().map(|range| (range.start(), range.end())).collect())
        }
        Class::Bytes(class) => {
            let ranges = class.ranges().iter();
            class
                .is_ascii()
                .then(|| ranges.map(|range| (char::from(range.start()), char::from(range.end()))).collect())
        }
    }
}
