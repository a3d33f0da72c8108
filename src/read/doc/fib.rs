//! The file information block (FIB): where everything stands ([MS-DOC] 2.5).

use super::raw::{bytes, long, place, word};

/// The earliest `nFib` whose tables are laid out as in Word 97.
const WORD_97: u16 = 0x00C0;

/// Numbers of the tables that the FIB points to, in the order of `FibRgFcLcb97` (2.5.6).
#[derive(Debug, Clone, Copy)]
#[repr(usize)]
pub(super) enum Table {
    /// Styles (STSH).
    Styles = 1,
    /// References of comments.
    CommentReferences = 4,
    /// Sections.
    Sections = 6,
    /// Texts of headers and footers.
    Headers = 11,
    /// Pages with character properties.
    CharacterPages = 12,
    /// Pages with paragraph properties.
    ParagraphPages = 13,
    /// Fonts.
    Fonts = 15,
    /// Properties of the document (DOP).
    Document = 31,
    /// The piece table.
    Pieces = 33,
    /// Anchors of shapes in the body.
    Shapes = 40,
    /// Anchors of shapes in headers.
    HeaderShapes = 41,
    /// Texts of text boxes in the body.
    Boxes = 56,
    /// Texts of text boxes in headers.
    HeaderBoxes = 58,
    /// List definitions.
    Lists = 73,
    /// Lists in use, with what they override.
    ListOverrides = 74,
}

/// Characters of each part of the text, one part after the other (2.5.4).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Lengths {
    pub body: u32,
    pub footnotes: u32,
    pub headers: u32,
    pub macros: u32,
    pub comments: u32,
    pub endnotes: u32,
    pub boxes: u32,
    pub header_boxes: u32,
}

/// The file information block.
#[derive(Debug)]
pub(super) struct Fib<'s> {
    stream: &'s [u8],
    /// The tables' pairs of place and length.
    tables: &'s [u8],
    /// Version of the format.
    pub version: u16,
    /// Language of the program that wrote it, as a Windows identifier.
    pub language: u16,
    flags: u16,
}

impl<'s> Fib<'s> {
    /// Reads it from the beginning of the stream `WordDocument`; `None` when that is none of Word's.
    pub fn read(stream: &'s [u8]) -> Option<Self> {
        let is_word = matches!(word(stream, 0)?, 0xA5EC | 0xA5DC | 0xA5DB | 0xA697..=0xA699);
        let (version, language, flags) = (word(stream, 2)?, word(stream, 6)?, word(stream, 0xA)?);
        // Sizes of the parts before the tables vary with the version; each part states its own.
        let words = word(stream, 0x20).unwrap_or_default() as usize;
        let longs = word(stream, 0x22 + 2 * words).unwrap_or_default() as usize;
        let counted = 0x24 + 2 * words + 4 * longs;
        let pairs = word(stream, counted).unwrap_or_default() as usize;
        let tables = bytes(stream, counted + 2, 8 * pairs).unwrap_or_default();
        is_word.then_some(Self { stream, tables, version, language, flags })
    }

    /// Was it written by Word 6 or 95, whose tables are laid out otherwise?
    pub fn is_old(&self) -> bool {
        self.version < WORD_97
    }

    /// Is the text encrypted or obfuscated?
    pub fn is_encrypted(&self) -> bool {
        self.flags & 0x0100 != 0
    }

    /// Was it saved fast (快速保存), so that its text stands in pieces even in old versions?
    pub fn is_complex(&self) -> bool {
        self.flags & 0x0004 != 0
    }

    /// Is text of two bytes a character, in old versions?
    pub fn is_wide(&self) -> bool {
        self.flags & 0x1000 != 0
    }

    /// Was it written in Chinese, by its language?
    pub fn is_chinese(&self) -> bool {
        self.language & 0x03FF == 0x04
    }

    /// Was it written in a language whose letters are those of Windows-1252?
    pub fn is_western(&self) -> bool {
        matches!(self.language & 0x03FF, 0x06 | 0x07 | 0x09..=0x0C | 0x0F | 0x10 | 0x13 | 0x14 | 0x16 | 0x1D)
    }

    /// Name of the stream that holds the tables.
    pub fn table_stream(&self) -> &'static str {
        if self.flags & 0x0200 == 0 { "0Table" } else { "1Table" }
    }

    /// Place and length of a table; `None` when there is none.
    pub fn table(&self, table: Table) -> Option<(usize, usize)> {
        let at = 8 * table as usize;
        let (from, length) = (place(self.tables, at)?, place(self.tables, at + 4)?);
        (length > 0).then_some((from, length))
    }

    /// First byte of an old version's text.
    pub fn text_start(&self) -> Option<usize> {
        place(self.stream, 0x18)
    }

    /// An old version's piece table, which stands in the stream of the text.
    pub fn old_pieces(&self) -> &'s [u8] {
        let found = place(self.stream, 0x160).zip(place(self.stream, 0x164));
        found.and_then(|(from, length)| bytes(self.stream, from, length)).unwrap_or_default()
    }

    /// How long each part of the text is.
    pub fn lengths(&self) -> Lengths {
        let first = if self.is_old() { 0x34 } else { 0x4C };
        // A negative length is nonsense; it counts as none.
        let at = |index: usize| {
            long(self.stream, first + 4 * index).filter(|n| *n <= i32::MAX as u32).unwrap_or_default()
        };
        Lengths {
            body: at(0),
            footnotes: at(1),
            headers: at(2),
            macros: at(3),
            comments: at(4),
            endnotes: at(5),
            boxes: at(6),
            header_boxes: at(7),
        }
    }
}
