//! DOC (Word 97–2003, and WPS files of that format) → document ([MS-DOC]).
//!
//! A compound file (`compound`) holds a stream of text and properties (`WordDocument`), one of tables that say what stands
//! where (`0Table` or `1Table`), and one of what is large (`Data`):
//!
//! * `fib` says where the tables are, `pieces` puts the text together;
//! * `fkp` finds the modifiers (`sprm`) of a paragraph or run, `properties` and `row` take them;
//! * `style_sheet`, `lists`, `fonts`, `form` read what modifiers refer to;
//! * `parts` says where headers, notes and text boxes stand;
//! * `teller` tells it all to the story of the DOCX reader, which decides what a person sees: automatic numbers
//!   in, deletions out, results of fields, blanks to fill in;
//! * `old` takes the mere text of Word 6 and 95.

mod compound;
mod fib;
mod fkp;
mod fonts;
mod form;
mod lists;
mod old;
mod parts;
mod pieces;
mod properties;
mod raw;
pub(super) mod row;
pub(super) mod rows;
mod sprm;
mod style_sheet;
mod teller;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::ops::Range;

use self::compound::Compound;
use self::fib::{Fib, Table};
use self::fkp::Stretches;
use self::fonts::Fonts;
use self::parts::{Parts, Shown};
use self::pieces::Characters;
use self::teller::Teller;
use super::docx::places::Told;
use super::docx::story::{Definitions, Story};
use super::docx::tally::{Tally, issue};
use super::{Limits, ReadError, Sink};
use crate::model::{Block, Level, MediaType, Region};

/// Reads a DOC file: the body, then headers and footers, notes, comments.
///
/// Blocks are numbered as the DOCX reader numbers them.
///
/// # Errors
///
/// * [`ReadError::Encrypted`]: the document has a password.
/// * [`ReadError::Limit`]: the file is larger than [`Limits::unpacked_bytes`].
/// * [`ReadError::Damaged`]: no compound file, or no text in it.
pub fn read(bytes: &[u8], limits: &Limits, sink: &mut dyn Sink) -> Result<(), ReadError> {
    sink.opened(MediaType::Doc, None);
    if bytes.len() as u64 > limits.unpacked_bytes {
        return Err(ReadError::Limit(format!("文件超过 {} MB", limits.unpacked_bytes >> 20)));
    }
    let missing = |what: &str| ReadError::Damaged(format!("找不到{what}"));
    let file = Compound::open(bytes).ok_or_else(|| missing("复合文档的目录"))?;
    let document = file.stream("WordDocument").ok_or_else(|| missing("正文（WordDocument）"))?;
    let fib = Fib::read(&document).ok_or_else(|| ReadError::Damaged("正文的文件头有误".to_owned()))?;
    if fib.is_encrypted() {
        return Err(ReadError::Encrypted);
    }
    if fib.is_old() {
        return old::read(&fib, &document, sink);
    }
    let tables = file.stream(fib.table_stream()).unwrap_or_default();
    let data = file.stream("Data").unwrap_or_default();
    Reader::new(&fib, &document, &tables, &data, sink).read()
}

struct Reader<'d, 's> {
    fib: &'d Fib<'d>,
    document: &'d [u8],
    tables: &'d [u8],
    teller: Teller<'d>,
    definitions: Definitions,
    parts: Parts,
    tally: Tally,
    sink: &'s mut dyn Sink,
}

impl<'d, 's> Reader<'d, 's> {
    fn new(
        fib: &'d Fib<'d>,
        document: &'d [u8],
        tables: &'d [u8],
        data: &'d [u8],
        sink: &'s mut dyn Sink,
    ) -> Self {
        let parts = Parts::of(&fib.lengths());
        let (teller, definitions, tally) = (Teller::default(), Definitions::default(), Tally::default());
        let mut reader = Self { fib, document, tables, teller, definitions, parts, tally, sink };
        let fonts = Fonts::read(reader.table(Table::Fonts));
        reader.definitions.styles = style_sheet::read(reader.table(Table::Styles), &fonts);
        let (lists, overrides) = (fib.table(Table::Lists), fib.table(Table::ListOverrides));
        reader.definitions.numbering = lists::read(tables, lists, overrides, &fonts);
        reader.teller = Teller {
            characters: Characters::read(reader.table(Table::Pieces), document, fib.is_chinese()),
            paragraphs: Stretches::of_paragraphs(reader.table(Table::ParagraphPages), document),
            runs: Stretches::of_characters(reader.table(Table::CharacterPages), document),
            fonts,
            data,
            boxes: reader.boxes(Table::Boxes, Table::Shapes),
        };
        reader
    }

