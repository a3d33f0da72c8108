//! Reading of the folded text that several rules share: sentences, exclusions, choices in printed lists.
//!
//! Everything here takes and gives byte offsets of the shadow, or of a copy of it with stretches
//! blanked out byte for byte.

pub mod actors;
pub mod announced;
pub mod blanks;
pub mod bounds;
pub mod codes;
pub mod forums;
pub mod instalments;
pub mod options;
pub mod scripts;
pub mod signatures;
pub mod sums;
pub mod sure;
pub mod table;

use std::borrow::Cow;
use std::ops::Range;

use crate::fields::scan::Regex;

/// Characters that end a sentence for a rule: a paragraph, a cell and a semicolon do, too.
pub const ENDS: [char; 9] = ['。', ';', '；', '!', '！', '?', '？', '\n', '\t'];

/// Characters that part a sentence.
const COMMAS: [char; 3] = [',', '，', ':'];

/// No sentence is looked at further than so many bytes to either side: a file that is one line must not cost its length for
/// each word in it.
const LONGEST: usize = 3_000;

/// Does a text match an expression of a pack, which may be empty?
pub fn says(regex: &Option<Regex>, words: &str) -> bool {
    regex.as_ref().is_some_and(|regex| regex.is_match(words))
}

/// The sentences of a text, without the characters that end them.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split(ENDS)
        .map(move |sentence| {
            let range = start..start + sentence.len();
            let end = text.get(range.end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            start = range.end + end;
            range
        })
        .filter(|range| !range.is_empty())
}

/// The sentences of a text in which an expression may match: as far as it is known where its words stand, those alone.
pub fn sentences_with(text: &str, expression: &Regex) -> Vec<Range<usize>> {
    let Some(places) = expression.places_in(text) else { return sentences(text).collect() };
    let mut found: Vec<Range<usize>> = Vec::new();
    for place in places {
        let from = found.last().map_or(0, |last| last.end);
        let (before, behind) = (text.get(from..place), text.get(place..));
        let (Some(before), Some(behind)) = (before, behind.filter(|rest| !rest.starts_with(ENDS))) else {
            continue;
        };
        let start = before.char_indices().rev().find(|(_, c)| ENDS.contains(c));
        let start = start.map_or(from, |(at, c)| from + at + c.len_utf8());
        found.push(start..behind.find(ENDS).map_or(text.len(), |end| place + end));
    }
    found
}

/// The parts of a sentence between commas and colons, as ranges of the text.
pub fn parts(text: &str, sentence: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut start = sentence.start;
    text[sentence]
        .split(COMMAS)
        .map(move |part| {
            let range = start..start + part.len();
            let comma = text.get(range.end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            start = range.end + comma;
            range
        })
        .filter(|range| !range.is_empty())
}

/// The sentences that a range stands in.
pub fn sentence_around(text: &str, range: Range<usize>) -> Range<usize> {
    around(text, range, |c| ENDS.contains(&c))
}

/// The stretch between commas that a range stands in.
pub fn part_around(text: &str, range: Range<usize>) -> Range<usize> {
    around(text, range, |c| ENDS.contains(&c) || COMMAS.contains(&c))
}

/// The stretch that a range stands in, from one stop to the next.
fn around(text: &str, range: Range<usize>, stops: impl Fn(char) -> bool) -> Range<usize> {
    let from = text.floor_char_boundary(range.start.saturating_sub(LONGEST));
    let upto = text.ceil_char_boundary(range.end.saturating_add(LONGEST).min(text.len()));
    let before = text.get(from..range.start).unwrap_or_default();
    let start = before.char_indices().rev().find(|(_, c)| stops(*c));
    let behind = text.get(range.end..upto).unwrap_or_default();
    let end = behind.find(stops);
    start.map_or(from, |(at, c)| from + at + c.len_utf8())..end.map_or(upto, |at| range.end + at)
}

/// The text with some stretches blanked out byte for byte, so that offsets stay; as it is where there is none.
pub fn mask(text: &str, ranges: impl IntoIterator<Item = Range<usize>>) -> Cow<'_, str> {
    let mut ranges: Vec<_> = ranges.into_iter().collect();
    if ranges.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    ranges.sort_by_key(|range| range.start);
    for range in ranges {
        let start = range.start.max(out.len());
        let end = range.end.max(start);
        out.push_str(&text[out.len()..start]);
        out.extend(std::iter::repeat_n(' ', end - start));
    }
    out.push_str(&text[out.len()..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::scan::within;

    #[test]
    fn sentences_and_parts_keep_their_places() {
        let text = "甲,乙。丙;\n丁";
        let read: Vec<_> = sentences(text).map(|range| &text[range]).collect();
        assert_eq!(read, ["甲,乙", "丙", "丁"]);
        let read: Vec<_> = parts(text, 0.."甲,乙".len()).map(|range| &text[range]).collect();
        assert_eq!(read, ["甲", "乙"]);
        assert_eq!(&text[part_around(text, "甲,".len().."甲,乙".len())], "乙");
    }

    proptest::proptest! {
        #[test]
        fn sentences_cover_all_but_their_ends(text in "[甲,。;\\na]{0,20}") {
            let covered: String = sentences(&text).map(|range| text[range].to_owned()).collect();
            proptest::prop_assert_eq!(covered, text.replace(ENDS, ""));
        }

        #[test]
        fn sentences_without_the_words_of_an_expression_are_left_out(text in "[甲乙,。;\\n丙]{0,40}") {
            for source in ["甲乙", "甲[^。]{0,3}乙|丙", "^乙", "丙$", "[甲丙]\n?乙", ";?甲"] {
                let expression = Regex::new(source).expect("valid");
                let holds = |range: &Range<usize>| expression.is_match(&text[range.clone()]);
                let all: Vec<_> = sentences(&text).filter(holds).collect();
                let some: Vec<_> = within(&text, || sentences_with(&text, &expression));
                proptest::prop_assert!(some.iter().all(|range| sentences(&text).any(|one| one == *range)));
                proptest::prop_assert_eq!(some.into_iter().filter(holds).collect::<Vec<_>>(), all, "{}", source);
            }
        }

        #[test]
        fn masking_keeps_every_offset(text in "[甲a。]{0,20}", cuts in proptest::collection::vec((0usize..20, 0usize..20), 0..4)) {
            let bounds: Vec<_> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let ranges = cuts.iter().map(|(a, b)| {
                let (a, b) = (bounds[a % bounds.len()], bounds[b % bounds.len()]);
                a.min(b)..a.max(b)
            });
            proptest::prop_assert_eq!(mask(&text, ranges).len(), text.len());
        }
    }
}
