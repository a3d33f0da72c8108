//! How alike two texts are, without comparing them: a sketch of the stretches of five characters that each holds
//! (MinHash, one permutation with densification). The same text gives the same sketch on every machine.

use super::fold::Folded;

/// Numbers of a sketch: the estimate is off by some hundredths.
pub(super) const NUMBERS: usize = 128;

/// Numbers that have to agree for two texts to be looked at as alike: found for certain from about six tenths on.
const BAND: usize = 4;

/// Characters of a stretch.
const STRETCH: usize = 5;

/// Stretches below which a text is too short to be like another.
const SHORTEST: usize = 40;

/// The sketch of a text; figures, punctuation and spaces do not count, for they are what is filled in.
pub(super) fn sketch(folded: &Folded) -> Option<Vec<u32>> {
    let letters: Vec<char> = folded.text.chars().filter(|c| c.is_alphabetic()).collect();
    let mut least: Vec<Option<u32>> = vec![None; NUMBERS];
    for stretch in letters.windows(STRETCH) {
        let hash = hash(stretch);
        let number = (hash >> 32) as u32;
        if let Some(slot) = least.get_mut(hash as usize % NUMBERS) {
            *slot = Some(slot.map_or(number, |known| known.min(number)));
        }
    }
    (letters.len() >= SHORTEST + STRETCH).then(|| densified(&least))
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

/// The terms by which texts that are alike find each other.
pub(super) fn bands(sketch: &[u32]) -> Vec<String> {
    let term = |(band, numbers): (usize, &[u32])| {
        let mixed = numbers.iter().fold(0_u64, |mixed, number| {
            (mixed ^ u64::from(*number)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23)
        });
        format!("{band:02x}{mixed:016x}")
    };
    sketch.chunks(BAND).enumerate().map(term).collect()
}

/// The share of stretches that two texts have in common (Jaccard), from 0 to 1.
pub(super) fn likeness(a: &[u32], b: &[u32]) -> f32 {
    let same = a.iter().zip(b).filter(|(a, b)| a == b).count();
    same as f32 / a.len().max(b.len()).max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::super::tests::lexicon;
    use super::*;

    fn of(text: &str) -> Vec<u32> {
        sketch(&lexicon().fold(text)).expect("long enough")
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
        assert_eq!(likeness(&of(&filled("5,000", "2024-1-2")), &of(&filled("98.50", "2023.12.31"))), 1.0);
    }

    #[test]
    fn the_estimate_is_near_the_share() {
        let (same, a, b) = (text(1, 1000), text(2, 500), text(3, 500));
        let likeness = likeness(&of(&format!("{same}{a}")), &of(&format!("{same}{b}")));
        assert!((0.4..0.6).contains(&likeness), "{likeness} of 0.5");
        assert!(sketch(&lexicon().fold("短文")).is_none());
    }

    #[test]
    fn alike_texts_share_a_band() {
        let (a, b) = (bands(&of(&text(1, 1000))), bands(&of(&(text(1, 900) + &text(2, 100)))));
        assert!(a.iter().any(|band| b.contains(band)));
        assert_eq!(a.len(), NUMBERS / BAND);
    }
}
