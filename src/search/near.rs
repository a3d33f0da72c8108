//! How near to each other words stand, by the places at which each begins.
//!
//! A phrase with slop is no such thing: it lets the characters of one word drift apart, and counts the order.

use std::ops::Range;

/// The places at which a word begins, in order, and how many positions it takes.
pub(super) type Starts = (Vec<u32>, u32);

/// Characters between words, in any order, where they stand closest: the shortest stretch that holds each of
/// them, without what they take themselves. `None` where a word is missing.
pub(super) fn smallest_gap(words: &[Starts]) -> Option<u32> {
    let own: u32 = words.iter().map(|(_, length)| length).sum();
    let mut places: Vec<(Range<u32>, usize)> = Vec::new();
    for (n, (starts, length)) in words.iter().enumerate() {
        places.extend(starts.iter().map(|&start| (start..start + length, n)));
    }
    places.sort_by_key(|(place, n)| (place.start, *n));
    let mut last: Vec<Option<Range<u32>>> = vec![None; words.len()];
    let mut best: Option<u32> = None;
    for (place, n) in places {
        if let Some(slot) = last.get_mut(n) {
            *slot = Some(place);
        }
        let bounds = last.iter().flatten().fold(None, |bounds: Option<(u32, u32)>, place| {
            let (from, to) = bounds.unwrap_or((place.start, place.end));
            Some((from.min(place.start), to.max(place.end)))
        });
        if let Some((from, to)) = bounds.filter(|_| last.iter().all(Option::is_some)) {
            let gap = (to - from).saturating_sub(own);
            best = Some(best.map_or(gap, |best| best.min(gap)));
        }
    }
    best
}

/// How often words stand one behind the other in at most so many positions, what they take themselves among them.
pub(super) fn in_order(words: &[Starts], within: u32) -> u32 {
    let Some(((first, length), rest)) = words.split_first() else { return 0 };
    // What is left of each list: a later first word is followed by later ones.
    let mut rest: Vec<(&[u32], u32)> =
        rest.iter().map(|(starts, length)| (starts.as_slice(), *length)).collect();
    let mut count = 0;
    for start in first {
        let mut end = start + length;
        for (starts, length) in &mut rest {
            // The nearest behind: none farther off can make it shorter.
            while starts.first().is_some_and(|next| *next < end) {
                *starts = starts.get(1..).unwrap_or_default();
            }
            let Some(next) = starts.first() else { return count };
            end = next + *length;
        }
        count += u32::from(end - start <= within);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(words: &[(&[u32], u32)]) -> Vec<Starts> {
        words.iter().map(|(at, length)| (at.to_vec(), *length)).collect()
    }

    #[test]
    fn the_closest_places_count() {
        let gap = |words: &[(&[u32], u32)]| smallest_gap(&starts(words));
        assert_eq!(gap(&[(&[0, 50], 2), (&[10, 55], 3)]), Some(3));
        assert_eq!(gap(&[(&[20], 2), (&[10], 3)]), Some(7), "in any order");
        assert_eq!(gap(&[(&[0], 2), (&[], 3)]), None);
        assert_eq!(gap(&[(&[0], 3), (&[1], 2)]), Some(0), "one inside the other");
    }

    #[test]
    fn the_order_counts_where_it_shall() {
        let count = |words: &[(&[u32], u32)], within| in_order(&starts(words), within);
        assert_eq!(count(&[(&[0, 50], 2), (&[10, 55], 3)], 8), 1);
        assert_eq!(count(&[(&[0, 50], 2), (&[10, 55], 3)], 13), 2);
        assert_eq!(count(&[(&[20], 2), (&[10], 3)], 100), 0);
        assert_eq!(count(&[(&[0], 2), (&[1, 2], 2)], 4), 1, "words do not overlap");
        assert_eq!(count(&[(&[0], 2), (&[], 3)], 9), 0);
    }
}
