//! With which characters a match can begin and end.
//!
//! An expression that looks for the beginning of a text (`^甲方`) is asked of every line, and most lines begin otherwise.

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look};

/// The first and the last character of what matches, where a match begins and ends with the text.
#[derive(Debug, Default)]
pub struct Edges {
    first: Option<Characters>,
    last: Option<Characters>,
}

impl Edges {
    /// Of an expression as parsed.
    pub fn of(expression: &Hir) -> Self {
        let properties = expression.properties();
        let begins = properties.look_set_prefix().contains(Look::Start);
        let ends = properties.look_set_suffix().contains(Look::End);
        Self {
            first: begins.then(|| Edge::of(expression, true).characters()).flatten(),
            last: ends.then(|| Edge::of(expression, false).characters()).flatten(),
        }
    }

    /// Can a text match, by its first and last character?
    pub fn may_match(&self, text: &str) -> bool {
        self.first.as_ref().is_none_or(|first| text.chars().next().is_some_and(|c| first.hold(c)))
            && self.last.as_ref().is_none_or(|last| text.chars().next_back().is_some_and(|c| last.hold(c)))
    }
}

/// Some characters.
#[derive(Debug)]
struct Characters(Box<[(char, char)]>);

impl Characters {
    fn hold(&self, c: char) -> bool {
        let next = self.0.partition_point(|(_, last)| *last < c);
        self.0.get(next).is_some_and(|(first, _)| *first <= c)
    }
}

/// The characters at one end of what a part of an expression matches.
struct Edge {
    class: ClassUnicode,
    /// It may match nothing, so that the next part tells, too.
    empty: bool,
    /// Nothing is known of the characters.
    any: bool,
}

impl Edge {
    fn nothing() -> Self {
        Self { class: ClassUnicode::empty(), empty: true, any: false }
    }

    fn one_of(class: ClassUnicode) -> Self {
        Self { class, empty: false, any: false }
    }

    /// The characters, where there is one at all.
    fn characters(self) -> Option<Characters> {
        let ranges = self.class.ranges().iter().map(|range| (range.start(), range.end()));
        (!self.empty && !self.any).then(|| Characters(ranges.collect()))
    }

    /// At the beginning of a part, or at its end.
    fn of(part: &Hir, begin: bool) -> Self {
        match part.kind() {
            HirKind::Empty | HirKind::Look(_) => Self::nothing(),
            HirKind::Literal(literal) => {
                let word = String::from_utf8_lossy(&literal.0);
                let c = if begin { word.chars().next() } else { word.chars().next_back() };
                c.map_or_else(Self::nothing, |c| {
                    Self::one_of(ClassUnicode::new([ClassUnicodeRange::new(c, c)]))
                })
            }
            HirKind::Class(Class::Unicode(class)) => Self::one_of(class.clone()),
            HirKind::Class(Class::Bytes(_)) => Self { any: true, ..Self::one_of(ClassUnicode::empty()) },
            HirKind::Capture(capture) => Self::of(&capture.sub, begin),
            HirKind::Repetition(repetition) => {
                let sub = Self::of(&repetition.sub, begin);
                Self { empty: sub.empty || repetition.min == 0, ..sub }
            }
            HirKind::Concat(parts) if begin => Self::row(parts.iter().map(|part| Self::of(part, begin))),
            HirKind::Concat(parts) => Self::row(parts.iter().rev().map(|part| Self::of(part, begin))),
            HirKind::Alternation(branches) => {
                let edges = branches.iter().map(|branch| Self::of(branch, begin));
                edges
                    .reduce(|a, b| Self { empty: a.empty || b.empty, ..a.and(&b) })
                    .unwrap_or_else(Self::nothing)
            }
        }
    }

    /// Of parts in a row, the outermost first.
    fn row(parts: impl Iterator<Item = Self>) -> Self {
        let mut row = Self::nothing();
        for part in parts {
            row = Self { empty: part.empty, ..row.and(&part) };
            if !row.empty {
                break;
            }
        }
        row
    }

    /// The characters of both.
    fn and(mut self, other: &Self) -> Self {
        self.class.union(&other.class);
        self.any |= other.any;
        self
    }
}
