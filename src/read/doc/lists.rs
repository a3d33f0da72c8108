//! Lists (自动编号): their definitions, and the lists made of them ([MS-DOC] 2.9.130–2.9.150).

use super::fonts::Fonts;
use super::properties::RunShape;
use super::raw::{byte, bytes, long, text, word};
use crate::read::docx::numbering::{LEVELS, Level, Numbering, Suffix};
use crate::read::docx::numerals::NumberFormat;
use crate::read::docx::properties::RunProperties;

/// Bytes of a definition (`LSTF`), of a list (`LFO`), and of what comes first in a level (`LVLF`).
const DEFINITION: usize = 28;
const LIST: usize = 16;
const LEVEL: usize = 28;

/// Reads the lists from the stream of tables, where the definitions' levels stand behind their table.
pub(super) fn read(
    stream: &[u8],
    definitions: Option<(usize, usize)>,
    lists: Option<(usize, usize)>,
    fonts: &Fonts,
) -> Numbering {
    let mut numbering = Numbering::default();
    if let Some((at, _)) = definitions {
        define(stream, at, fonts, &mut numbering);
    }
    if let Some((at, _)) = lists {
        make(stream, at, fonts, &mut numbering);
    }
    numbering
}

fn define(stream: &[u8], at: usize, fonts: &Fonts, numbering: &mut Numbering) -> Option<()> {
    let count = word(stream, at)? as usize;
    let entries = at + 2;
    let mut cursor = entries + DEFINITION * count;
    for index in 0..count {
        let entry = bytes(stream, entries + DEFINITION * index, DEFINITION)?;
        let is_simple = byte(entry, 26)? & 1 == 1;
        let levels = if is_simple { 1 } else { LEVELS };
        let levels: Option<Vec<Level>> = (0..levels).map(|_| level(stream, &mut cursor, fonts)).collect();
        numbering.define(long(entry, 0)?, levels?);
    }
    Some(())
}

fn make(stream: &[u8], at: usize, fonts: &Fonts, numbering: &mut Numbering) -> Option<()> {
    let count = long(stream, at)?.min(0x07FE) as usize;
    let mut cursor = at + 4 + LIST * count;
    for index in 0..count {
        let entry = bytes(stream, at + 4 + LIST * index, LIST)?;
        // Four bytes that mean nothing come before the overrides.
        cursor += 4;
        let count = byte(entry, 12)?.min(LEVELS as u8);
        let overrides: Option<Vec<_>> = (0..count).map(|_| change(stream, &mut cursor, fonts)).collect();
        let number = u32::try_from(index + 1).ok()?;
        // Where the overrides break off, the list itself is known all the same.
        numbering.make(number, long(entry, 0)?, overrides.unwrap_or_default());
    }
    Some(())
}

/// What a list has otherwise than its definition: a level, its first number, or all of the level (`LFOLVL`).
fn change(stream: &[u8], cursor: &mut usize, fonts: &Fonts) -> Option<(usize, Option<u32>, Option<Level>)> {
    let (start, flags) = (long(stream, *cursor)?, long(stream, *cursor + 4)?);
    *cursor += 8;
    let is_whole = flags & 0x20 != 0;
    let level = if is_whole { Some(level(stream, cursor, fonts)?) } else { None };
    let start = level.as_ref().map_or(start, |level| level.start);
    let begins_anew = flags & 0x10 != 0;
    Some(((flags & 0xF) as usize, begins_anew.then_some(start), level))
}

/// One level (`LVL`).
fn level(stream: &[u8], cursor: &mut usize, fonts: &Fonts) -> Option<Level> {
    let head = bytes(stream, *cursor, LEVEL)?;
    let (run_length, paragraph_length) = (byte(head, 24)? as usize, byte(head, 25)? as usize);
    let run_at = *cursor + LEVEL + paragraph_length;
    let text_at = run_at + run_length;
    let length = word(stream, text_at)? as usize;
    let written = text(stream, text_at + 2, length)?;
    *cursor = text_at + 2 + 2 * length;
    let mut run = RunShape::default();
    run.take(bytes(stream, run_at, run_length)?, fonts, RunProperties::default());
    let flags = byte(head, 5)?;
    let mut level = Level {
        start: long(head, 0)?,
        format: format(byte(head, 4)?),
        text: with_places(&written, bytes(head, 6, LEVELS)?),
        legal: flags & 0x04 != 0,
        restart: (flags & 0x08 != 0).then_some(u32::from(byte(head, 26)?)),
        suffix: suffix(byte(head, 15)?),
        hidden: run.own.hidden == Some(true),
        style: None,
    };
    level.see_through(run.own);
    Some(level)
}

/// The label with `%1` where the number of the first level stands. `places` count from 1.
fn with_places(written: &str, places: &[u8]) -> String {
    let mut label = String::new();
    for (index, character) in written.chars().enumerate() {
        let is_number = places.iter().any(|place| usize::from(*place) == index + 1);
        match u32::from(character) {
            level if is_number && level < LEVELS as u32 => label.push_str(&format!("%{}", level + 1)),
            0..=8 => {}
            _ => label.push(character),
        }
    }
    label
}

fn suffix(code: u8) -> Suffix {
    match code {
        1 => Suffix::Space,
        2 => Suffix::Nothing,
        _ => Suffix::Tab,
    }
}

/// The number format of a code ([MS-OSHARED] 2.2.1.3), by the name that the later format has for it.
fn format(code: u8) -> NumberFormat {
    let name = match code {
        1 => "upperRoman",
        2 => "lowerRoman",
        3 => "upperLetter",
        4 => "lowerLetter",
        5 => "ordinal",
        10 => "ideographDigital",
        11 => "japaneseCounting",
        14 => "decimalFullWidth",
        16 => "chineseLegalSimplified",
        17 => "japaneseDigitalTenThousand",
        18 => "decimalEnclosedCircle",
        19 => "decimalFullWidth2",
        22 => "decimalZero",
        23 => "bullet",
        26 => "decimalEnclosedFullstop",
        27 => "decimalEnclosedParen",
        28 => "decimalEnclosedCircleChinese",
        29 => "ideographEnclosedCircle",
        30 => "ideographTraditional",
        31 => "ideographZodiac",
        33 => "taiwaneseCounting",
        34 => "ideographLegalTraditional",
        35 => "taiwaneseCountingThousand",
        36 => "taiwaneseDigital",
        37 => "chineseCounting",
        38 => "chineseLegalSimplified",
        39 => "chineseCountingThousand",
        57 => "numberInDash",
        255 => "none",
        _ => "decimal",
    };
    NumberFormat::named(name, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_where_the_places_say() {
        assert_eq!(with_places("第\u{0}条", &[2, 0, 0]), "第%1条");
        assert_eq!(with_places("\u{0}.\u{1}", &[1, 3]), "%1.%2");
        // A control character that no place names is nothing.
        assert_eq!(with_places("\u{1}）", &[0]), "）");
    }

    #[test]
    fn chinese_numbers_are_known() {
        assert_eq!(format(39).write(12), "十二");
        assert_eq!(format(38).write(2), "贰");
        assert_eq!(format(0).write(3), "3");
    }
}
