//! Properties of paragraphs and characters out of their modifiers ([MS-DOC] 2.6).

use super::fonts::Fonts;
use super::raw::{bytes, place, word};
use super::row::Row;
use super::sprm::Sprms;
use crate::read::docx::properties::{ParagraphProperties, RunProperties};

/// Modifiers inside modifiers that are followed.
const DEEPEST: u32 = 4;

/// What a paragraph is.
#[derive(Debug, Default)]
pub(super) struct ParagraphShape {
    /// What decides how it is shown.
    pub own: ParagraphProperties,
    /// Does it stand in a table?
    pub in_table: bool,
    /// Does its mark end a row?
    pub ends_row: bool,
    /// Does its mark end a row of a table inside a table?
    pub ends_inner_row: bool,
    /// Tables that it stands in, one inside the other.
    pub depth: u32,
    /// Where it ends a row: the row's cells.
    pub row: Row,
}

impl ParagraphShape {
    /// Takes modifiers over what was taken before. `data` is the stream that long lists stand in.
    pub fn take(&mut self, modifiers: &[u8], data: &[u8]) {
        self.take_deep(modifiers, data, 0);
    }

    fn take_deep(&mut self, modifiers: &[u8], data: &[u8], depth: u32) {
        for sprm in Sprms(modifiers) {
            match sprm.code {
                0x4600 => self.own.style = Some(sprm.word().to_string()),
                0x2403 | 0x2461 => self.own.centred = Some(sprm.byte() == 1),
                0x260A => self.own.level = Some(u32::from(sprm.byte())),
                0x460B => self.own.list = Some(list(sprm.word())),
                0x2640 => self.own.outline = Some(u32::from(sprm.byte())),
                0x2416 => self.in_table = sprm.byte() != 0,
                0x2417 => self.ends_row = sprm.byte() != 0,
                0x244C => self.ends_inner_row = sprm.byte() != 0,
                0x6649 => self.depth = sprm.long(),
                0x6645 | 0x6646 if depth < DEEPEST => {
                    let at = sprm.long() as usize;
                    let list = word(data, at).and_then(|length| bytes(data, at + 2, length as usize));
                    self.take_deep(list.unwrap_or_default(), data, depth + 1);
                }
                _ => self.row.take(&sprm),
            }
        }
    }

    /// Does it stand in a table that stands in a cell of another?
    pub fn is_inner(&self) -> bool {
        self.depth > 1
    }
}

/// Number of the list; 0 where the number says that there is none, or one that is numbered otherwise.
fn list(number: u16) -> u32 {
    if (1..0x07FF).contains(&number) { u32::from(number) } else { 0 }
}

/// What a run of characters is.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct RunShape {
    /// What decides how it is shown.
    pub own: RunProperties,
    /// Identifier of its style.
    pub style: Option<String>,
    /// Was it deleted with changes tracked?
    pub deleted: bool,
    /// Was it inserted?
    pub inserted: bool,
    /// Do control characters have a meaning beyond text?
    pub special: bool,
    /// The symbol that a special `(` stands for: font and place.
    pub symbol: Option<(u16, u16)>,
    /// Where in the stream `Data` a picture or the control of a form stands.
    pub location: Option<usize>,
    /// Is what stands there the control of a form?
    pub is_control: bool,
}

impl RunShape {
    /// Takes modifiers over what was taken before. `base` is what the paragraph's style says.
    pub fn take(&mut self, modifiers: &[u8], fonts: &Fonts, base: RunProperties) {
        for sprm in Sprms(modifiers) {
            match sprm.code {
                0x0800 => self.deleted = sprm.byte() == 1,
                0x0801 => self.inserted = sprm.byte() == 1,
                0x0806 => self.is_control = sprm.byte() == 1,
                0x0855 => self.special = sprm.byte() == 1,
                0x083C => self.own.hidden = toggle(sprm.byte(), base.hidden),
                0x0837 | 0x2A53 => self.own.struck = toggle(sprm.byte(), base.struck).or(self.own.struck),
                // 2 underlines words only, and only underlined spaces matter here.
                0x2A3E => self.own.underlined = Some(!matches!(sprm.byte(), 0 | 2)),
                0x4A43 => self.own.size = Some(u32::from(sprm.word())),
                0x4A30 => self.style = Some(sprm.word().to_string()),
                0x4A4F => self.own.symbols = Some(fonts.symbols(sprm.word())),
                0x6A03 => self.location = place(sprm.operand, 0),
                0x6A09 => self.symbol = Some((sprm.word(), word(sprm.operand, 2).unwrap_or_default())),
                _ => {}
            }
        }
    }
}

/// On, off, as the style has it, or otherwise than the style has it.
fn toggle(operand: u8, base: Option<bool>) -> Option<bool> {
    match operand {
        0 => Some(false),
        1 => Some(true),
        0x81 => Some(base != Some(true)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_out_of_its_modifiers() {
        let mut shape = ParagraphShape::default();
        shape.take(&[0x03, 0x24, 1, 0x0B, 0x46, 3, 0, 0x0A, 0x26, 1, 0x16, 0x24, 1], &[]);
        assert_eq!((shape.own.centred, shape.own.list, shape.own.level), (Some(true), Some(3), Some(1)));
        assert!(shape.in_table && !shape.ends_row);
        // Numbers that say that there is no list, or one of Word 6.
        for number in [0, 0x07FF, 0xF801] {
            assert_eq!(list(number), 0);
        }
    }

    #[test]
    fn a_long_list_of_modifiers_that_leads_to_itself_ends() {
        let data = [6, 0, 0x46, 0x66, 0, 0, 0, 0];
        ParagraphShape::default().take(&data[2..], &data);
    }

    #[test]
    fn a_run_out_of_its_modifiers() {
        let mut shape = RunShape::default();
        shape.take(
            &[0x00, 0x08, 1, 0x3C, 0x08, 0x81, 0x43, 0x4A, 28, 0],
            &Fonts::default(),
            RunProperties::default(),
        );
        assert_eq!((shape.deleted, shape.own.hidden, shape.own.size), (true, Some(true), Some(28)));
        let hidden = RunProperties { hidden: Some(true), ..RunProperties::default() };
        shape.take(&[0x3C, 0x08, 0x81], &Fonts::default(), hidden);
        assert_eq!(shape.own.hidden, Some(false));
    }
}
