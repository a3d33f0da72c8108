//! Folded text → what stands in it, without places: each two neighbouring characters, and each dictionary word of
//! three characters and more.

use std::ops::Range;
use std::sync::Arc;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::Lexicon;
use super::fold::Folded;
use super::tokens::{Script, runs};

/// The tokenizer of the text's pairs and words. Cloning it is cheap, as tantivy clones it for each thread.
#[derive(Clone)]
pub(super) struct Grams {
    pub lexicon: Arc<Lexicon>,
}

impl Tokenizer for Grams {
    type TokenStream<'a> = Stream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream {
        let folded = self.lexicon.fold(text);
        let grams = grams(&self.lexicon, &folded).into_iter();
        // Where they stand does not count.
        Stream { folded, grams, token: Token { position: 0, ..Token::default() } }
    }
}

/// Bytes of a folded text at which its pairs and longer words stand.
fn grams(lexicon: &Lexicon, folded: &Folded) -> Vec<Range<u32>> {
    let mut grams = Vec::with_capacity(folded.glyphs.len());
    for run in runs(&folded.text).filter(|run| run.script == Script::Chinese) {
        let base = run.bytes.start as u32;
        let text = folded.text.get(run.bytes).unwrap_or_default();
        let ends = |skipped: usize| text.char_indices().skip(skipped).map(|(at, _)| base + at as u32);
        let seconds = ends(2).chain([base + text.len() as u32]);
        // Of a single character the second one is missing.
        if ends(1).next().is_some() {
            grams.extend(ends(0).zip(seconds).map(|(start, end)| start..end));
        }
        lexicon.words().every_word(text, |word, start, end| {
            if word.chars().nth(2).is_some() {
                grams.push(base + start as u32..base + end as u32);
            }
        });
    }
    grams
}

/// The terms of one text.
pub(super) struct Stream {
    folded: Folded,
    grams: std::vec::IntoIter<Range<u32>>,
    token: Token,
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        let Some(gram) = self.grams.next() else { return false };
        let text = self.folded.text.get(gram.start as usize..gram.end as usize);
        self.token.text.clear();
        self.token.text.push_str(text.unwrap_or_default());
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
    use super::super::tests::lexicon;
    use super::*;

    #[test]
    fn pairs_and_longer_words_stand_for_a_text() {
        let mut tokenizer = Grams { lexicon: lexicon() };
        let mut stream = tokenizer.token_stream("付违约金。甲、ＨＴ2024年");
        let mut terms = Vec::new();
        stream.process(&mut |token| terms.push(token.text.clone()));
        assert_eq!(terms, ["付违", "违约", "约金", "违约金"]);
    }
}
