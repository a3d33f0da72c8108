//! Where the characters of a paragraph stand in the part that they were read from.
//!
//! Only who writes into a document asks for this; reading does not trace places.

use std::ops::Range;

use crate::model::Block;

/// White space that is left out at the ends of a text which does not ask to keep it (`xml:space`).
pub(crate) const SPACES: &[char] = &[' ', '\t', '\n', '\r'];

/// A block as the story tells it.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    /// The block.
    pub block: Block,
    /// For each character of the block's text the bytes of the main part that it came from: itself in a `w:t`, the tag of
    /// the element that stands for it, the reference to the note that it stands in. Nothing for what Word adds
    /// (automatic numbers) and for parts beside the main one. Empty where places are not traced.
    pub places: Vec<Option<Range<usize>>>,
}

/// Text with the place of each of its characters.
#[derive(Debug, Default)]
pub(super) struct Placed {
    pub text: String,
    pub places: Vec<Range<usize>>,
}

impl Placed {
    /// Adds a stretch that came from these bytes. What is written otherwise than it reads (a reference, CDATA) has one place.
    pub fn push(&mut self, text: &str, from: &Range<usize>, is_traced: bool) {
        self.text.push_str(text);
        if !is_traced {
            return;
        }
        let is_literal = text.len() == from.len();
        self.places.extend(text.char_indices().map(|(at, c)| {
            let start = from.start + at;
            if is_literal { start..start + c.len_utf8() } else { from.clone() }
        }));
    }

    /// Without the white space at its ends.
    pub fn trim(&mut self, spaces: &[char]) {
        let lead = self.text.chars().take_while(|c| spaces.contains(c)).count();
        self.text = self.text.trim_matches(spaces).to_owned();
        self.places.drain(..lead.min(self.places.len()));
        self.places.truncate(self.text.chars().count());
    }

    /// What is seen of it, character by character.
    pub fn map(&mut self, seen: impl Fn(char) -> Option<char>) {
        let seen: Vec<Option<char>> = self.text.chars().map(seen).collect();
        let mut each = seen.iter();
        self.places.retain(|_| each.next().is_some_and(Option::is_some));
        self.text = seen.into_iter().flatten().collect();
    }
}

/// Gives the last characters, those of `stretch`, as many places each as they are drawn wide.
pub(super) fn widen(places: &mut Vec<Range<usize>>, stretch: &str, width: impl Fn(char) -> usize) {
    let Some(from) = places.len().checked_sub(stretch.chars().count()) else { return };
    let narrow = places.split_off(from);
    for (place, character) in narrow.into_iter().zip(stretch.chars()) {
        places.extend(std::iter::repeat_n(place, width(character)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_character_has_its_bytes() {
        let mut placed = Placed::default();
        placed.push(" 甲", &(10..14), true);
        placed.push("&", &(14..19), true);
        placed.push("乙 ", &(19..23), true);
        placed.trim(&[' ']);
        assert_eq!((placed.text.as_str(), placed.places), ("甲&乙", vec![11..14, 14..19, 19..22]));
    }

    #[test]
    fn what_is_not_seen_has_no_place() {
        let mut placed = Placed::default();
        placed.push("a-b", &(0..3), true);
        placed.map(|c| (c != '-').then_some(c));
        assert_eq!((placed.text.as_str(), placed.places), ("ab", vec![0..1, 2..3]));
    }

    #[test]
    fn a_blank_is_wider_than_what_it_is_drawn_for() {
        let mut places = vec![0..1, 1..2, 2..5];
        widen(&mut places, "\t\u{3000}", |c| if c == '\t' { 4 } else { 2 });
        assert_eq!(places, [0..1, 1..2, 1..2, 1..2, 1..2, 2..5, 2..5]);
    }
}