    /// A table's bytes, as far as they are there.
    fn table(&self, table: Table) -> &'d [u8] {
        let Some((from, length)) = self.fib.table(table) else { return &[] };
        let end = from.saturating_add(length).min(self.tables.len());
        self.tables.get(from..end).unwrap_or_default()
    }

    fn boxes(&self, texts: Table, anchors: Table) -> std::collections::BTreeMap<usize, Vec<Range<usize>>> {
        let (part, host) = match texts {
            Table::HeaderBoxes => (&self.parts.header_boxes, &self.parts.headers),
            _ => (&self.parts.boxes, &self.parts.body),
        };
        parts::boxes(self.table(texts), part, self.table(anchors), host)
    }

    fn read(mut self) -> Result<(), ReadError> {
        if self.teller.characters.all.is_empty() && !self.parts.body.is_empty() {
            let fault = self.teller.characters.fault.take().unwrap_or_default();
            return Err(ReadError::Damaged(fault));
        }
        let body = self.tell(self.parts.body.clone(), Region::Body);
        let has_body = !body.is_empty();
        body.into_iter().for_each(|block| self.sink.block(block));
        self.read_headers();
        for (part, region) in [
            (self.parts.footnotes.clone(), Region::Note),
            (self.parts.endnotes.clone(), Region::Note),
            (self.parts.comments.clone(), Region::Comment),
        ] {
            self.tell(part, region).into_iter().for_each(|block| self.sink.block(block));
        }
        self.tally.comments = raw::plc(self.table(Table::CommentReferences), 30).count() as u32;
        self.tell_faults();
        self.tally.issues(has_body).into_iter().for_each(|issue| self.sink.issue(issue));
        Ok(())
    }

    /// The blocks of a stretch of the text.
    fn tell(&mut self, range: Range<usize>, region: Region) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut out = |told: Told| blocks.push(told.block);
        let mut story = Story::new(&self.definitions, &mut self.tally, region, &mut out);
        self.teller.tell(range.clone(), &self.definitions.styles, &mut story);
        // Text boxes that are anchored nowhere.
        if let Some(boxes) = self.teller.boxes.get(&range.end).filter(|_| region == Region::Body) {
            boxes.iter().for_each(|text| self.teller.tell_box(text.clone(), &mut story));
        }
        story.finish();
        blocks
    }

    /// Headers and footers that are shown, each text once.
    fn read_headers(&mut self) {
        let shown = Shown {
            even: self.table(Table::Document).first().is_some_and(|flags| flags & 1 == 1),
            first: parts::has_first_page(self.table(Table::Sections), self.document),
        };
        self.teller.boxes = self.boxes(Table::HeaderBoxes, Table::HeaderShapes);
        let mut texts = BTreeSet::new();
        for (region, range) in parts::headers(self.table(Table::Headers), &self.parts.headers, shown) {
            let blocks = self.tell(range, region);
            let text: Vec<String> = blocks.iter().map(|block| block.text.clone()).collect();
            if texts.insert((region == Region::Header, text)) {
                blocks.into_iter().for_each(|block| self.sink.block(block));
            }
        }
        self.teller.boxes.clear();
    }

    /// What could not be read, for people.
    fn tell_faults(&mut self) {
        let missing = self.parts.body.end.saturating_sub(self.teller.characters.all.len());
        let cut = (missing > 0).then(|| format!("正文末尾缺 {missing} 个字符"));
        if let Some(fault) = self.teller.characters.fault.take().or(cut) {
            let message = format!("文件损坏或不完整：{fault}；只读取了能读取的部分，请从来源重新取得");
            self.sink.issue(issue(Level::Error, "damaged-part", message));
        }
        if self.teller.paragraphs.is_empty() {
            let message = "段落属性无法读取；自动编号和表格结构没有还原，请从来源重新取得";
            self.sink.issue(issue(Level::Warning, "damaged-part", message));
        }
    }
}
