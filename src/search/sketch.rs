//! How alike two texts are, without comparing them: a sketch of the stretches of five characters that each holds
//! (MinHash, one permutation with densification, one byte of each minimum). The same text gives the same sketch on every machine.

use super::fold::Folded;

/// Numbers of a sketch, a byte each: the estimate is off by some hundredths.
const NUMBERS: usize = 128;

/// Numbers that are kept together, so that they are compared together.
const TOGETHER: usize = 8;

/// Characters of a stretch.
const STRETCH: usize = 5;

/// Stretches below which a text is too short to be like another.
const SHORTEST: usize = 40;

/// The sketch of a text; figures, punctuation and spaces do not count, for they are what is filled in.
pub(super) fn sketch(folded: &Folded) -> Option<Vec<u64>> {
    let letters: Vec<char> = folded.text.chars().filter(|c| c.is_alphabetic()).collect();
    let mut least: Vec<Option<u32>> = vec![None; NUMBERS];
    for stretch in letters.windows(STRETCH) {
        let hash = hash(stretch);
        let number = (hash >> 32) as u32;
        if let Some(slot) = least.get_mut(hash as usize % NUMBERS) {
            *slot = Some(slot.map_or(number, |known| known.min(number)));
        }
    }
    (letters.len() >= SHORTEST + STRETCH).then(|| bytes(&densified(&least)))
}

/// FNV-1a over the characters, mixed so that all bits count.
fn hash(stretch: &[char]) -> u64 {
    let mut hash: u64 = 0xCBF2_9CE4_8422_2325;
    for &c in stretch {
        hash = (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01B3);
    }
    let mixed = (hash ^ (hash >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    mixed ^ (mixed >> 33)
}

/// An empty number takes that of the next one that is not, told apart by the distance.
fn densified(least: &[Option<u32>]) -> Vec<u32> {
    let next = |from: usize| {
        (0..least.len()).find_map(|step| {
            let number = least.get((from + step) % least.len()).copied().flatten()?;
            Some(number.wrapping_add((step as u32).wrapping_mul(0x9E37_79B9)))
        })
    };
    (0..least.len()).map(|from| next(from).unwrap_or_default()).collect()
}

/// The last byte of each number.
fn bytes(numbers: &[u32]) -> Vec<u64> {
    let together =
        |numbers: &[u32]| numbers.iter().fold(0, |word, number| word << 8 | u64::from(number & 0xFF));
    numbers.chunks(TOGETHER).map(together).collect()
}

/// The share of stretches that two texts have in common (Jaccard), from 0 to 1.
pub(super) fn likeness(a: impl Iterator<Item = u64>, b: &[u64]) -> f32 {
    let same = |(a, b): (u64, &u64)| (a ^ b).to_le_bytes().iter().filter(|byte| **byte == 0).count();
    let same: usize = a.zip(b).map(same).sum();
    // Of bytes that have nothing to do with each other one in 256 is the same.
    let by_chance = 1.0 / 256.0;
    ((same as f32 / NUMBERS as f32 - by_chance) / (1.0 - by_chance)).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::super::tests::lexicon;
    use super::*;

    fn of(text: &str) -> Vec<u64> {
        sketch(&lexicon().fold(text)).expect("long enough")
    }

    fn alike(a: &str, b: &str) -> f32 {
        likeness(of(a).into_iter(), &of(b))
    }

    fn text(seed: usize, length: usize) -> String {
        (0..length)
            .filter_map(|n| char::from_u32(0x4E00 + ((n * 7919 + n * n * seed) % 3000) as u32))
            .collect()
    }

    #[test]
    fn what_is_filled_in_does_not_count() {
        let filled =
            |sum: &str, day: &str| format!("{}总价{sum}元，签订于{day}。{}", text(1, 300), text(2, 300));
        let likeness = alike(&filled("5,000", "2024-1-2"), &filled("98.50", "2023.12.31"));
        assert_eq!(likeness, 1.0);
    }

    #[test]
    fn the_estimate_is_near_the_share() {
        let (same, a, b) = (text(1, 1000), text(2, 500), text(3, 500));
        let likeness = alike(&format!("{same}{a}"), &format!("{same}{b}"));
        assert!((0.4..0.6).contains(&likeness), "{likeness} of 0.5");
        assert!(sketch(&lexicon().fold("短文")).is_none());
    }

    #[test]
    fn texts_that_have_nothing_in_common_are_not_alike() {
        let most = (1..20).map(|n| alike(&text(n, 800), &text(n + 20, 800))).fold(0.0, f32::max);
        assert!(most < 0.1, "{most}");
    }
}
