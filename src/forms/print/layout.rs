//! How the entries of a form stand on a page: short ones in pairs, long ones over the whole width.

use super::super::form::{Entry, State};
use crate::office::display_width;

/// A line of the form.
pub(super) enum Line<'a> {
    Pair(&'a Entry, &'a Entry),
    Whole(&'a Entry),
}

/// Half-width characters that a value in half a line has, and its label.
const VALUE: usize = 26;

/// The entries in their order; two short ones in a row share a line.
pub(super) fn lines(entries: &[Entry]) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut rest = entries.iter().peekable();
    while let Some(entry) = rest.next() {
        let partner = rest.next_if(|next| is_short(entry) && is_short(next));
        lines.push(match partner {
            Some(partner) => Line::Pair(entry, partner),
            None => Line::Whole(entry),
        });
    }
    lines
}

fn is_short(entry: &Entry) -> bool {
    display_width(entry.value.as_deref().or(hint(entry)).unwrap_or_default()) <= VALUE
}

/// What an empty slot says of how to fill it.
pub(super) fn hint(entry: &Entry) -> Option<&str> {
    let slot = entry.by_person && entry.state == State::Open;
    entry.note.as_deref().filter(|note| slot && *note != super::super::fill::BY_PERSON)
}
