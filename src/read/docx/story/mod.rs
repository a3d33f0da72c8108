//! One story (body, header, notes …) as blocks in reading order.

mod blocks;
mod flow;
mod runs;
pub(in crate::read) mod told;

use std::ops::Range;

use self::flow::Flow;
use super::control::Control;
use super::counters::Counters;
use super::numbering::Numbering;
use super::places::Told;
use super::styles::Styles;
use super::table::Table;
use super::tally::Tally;
use super::xml::{Element, Event, Malformed, Xml};
use crate::model::Region;

/// What the stories of a document share.
#[derive(Debug, Default)]
pub(in crate::read) struct Definitions {
    /// Its styles.
    pub styles: Styles,
    /// Its lists.
    pub numbering: Numbering,
}

/// Reads one part.
pub(in crate::read) struct Story<'a> {
    definitions: &'a Definitions,
    tally: &'a mut Tally,
    region: Region,
    out: &'a mut dyn FnMut(Told),
    counters: Counters,
    /// Text boxes count their lists apart from the text around them.
    box_counters: Counters,
    /// What is being read: the story itself, or a text box in it.
    flow: Flow,
    /// What the text box stands in, outermost first.
    around: Vec<Flow>,
    /// Are the places of characters in the part asked for?
    is_traced: bool,
    /// Bytes of the event that is being read.
    now: Range<usize>,
    /// The reference to the note that is being read.
    note: Option<Range<usize>>,
}

impl<'a> Story<'a> {
    /// A story of that region, whose blocks go to `out`.
    pub fn new(
        definitions: &'a Definitions,
        tally: &'a mut Tally,
        region: Region,
        out: &'a mut dyn FnMut(Told),
    ) -> Self {
        Self {
            definitions,
            tally,
            region,
            out,
            counters: Counters::default(),
            box_counters: Counters::default(),
            flow: Flow::default(),
            around: Vec::new(),
            is_traced: false,
            now: 0..0,
            note: None,
        }
    }

    /// The same story, told with the places of its characters.
    pub fn traced(mut self, is_traced: bool) -> Self {
        self.is_traced = is_traced;
        self
    }

    /// Reads a part's text to its end, or to where it is not well-formed; what came before was given out.
    pub fn read(mut self, text: &str) -> Result<(), Malformed> {
        let mut xml = Xml::new(text);
        let outcome = self.read_events(&mut xml);
        self.wind_up();
        outcome
    }

    /// Gives out what is still open.
    fn wind_up(&mut self) {
        while !self.around.is_empty() {
            self.end_text_box();
        }
        self.end_paragraph();
        self.give_unfinished();
    }

    fn read_events(&mut self, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        while let Some(event) = xml.next()? {
            self.now = xml.place();
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
            "w:sdt" => self.flow.controls.push(Control::default()),
            "w:sdtPr" => self.read_control(xml)?,
            "w:fldChar" | "w:fldSimple" | "w:ffData" | "w:instrText" => self.begin_field(element, xml)?,
            _ => self.begin_in_run(element, xml)?,
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        match name {
            "w:p" => self.end_paragraph(),
            "w:tc" => self.end_cell(),
            "w:tr" => self.flow.tables.last_mut().into_iter().for_each(Table::end_row),
            "w:tbl" => drop(self.flow.tables.pop()),
            "w:sdt" => self.end_control(),
            "w:fldSimple" => self.end_field(),
            "w:txbxContent" => self.end_text_box(),
            "m:num" => self.say("/"),
            _ => {}
        }
    }
}
