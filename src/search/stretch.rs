//! A stretch of text → the terms that stand for it in a field.
//!
//! Titles and names have every word and every character at its place. Of the text itself, which is nearly all of
//! an index, only the characters have places; beside them stands which neighbours and which longer words a
//! contract holds (`grams`). Two neighbours or a word are then one term, without a look at any place, and of a
//! longer stretch the places are compared in those few contracts only that hold all its words, and the pairs in
//! which these meet.

use std::ops::Range;

use tantivy::Term;
use tantivy::schema::Field;

use super::cover::Placed;
use super::schema::Fields;
use crate::text::script::is_hanzi;

/// A term that a contract holds which has a stretch; where, it does not tell.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Which of the stretch's terms it is made of.
    pub of: Range<usize>,
    pub term: Term,
}

/// The terms that stand for a stretch of text in a field.
#[derive(Debug, Clone)]
pub(super) struct Stretch {
    /// Its words, and its pairs of neighbours that stand in no word.
    pub pieces: Vec<Piece>,
    /// Terms at their places, counted from the first.
    pub places: Vec<(u32, Term)>,
    /// Terms of one field by whose frequency the stretch counts.
    pub weighed: Vec<Term>,
    /// Where the stretch begins, counted from the first of its kind.
    pub start: u32,
    /// Positions that it takes.
    pub length: u32,
}

impl Stretch {
    /// The stretch that these terms make. The longer ones are words of the dictionary.
    pub fn of(fields: Fields, field: Field, terms: &[Placed]) -> Self {
        let start = terms.first().map_or(0, |(offset, _)| *offset);
        let end = terms.last().map_or(0, |(offset, text)| offset + text.chars().count());
        let terms = terms.iter().map(|(offset, text)| ((offset - start) as u32, text.as_str()));
        let terms: Vec<(u32, &str)> = terms.collect();
        let stretch = if field == fields.body { in_text(fields, &terms) } else { in_words(field, &terms) };
        Self { start: start as u32, length: (end - start) as u32, ..stretch }
    }

    /// The one term that says it all.
    pub fn only(&self) -> Option<&Term> {
        match (self.pieces.as_slice(), self.places.as_slice()) {
            ([], [(_, only)]) => Some(only),
            // A word of the dictionary, or two neighbours.
            ([_, ..], _) if self.weighed.len() == 1 && self.is_whole() => self.weighed.first(),
            _ => None,
        }
    }

    /// Does the term by which it counts stand for all of it?
    fn is_whole(&self) -> bool {
        let characters = |term: &Term| term.value().as_str().map_or(0, |text| text.chars().count());
        self.weighed.first().map(characters) == Some(self.length as usize)
    }
}

fn in_words(field: Field, terms: &[(u32, &str)]) -> Stretch {
    let places: Vec<(u32, Term)> =
        terms.iter().map(|&(offset, text)| (offset, Term::from_field_text(field, text))).collect();
    let weighed = places.iter().map(|(_, term)| term.clone()).collect();
    Stretch { pieces: Vec::new(), places, weighed, start: 0, length: 0 }
}

fn in_text(fields: Fields, terms: &[(u32, &str)]) -> Stretch {
    let (characters, words) = characters(terms);
    let gram = |of: Range<usize>| {
        let text: String = characters.get(of.clone()).into_iter().flatten().map(|(_, text)| *text).collect();
        Piece { of, term: Term::from_field_text(fields.grams, &text) }
    };
    let pairs = characters.windows(2).enumerate().filter_map(|(at, pair)| match pair {
        [(a, left), (b, right)] if a + 1 == *b && is_chinese(left) && is_chinese(right) => Some(at..at + 2),
        _ => None,
    });
    let between =
        |pair: &Range<usize>| !words.iter().any(|word| word.start <= pair.start && pair.end <= word.end);
    let between: Vec<Range<usize>> = pairs.filter(between).collect();
    let weighed = if words.is_empty() { &between } else { &words };
    let mut weighed: Vec<Term> = weighed.iter().cloned().map(|of| gram(of).term).collect();
    weighed.sort_unstable();
    weighed.dedup();
    let place = |(offset, text): &(u32, &str)| (*offset, Term::from_field_text(fields.body, text));
    let places: Vec<(u32, Term)> = characters.iter().map(place).collect();
    if weighed.is_empty() {
        weighed = places.iter().map(|(_, term)| term.clone()).collect();
    }
    let pieces = words.iter().chain(&between).cloned().map(gram).collect();
    Stretch { pieces, places, weighed, start: 0, length: 0 }
}

/// Chinese words by their characters, numbers and codes as they are; and which characters are a word of several.
fn characters<'a>(terms: &[(u32, &'a str)]) -> (Vec<(u32, &'a str)>, Vec<Range<usize>>) {
    let (mut characters, mut words) = (Vec::new(), Vec::new());
    for &(offset, text) in terms {
        let first = characters.len();
        match is_chinese(text) {
            true => characters.extend((offset..).zip(text.split_inclusive(|_| true))),
            false => characters.push((offset, text)),
        }
        if characters.len() > first + 1 {
            words.push(first..characters.len());
        }
    }
    (characters, words)
}

fn is_chinese(term: &str) -> bool {
    term.starts_with(is_hanzi)
}

#[cfg(test)]
mod tests {
    use super::super::cover::cover;
    use super::super::schema;
    use super::super::tests::lexicon;
    use super::*;

    fn stretch(text: &str) -> Stretch {
        let (_, fields) = schema::schema();
        Stretch::of(fields, fields.body, &cover(&lexicon(), text))
    }

    fn texts<'a>(terms: impl IntoIterator<Item = &'a Term>) -> Vec<String> {
        terms.into_iter().map(|term| term.value().as_str().unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn a_word_and_two_neighbours_are_one_term() {
        for text in ["违约金", "物业", "劭珩", "条", "ht", "3.5%"] {
            assert_eq!(texts(stretch(text).only()), [text]);
        }
        assert!(stretch("鹏劭珩").only().is_none() && stretch("条、款").only().is_none());
    }

    #[test]
    fn a_longer_stretch_holds_its_words_and_the_pairs_between() {
        let stretch = stretch("鹏劭珩违约金");
        assert_eq!(texts(stretch.pieces.iter().map(|piece| &piece.term)), ["违约金", "鹏劭", "劭珩", "珩违"]);
        assert_eq!(stretch.pieces.iter().map(|piece| piece.of.start).collect::<Vec<_>>(), [3, 0, 1, 2]);
        assert_eq!(texts(stretch.places.iter().map(|(_, term)| term)).concat(), "鹏劭珩违约金");
        assert_eq!((texts(&stretch.weighed), stretch.length), (vec!["违约金".to_owned()], 6));
    }

    #[test]
    fn what_stands_apart_is_no_neighbour() {
        assert!(stretch("甲、乙").pieces.is_empty() && stretch("2024年3月").pieces.is_empty());
    }
}
