//! The style sheet (STSH): what styles say ([MS-DOC] 2.9.271).

use super::fonts::Fonts;
use super::properties::{ParagraphShape, RunShape};
use super::raw::{bytes, text, word};
use crate::read::docx::properties::RunProperties;
use crate::read::docx::styles::{Style, Styles};

/// A style that is based on none.
const NONE: u16 = 0x0FFF;

/// Reads the styles; each is called by its number.
pub(super) fn read(sheet: &[u8], fonts: &Fonts) -> Styles {
    let mut styles = Styles::default();
    styles.set_default("0".to_owned());
    let head = word(sheet, 0).unwrap_or_default() as usize;
    let base = word(sheet, 4).unwrap_or_default() as usize;
    let mut at = 2 + head;
    for number in 0..word(sheet, 2).unwrap_or_default() {
        let Some(length) = word(sheet, at).map(usize::from) else { break };
        if let Some(style) = bytes(sheet, at + 2, length).and_then(|entry| style(entry, base, fonts)) {
            styles.define(number.to_string(), style);
        }
        at += 2 + length.next_multiple_of(2);
    }
    styles
}

/// One style (`STD`); `base` is the length of what comes before its name.
fn style(entry: &[u8], base: usize, fonts: &Fonts) -> Option<Style> {
    let based_on = word(entry, 2)? >> 4;
    let is_of_paragraphs = word(entry, 2)? & 0xF == 1;
    let length = word(entry, base)? as usize;
    let name = text(entry, base + 2, length)?;
    let mut modifiers = Modifiers { entry, at: base + 2 + 2 * (length + 1) };
    let (mut paragraph, mut run) = (ParagraphShape::default(), RunShape::default());
    if is_of_paragraphs {
        // The style's own number stands before the modifiers.
        let own = modifiers.next().and_then(|own| own.get(2..)).unwrap_or_default();
        paragraph.take(own, &[]);
        paragraph.own.style = None;
    }
    run.take(modifiers.next().unwrap_or_default(), fonts, RunProperties::default());
    let based_on = (based_on != NONE).then(|| based_on.to_string());
    Some(Style { name, based_on, paragraph: paragraph.own, run: run.own })
}

/// Lists of modifiers, each counted, on even places.
struct Modifiers<'s> {
    entry: &'s [u8],
    at: usize,
}

impl<'s> Modifiers<'s> {
    fn next(&mut self) -> Option<&'s [u8]> {
        let at = self.at.next_multiple_of(2);
        let length = word(self.entry, at)? as usize;
        self.at = at + 2 + length;
        bytes(self.entry, at + 2, length)
    }
}
