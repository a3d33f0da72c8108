//! Characters of symbol fonts as the Unicode characters that they look like.
//!
//! A symbol font puts pictures at the places of Latin characters; Word writes them as U+F000 plus the place, or
//! as the Latin character with the font's name. The places are those that the fonts' own charts show.

/// A font whose characters are pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum SymbolFont {
    /// Symbol.
    Symbol,
    /// Wingdings.
    Wingdings,
    /// Wingdings 2.
    Wingdings2,
}

impl SymbolFont {
    /// The font of that name, when it is one of these.
    pub fn named(name: &str) -> Option<Self> {
        match name.trim().to_ascii_lowercase().as_str() {
            "symbol" => Some(Self::Symbol),
            "wingdings" => Some(Self::Wingdings),
            "wingdings 2" => Some(Self::Wingdings2),
            _ => None,
        }
    }

    /// What the character at a place looks like; `None` when there is nothing like it or it means nothing.
    fn look(self, place: u8) -> Option<char> {
        match self {
            Self::Symbol => symbol(place),
            Self::Wingdings => wingdings(place),
            Self::Wingdings2 => wingdings_2(place),
        }
    }
}

/// A character as it is seen in a font; `None` stands for any font without pictures.
///
/// A character of the private zone in no known font stays as it is: to guess would be to invent a tick.
pub(in crate::read) fn seen(character: char, font: Option<SymbolFont>) -> char {
    let Some(font) = font else { return character };
    let place = match u32::from(character) {
        code @ 0xF020..=0xF0FF => code - 0xF000,
        code @ 0x21..=0xFF => code,
        _ => return character,
    };
    u8::try_from(place).ok().and_then(|place| font.look(place)).unwrap_or(character)
}

fn counted(first: char, place: u8, from: u8) -> Option<char> {
    char::from_u32(u32::from(first) + u32::from(place - from))
}

fn wingdings(place: u8) -> Option<char> {
    Some(match place {
        0x6C => '●',
        0x6E => '■',
        0x6F | 0x70 | 0x71 | 0x72 | 0xA8 => '☐',
        0x75 => '◆',
        0x76 => '❖',
        0x81..=0x8A => return counted('①', place, 0x81),
        0x8C..=0x95 => return counted('❶', place, 0x8C),
        0x9F => '•',
        0xA1 => '○',
        0xA7 => '▪',
        0xD8 => '➢',
        0xE0 | 0xE8 => '→',
        0xFB => '×',
        0xFC => '√',
        0xFD => '☒',
        0xFE => '☑',
        _ => return None,
    })
}

fn wingdings_2(place: u8) -> Option<char> {
    Some(match place {
        0x4F => '×',
        0x50 => '√',
        0x51 | 0x53 | 0x54 => '☒',
        0x52 => '☑',
        0x2A | 0xA3 => '☐',
        0x6A..=0x73 => return counted('①', place, 0x6A),
        0x75..=0x7E => return counted('❶', place, 0x75),
        0x97 | 0x98 => '●',
        0xA1 => '■',
        _ => return None,
    })
}

fn symbol(place: u8) -> Option<char> {
    Some(match place {
        0xA3 => '≤',
        0xA5 => '∞',
        0xA8 => '♦',
        0xAE => '→',
        0xB0 => '°',
        0xB1 => '±',
        0xB3 => '≥',
        0xB4 => '×',
        0xB7 => '•',
        0xB8 => '÷',
        0xB9 => '≠',
        0xBB => '≈',
        0x28..=0x3F | 0x5B | 0x5D | 0x7B..=0x7D => char::from(place),
        0x61 => 'α',
        0x62 => 'β',
        0x67 => 'γ',
        0x6D => 'μ',
        0x57 => 'Ω',
        _ => return None,
    })
}

/// A ticked or an empty box (勾选框).
pub(in crate::read) fn checkbox(ticked: bool) -> &'static str {
    if ticked { "☑" } else { "☐" }
}
