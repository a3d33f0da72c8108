//! The fonts, as far as their characters are pictures ([MS-DOC] 2.9.286).

use super::raw::{byte, bytes, word};
use crate::read::docx::symbols::SymbolFont;

/// Place of the name in a font's entry (`FFN`).
const NAME: usize = 39;

/// The fonts by number: a known symbol font, or none of these.
#[derive(Debug, Default)]
pub(super) struct Fonts(Vec<Option<SymbolFont>>);

impl Fonts {
    /// Reads the table of fonts.
    pub fn read(table: &[u8]) -> Self {
        let mut fonts = Vec::new();
        let mut rest = table.get(4..).unwrap_or_default();
        while let Some(length) = byte(rest, 0) {
            let Some(entry) = bytes(rest, 1, length as usize) else { break };
            fonts.push(SymbolFont::named(&name(entry)));
            rest = rest.get(1 + length as usize..).unwrap_or_default();
        }
        Self(fonts)
    }

    /// The symbol font of that number.
    pub fn symbols(&self, number: u16) -> Option<SymbolFont> {
        self.0.get(number as usize).copied().flatten()
    }
}

fn name(entry: &[u8]) -> String {
    let units = (0..).map_while(|index| word(entry, NAME + 2 * index)).take_while(|unit| *unit != 0);
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).collect()
}
