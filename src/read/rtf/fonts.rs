//! The font table: which encoding a font's bytes are in, and whether its characters are pictures.

use std::collections::BTreeMap;

use encoding_rs::{BIG5, Encoding, GB18030, WINDOWS_1251, WINDOWS_1252};

use super::lexer::{Lexer, Token};
use crate::read::docx::symbols::SymbolFont;

/// A font.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Font {
    /// The encoding that its character set stands for; `None` for the document's own.
    pub encoding: Option<&'static Encoding>,
    /// The known symbol font that it is.
    pub symbols: Option<SymbolFont>,
}

/// Reads the group of the font table, whose beginning was read.
pub(super) fn read(lexer: &mut Lexer<'_>) -> BTreeMap<i32, Font> {
    let mut fonts: BTreeMap<i32, Font> = BTreeMap::new();
    let (mut depth, mut number, mut name) = (1_usize, 0, Vec::new());
    for token in lexer.by_ref() {
        match token {
            Token::Open => depth += 1,
            Token::Close => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            Token::Word("f", Some(font)) => {
                number = font;
                name.clear();
            }
            Token::Word("fcharset", Some(set)) => {
                fonts.entry(number).or_default().encoding = character_set(set)
            }
            Token::Byte(b';') => {
                fonts.entry(number).or_default().symbols = SymbolFont::named(&String::from_utf8_lossy(&name));
                name.clear();
            }
            Token::Byte(byte) if depth <= 2 => name.push(byte),
            _ => {}
        }
    }
    fonts
}

fn character_set(set: i32) -> Option<&'static Encoding> {
    Some(match set {
        134 => GB18030,
        136 => BIG5,
        128 => encoding_rs::SHIFT_JIS,
        129 => encoding_rs::EUC_KR,
        204 => WINDOWS_1251,
        238 => encoding_rs::WINDOWS_1250,
        _ => return None,
    })
}

/// The encoding of a code page.
pub(super) fn code_page(number: i32) -> &'static Encoding {
    match number {
        936 | 54936 => GB18030,
        950 => BIG5,
        932 => encoding_rs::SHIFT_JIS,
        949 => encoding_rs::EUC_KR,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => WINDOWS_1251,
        65001 => encoding_rs::UTF_8,
        _ => WINDOWS_1252,
    }
}
