//! Pinyin (拼音) of titles and names: `luohu`, `lhqjyj`, `luohujyj` find 罗湖区教育局.
//!
//! At the place of each character its readings stand, and their first letters: a question in Latin letters is
//! cut into readings and letters in every way that makes sense, and each way is a phrase.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use pinyin::ToPinyinMulti;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Ways in which one question is cut, at most.
const MOST_WAYS: usize = 24;

/// Letters of a question, at most: a longer one is no pinyin of a name.
const LONGEST: usize = 48;

/// The readings of a character, without tones; 女 is `nv`.
fn readings(c: char) -> BTreeSet<String> {
    c.to_pinyin_multi().into_iter().flatten().map(|reading| reading.plain().replace('ü', "v")).collect()
}

/// All syllables that some character is read as.
static SYLLABLES: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| ('\u{4E00}'..='\u{9FFF}').flat_map(readings).collect());

/// The ways in which letters fall into readings and first letters, those of few pieces first.
pub(super) fn ways(letters: &str) -> Vec<Vec<String>> {
    if letters.len() > LONGEST || letters.len() < 2 || !letters.bytes().all(|b| b.is_ascii_lowercase()) {
        return Vec::new();
    }
    let mut ways = Vec::new();
    // Few single letters first: each round allows more of them.
    for letters_allowed in 0..=letters.len() {
        let mut search = Ways { allowed: letters_allowed, ways: &mut ways, pieces: Vec::new() };
        search.go(letters, 0);
        if ways.len() >= MOST_WAYS {
            break;
        }
    }
    ways.sort_by_key(Vec::len);
    ways.truncate(MOST_WAYS);
    ways
}

struct Ways<'a> {
    /// Single letters that a way has, exactly.
    allowed: usize,
    ways: &'a mut Vec<Vec<String>>,
    pieces: Vec<String>,
}

impl Ways<'_> {
    fn go(&mut self, rest: &str, singles: usize) {
        if rest.is_empty() && singles == self.allowed && self.pieces.len() > 1 {
            self.ways.push(self.pieces.clone());
        }
        if rest.is_empty() || singles > self.allowed || self.ways.len() >= MOST_WAYS {
            return;
        }
        for length in (2..=rest.len().min(6)).rev() {
            if rest.get(..length).is_some_and(|piece| SYLLABLES.contains(piece)) {
                self.step(rest, length, singles);
            }
        }
        self.step(rest, 1, singles + 1);
    }

    fn step(&mut self, rest: &str, length: usize, singles: usize) {
        let (Some(piece), Some(after)) = (rest.get(..length), rest.get(length..)) else { return };
        self.pieces.push(piece.to_owned());
        self.go(after, singles);
        self.pieces.pop();
    }
}

/// The tokenizer of the pinyin field.
#[derive(Clone)]
pub(super) struct Readings;

impl Tokenizer for Readings {
    type TokenStream<'a> = Stream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream {
        let mut terms = Vec::new();
        for (position, c) in text.chars().filter(|c| !c.is_whitespace()).enumerate() {
            let mut here = readings(c);
            let initials: Vec<String> =
                here.iter().filter_map(|reading| Some(reading.get(..1)?.to_owned())).collect();
            here.extend(initials);
            terms.extend(here.into_iter().map(|term| (position, term)));
        }
        Stream { terms: terms.into_iter(), token: Token::default() }
    }
}

/// The readings of one name.
pub(super) struct Stream {
    terms: std::vec::IntoIter<(usize, String)>,
    token: Token,
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        let Some((position, text)) = self.terms.next() else { return false };
        (self.token.position, self.token.text) = (position, text);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_fall_into_readings_and_initials() {
        let has = |letters: &str, way: &[&str]| ways(letters).iter().any(|found| found == way);
        assert!(has("luohu", &["luo", "hu"]));
        assert!(has("lhqjyj", &["l", "h", "q", "j", "y", "j"]));
        assert!(has("luohujyj", &["luo", "hu", "j", "y", "j"]));
        assert!(has("xian", &["xi", "an"]));
        assert!(ways("HT").is_empty() && ways("ht2024").is_empty() && ways("a").is_empty());
        assert!(ways(&"lh".repeat(24)).len() <= MOST_WAYS);
    }

    #[test]
    fn a_character_stands_by_each_of_its_readings() {
        let mut terms = Vec::new();
        Readings.token_stream("重庆").process(&mut |token| terms.push((token.position, token.text.clone())));
        for term in ["chong", "zhong", "c", "z"] {
            assert!(terms.contains(&(0, term.to_owned())), "{terms:?}");
        }
        assert!(terms.contains(&(1, "qing".to_owned())));
    }
}
