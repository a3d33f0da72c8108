//! Folded text → terms with positions: every character, every number and code, what sums and days mean however
//! they are spelled and, in short fields, every dictionary word.

use std::iter::Peekable;
use std::ops::Range;
use std::sync::Arc;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::Lexicon;
use super::figure::{is_decimal, last_number, sign_length, without_sign};
use super::fold::{Folded, is_latin};
use super::meant::Meant;
use crate::text::script::is_hanzi;

/// What a stretch of folded text is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// Chinese characters.
    Chinese,
    /// A word, number, code or date, with the marks inside it and the sign behind it: `ht-2024/015`, `3.5%`.
    Latin,
}

/// A stretch of one script, in bytes of the folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub script: Script,
    pub bytes: Range<usize>,
}

/// The runs of a folded text; punctuation and white space stand between them.
pub(super) fn runs(text: &str) -> impl Iterator<Item = Run> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = text.get(from..)?;
        let start = from + rest.find(|c: char| c.is_alphanumeric() || is_hanzi(c))?;
        let rest = &text[start..];
        let (script, length) = if rest.starts_with(is_hanzi) {
            (Script::Chinese, rest.find(|c| !is_hanzi(c)).unwrap_or(rest.len()))
        } else {
            (Script::Latin, signed_length(rest))
        };
        from = start + length;
        Some(Run { script, bytes: start..from })
    })
}

/// A mark that may stand inside a number or code.
pub(super) fn is_joiner(c: char) -> bool {
    matches!(c, '-' | '/' | '.' | '_')
}

/// Bytes of the number, word or code that a text begins with.
fn latin_length(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut end = 0;
    while let Some((at, c)) = chars.next() {
        let joins = is_joiner(c) && chars.peek().is_some_and(|&(_, next)| is_latin(next));
        if !is_latin(c) && !joins {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// Bytes of the number, word or code that a text begins with, with a sign behind its last digit.
fn signed_length(text: &str) -> usize {
    let length = latin_length(text);
    let (code, rest) = text.split_at(length);
    let sign = if code.ends_with(|c: char| c.is_ascii_digit()) { sign_length(rest) } else { 0 };
    length + sign
}

/// The parts of a number or code, between its marks and between letters and digits, in order. A number keeps
/// its sign, and its fraction: `5%` is no part of `0.5%`.
pub(super) fn parts(code: &str) -> Vec<Range<usize>> {
    let bare = without_sign(code);
    if bare.len() == code.len() {
        return plain_parts(code);
    }
    let number = last_number(bare);
    let mut parts = plain_parts(&code[..number]);
    parts.push(number..code.len());
    parts
}

fn plain_parts(code: &str) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut last = None;
    for (at, c) in code.char_indices() {
        let kind = is_latin(c).then(|| c.is_numeric());
        match (kind, parts.last_mut()) {
            (Some(_), Some(part)) if kind == last => part.end = at + c.len_utf8(),
            (Some(_), _) => parts.push(at..at + c.len_utf8()),
            (None, _) => {}
        }
        last = kind;
    }
    parts
}

/// The terms inside a number or code, beside the whole. Of a decimal only what stands before the point is
/// one: who looks for 5万 must not find 1.5万.
fn inner(code: &str) -> Vec<Range<usize>> {
    let bare = without_sign(code);
    let number = if is_decimal(bare) { 0 } else { last_number(bare) };
    let mut inner = if is_decimal(code) { Vec::new() } else { parts(code) };
    if bare.len() < code.len() || number == 0 {
        inner.push(number..bare.len());
        inner.extend(bare[number..].split_once('.').map(|(whole, _)| number..number + whole.len()));
    }
    inner.retain(|part| part.len() < code.len() && !part.is_empty());
    inner
}

/// Stands before the single characters of numbers and codes, so that they are no numbers of their own.
pub(super) const INSIDE: char = '·';

/// A term at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Bytes of the folded text.
    start: u32,
    end: u32,
    /// A single character of a number or code.
    inside: bool,
}

/// The characters of a number or code, without the marks in it.
pub(super) fn characters(code: &str) -> impl Iterator<Item = Range<usize>> {
    code.char_indices().filter(|&(_, c)| !is_joiner(c)).map(|(at, c)| at..at + c.len_utf8())
}

/// Every term of a folded text, words of the dictionary among them or not, ordered by place.
///
/// The order matters: the index stores the distances between a term's positions.
pub(super) fn places(lexicon: &Lexicon, folded: &Folded, words: bool) -> Vec<Place> {
    let mut places = Vec::with_capacity(folded.glyphs.len() * 2);
    for run in runs(&folded.text) {
        let first = places.len();
        let base = run.bytes.start;
        let text = &folded.text[run.bytes.clone()];
        let mut push = |range: Range<usize>, inside: bool| {
            let (start, end) = ((base + range.start) as u32, (base + range.end) as u32);
            places.push(Place { start, end, inside });
        };
        match run.script {
            Script::Chinese => {
                text.char_indices().for_each(|(at, c)| push(at..at + c.len_utf8(), false));
                if words {
                    lexicon.words().every_word(text, |_, start, end| push(start..end, false));
                }
            }
            Script::Latin => {
                push(0..text.len(), false);
                inner(text).into_iter().for_each(|part| push(part, false));
                characters(text).for_each(|character| push(character, true));
            }
        }
        places[first..].sort_unstable();
    }
    places.dedup();
    places
}

/// The tokenizer of terms that have places. Cloning it is cheap, as tantivy clones it for each thread and field.
#[derive(Clone)]
pub(super) struct EveryPlace {
    pub lexicon: Arc<Lexicon>,
    /// Dictionary words, too: of the text itself they stand apart (`grams`).
    pub words: bool,
}

impl Tokenizer for EveryPlace {
    type TokenStream<'a> = Stream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream {
        let folded = self.lexicon.fold(text);
        let places = places(&self.lexicon, &folded, self.words).into_iter().peekable();
        let meant = self.lexicon.meant(&folded.text).into_iter().peekable();
        Stream { folded, places, meant, glyph: 0, token: Token::default() }
    }
}

