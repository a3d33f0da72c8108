//! Characters of a text object → cells, one for each glyph (GB/T 33190-2016, 11.4: CGTransform).
//!
//! A transformation says which glyphs of the font stand for a stretch of characters. The characters stay the text;
//! what matters here is how many glyphs they take, because steps are counted from glyph to glyph.

use super::xml::Element;
use crate::read::layout::Symbol;
use crate::read::pdf::symbols;

/// One stretch of characters that is drawn by another number of glyphs.
#[derive(Debug, Clone, Copy)]
struct Transform {
    /// First character, counted through the object.
    position: usize,
    /// How many characters.
    characters: usize,
    /// How many glyphs.
    glyphs: usize,
}

/// The transformations of a text object, in the order of their characters.
#[derive(Debug, Default)]
pub(super) struct Transforms(Vec<Transform>);

/// Most characters or glyphs of one transformation.
const MOST: usize = 10_000;

impl Transforms {
    /// Those of the object that change the number of glyphs.
    pub fn of(object: &Element) -> Self {
        let mut all: Vec<Transform> = object.all("CGTransform").filter_map(Transform::of).collect();
        all.retain(|transform| transform.characters != transform.glyphs);
        all.sort_by_key(|transform| transform.position);
        Self(all)
    }

    fn at(&self, position: usize) -> Option<&Transform> {
        self.0.binary_search_by_key(&position, |t| t.position).ok().and_then(|index| self.0.get(index))
    }
}

impl Transform {
    fn of(element: &Element) -> Option<Self> {
        let count = |name| element.number(name).map_or(1, |number| number as usize).clamp(1, MOST);
        Some(Self {
            position: element.number("CodePosition")? as usize,
            characters: count("CodeCount"),
            glyphs: count("GlyphCount"),
        })
    }
}

/// One cell for each glyph of a TextCode whose first character is the object's `position`-th. An empty cell shows
/// nothing of its own: a further glyph of the characters before it, or a character without width.
pub(super) fn cells(text: &str, position: usize, transforms: &Transforms) -> Vec<Option<Symbol>> {
    let characters: Vec<char> = unindented(text).chars().collect();
    let mut cells = Vec::with_capacity(characters.len());
    let mut at = 0;
    while let Some(&c) = characters.get(at) {
        if let Some(transform) = transforms.at(position + at) {
            let end = characters.len().min(at + transform.characters);
            let stretch: String = characters.get(at..end).unwrap_or_default().iter().collect();
            cells.push(Some(symbols::of_text(&stretch)));
            cells.extend(std::iter::repeat_n(None, transform.glyphs - 1));
            at = end;
        } else {
            let shown = !matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}');
            cells.push(shown.then(|| symbols::of_char(c)));
            at += 1;
        }
    }
    cells
}

/// Line breaks at either end, with the blanks around them, come from programs that indent XML.
fn unindented(text: &str) -> &str {
    let inner = text.trim_matches([' ', '\t', '\r', '\n']);
    let before = text.len() - text.trim_start_matches([' ', '\t', '\r', '\n']).len();
    let (head, tail) =
        (text.get(..before).unwrap_or_default(), text.get(before + inner.len()..).unwrap_or_default());
    let start = if head.contains('\n') { before } else { 0 };
    let end = if tail.contains('\n') { before + inner.len() } else { text.len() };
    text.get(start..end).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(cells: &[Option<Symbol>]) -> Vec<String> {
        let text = |cell: &Option<Symbol>| {
            let mut text = String::new();
            cell.iter().for_each(|symbol| symbol.push_to(&mut text));
            text
        };
        cells.iter().map(text).collect()
    }

    fn transforms(position: usize, characters: usize, glyphs: usize) -> Transforms {
        Transforms(vec![Transform { position, characters, glyphs }])
    }

    #[test]
    fn a_ligature_takes_one_cell() {
        assert_eq!(shown(&cells("office", 0, &transforms(1, 2, 1))), ["o", "ff", "i", "c", "e"]);
        assert_eq!(shown(&cells("ab", 3, &transforms(3, 1, 2))), ["a", "", "b"]);
    }

    #[test]
    fn a_transformation_beyond_the_end_is_cut() {
        assert_eq!(shown(&cells("甲乙", 0, &transforms(1, 9, 1))), ["甲", "乙"]);
    }

    #[test]
    fn only_indentation_is_dropped() {
        assert_eq!(unindented("\n    甲 方\n  "), "甲 方");
        assert_eq!(unindented("  甲方 "), "  甲方 ");
        assert_eq!(unindented(" "), " ");
        assert_eq!(unindented("\n"), "");
    }
}
