//! Marked positions of a contract.

use super::near::Starts;

/// One bit for each position.
#[derive(Debug, Default)]
pub(super) struct Marks(Vec<u64>);

impl Marks {
    pub fn set(&mut self, place: u32) {
        let word = place as usize / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(word) = self.0.get_mut(word) {
            *word |= 1 << (place % 64);
        }
    }

    /// All of the place's word: whoever clears, clears every place.
    pub fn clear(&mut self, place: u32) {
        if let Some(word) = self.0.get_mut(place as usize / 64) {
            *word = 0;
        }
    }

    pub fn has(&self, place: u32) -> bool {
        self.0.get(place as usize / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
    }

    /// Is one of `width` places marked, from a place on? At most 64.
    fn any(&self, from: u32, width: u32) -> bool {
        let (at, bit) = (from as usize / 64, from % 64);
        let word = |at: usize| self.0.get(at).copied().unwrap_or_default();
        let high = if bit == 0 { 0 } else { word(at + 1) << (64 - bit) };
        ((word(at) >> bit) | high) & (u64::MAX >> (64 - width)) != 0
    }

    /// How often one word stands behind another in at most so many positions, what they take themselves among
    /// them: `near::in_order` of two, without steps that depend on each other.
    pub fn pair_in_order(&mut self, first: &Starts, second: &Starts, within: u32) -> u32 {
        // Where the second may begin, counted from the end of the first.
        let Some(room) = within.checked_sub(first.1 + second.1) else { return 0 };
        let (few, many) = (first.0.len().min(second.0.len()), first.0.len().max(second.0.len()));
        if room >= 64 || few * MANY < many {
            return looked_up_in_order(first, second, room);
        }
        second.0.iter().for_each(|&place| self.set(place));
        let count = first.0.iter().filter(|&&start| self.any(start + first.1, room + 1)).count();
        second.0.iter().for_each(|&place| self.clear(place));
        count as u32
    }
}

/// How many times as long a list is in which the places of another are looked up one by one.
pub(super) const MANY: usize = 8;

/// The same, each place of the word that stands less often looked up among those of the other.
fn looked_up_in_order(first: &Starts, second: &Starts, room: u32) -> u32 {
    let before = |places: &[u32], place: u32| places.partition_point(|&known| known < place);
    if first.0.len() <= second.0.len() {
        let follows = |start: &&u32| {
            let end = *start + first.1;
            second.0.get(before(&second.0, end)).is_some_and(|next| next - end <= room)
        };
        return first.0.iter().filter(follows).count() as u32;
    }
    // A place of the first counts once, though two of the second may be near it.
    let mut counted = 0;
    let count = second.0.iter().map(|&start| {
        let Some(last) = start.checked_sub(first.1) else { return 0 };
        let from = before(&first.0, last.saturating_sub(room)).max(counted);
        counted = before(&first.0, last + 1).max(from);
        counted - from
    });
    count.sum::<usize>() as u32
}

#[cfg(test)]
mod tests {
    use proptest::prop_oneof;

    use super::*;
    use crate::search::near::in_order;

    #[test]
    fn marks_are_set_and_cleared() {
        let mut marks = Marks::default();
        [3, 64, 200].into_iter().for_each(|place| marks.set(place));
        assert!(marks.has(3) && marks.has(64) && marks.has(200));
        assert!(!marks.has(4) && !marks.has(201) && !marks.has(9_000));
        [3, 64, 200].into_iter().for_each(|place| marks.clear(place));
        assert!(!marks.has(3) && !marks.has(64) && !marks.has(200));
    }

    proptest::proptest! {
        #[test]
        fn two_words_in_order_are_counted_as_any_words_are(
            first in proptest::collection::btree_set(0_u32..200, 0..60),
            second in proptest::collection::btree_set(0_u32..200, 0..60),
            lengths in (1_u32..4, 1_u32..4),
            slop in prop_oneof![0_u32..6, 60_u32..70],
        ) {
            let starts = |places: std::collections::BTreeSet<u32>, length| (places.into_iter().collect(), length);
            let words: [Starts; 2] = [starts(first, lengths.0), starts(second, lengths.1)];
            let within = lengths.0 + lengths.1 + slop;
            let mut marks = Marks::default();
            let count = marks.pair_in_order(&words[0], &words[1], within);
            proptest::prop_assert_eq!(count, in_order(&words, within));
            proptest::prop_assert_eq!(marks.pair_in_order(&words[0], &words[1], within), count, "marks are cleared");
        }
    }
}
