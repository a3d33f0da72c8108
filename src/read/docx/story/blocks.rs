//! Paragraphs, text boxes, notes and tables: what becomes blocks, and when.

use std::ops::Range;

use super::{Definitions, Flow, Story};
use crate::model::{Block, Region};
use crate::read::docx::counters::Item;
use crate::read::docx::paragraph::Paragraph;
use crate::read::docx::places::Told;
use crate::read::docx::properties::ParagraphProperties;
use crate::read::docx::table::Table;
use crate::read::docx::xml::{Element, Malformed, Xml};

impl Story<'_> {
    pub(super) fn begin_paragraph(&mut self) {
        self.end_paragraph();
        let (number, cell) = match self.flow.place() {
            Some((number, cell)) => (number, Some(cell)),
            None => (self.tally.number(), None),
        };
        let own = ParagraphProperties::default();
        let paragraph = Paragraph::new(number, cell, own, &self.definitions.styles);
        self.flow.run = paragraph.base;
        self.flow.paragraph = Some(paragraph);
    }

    pub(super) fn read_paragraph_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        let own = ParagraphProperties::read(xml, &mut self.tally.sections)?;
        self.tally.marks += u32::from(own.mark_deleted) + u32::from(own.mark_inserted);
        let styles = &self.definitions.styles;
        if let Some(old) = self.flow.paragraph.take() {
            self.flow.paragraph = Some(Paragraph::new(old.number, old.cell, own, styles));
        }
        Ok(())
    }

    pub(super) fn end_paragraph(&mut self) {
        let flow = &mut self.flow;
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
    pub(super) fn give_unfinished(&mut self) {
        if let Some(paragraph) = self.flow.unfinished.take() {
            self.give(paragraph, false);
        }
    }

    pub(super) fn give(&mut self, paragraph: Paragraph, is_counted: bool) {
        let label = if is_counted { self.label(&paragraph) } else { None }.unwrap_or_default();
        let text = if paragraph.is_empty() { "" } else { paragraph.text() };
        if !(label.is_empty() && text.is_empty()) {
            let places = self.places(&paragraph, &label, text);
            let block = Block {
                number: paragraph.number,
                cell: paragraph.cell,
                region: self.region,
                text: if text.is_empty() { label.trim_end().to_owned() } else { label + text },
                heading: self.definitions.styles.heading(&paragraph.own),
                centred: paragraph.resolved.centred.unwrap_or_default(),
                size: paragraph.size(),
            };
            self.give_block(Told { block, places });
        }
        for block in paragraph.boxes {
            self.give_block(block);
        }
    }

    /// Where the characters of a block stand: nowhere for its number, at the reference for those of a note.
    fn places(&self, paragraph: &Paragraph, label: &str, text: &str) -> Vec<Option<Range<usize>>> {
        if !self.is_traced {
            return Vec::new();
        }
        let own: &[Range<usize>] = if text.is_empty() { &[] } else { paragraph.places() };
        let placed = own.iter().map(|place| match (&self.note, self.region) {
            (_, Region::Body) => Some(place.clone()),
            (note, Region::Note) => note.clone(),
            _ => None,
        });
        let label = if text.is_empty() { label.trim_end() } else { label };
        label.chars().map(|_| None).chain(placed).collect()
    }

    pub(super) fn give_block(&mut self, block: Told) {
        if self.around.is_empty() { (self.out)(block) } else { self.flow.blocks.push(block) }
    }

    pub(super) fn label(&mut self, paragraph: &Paragraph) -> Option<String> {
        let Definitions { styles, numbering } = self.definitions;
        let item = Item::of(&paragraph.own, &paragraph.resolved, numbering, styles)?;
        let counters = if self.around.is_empty() { &mut self.counters } else { &mut self.box_counters };
        counters.next(item, numbering, styles)
    }

    pub(super) fn begin_text_box(&mut self) {
        let inside = Flow { host: self.flow.place(), ..Flow::default() };
        self.around.push(std::mem::replace(&mut self.flow, inside));
    }

    pub(super) fn end_text_box(&mut self) {
        self.end_paragraph();
        self.give_unfinished();
        let Some(around) = self.around.pop() else { return };
        let inside = std::mem::replace(&mut self.flow, around);
        match &mut self.flow.paragraph {
            Some(paragraph) => paragraph.boxes.extend(inside.blocks),
            None => inside.blocks.into_iter().for_each(|block| self.give_block(block)),
        }
    }

    /// Notes that nothing refers to are not printed. The lines between text and notes are kept as such.
    pub(super) fn begin_note(&mut self, element: &Element<'_>, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        let referred = match element.name {
            "w:footnote" => Some(&self.tally.footnotes),
            "w:endnote" => Some(&self.tally.endnotes),
            _ => None,
        };
        let id = element.attribute("id").unwrap_or_default();
        self.tally.comments += u32::from(element.name == "w:comment");
        self.note = referred.and_then(|ids| ids.get(&id)).cloned();
        if referred.is_some() && self.note.is_none() {
            xml.skip()?;
        }
        Ok(())
    }

    pub(super) fn begin_in_table(&mut self, name: &str, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        if name == "w:tbl" {
            self.begin_table();
        }
        let Some(table) = self.flow.tables.last_mut() else { return Ok(()) };
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

    pub(super) fn begin_table(&mut self) {
        self.give_unfinished();
        let number = match self.flow.place() {
            Some((number, _)) => number,
            None => self.tally.number(),
        };
        self.flow.tables.push(Table::new(number));
    }

    pub(super) fn end_cell(&mut self) {
        self.give_unfinished();
        self.flow.tables.last_mut().into_iter().for_each(Table::end_cell);
    }
}
