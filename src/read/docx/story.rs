//! One story (body, header, notes …) as blocks in reading order.

use std::collections::BTreeSet;

use super::control::Control;
use super::counters::{Counters, Item};
use super::fields::Fields;
use super::numbering::Numbering;
use super::paragraph::Paragraph;
use super::properties::{ParagraphProperties, RunProperties};
use super::styles::Styles;
use super::symbols::{SymbolFont, seen};
use super::table::Table;
use super::tally::Tally;
use super::xml::{Element, Event, Malformed, Xml};
use crate::model::{Block, Cell, Region};

/// What the stories of a document share.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    /// Its styles.
    pub styles: Styles,
    /// Its lists.
    pub numbering: Numbering,
}

/// A flow of paragraphs and tables: a story's own, or a text box's inside it.
#[derive(Debug, Default)]
struct Flow {
    paragraph: Option<Paragraph>,
    /// A paragraph whose mark was deleted, to be gone on with.
    unfinished: Option<Paragraph>,
    run: RunProperties,
    fields: Fields,
    controls: Vec<Control>,
    /// Open tables, outermost first.
    tables: Vec<Table>,
    /// The place of the cell that a text box is anchored in.
    host: Option<(u32, Cell)>,
    /// Blocks of a text box, until its paragraph is done.
    blocks: Vec<Block>,
}

/// Reads one part.
pub(super) struct Story<'a> {
    definitions: &'a Definitions,
    tally: &'a mut Tally,
    region: Region,
    out: &'a mut dyn FnMut(Block),
    counters: Counters,
    /// Text boxes count their lists apart from the text around them.
    box_counters: Counters,
    /// Open flows; the last is read into.
    flows: Vec<Flow>,
}

impl<'a> Story<'a> {
    /// A story of that region, whose blocks go to `out`.
    pub fn new(
        definitions: &'a Definitions,
        tally: &'a mut Tally,
        region: Region,
        out: &'a mut dyn FnMut(Block),
    ) -> Self {
        let flows = vec![Flow::default()];
        let (counters, box_counters) = Default::default();
        Self { definitions, tally, region, out, counters, box_counters, flows }
    }

    /// Reads a part's text to its end, or to where it is not well-formed; what came before was given out.
    pub fn read(mut self, text: &str) -> Result<(), Malformed> {
        let mut xml = Xml::new(text);
        let outcome = self.read_events(&mut xml);
        while !self.flows.is_empty() {
            self.end_flow();
        }
        outcome
    }

    fn read_events(&mut self, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        while let Some(event) = xml.next()? {
            match event {
                Event::Start(element) => self.begin(&element, xml)?,
                Event::End(name) => self.end(name),
                Event::Text(_) => {}
            }
        }
        Ok(())
    }

