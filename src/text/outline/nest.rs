//! Which clause stands under which: by the order in which kinds of number first appear inside their
//! parent, by what decimals say of themselves, and by where counts go on.

use super::numbering::{Certainty, Label};
use crate::model::text::Numbering;

/// Depth at which a count that starts anew is no longer taken for a deeper one.
const DEEPEST: usize = 10;

/// The clauses that are open, outermost first: index and number.
#[derive(Default)]
pub struct Stack {
    open: Vec<(usize, Label)>,
    /// Have articles been found under 一、二、, which then are their titles?
    titled: bool,
}

impl Stack {
    /// Index of the innermost open clause.
    pub fn top(&self) -> Option<usize> {
        self.open.last().map(|(index, _)| *index)
    }

    /// Opens a clause under the innermost one.
    pub fn push(&mut self, index: usize, label: Label) {
        let above = self.open.last().map(|(_, above)| above.numbering);
        self.titled |= label.numbering == Numbering::Article && above == Some(Numbering::Chinese);
        self.open.push((index, label));
    }

    /// Closes the clauses from `depth` on and gives their indices.
    pub fn truncate(&mut self, depth: usize) -> Vec<usize> {
        self.open.drain(depth.min(self.open.len())..).map(|(index, _)| index).collect()
    }

    /// The depth at which a number belongs; `None` where it is no clause number after all. `next` is
    /// the next number in the document.
    pub fn place(&self, label: &Label, next: Option<&Label>) -> Option<usize> {
        match label.certainty {
            Certainty::Sure => {}
            Certainty::InSequence if self.follows_on(label) => {}
            Certainty::Bare if next.is_some_and(|next| begins_under(label, next)) => {}
            Certainty::InSequence | Certainty::Bare => return None,
        }
        Some(match label.numbering {
            _ if label.is_worded() => self.place_worded(label),
            _ if label.is_decimal() => self.place_decimal(label),
            _ => self.place_counted(label),
        })
    }

    /// Does the number go on with a count that is open, or begin one under its own prefix?
    fn follows_on(&self, label: &Label) -> bool {
        let Some((&last, prefix)) = label.path.split_last() else { return false };
        let sibling = |open: &Label| {
            open.numbering == label.numbering
                && open.path.split_last().is_some_and(|(&n, p)| p == prefix && n.checked_add(1) == Some(last))
        };
        let parent = |open: &Label| last == 1 && label.is_decimal() && is_prefix(open, prefix);
        self.open.iter().any(|(_, open)| sibling(open) || parent(open))
    }

    /// 第X部分, 章, 节, 条 keep their rank among themselves.
    fn place_worded(&self, label: &Label) -> usize {
        if let Some(depth) = self.last_where(|open| open.numbering == label.numbering) {
            return depth;
        }
        let lower = |open: &Label| open.is_worded() && open.numbering > label.numbering;
        if let Some(depth) = self.open.iter().position(|(_, open)| lower(open)) {
            return depth;
        }
        if label.numbering <= Numbering::Chapter {
            return self.open.iter().take_while(|(_, open)| open.numbering < label.numbering).count();
        }
        let outer = self.open.iter().take_while(|(_, open)| open.is_worded()).count();
        let titles =
            |open: &Label| open.numbering == Numbering::Chinese && (self.titled || open.ordinal() == Some(1));
        let titled = self.open.get(outer).is_some_and(|(_, open)| titles(open));
        outer + usize::from(titled)
    }

    /// A decimal names its parent: 3.2 stands under 3. or 第三条.
    fn place_decimal(&self, label: &Label) -> usize {
        let prefix = label.path.split_last().map_or(&[][..], |(_, prefix)| prefix);
        let same_length = |open: &Label| open.path.len() == label.path.len();
        let sibling = self.last_where(|open| same_length(open) && open.path.starts_with(prefix));
        let child = || self.last_where(|open| is_prefix(open, prefix)).map(|depth| depth + 1);
        let stray = || {
            self.open.iter().position(|(_, open)| open.is_decimal() && open.path.len() >= label.path.len())
        };
        sibling.or_else(child).or_else(stray).unwrap_or(self.open.len())
    }

    /// 一、 （一） 1. （1） ①: a count goes on, or a new one begins inside the innermost clause.
    fn place_counted(&self, label: &Label) -> usize {
        let same = |open: &Label| open.numbering == label.numbering && open.capital == label.capital;
        let next = |open: &Label| open.ordinal().and_then(|n| n.checked_add(1)) == label.ordinal();
        if let Some(depth) = self.last_where(|open| same(open) && next(open)) {
            return depth;
        }
        let Some(depth) = self.last_where(same) else { return self.place_new(label) };
        let inside = depth + 1 < self.open.len() && self.open.len() < DEEPEST;
        let restarts = label.ordinal() == Some(1) && inside;
        if restarts && label.numbering != Numbering::Chinese { self.open.len() } else { depth }
    }

    /// The first of its kind: inside the innermost clause, unless decimals before it counted on to it.
    fn place_new(&self, label: &Label) -> usize {
        let counted_on = |open: &Label| {
            label.numbering == Numbering::Arabic
                && open.is_decimal()
                && open.path.first().map(|n| n + 1) == label.ordinal()
        };
        self.open.iter().position(|(_, open)| counted_on(open)).unwrap_or(self.open.len())
    }

    fn last_where(&self, test: impl Fn(&Label) -> bool) -> Option<usize> {
        self.open.iter().rposition(|(_, open)| test(open))
    }
}

/// Is the open clause the one that a decimal with this prefix stands under?
fn is_prefix(open: &Label, prefix: &[u32]) -> bool {
    let major = open.numbering <= Numbering::Chinese || open.numbering == Numbering::Arabic;
    if prefix.len() == 1 { major && open.path == prefix } else { open.path == prefix }
}

/// Is `next` the first decimal under the figure: 1.1 under 1?
fn begins_under(label: &Label, next: &Label) -> bool {
    next.path.len() == 2 && next.path.last() == Some(&1) && next.path.starts_with(&label.path)
}
