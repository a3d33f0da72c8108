//! Content → shadow: the text as extractors match on it.
//!
//! Two things happen, character by character and gap by gap: `variants` folds each character to one
//! form, `gaps` decides what white space means (nothing, a space, or a column); the brackets of slots that were filled
//! in go. Every byte of the
//! shadow remembers the content byte at which its character begins.

mod brackets;
mod filled;
mod gaps;
mod labels;
mod variants;

pub use labels::Labels;

use super::markup::{Mark, Marked};
use crate::dictionaries::{Dictionaries, DictionaryError};
use crate::model::text::Shadow;
use variants::{Folded, Variants};

/// What a gap before a character becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// Nothing: the gap stood inside a word or a phrase.
    None,
    /// A space, between Latin words.
    Space,
    /// A tab: a column gap.
    Tab,
}

/// One visible character of a paragraph with the gap before it.
#[derive(Debug, Clone, Copy)]
struct Glyph {
    /// Content byte at which it begins.
    at: u32,
    /// What it folds to.
    folded: Folded,
    /// The first folded character: what decisions look at.
    c: char,
    /// Width of the white space before it on a typewriter's grid; 0 for none.
    gap: u16,
    /// Content byte at which that white space begins.
    gap_at: u32,
    /// What that white space becomes.
    joint: Joint,
}

/// Folds text. Built once from its dictionaries.
#[derive(Debug)]
pub struct Folder {
    variants: Variants,
    labels: Labels,
}

impl Folder {
    /// Parses `variants.txt` and `labels.txt`.
    pub fn new(dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        Ok(Self { variants: Variants::new(dictionaries)?, labels: Labels::new(dictionaries)? })
    }

    /// The labels that this folder knows (甲方, 法定代表人 …).
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// Appends the folded form of a paragraph with these marks, whose content begins at byte `offset`.
    pub fn fold_into(&self, shadow: &mut Shadow, paragraph: &str, marks: &[Marked], offset: usize) {
        let mut glyphs = self.glyphs(paragraph, marks, offset);
        brackets::open_filled_slots(&mut glyphs);
        variants::settle_numerals(&mut glyphs);
        filled::lift(&mut glyphs);
        if glyphs.iter().skip(1).any(|glyph| glyph.gap > 0) {
            gaps::settle(&mut glyphs, &self.labels);
        }
        write(shadow, &glyphs);
    }

    /// A text folded on its own: for dictionaries that must meet the shadow in its own form.
    pub fn fold(&self, text: &str) -> String {
        let mut shadow = Shadow::default();
        self.fold_into(&mut shadow, text, &[], 0);
        shadow.text
    }

    /// The columns of a line: the bytes between the gaps that become tabs.
    pub fn columns(&self, line: &str) -> Vec<std::ops::Range<usize>> {
        let mut glyphs = self.glyphs(line, &[], 0);
        gaps::settle(&mut glyphs, &self.labels);
        let columns = glyphs.chunk_by(|_, next| next.joint != Joint::Tab);
        let start = |column: &[Glyph]| column.first().map_or(0, |glyph| glyph.at as usize);
        let end = |column: &[Glyph]| {
            let last = column.last().map_or(0, |glyph| glyph.at as usize);
            last + line.get(last..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
        };
        columns.map(|column| start(column)..end(column)).collect()
    }

    /// The visible characters of a paragraph; white space at its start is dropped.
    fn glyphs(&self, paragraph: &str, marks: &[Marked], offset: usize) -> Vec<Glyph> {
        let mut glyphs: Vec<Glyph> = Vec::with_capacity(paragraph.len() / 3 + 1);
        let (mut gap, mut gap_at) = (0_u16, 0_u32);
        let mut marks = marks.iter().peekable();
        for (at, c) in paragraph.char_indices() {
            while marks.next_if(|(range, _)| range.end <= at).is_some() {}
            let mark = marks.peek().filter(|(range, _)| range.contains(&at)).map(|(_, mark)| *mark);
            let at = (offset + at) as u32;
            match mark.map_or_else(|| self.variants.fold(c), of_mark) {
                Folded::Nothing => {}
                Folded::White(width) => {
                    gap_at = if gap == 0 { at } else { gap_at };
                    gap = gap.saturating_add(width);
                }
                folded => {
                    let gap = std::mem::take(&mut gap);
                    let gap = if glyphs.is_empty() || folded == END_OF_ROW { 0 } else { gap };
                    glyphs.push(Glyph { at, folded, c: folded.first(), gap, gap_at, joint: Joint::None });
                }
            }
        }
        glyphs
    }
}

/// What ends a row of a table inside a paragraph.
const END_OF_ROW: Folded = Folded::One('\n');

/// What a character under a mark folds to.
fn of_mark(mark: Mark) -> Folded {
    match mark {
        Mark::Hidden => Folded::Nothing,
        Mark::Column => Folded::White(8),
        Mark::Row => END_OF_ROW,
    }
}

/// Appends glyphs with their joints; a joint points at the white space that it stands for.
fn write(shadow: &mut Shadow, glyphs: &[Glyph]) {
    for glyph in glyphs {
        match glyph.joint {
            Joint::None => {}
            Joint::Space => push(shadow, ' ', glyph.gap_at),
            Joint::Tab => push(shadow, '\t', glyph.gap_at),
        }
        glyph.folded.each(|c| push(shadow, c, glyph.at));
    }
}

fn push(shadow: &mut Shadow, c: char, at: u32) {
    shadow.text.push(c);
    shadow.origin.resize(shadow.text.len(), at);
}

#[cfg(test)]
mod tests;
