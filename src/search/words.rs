//! Words over one shared dictionary.

use jieba_rs::Jieba;

use crate::dictionaries::{Dictionaries, DictionaryError};

/// Segmentation with the project's own words. Costly to build (about a tenth of a second, 60 MB): share it.
#[derive(Debug)]
pub struct Segmenter {
    jieba: Jieba,
}

impl Segmenter {
    /// Jieba's dictionary with `words.txt`.
    ///
    /// # Errors
    ///
    /// `words.txt` is missing.
    pub fn new(dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        let mut jieba = Jieba::new();
        for line in dictionaries.get("words.txt")?.lines() {
            let word = line.split('#').next().unwrap_or_default().trim();
            if !word.is_empty() {
                // Without a frequency one is computed that keeps the word whole.
                jieba.add_word(word, None, None);
            }
        }
        Ok(Self { jieba })
    }

    /// Cuts a text into words that follow each other without gaps.
    pub fn segment(&self, text: &str, mut emit: impl FnMut(&str, usize, usize)) {
        for token in self.jieba.cut(text, true) {
            emit(token.word, token.byte_start, token.byte_end);
        }
    }

    /// Every dictionary word of two characters and more at every place where its characters stand, ordered
    /// by place; words overlap.
    pub fn every_word(&self, text: &str, mut emit: impl FnMut(&str, usize, usize)) {
        for token in self.jieba.cut_all(text) {
            if token.end - token.start > 1 {
                emit(token.word, token.byte_start, token.byte_end);
            }
        }
    }

    /// Does the dictionary hold this word?
    pub fn is_word(&self, word: &str) -> bool {
        self.jieba.has_word(word)
    }
}
