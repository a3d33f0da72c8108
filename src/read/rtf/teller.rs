//! Groups and control words as paragraphs and tables.

use std::collections::BTreeMap;
use std::ops::Range;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::fonts::{self, Font};
use super::lexer::{Lexer, Token};
use crate::model::{Cell, Region};
use crate::read::doc::row::{Merged, Row};
use crate::read::doc::rows::Rows;
use crate::read::docx::properties::{ParagraphProperties, RunProperties};
use crate::read::docx::story::Story;
use crate::read::docx::story::told::FieldMark;

/// Groups inside groups that are followed; Word itself stays far below.
const DEEPEST: usize = 1_000;

/// What all parts of a file share.
#[derive(Debug)]
pub(super) struct Shared {
    fonts: BTreeMap<i32, Font>,
    encoding: &'static Encoding,
    /// Parts beside the text, by their place in the file.
    pub aside: Vec<(Region, Range<usize>)>,
    /// Did the file end with groups open?
    pub is_cut: bool,
}

impl Default for Shared {
    fn default() -> Self {
        Self { fonts: BTreeMap::new(), encoding: WINDOWS_1252, aside: Vec::new(), is_cut: false }
    }
}

/// What a group changes until it ends.
#[derive(Debug, Clone, Copy)]
struct State {
    /// Is the text of no use: a table of styles, a picture?
    skipped: bool,
    /// Is it the number of a list's item?
    label: bool,
    /// Did a field begin with the group?
    field: bool,
    /// Was the text deleted with changes tracked?
    deleted: bool,
    run: RunProperties,
    font: i32,
    /// Bytes that stand for a `\u` in programs that do not know it.
    substitutes: usize,
}

impl State {
    fn new() -> Self {
        let run = RunProperties { size: Some(24), ..RunProperties::default() };
        Self { skipped: false, label: false, field: false, deleted: false, run, font: -1, substitutes: 1 }
    }
}

/// A piece of a paragraph, kept until its place in a table is known.
#[derive(Debug)]
enum Piece {
    Text(RunProperties, String),
    Break,
    Field(FieldMark),
}

impl Piece {
    fn is(&self, wanted: impl Fn(&str) -> bool) -> bool {
        matches!(self, Self::Text(_, text) if wanted(text))
    }
}

/// A paragraph.
#[derive(Debug)]
struct Paragraph {
    own: ParagraphProperties,
    pieces: Vec<Piece>,
}

/// Follows one part of the file.
pub(super) struct Teller<'b, 't, 's> {
    lexer: Lexer<'b>,
    is_main: bool,
    shared: &'t mut Shared,
    story: &'t mut Story<'s>,
    state: State,
    around: Vec<State>,
    /// Groups beyond the deepest that is followed.
    too_deep: usize,
    /// Bytes of text that wait for their encoding, and UTF-16 units.
    bytes: Vec<u8>,
    units: Vec<u16>,
    to_skip: usize,
    own: ParagraphProperties,
    in_table: bool,
    pieces: Vec<Piece>,
    row: Row,
    merged: Merged,
    rows: Rows<Paragraph>,
}

impl<'b, 't, 's> Teller<'b, 't, 's> {
    /// For a part of a file; `is_main` where it is the whole file.
    pub fn new(bytes: &'b [u8], is_main: bool, shared: &'t mut Shared, story: &'t mut Story<'s>) -> Self {
        Self {
            lexer: Lexer::new(bytes),
            is_main,
            shared,
            story,
            state: State::new(),
            around: Vec::new(),
            too_deep: 0,
            bytes: Vec::new(),
            units: Vec::new(),
            to_skip: 0,
            own: ParagraphProperties::default(),
            in_table: false,
            pieces: Vec::new(),
            row: Row::default(),
            merged: Merged::default(),
            rows: Rows::default(),
        }
    }

    /// Tells it all.
    pub fn tell(mut self) {
        while let Some(token) = self.lexer.next() {
            match token {
                Token::Open => self.open(),
                Token::Close => self.close(),
                Token::Byte(byte) => self.byte(byte),
                Token::Sign(sign) => self.sign(sign),
                Token::Word(name, number) => self.word(name, number),
            }
        }
        self.shared.is_cut |= self.is_main && !self.around.is_empty();
        self.flush();
        if !self.pieces.is_empty() {
            self.end_paragraph(false);
        }
        self.tell_table();
    }

    fn open(&mut self) {
        self.flush();
        if self.around.len() >= DEEPEST {
            self.too_deep += 1;
            return;
        }
        self.around.push(self.state);
        self.state.field = false;
    }

