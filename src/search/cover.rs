//! Words and texts → the terms of the index that stand for them.

use super::figure::{is_decimal, is_figure};
use super::tokens::{INSIDE, Script, characters, parts, runs};
use super::unit::{Unit, is_single};
use super::{Lexicon, query};

/// A term with its position.
pub(super) type Placed = (usize, String);

/// Terms that together stand for a text wherever it stands: the longest words from the left, characters
/// where there is no word, parts of codes. Positions count from the first term.
pub(super) fn cover(lexicon: &Lexicon, text: &str) -> Vec<Placed> {
    covered(lexicon, text, Cover::Longest)
}

/// The same, with numbers and codes by their characters: such a cover also stands for a part of a number.
pub(super) fn inside_cover(lexicon: &Lexicon, text: &str) -> Vec<Placed> {
    // A part of a number does not tell that its commas part thousands.
    let bare: String = joined_digits(&lexicon.fold(text).text);
    covered(lexicon, &bare, Cover::Inside)
}

/// A text without the commas between digits.
fn joined_digits(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let parts = |at: usize, c: char| c == ',' && digit(at.checked_sub(1)) && digit(Some(at + 1));
    chars.iter().enumerate().filter(|&(at, &c)| !parts(at, c)).map(|(_, &c)| c).collect()
}

/// How a text is covered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cover {
    Longest,
    /// No term stands for the whole text.
    Smaller,
    /// Numbers and codes by their characters.
    Inside,
}

/// The same, and no term stands for the whole text.
pub(super) fn smaller_cover(lexicon: &Lexicon, text: &str) -> Vec<Placed> {
    covered(lexicon, text, Cover::Smaller)
}

fn covered(lexicon: &Lexicon, text: &str, how: Cover) -> Vec<Placed> {
    let folded = lexicon.fold(text);
    let mut terms: Vec<Placed> = Vec::new();
    for run in runs(&folded.text) {
        let base = run.bytes.start;
        let text = &folded.text[run.bytes];
        let pieces = match run.script {
            Script::Chinese => {
                let longest = if how == Cover::Smaller { text.len() - 1 } else { text.len() };
                longest_words(lexicon, text, longest)
            }
            Script::Latin if how == Cover::Inside => characters(text).collect(),
            Script::Latin if is_decimal(text) => std::iter::once(0..text.len()).collect(),
            Script::Latin => parts(text),
        };
        let inside = how == Cover::Inside && run.script == Script::Latin;
        terms.extend(pieces.into_iter().map(|piece| {
            let place = folded.glyph_at(base + piece.start);
            let term = &text[piece];
            (place, if inside { format!("{INSIDE}{term}") } else { term.to_owned() })
        }));
    }
    let first = terms.first().map_or(0, |&(position, _)| position);
    terms.iter_mut().for_each(|(position, _)| *position -= first);
    terms
}

/// The parts that a unit falls into when it is not found whole: words of two characters and more; of a name
/// that holds no word, each two neighbours; of anything shorter, of a figure, a day and a record's id, itself.
pub(super) fn smaller(lexicon: &Lexicon, unit: &Unit) -> Vec<String> {
    // The halves of an id, and the parts of a day, are in some contract or other.
    let meant = || !lexicon.meanings(&unit.text).is_empty();
    if is_figure(&unit.text) || query::record_id(&unit.text).is_some() || meant() {
        return vec![unit.text.clone()];
    }
    let terms = smaller_cover(lexicon, &unit.text).into_iter().map(|(_, term)| term);
    let words: Vec<String> = terms.filter(|term| !is_single(term)).collect();
    if words.is_empty() { neighbours(&unit.text) } else { words }
}

fn neighbours(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() < 3 {
        return vec![text.to_owned()];
    }
    chars.windows(2).map(|pair| pair.iter().collect()).collect()
}

/// From the left, the longest dictionary word of at most `longest` bytes, else one character.
fn longest_words(lexicon: &Lexicon, text: &str, longest: usize) -> Vec<std::ops::Range<usize>> {
    let mut ends: Vec<usize> = vec![0; text.len()];
    lexicon.words().every_word(text, |_, start, end| {
        if let Some(known) = ends.get_mut(start).filter(|known| **known < end && end - start <= longest) {
            *known = end;
        }
    });
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let end = ends.get(at).copied().unwrap_or(0).max(at + c.len_utf8());
        pieces.push(at..end);
        at = end;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::super::tests::lexicon;
    use super::super::unit::Bond;
    use super::*;

    #[test]
    fn what_is_not_found_whole_is_never_sought_by_single_characters() {
        let smaller = |text: &str| smaller(&lexicon(), &Unit { text: text.to_owned(), bond: Bond::Tight });
        assert_eq!(smaller("履约保证金"), ["履约", "保证金"]);
        assert_eq!(smaller("物业"), ["物业"]);
        assert_eq!(smaller("鹏劭珩"), ["鹏劭", "劭珩"]);
        assert_eq!(smaller("ht2024"), ["ht", "2024"]);
        for figure in ["0.5%", "3.5", "二十一万", "2023年9月8日", "2024/3/5", "2024-03"] {
            assert_eq!(smaller(figure), [figure]);
        }
    }

    #[test]
    fn a_cover_stands_for_any_text() {
        let cover = |text: &str| cover(&lexicon(), text);
        assert_eq!(cover("违约金"), [(0, "违约金".to_owned())]);
        assert_eq!(cover("ht-2024"), [(0, "ht".to_owned()), (3, "2024".to_owned())]);
        assert_eq!(cover("3.5"), [(0, "3.5".to_owned())]);
        assert_eq!(cover("、"), []);
        let joined: String = cover("罗湖区清水河街道办").into_iter().map(|(_, term)| term).collect();
        assert_eq!(joined, "罗湖区清水河街道办");
    }
}
