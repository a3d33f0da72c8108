//! What runs, fields and content controls show in the open paragraph.

use std::ops::Range;

use super::Story;
use crate::read::docx::places::{Placed, SPACES};
use crate::read::docx::properties::RunProperties;
use crate::read::docx::symbols::{SymbolFont, seen};
use crate::read::docx::xml::{Element, Malformed, Xml};

impl Story<'_> {
    pub(super) fn begin_in_run(&mut self, element: &Element<'_>, xml: &mut Xml<'_>) -> Result<(), Malformed> {
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
            "w:footnoteReference" | "w:endnoteReference" => self.refer(element),
            _ => {}
        }
        Ok(())
    }

    fn refer(&mut self, element: &Element<'_>) {
        let is_footnote = element.name == "w:footnoteReference";
        let notes = if is_footnote { &mut self.tally.footnotes } else { &mut self.tally.endnotes };
        if let Some(id) = element.attribute("id") {
            notes.entry(id).or_insert_with(|| self.now.clone());
        }
    }

    pub(super) fn begin_run(&mut self) {
        let flow = &mut self.flow;
        flow.run = flow.paragraph.as_ref().map(|paragraph| paragraph.base).unwrap_or_default();
    }

    pub(super) fn read_run_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        let (own, style) = RunProperties::read(xml)?;
        let character = self.definitions.styles.character(style.as_deref());
        let flow = &mut self.flow;
        flow.run = own.over(&character).over(&flow.run);
        Ok(())
    }

    pub(super) fn read_text(&mut self, element: &Element<'_>, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        let keeps_spaces = element.attribute("space").as_deref() == Some("preserve");
        let mut shown = Placed::default();
        xml.each_text(|piece, from| shown.push(piece, &from, self.is_traced))?;
        if !keeps_spaces {
            shown.trim(SPACES);
        }
        let font = self.flow.run.symbols.flatten();
        shown.map(|c| visible(c, font));
        if self.flow.run.struck == Some(true) && !shown.text.trim().is_empty() {
            self.tally.struck += 1;
        }
        self.show(&shown.text, &shown.places);
        Ok(())
    }

    pub(super) fn say_symbol(&mut self, element: &Element<'_>) {
        let code = element.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
        let font = element.attribute("font").as_deref().and_then(SymbolFont::named);
        if let Some(character) = code.and_then(char::from_u32) {
            self.say(&seen(character, font).to_string());
        }
    }

    /// Text drawn as a shape, such as a watermark (水印), stands where a text box would.
    pub(super) fn say_word_art(&mut self, element: &Element<'_>) {
        let Some(text) = element.attribute("string").filter(|text| !text.trim().is_empty()) else { return };
        self.begin_text_box();
        self.begin_paragraph();
        self.say(&text);
        self.end_text_box();
    }

    /// Shows what the event that is being read stands for.
    pub(super) fn say(&mut self, text: &str) {
        let places = if self.is_traced { vec![self.now.clone(); text.chars().count()] } else { Vec::new() };
        self.show(text, &places);
    }

    /// Shows something in the open paragraph, unless the run, a field or a control hides it.
    fn show(&mut self, text: &str, places: &[Range<usize>]) {
        let flow = &mut self.flow;
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
            let replaced = replacement.map(|shown| vec![self.now.clone(); shown.chars().count()]);
            let places = replaced.as_deref().filter(|_| self.is_traced).unwrap_or(places);
            paragraph.push(replacement.unwrap_or(text), places, underlined, flow.run.size);
        }
    }

    pub(super) fn begin_field(&mut self, element: &Element<'_>, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        match element.name {
            "w:fldSimple" => self.flow.fields.begin_simple(element),
            "w:ffData" => self.flow.fields.read_form(xml)?,
            "w:instrText" => {
                let instruction = xml.text()?;
                self.flow.fields.instruct(&instruction);
            }
            _ => {
                let shown = self.flow.fields.mark(element);
                self.say(&shown.unwrap_or_default());
            }
        }
        Ok(())
    }

    pub(super) fn end_field(&mut self) {
        let shown = self.flow.fields.end();
        self.say(&shown.unwrap_or_default());
    }

    pub(super) fn read_control(&mut self, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        let Some(control) = self.flow.controls.last_mut() else { return xml.skip() };
        control.read(xml)?;
        let is_blank = control.is_blank();
        self.tally.blanks += u32::from(is_blank);
        Ok(())
    }

    /// A box to tick that has no content of its own is shown all the same.
    pub(super) fn end_control(&mut self) {
        let shown = self.flow.controls.pop().and_then(|mut control| control.left_over());
        self.say(shown.unwrap_or_default());
    }

    pub(super) fn begin_change(&mut self, name: &str, xml: &mut Xml<'_>) -> Result<(), Malformed> {
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

/// A character of a text as it is seen: soft hyphens show only where a line breaks, other control characters
/// stand for a space.
pub(super) fn visible(character: char, font: Option<SymbolFont>) -> Option<char> {
    match character {
        '\u{AD}' | '\u{200B}' | '\u{FEFF}' => None,
        '\t' => Some('\t'),
        c if c.is_control() => Some(' '),
        c => Some(seen(c, font)),
    }
}
