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

    /// How often one word stands behind another in at most so many positions, what they take themselves among
    /// them: `near::in_order` of two, without a step that depends on the one before.
    pub fn pairs_in_order(&mut self, first: &Starts, second: &Starts, within: u32) -> u32 {
        // Where the first word may begin, for each place of the second.
        let reach = |start: u32| {
            let earliest = (start + second.1).saturating_sub(within);
            start.checked_sub(first.1).map_or(0..0, |last| earliest..last + 1)
        };
        second.0.iter().flat_map(|&start| reach(start)).for_each(|place| self.set(place));
        let count = first.0.iter().filter(|&&start| self.has(start)).count();
        second.0.iter().flat_map(|&start| reach(start)).for_each(|place| self.clear(place));
        count as u32
    }
}

#[cfg(test)]
mod tests {
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
            first in proptest::collection::btree_set(0_u32..200, 0..20),
            second in proptest::collection::btree_set(0_u32..200, 0..20),
            lengths in (1_u32..4, 1_u32..4),
            slop in 0_u32..6,
        ) {
            let starts = |places: std::collections::BTreeSet<u32>, length| (places.into_iter().collect(), length);
            let words: [Starts; 2] = [starts(first, lengths.0), starts(second, lengths.1)];
            let within = lengths.0 + lengths.1 + slop;
            let mut marks = Marks::default();
            let count = marks.pairs_in_order(&words[0], &words[1], within);
            proptest::prop_assert_eq!(count, in_order(&words, within));
            proptest::prop_assert_eq!(marks.pairs_in_order(&words[0], &words[1], within), count, "marks are cleared");
        }
    }
}