    fn begin(&mut self, element: &Element<'_>, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        match element.name {
            "" => {}
            "w:p" => self.begin_paragraph(),
            "w:pPr" => self.read_paragraph_properties(xml)?,
            "w:sectPr" => self.tally.sections.read(xml)?,
            "w:footnote" | "w:endnote" | "w:comment" => self.begin_note(element, xml)?,
            "w:txbxContent" => self.begin_text_box(),
            "w:tbl" | "w:tr" | "w:trPr" | "w:tc" | "w:tcPr" => self.begin_in_table(element.name, xml)?,
            "w:ins" | "w:del" | "w:moveTo" | "w:moveFrom" => self.begin_change(element.name, xml)?,
            "w:sdt" => self.flow().controls.push(Control::default()),
            "w:sdtPr" => self.read_control(xml)?,
            "w:fldChar" | "w:fldSimple" | "w:ffData" | "w:instrText" => self.begin_field(element, xml)?,
            _ => self.begin_in_run(element, xml)?,
        }
        Ok(())
    }

    fn begin_in_run(&mut self, element: &Element<'_>, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        match element.name {
            "w:r" | "m:r" => self.begin_run(),
            "w:rPr" => self.read_run_properties(xml)?,
            "w:t" | "m:t" => self.read_text(element, xml)?,
            "w:tab" | "w:ptab" => self.say("\t"),
            "w:br" | "w:cr" => self.say("\n"),
            "w:noBreakHyphen" => self.say("-"),
            "w:sym" => self.say_symbol(element),
            "m:sup" => self.say("^"),
            // What was deleted, and readings (ruby) over the text.
            "w:delText" | "w:delInstrText" | "w:rt" => xml.skip()?,
            "w:altChunk" => self.tally.embedded += 1,
            "pic:pic" | "v:imagedata" => self.tally.pictures += 1,
            "v:textpath" => self.say_word_art(element),
            "w:footnoteReference" => Self::refer(&mut self.tally.footnotes, element),
            "w:endnoteReference" => Self::refer(&mut self.tally.endnotes, element),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        match name {
            "w:p" => self.end_paragraph(),
            "w:tc" => self.end_cell(),
            "w:tr" => self.flow().tables.last_mut().into_iter().for_each(Table::end_row),
            "w:tbl" => drop(self.flow().tables.pop()),
            "w:sdt" => self.end_control(),
            "w:fldSimple" => self.end_field(),
            "w:txbxContent" if self.flows.len() > 1 => self.end_flow(),
            "m:num" => self.say("/"),
            _ => {}
        }
    }

    fn flow(&mut self) -> &mut Flow {
        if self.flows.is_empty() {
            self.flows.push(Flow::default());
        }
        let last = self.flows.len() - 1;
        &mut self.flows[last]
    }

    // Paragraphs

    fn begin_paragraph(&mut self) {
        self.end_paragraph();
        let (number, cell) = match self.flow().place() {
            Some((number, cell)) => (number, Some(cell)),
            None => (self.tally.number(), None),
        };
        let own = ParagraphProperties::default();
        let paragraph = Paragraph::new(number, cell, own, &self.definitions.styles);
        self.flow().run = paragraph.base;
        self.flow().paragraph = Some(paragraph);
    }

    fn read_paragraph_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        let own = ParagraphProperties::read(xml, &mut self.tally.sections)?;
        self.tally.marks += u32::from(own.mark_deleted) + u32::from(own.mark_inserted);
        let styles = &self.definitions.styles;
        if let Some(old) = self.flow().paragraph.take() {
            self.flow().paragraph = Some(Paragraph::new(old.number, old.cell, own, styles));
        }
        Ok(())
    }

    fn end_paragraph(&mut self) {
        let flow = self.flow();
        let Some(mut paragraph) = flow.paragraph.take() else { return };
        flow.fields.end_paragraph();
        paragraph.close();
        let is_hidden = paragraph.own.mark_hidden && paragraph.is_empty();
        let goes_on = paragraph.own.mark_deleted || is_hidden;
        if let Some(earlier) = flow.unfinished.take() {
            paragraph.continue_from(earlier);
        }
        if goes_on {
            flow.unfinished = Some(paragraph);
        } else {
            self.give(paragraph, true);
        }
    }

    /// Gives out what is left of a paragraph whose mark was deleted and that nothing follows.
    fn give_unfinished(&mut self) {
        if let Some(paragraph) = self.flow().unfinished.take() {
            self.give(paragraph, false);
        }
    }

    fn give(&mut self, paragraph: Paragraph, is_counted: bool) {
        let label = if is_counted { self.label(&paragraph) } else { None }.unwrap_or_default();
        let text = if paragraph.is_empty() { "" } else { paragraph.text() };
        if !(label.is_empty() && text.is_empty()) {
            let block = Block {
                number: paragraph.number,
                cell: paragraph.cell,
                region: self.region,
                text: if text.is_empty() { label.trim_end().to_owned() } else { label + text },
                heading: self.definitions.styles.heading(&paragraph.own),
                centred: paragraph.resolved.centred.unwrap_or_default(),
                size: paragraph.size(),
            };
            self.give_block(block);
        }
        for block in paragraph.boxes {
            self.give_block(block);
        }
    }

    fn give_block(&mut self, block: Block) {
        if self.flows.len() > 1 { self.flow().blocks.push(block) } else { (self.out)(block) }
    }

    fn label(&mut self, paragraph: &Paragraph) -> Option<String> {
        let Definitions { styles, numbering } = self.definitions;
        let item = Item::of(&paragraph.own, &paragraph.resolved, numbering, styles)?;
        let counters = if self.flows.len() > 1 { &mut self.box_counters } else { &mut self.counters };
        counters.next(item, numbering, styles)
    }

    // Text boxes and notes

    fn begin_text_box(&mut self) {
        let host = self.flow().place();
        self.flows.push(Flow { host, ..Flow::default() });
    }

    fn end_flow(&mut self) {
        self.end_paragraph();
        self.give_unfinished();
        let Some(flow) = self.flows.pop() else { return };
        let Some(around) = self.flows.last_mut() else { return };
        match &mut around.paragraph {
            Some(paragraph) => paragraph.boxes.extend(flow.blocks),
            None => flow.blocks.into_iter().for_each(|block| self.give_block(block)),
        }
    }

    /// Lines between notes and text are kept as notes of a type of their own; notes that nothing refers to
    /// are not printed.
    fn begin_note(&mut self, element: &Element<'_>, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        let is_separator = !matches!(element.attribute("type").as_deref(), None | Some("normal"));
        let referred = match element.name {
            "w:footnote" => Some(&self.tally.footnotes),
            "w:endnote" => Some(&self.tally.endnotes),
            _ => None,
        };
        let id = element.attribute("id").unwrap_or_default();
        if is_separator || referred.is_some_and(|ids| !ids.contains(&id)) {
            xml.skip()?;
        }
        Ok(())
    }

    fn refer(ids: &mut BTreeSet<String>, element: &Element<'_>) {
        ids.extend(element.attribute("id"));
    }

    // Tables

    fn begin_in_table(&mut self, name: &str, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        if name == "w:tbl" {
            self.begin_table();
        }
        let Some(table) = self.flow().tables.last_mut() else { return Ok(()) };
        match name {
            "w:tr" => table.begin_row(),
            "w:tc" if table.row_deleted => xml.skip()?,
            "w:tc" => table.begin_cell(),
            "w:trPr" => {
                let change = table.read_row(xml)?;
                self.tally.change(change);
            }
            "w:tcPr" => {
                let (change, is_shown) = table.read_cell(xml)?;
                self.tally.change(change);
                if !is_shown {
                    xml.skip()?;
                    self.end_cell();
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn begin_table(&mut self) {
        self.give_unfinished();
        let number = match self.flow().place() {
            Some((number, _)) => number,
            None => self.tally.number(),
        };
        self.flow().tables.push(Table::new(number));
    }

    fn end_cell(&mut self) {
        self.give_unfinished();
        self.flow().tables.last_mut().into_iter().for_each(Table::end_cell);
    }

    // Runs

    fn begin_run(&mut self) {
        let flow = self.flow();
        flow.run = flow.paragraph.as_ref().map(|paragraph| paragraph.base).unwrap_or_default();
    }

    fn read_run_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        let (own, style) = RunProperties::read(xml)?;
        let character = self.definitions.styles.character(style.as_deref());
        let flow = self.flow();
        flow.run = own.over(&character).over(&flow.run);
        Ok(())
    }

    fn read_text(&mut self, element: &Element<'_>, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        let keeps_spaces = element.attribute("space").as_deref() == Some("preserve");
        let text = xml.text()?;
        let text = if keeps_spaces { &text } else { text.trim_matches([' ', '\t', '\n', '\r']) };
        let font = self.flow().run.symbols.flatten();
        let shown: String = text.chars().filter_map(|c| visible(c, font)).collect();
        if self.flow().run.struck == Some(true) && !shown.trim().is_empty() {
            self.tally.struck += 1;
        }
        self.say(&shown);
        Ok(())
    }

    fn say_symbol(&mut self, element: &Element<'_>) {
        let code = element.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
        let font = element.attribute("font").as_deref().and_then(SymbolFont::named);
        if let Some(character) = code.and_then(char::from_u32) {
            self.say(&seen(character, font).to_string());
        }
    }

    /// Text drawn as a shape, such as a watermark (水印), stands where a text box would.
    fn say_word_art(&mut self, element: &Element<'_>) {
        let Some(text) = element.attribute("string").filter(|text| !text.trim().is_empty()) else { return };
        self.begin_text_box();
        self.begin_paragraph();
        self.say(&text);
        self.end_flow();
    }

    /// Shows something in the open paragraph, unless the run, a field or a control hides it.
    fn say(&mut self, text: &str) {
        let flow = self.flow();
        if text.is_empty() || flow.run.hidden == Some(true) || !flow.fields.show() {
            return;
        }
        let is_blank = text.trim().is_empty();
        let replacement = flow.controls.iter_mut().find_map(|control| match is_blank {
            true => control.replaces().then_some(""),
            false => control.replace(),
        });
        let underlined = flow.run.underlined == Some(true) || flow.fields.is_form_text();
        if let Some(paragraph) = &mut flow.paragraph {
            paragraph.push(replacement.unwrap_or(text), underlined, flow.run.size);
        }
    }

    // Fields, controls, changes

    fn begin_field(&mut self, element: &Element<'_>, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        match element.name {
            "w:fldSimple" => self.flow().fields.begin_simple(element),
            "w:ffData" => self.flow().fields.read_form(xml)?,
            "w:instrText" => {
                let instruction = xml.text()?;
                self.flow().fields.instruct(&instruction);
            }
            _ => {
                let shown = self.flow().fields.mark(element);
                self.say(&shown.unwrap_or_default());
            }
        }
        Ok(())
    }

    fn end_field(&mut self) {
        let shown = self.flow().fields.end();
        self.say(&shown.unwrap_or_default());
    }

    fn read_control(&mut self, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        let Some(control) = self.flow().controls.last_mut() else { return xml.skip() };
        control.read(xml)?;
        let is_blank = control.is_blank();
        self.tally.blanks += u32::from(is_blank);
        Ok(())
    }

    /// A box to tick that has no content of its own is shown all the same.
    fn end_control(&mut self) {
        let shown = self.flow().controls.pop().and_then(|mut control| control.left_over());
        self.say(shown.unwrap_or_default());
    }

    fn begin_change(&mut self, name: &str, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        match name {
            "w:ins" => self.tally.insertions += 1,
            "w:moveTo" => self.tally.moves += 1,
            "w:del" => {
                self.tally.deletions += 1;
                xml.skip()?;
            }
            _ => xml.skip()?,
        }
        Ok(())
    }
}

impl Flow {
    /// Number and cell for what comes next, when it stands in a table. Inner tables are part of the outer
    /// one's cell.
    fn place(&self) -> Option<(u32, Cell)> {
        self.host.or_else(|| self.tables.first().map(|table| (table.number, table.cell())))
    }
}

/// A character of a text as it is seen: soft hyphens show only where a line breaks, other control characters
/// stand for a space.
fn visible(character: char, font: Option<SymbolFont>) -> Option<char> {
    match character {
        '\u{AD}' | '\u{200B}' | '\u{FEFF}' => None,
        '\t' => Some('\t'),
        c if c.is_control() => Some(' '),
        c => Some(seen(c, font)),
    }
}
