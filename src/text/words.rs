//! Words: jieba with the project's own terms.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use jieba_rs::Jieba;

use super::figures;
use super::script::is_hanzi;
use crate::dictionaries::{Dictionaries, DictionaryError};

/// Cuts Chinese text into words. Cloning is cheap: the dictionary is shared, and loaded when the first word is
/// cut (some hundred milliseconds), so that a run with nothing to index does not wait for it.
#[derive(Clone)]
pub struct Segmenter {
    jieba: Arc<LazyLock<Jieba, Box<dyn FnOnce() -> Jieba + Send>>>,
}

impl fmt::Debug for Segmenter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Segmenter").finish_non_exhaustive()
    }
}

/// How often a word's frequency is raised until it is cut whole.
const ATTEMPTS: u32 = 24;

impl Segmenter {
    /// Checks `words.txt`, whose words are added to the general dictionary.
    ///
    /// # Errors
    ///
    /// A word of less than two characters.
    pub fn new(dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        let words = words(dictionaries.get("words.txt")?)?;
        let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
        Ok(Self { jieba: Arc::new(LazyLock::new(Box::new(move || load(&words)))) })
    }

    /// Calls `emit` with each word and its bytes, in order. White space and punctuation are left out.
    pub fn segment(&self, text: &str, mut emit: impl FnMut(&str, usize, usize)) {
        self.each(text, false, &mut emit);
    }

    /// The same, with the words that stand inside a long word beside it: 质量保证金 with 质量, 保证, 保证金.
    pub fn segment_for_search(&self, text: &str, mut emit: impl FnMut(&str, usize, usize)) {
        self.each(text, true, &mut emit);
    }

    /// Calls `emit` with every dictionary word of two characters and more, wherever its characters stand, in
    /// order of place; words overlap. Unlike segmentation this does not depend on what stands around a word.
    pub fn every_word(&self, text: &str, mut emit: impl FnMut(&str, usize, usize)) {
        for token in self.jieba.cut_all(text) {
            if token.end - token.start > 1 {
                emit(token.word, token.byte_start, token.byte_end);
            }
        }
    }

    /// Amounts, dates and codes whole, words between them; in search mode also the words inside the former.
    fn each(&self, text: &str, search: bool, emit: &mut impl FnMut(&str, usize, usize)) {
        let mut from = 0;
        while let Some(range) = figures::next(text, from) {
            self.cut(text, from..range.start, search, emit);
            if let Some(whole) = text.get(range.clone()) {
                emit(whole, range.start, range.end);
            }
            if search {
                self.parts(text, range.clone(), emit);
            }
            from = range.end;
        }
        self.cut(text, from..text.len(), search, emit);
    }

    /// The words inside a figure, except one that is the whole of it.
    fn parts(&self, text: &str, range: Range<usize>, emit: &mut impl FnMut(&str, usize, usize)) {
        self.cut(text, range.clone(), true, &mut |word, start, end| {
            if (start, end) != (range.start, range.end) {
                emit(word, start, end);
            }
        });
    }

    /// The words of a stretch of text.
    fn cut(&self, text: &str, range: Range<usize>, search: bool, emit: &mut dyn FnMut(&str, usize, usize)) {
        let Some(stretch) = text.get(range.clone()) else { return };
        let tokens =
            if search { self.jieba.cut_for_search(stretch, true) } else { self.jieba.cut(stretch, true) };
        for token in tokens {
            if token.word.chars().any(|c| c.is_alphanumeric() || is_hanzi(c)) {
                emit(token.word, range.start + token.byte_start, range.start + token.byte_end);
            }
        }
    }
}

/// The general dictionary with the words of the list.
fn load(words: &[String]) -> Jieba {
    let mut jieba = Jieba::new();
    for word in words {
        // With a frequency of `None` the dictionary computes one; a line without a frequency in a file that
        // it loads itself would count as 0, and the word would never be used.
        jieba.add_word(word, None, None);
    }
    for word in words {
        keep_whole(&mut jieba, word);
    }
    jieba
}

/// The words of the list, in order.
fn words(text: &str) -> Result<Vec<&str>, DictionaryError> {
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default());
    let words: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
    match words.iter().find(|word| word.chars().count() < 2) {
        Some(word) => Err(DictionaryError::malformed("words.txt", format!("“{word}”不足两字"))),
        None => Ok(words),
    }
}

/// Raises a word's frequency until a sentence keeps it whole.
fn keep_whole(jieba: &mut Jieba, word: &str) {
    let sentence = format!("本合同的{word}按约定执行");
    let mut frequency = jieba.suggest_freq(word).max(4);
    for _ in 0..ATTEMPTS {
        if jieba.cut(&sentence, true).iter().any(|token| token.word == word) {
            return;
        }
        frequency = frequency.saturating_mul(4);
        jieba.add_word(word, Some(frequency), None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(segmenter: &Segmenter, text: &str) -> Vec<String> {
        let mut words = Vec::new();
        segmenter.segment(text, |word, _, _| words.push(word.to_owned()));
        words
    }

    #[test]
    fn every_word_of_the_list_is_cut_whole() {
        let dictionaries = Dictionaries::embedded();
        let segmenter = Segmenter::new(&dictionaries).expect("sound");
        let list = words(dictionaries.get("words.txt").expect("there")).expect("sound");
        let broken: Vec<_> = list
            .iter()
            .filter(|word| !cut(&segmenter, &format!("本合同的{word}按约定执行")).iter().any(|w| w == *word))
            .collect();
        assert!(broken.is_empty(), "{broken:?}");
    }

    #[test]
    fn amounts_dates_and_codes_stay_whole() {
        let segmenter = Segmenter::new(&Dictionaries::embedded()).expect("sound");
        let words = cut(&segmenter, "总价人民币壹佰贰拾捌万元整，2024年3月5日签订，编号LHCG-2024-0136。");
        for wanted in ["壹佰贰拾捌万元整", "2024年3月5日", "LHCG-2024-0136", "总价", "人民币"]
        {
            assert!(words.iter().any(|word| word == wanted), "{words:?}");
        }
        let mut parts = Vec::new();
        segmenter.segment_for_search("LHCG-2024-0136", |word, start, end| {
            parts.push((word.to_owned(), start, end))
        });
        assert!(parts.contains(&("LHCG-2024-0136".to_owned(), 0, 14)), "{parts:?}");
        assert!(parts.iter().any(|(word, ..)| word == "LHCG"), "{parts:?}");
    }

    #[test]
    fn search_finds_parts_beside_the_whole() {
        let segmenter = Segmenter::new(&Dictionaries::embedded()).expect("sound");
        let text = "扣除质量保证金。";
        let mut words = Vec::new();
        segmenter.segment_for_search(text, |word, start, end| {
            assert_eq!(&text[start..end], word);
            words.push(word.to_owned());
        });
        for wanted in ["质量保证金", "质量", "保证金"] {
            assert!(words.iter().any(|word| word == wanted), "{words:?}");
        }
        assert!(!words.iter().any(|word| word == "。"));
    }
}