/// The terms of one text.
pub(super) struct Stream {
    folded: Folded,
    places: Peekable<std::vec::IntoIter<Place>>,
    meant: Peekable<std::vec::IntoIter<Meant>>,
    glyph: usize,
    token: Token,
}

impl Stream {
    /// Makes the token of a term that begins at a byte.
    fn put(&mut self, start: u32, term: impl FnOnce(&str, &mut String)) -> bool {
        while self.folded.glyphs.get(self.glyph + 1).is_some_and(|next| next.at <= start) {
            self.glyph += 1;
        }
        self.token.position = self.glyph;
        self.token.text.clear();
        term(&self.folded.text, &mut self.token.text);
        let from = self.folded.glyphs.get(self.glyph).map_or(0, |glyph| glyph.from as usize);
        // The highlighter reads the stored text anew; offsets are only kept in order.
        (self.token.offset_from, self.token.offset_to) = (from, from);
        true
    }
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        let next = self.places.peek().map(|place| place.start);
        let is_next = |meant: &Meant| next.is_none_or(|next| meant.bytes.start as u32 <= next);
        if let Some(meant) = self.meant.next_if(is_next) {
            return self.put(meant.bytes.start as u32, |_, text| text.push_str(&meant.term));
        }
        let Some(place) = self.places.next() else { return false };
        self.put(place.start, |folded, text| {
            if place.inside {
                text.push(INSIDE);
            }
            text.push_str(folded.get(place.start as usize..place.end as usize).unwrap_or_default());
        })
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

    fn terms(text: &str) -> Vec<(usize, String)> {
        let mut tokenizer = EveryPlace { lexicon: lexicon(), words: true };
        let mut stream = tokenizer.token_stream(text);
        let mut terms = Vec::new();
        stream.process(&mut |token| terms.push((token.position, token.text.clone())));
        terms
    }

    fn has(terms: &[(usize, String)], position: usize, text: &str) -> bool {
        terms.contains(&(position, text.to_owned()))
    }

    #[test]
    fn a_word_inside_a_longer_one_is_a_term_of_its_own() {
        let terms = terms("履约保证金");
        assert!(has(&terms, 0, "履约保证金") && has(&terms, 2, "保证金") && has(&terms, 2, "保证"));
        assert!(has(&terms, 4, "金"));
    }

    #[test]
    fn codes_stand_whole_and_in_parts() {
        let terms = terms("编号：ＳＺ-HT2024/015。");
        assert!(has(&terms, 3, "sz-ht2024/015"));
        assert!(
            has(&terms, 3, "sz") && has(&terms, 6, "ht") && has(&terms, 8, "2024") && has(&terms, 13, "015")
        );
        assert!(terms.iter().all(|(_, term)| term != "。" && term != ":"));
    }

    #[test]
    fn a_number_keeps_its_sign_and_its_fraction() {
        let terms = terms("违约金3-10.5%，1.5万");
        assert!(has(&terms, 3, "3") && has(&terms, 5, "10.5%") && has(&terms, 5, "10.5"));
        assert!(terms.iter().all(|(_, term)| !["5", "5%", "3-10.5", "%"].contains(&term.as_str())));
        assert!(has(&terms, 8, "·5") && has(&terms, 9, "·%"));
        assert_eq!(parts("3-10.5%"), [0..1, 2..7]);
    }

    #[test]
    fn what_a_sum_or_a_day_means_stands_where_it_begins() {
        let terms = terms("总价128万元，2024.3.5");
        assert!(has(&terms, 2, "¥1280000") && has(&terms, 8, "@20240305"), "{terms:?}");
    }

    #[test]
    fn positions_never_go_back() {
        let terms = terms("x12-12 研究生命起源 a.b");
        assert!(terms.windows(2).all(|pair| pair[0].0 <= pair[1].0));
    }

    #[test]
    fn a_mark_at_the_end_is_no_part_of_a_code() {
        assert_eq!(runs("ab-c.").map(|run| run.bytes.end).collect::<Vec<_>>(), [4]);
        assert_eq!(parts("ht2024-a1"), [0..2, 2..6, 7..8, 8..9]);
    }
}
