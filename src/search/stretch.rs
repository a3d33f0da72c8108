//! A stretch of text → the terms that stand for it in a field.
//!
//! Titles and names have every word and every character at its place. Of the text itself, which is nearly all of
//! an index, only the characters have places; beside them stands which neighbours and which longer words a
//! contract holds (`grams`). Two neighbours or a word are then one term, without a look at any place, and of a
//! longer stretch the places are compared in those few contracts only that hold all its neighbours.

use tantivy::Term;
use tantivy::schema::Field;

use super::cover::Placed;
use super::schema::Fields;
use crate::text::script::is_hanzi;

/// The terms that stand for a stretch of text in a field.
#[derive(Debug, Clone)]
pub(super) struct Stretch {
    /// Terms that a contract holds which has the stretch; where, they do not tell.
    pub held: Vec<Term>,
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
        match (self.held.as_slice(), self.places.as_slice()) {
            ([], [(_, only)]) => Some(only),
            // A word of the dictionary, or two neighbours.
            ([_, ..], _) if self.weighed.len() == 1 && self.is_whole() => self.weighed.first(),
            _ => None,
        }
    }

    /// The pair that a character makes with the next, where that one follows at once.
    pub fn pair(&self, at: usize) -> Option<String> {
        let [(a, left), (b, right)] = self.places.get(at..at + 2)? else { return None };
        (a + 1 == *b).then_some(())?;
        Some([left.value().as_str()?, right.value().as_str()?].concat())
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
    Stretch { held: Vec::new(), places, weighed, start: 0, length: 0 }
}

fn in_text(fields: Fields, terms: &[(u32, &str)]) -> Stretch {
    let characters = characters(terms);
    let neighbours = characters.windows(2).filter_map(|pair| match pair {
        [(a, left), (b, right)] if a + 1 == *b && is_chinese(left) && is_chinese(right) => {
            Some(format!("{left}{right}"))
        }
        _ => None,
    });
    let mut held: Vec<String> = neighbours.collect();
    let words = terms.iter().map(|(_, text)| *text).filter(|text| is_chinese(text) && !is_one(text));
    let mut weighed: Vec<String> = words.map(str::to_owned).collect();
    held.extend(weighed.iter().cloned());
    held.sort_unstable();
    held.dedup();
    if weighed.is_empty() {
        weighed.clone_from(&held);
    }
    let grams = |texts: Vec<String>| -> Vec<Term> {
        texts.iter().map(|text| Term::from_field_text(fields.grams, text)).collect()
    };
    let place = |(offset, text): (u32, String)| (offset, Term::from_field_text(fields.body, &text));
    let places: Vec<(u32, Term)> = characters.into_iter().map(place).collect();
    let weighed = match weighed.is_empty() {
        true => places.iter().map(|(_, term)| term.clone()).collect(),
        false => grams(weighed),
    };
    Stretch { held: grams(held), places, weighed, start: 0, length: 0 }
}

/// Chinese words by their characters; numbers and codes as they are.
fn characters(terms: &[(u32, &str)]) -> Vec<(u32, String)> {
    let each = |&(offset, text): &(u32, &str)| -> Vec<(u32, String)> {
        match is_chinese(text) {
            true => (offset..).zip(text.chars().map(String::from)).collect(),
            false => vec![(offset, text.to_owned())],
        }
    };
    terms.iter().flat_map(each).collect()
}

fn is_chinese(term: &str) -> bool {
    term.starts_with(is_hanzi)
}

fn is_one(term: &str) -> bool {
    term.chars().nth(1).is_none()
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
    fn a_longer_stretch_holds_its_neighbours() {
        let stretch = stretch("鹏劭珩违约金");
        assert_eq!(texts(&stretch.held), ["劭珩", "珩违", "约金", "违约", "违约金", "鹏劭"]);
        assert_eq!(texts(stretch.places.iter().map(|(_, term)| term)).concat(), "鹏劭珩违约金");
        assert_eq!((texts(&stretch.weighed), stretch.length), (vec!["违约金".to_owned()], 6));
    }

    #[test]
    fn what_stands_apart_is_no_neighbour() {
        assert!(stretch("甲、乙").held.is_empty());
        assert_eq!(texts(&stretch("2024年3月").held), [""; 0]);
    }
}