    fn close(&mut self) {
        self.flush();
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let Some(around) = self.around.pop() else { return };
        if self.state.label && !around.label {
            self.end_label();
        }
        if self.state.field {
            self.pieces.push(Piece::Field(FieldMark::End));
        }
        self.state = around;
    }

    /// A number that ends with a letter or digit is set apart from the text.
    fn end_label(&mut self) {
        let needs_space = |text: &str| text.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.');
        if let Some(Piece::Text(_, text)) = self.pieces.last_mut().filter(|piece| piece.is(needs_space)) {
            text.push(' ');
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.to_skip > 0 {
            self.to_skip -= 1;
        } else if self.is_shown() {
            self.flush_units();
            self.bytes.push(byte);
        }
    }

    fn is_shown(&self) -> bool {
        !self.state.skipped && !self.state.deleted && self.too_deep == 0
    }

    fn sign(&mut self, sign: u8) {
        match sign {
            b'~' => self.show("\u{A0}"),
            b'_' => self.show("-"),
            b'{' | b'}' | b'\\' => self.byte(sign),
            // A destination that need not be known; those that are wanted say so next.
            b'*' => self.state.skipped = true,
            b'\r' | b'\n' => self.word("par", None),
            _ => {}
        }
    }

    fn show(&mut self, text: &str) {
        self.flush();
        if self.is_shown() {
            self.push(text);
        }
    }

    fn push(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Text(run, known)) if *run == self.state.run => known.push_str(text),
            _ => self.pieces.push(Piece::Text(self.state.run, text.to_owned())),
        }
    }

    /// Gives out text whose encoding is known by now.
    fn flush(&mut self) {
        self.flush_units();
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            let font = self.shared.fonts.get(&self.state.font).copied().unwrap_or_default();
            let encoding = font.encoding.unwrap_or(self.shared.encoding);
            let text = encoding.decode_without_bom_handling(&bytes).0;
            self.push(&text);
        }
        self.to_skip = 0;
    }

    fn flush_units(&mut self) {
        if !self.units.is_empty() {
            let text = String::from_utf16_lossy(&std::mem::take(&mut self.units));
            self.push(&text);
        }
    }

    fn word(&mut self, name: &str, number: Option<i32>) {
        if name == "u" {
            return self.unicode(number.unwrap_or_default());
        }
        self.flush();
        let is_on = number != Some(0);
        match name {
            "fonttbl" => self.read_fonts(),
            "ansicpg" => self.shared.encoding = fonts::code_page(number.unwrap_or_default()),
            "mac" | "pc" | "pca" | "ansi" => {}
            "header" | "headerl" | "headerr" | "headerf" => self.set_aside(Region::Header),
            "footer" | "footerl" | "footerr" | "footerf" => self.set_aside(Region::Footer),
            "footnote" => self.set_aside(Region::Note),
            "annotation" => self.set_aside(Region::Comment),
            "shptxt" => self.set_aside(Region::Body),
            "pict" => self.picture(),
            "stylesheet" | "colortbl" | "info" | "objdata" | "filetbl" | "listtable"
            | "listoverridetable" | "revtbl" | "xmlnstbl" | "themedata" | "colorschememapping"
            | "datastore" | "latentstyles" | "nonshppict" | "bkmkstart" | "bkmkend" | "atnid"
            | "atnauthor" | "pntxta" | "pntxtb" => {
                self.state.skipped = true;
            }
            "listtext" | "pntext" => self.state.label = true,
            "field" => self.begin_field(),
            "fldinst" => self.state.skipped = self.around.last().is_some_and(|around| around.skipped),
            "fldrslt" => self.field_mark(FieldMark::Separate),
            "deleted" => self.state.deleted = is_on,
            "uc" => self.state.substitutes = usize::try_from(number.unwrap_or(1)).unwrap_or(1),
            _ => self.format(name, number, is_on),
        }
    }

    fn format(&mut self, name: &str, number: Option<i32>, is_on: bool) {
        let run = &mut self.state.run;
        match name {
            "f" => self.take_font(number.unwrap_or_default()),
            "fs" => run.size = number.and_then(|size| u32::try_from(size).ok()),
            "v" => run.hidden = Some(is_on),
            "strike" | "striked" => run.struck = Some(is_on),
            "ul" | "uld" | "uldash" | "uldb" | "ulth" | "ulwave" => run.underlined = Some(is_on),
            "ulnone" => run.underlined = Some(false),
            "plain" => *run = State::new().run,
            "pard" => {
                self.own = ParagraphProperties::default();
                self.in_table = false;
            }
            "qc" => self.own.centred = Some(true),
            "ql" | "qj" | "qr" => self.own.centred = Some(false),
            "outlinelevel" => self.own.outline = number.and_then(|level| u32::try_from(level).ok()),
            "intbl" => self.in_table = true,
            _ => self.structure(name, number),
        }
    }

    fn structure(&mut self, name: &str, number: Option<i32>) {
        match name {
            // The definition of a row inside a cell, among others.
            _ if !self.is_shown() => {}
            "trowd" => (self.row, self.merged) = (Row::default(), Merged::default()),
            "clmrg" => self.merged.left = true,
            "clvmrg" => self.merged.up = true,
            "cellx" => self.define_cell(number.unwrap_or_default()),
            "par" | "sect" => self.end_paragraph(false),
            "cell" => self.end_cell(),
            "nestcell" => self.end_paragraph(false),
            "row" => self.end_row(),
            "line" | "page" | "column" => self.pieces.push(Piece::Break),
            "tab" if !self.state.label => self.push("\t"),
            _ => sign_word(name).into_iter().for_each(|text| self.push(text)),
        }
    }

    fn unicode(&mut self, number: i32) {
        if self.is_shown() {
            if !self.bytes.is_empty() {
                self.flush();
            }
            // Negative numbers stand for the upper half.
            self.units.push(number as u16);
        }
        self.to_skip = self.state.substitutes;
    }

    fn read_fonts(&mut self) {
        self.shared.fonts.extend(fonts::read(&mut self.lexer));
        // The table's end was read, which is the end of this group too.
        self.state = self.around.pop().unwrap_or_else(State::new);
    }

    fn take_font(&mut self, number: i32) {
        self.state.font = number;
        let font = self.shared.fonts.get(&number).copied().unwrap_or_default();
        self.state.run.symbols = Some(font.symbols);
    }

    /// The rest of the group is a part of its own.
    fn set_aside(&mut self, region: Region) {
        if !self.is_main || self.too_deep > 0 {
            return;
        }
        let from = self.lexer.at;
        let to = self.lexer.skip_group();
        self.shared.aside.push((region, from..to));
        self.state = self.around.pop().unwrap_or_else(State::new);
    }

    fn picture(&mut self) {
        self.story.tally().pictures += u32::from(!self.state.skipped);
        self.state.skipped = true;
    }

    fn begin_field(&mut self) {
        if self.is_shown() {
            self.state.field = true;
            self.pieces.push(Piece::Field(FieldMark::Begin));
        }
    }

    fn field_mark(&mut self, mark: FieldMark) {
        if self.is_shown() {
            self.pieces.push(Piece::Field(mark));
        }
    }

    fn define_cell(&mut self, right: i32) {
        let edge = i16::try_from(right).unwrap_or(i16::MAX);
        if self.row.edges.is_empty() {
            self.row.edges.push(0);
        }
        self.row.edges.push(edge);
        self.row.cells.push(std::mem::take(&mut self.merged));
    }

    fn paragraph(&mut self) -> Paragraph {
        Paragraph { own: self.own.clone(), pieces: std::mem::take(&mut self.pieces) }
    }

    fn end_paragraph(&mut self, ends_cell: bool) {
        let paragraph = self.paragraph();
        if self.in_table || ends_cell {
            self.rows.take(paragraph, ends_cell);
        } else {
            self.tell_table();
            tell_paragraph(paragraph, None, self.story);
        }
    }

    fn end_cell(&mut self) {
        self.end_paragraph(true);
    }

    fn end_row(&mut self) {
        self.rows.end_row(self.row.clone(), false);
    }

    fn tell_table(&mut self) {
        let cells = self.rows.finish();
        if cells.is_empty() {
            return;
        }
        let number = self.story.tally().number();
        for (cell, paragraphs) in cells {
            for paragraph in paragraphs {
                tell_paragraph(paragraph, Some((number, cell)), self.story);
            }
            self.story.stop_cell();
        }
    }
}

/// Characters that have a word of their own.
fn sign_word(name: &str) -> Option<&'static str> {
    Some(match name {
        "emdash" => "—",
        "endash" => "–",
        "emspace" => "\u{2003}",
        "enspace" => "\u{2002}",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "bullet" => "•",
        _ => return None,
    })
}

fn tell_paragraph(paragraph: Paragraph, place: Option<(u32, Cell)>, story: &mut Story<'_>) {
    story.start(paragraph.own, place);
    for piece in paragraph.pieces {
        match piece {
            Piece::Text(run, text) => {
                story.set_run(run, None);
                story.tell(&text);
            }
            Piece::Break => story.tell_exactly("\n"),
            Piece::Field(mark) => story.tell_field(mark),
        }
    }
    story.stop();
}
