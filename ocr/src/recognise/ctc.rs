//! From probabilities to characters.
//!
//! The model gives for each step along the line a probability for every character and for "none", of which the best is
//! looked at. Equal neighbours are one character (connectionist temporal classification, Graves et al., 2006).

use crate::reading::Character;

/// The characters that a model knows.
#[derive(Debug, Clone)]
pub(crate) struct Alphabet(Vec<char>);

impl Alphabet {
    /// From a list with one character a line. A space follows the last.
    pub(crate) fn parse(list: &str) -> Self {
        Self(list.lines().filter_map(|line| line.chars().next()).chain([' ']).collect())
    }

    /// How many classes a model with this alphabet has: one for "none" too.
    #[cfg(test)]
    pub(crate) fn classes(&self) -> usize {
        self.0.len() + 1
    }

    /// The character of a class; none of class 0, nor of one that the alphabet does not have.
    fn character(&self, class: usize) -> Option<char> {
        self.0.get(class.checked_sub(1)?).copied()
    }
}

/// Steps with the same best class.
#[derive(Debug, Clone, Copy)]
struct Peak {
    class: usize,
    from: usize,
    to: usize,
    probability: f32,
}

/// The characters of a line: for each step its most probable class and how probable that is; the first `steps` (whole
/// or not) lie on the line and the rest on padding. Places are shares of the line.
pub(crate) fn decode(best: &[(usize, f32)], steps: f32, alphabet: &Alphabet) -> Vec<Character> {
    let mut peaks: Vec<Peak> = Vec::new();
    for (step, &(class, probability)) in best.iter().enumerate() {
        match peaks.last_mut() {
            Some(last) if last.class == class => {
                last.to = step + 1;
                last.probability = last.probability.max(probability);
            }
            _ => peaks.push(Peak { class, from: step, to: step + 1, probability }),
        }
    }
    let found: Vec<(char, Peak)> =
        peaks.into_iter().filter_map(|peak| Some((alphabet.character(peak.class)?, peak))).collect();
    places(&found, steps.max(1.0))
}

/// A character reaches half way to its neighbours, but no further than its share of the line would let it.
fn places(found: &[(char, Peak)], steps: f32) -> Vec<Character> {
    let centre = |peak: &Peak| (peak.from + peak.to) as f32 / 2.0;
    let centres: Vec<f32> = found.iter().map(|(_, peak)| centre(peak)).collect();
    let reach = widest_reach(&centres);
    let half_way = |a: usize, b: usize| Some((centres.get(a)? + centres.get(b)?) / 2.0);
    let place = |(index, (char, peak)): (usize, &(char, Peak))| {
        let before = index.checked_sub(1).and_then(|before| half_way(before, index)).unwrap_or(0.0);
        let after = half_way(index, index + 1).unwrap_or(steps);
        Character {
            char: *char,
            from: (before.max(centre(peak) - reach) / steps).clamp(0.0, 1.0),
            to: (after.min(centre(peak) + reach) / steps).clamp(0.0, 1.0),
            confidence: peak.probability.clamp(0.0, 1.0),
        }
    };
    found.iter().enumerate().map(place).collect()
}

/// Half the width of the widest characters, in steps: those of a line stand at a common distance. A step is 8 of the
/// 48 rows that a strip is high, and a character fills about 36 of them.
fn widest_reach(centres: &[f32]) -> f32 {
    let distances: Vec<f32> = centres.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let common = crate::geometry::median(distances);
    if common > 0.0 { common.clamp(1.5, 3.5) * 0.6 } else { 2.5 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn alphabet() -> Alphabet {
        Alphabet::parse("甲\r\n乙\n")
    }

    /// Steps given by their best classes (甲 1, 乙 2, space 3).
    fn steps(classes: &[usize]) -> Vec<(usize, f32)> {
        classes.iter().map(|&class| (class, 0.7)).collect()
    }

    fn text(classes: &[usize]) -> String {
        decode(&steps(classes), classes.len() as f32, &alphabet()).iter().map(|c| c.char).collect()
    }

    #[test]
    fn repeats_are_one_and_a_gap_makes_two() {
        assert_eq!(text(&[0, 1, 1, 0, 1, 2, 3, 2, 0]), "甲甲乙 乙");
        assert_eq!(text(&[0, 0]), "");
        assert_eq!(text(&[]), "");
    }

    #[test]
    fn places_follow_the_steps() {
        let found = decode(&steps(&[0, 0, 0, 1, 0, 0, 2, 0, 0, 0]), 10.0, &alphabet());
        assert!((found[0].to - 0.5).abs() < 0.01 && (found[1].from - 0.5).abs() < 0.01);
        assert!(found[0].from > 0.0 && found[1].to < 1.0);
        assert!((found[0].confidence - 0.7).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn places_are_in_order(values in prop::collection::vec((0usize..4, 0f32..1.0), 0..60), steps in 0f32..60.0) {
            let found = decode(&values, steps, &alphabet());
            for character in &found {
                prop_assert!((0.0..=1.0).contains(&character.from) && (0.0..=1.0).contains(&character.to));
            }
            for pair in found.windows(2) {
                prop_assert!(pair[0].from <= pair[1].from + 1e-6);
            }
        }

        #[test]
        fn no_values_panic(values in prop::collection::vec((any::<usize>(), prop::num::f32::ANY), 0..64)) {
            let _ = decode(&values, 4.0, &alphabet());
        }
    }
}
