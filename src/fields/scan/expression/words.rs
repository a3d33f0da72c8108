//! Words to be looked up in a listed text, by hashes of their characters.

use super::chains::{OFTEN, Words};

/// So many pairs of a word are known; the rarest of them in a text leads to it.
const PAIRS: usize = 4;

/// Words, one of which must stand in a text.
#[derive(Debug)]
pub struct Set {
    /// Of each word the key that most texts lack; all in a row, because most expressions are ruled out by them.
    pub signs: Box<[u32]>,
    /// The words.
    pub words: Box<[Word]>,
}

impl Set {
    /// Words to look up.
    pub fn new(words: &Words) -> Self {
        let words: Box<[Word]> = words.iter().map(|word| Word::new(word)).collect();
        Self { signs: words.iter().map(Word::sign).collect(), words }
    }
}

/// A word, with what leads to it in a list.
#[derive(Debug)]
pub struct Word {
    word: Box<str>,
    /// Hashes of its pairs of characters, and how many bytes stand before each; of the character where there is one.
    keys: Box<[(u32, u32)]>,
}

impl Word {
    fn new(word: &str) -> Self {
        let mut keys: Vec<_> = pairs(word).take(PAIRS).map(|(at, a, b)| (pair(a, b), at as u32)).collect();
        if keys.is_empty() {
            keys.extend(word.chars().next().map(|c| (single(c), 0)));
        }
        Self { word: word.into(), keys: keys.into() }
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.word
    }

    /// Hashes of its pairs, with how many bytes stand before each.
    pub fn keys(&self) -> &[(u32, u32)] {
        &self.keys
    }

    /// The key of the pair with the fewest usual characters.
    fn sign(&self) -> u32 {
        let usual = |c: char| usize::from(OFTEN.contains(c));
        let rarest = pairs(&self.word).min_by_key(|(_, a, b)| usual(*a) + usual(*b));
        let first = self.keys.first().map_or(0, |(key, _)| *key);
        rarest.map_or(first, |(_, a, b)| pair(a, b))
    }
}

/// The pairs of neighbours of a word with the bytes before them.
fn pairs(word: &str) -> impl Iterator<Item = (usize, char, char)> {
    let next = word.char_indices().skip(1).map(|(_, c)| c);
    word.char_indices().zip(next).map(|((at, a), b)| (at, a, b))
}

/// The key of a character.
pub fn single(c: char) -> u32 {
    spread(c as u32)
}

/// The key of a pair of characters.
pub fn pair(a: char, b: char) -> u32 {
    spread((a as u32).wrapping_mul(0x1f_ffff).wrapping_add(b as u32).wrapping_add(1))
}

/// The upper bits of a product with a large odd number are spread well.
fn spread(value: u32) -> u32 {
    value.wrapping_mul(0x9e37_79b1)
}
