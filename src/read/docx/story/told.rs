//! A story that another reader of Word's formats tells: DOC, RTF.
//!
//! What a paragraph shows (numbers before it, results of fields, blanks to fill in) is decided here for all of
//! them; they only say what comes.

use super::Story;
use super::runs::visible;
use crate::model::Cell;
use crate::read::docx::fields::Form;
use crate::read::docx::paragraph::Paragraph;
use crate::read::docx::properties::{ParagraphProperties, RunProperties};
use crate::read::docx::tally::Tally;

/// A mark that parts a field (域).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum FieldMark {
    /// Its instruction begins.
    Begin,
    /// Its result begins.
    Separate,
    /// It ends.
    End,
}

impl Story<'_> {
    /// A paragraph with these properties begins, in a table's cell when `place` has the table's number.
    pub(in crate::read) fn start(&mut self, own: ParagraphProperties, place: Option<(u32, Cell)>) {
        self.end_paragraph();
        self.tally.marks += u32::from(own.mark_deleted) + u32::from(own.mark_inserted);
        self.flow.host = place.or(self.box_place());
        let (number, cell) = match self.flow.host {
            Some((number, cell)) => (number, Some(cell)),
            None => (self.tally.number(), None),
        };
        let paragraph = Paragraph::new(number, cell, own, &self.definitions.styles);
        self.flow.run = paragraph.base;
        self.flow.paragraph = Some(paragraph);
    }

    /// The cell that the text box stands in.
    fn box_place(&self) -> Option<(u32, Cell)> {
        self.around.last().and_then(|around| around.place())
    }

    /// What follows has these properties; `style` is the character style's identifier.
    pub(in crate::read) fn set_run(&mut self, own: RunProperties, style: Option<&str>) {
        let character = self.definitions.styles.character(style);
        self.begin_run();
        self.flow.run = own.over(&character).over(&self.flow.run);
    }

    /// Text, or part of a field's instruction.
    pub(in crate::read) fn tell(&mut self, text: &str) {
        if self.flow.fields.is_instructed() {
            self.flow.fields.instruct(text);
            return;
        }
        let font = self.flow.run.symbols.flatten();
        let shown: String = text.chars().filter_map(|c| visible(c, font)).collect();
        if self.flow.run.struck == Some(true) && !shown.trim().is_empty() {
            self.tally.struck += 1;
        }
        self.say(&shown);
    }

    /// What is shown as it stands: a line break, a symbol that was looked up.
    pub(in crate::read) fn tell_exactly(&mut self, text: &str) {
        if !self.flow.fields.is_instructed() {
            self.say(text);
        }
    }

    /// A field's mark.
    pub(in crate::read) fn tell_field(&mut self, mark: FieldMark) {
        let fields = &mut self.flow.fields;
        match mark {
            FieldMark::Begin => fields.begin(),
            FieldMark::Separate => fields.separate(),
            FieldMark::End => {
                let shown = fields.end();
                self.say(&shown.unwrap_or_default());
            }
        }
    }

    /// The innermost field is this control of a form.
    pub(in crate::read) fn tell_form(&mut self, form: Form) {
        self.flow.fields.set_form(form);
    }

    /// The paragraph ends.
    pub(in crate::read) fn stop(&mut self) {
        self.end_paragraph();
    }

    /// A cell ends: a paragraph whose mark was deleted does not go on in the next.
    pub(in crate::read) fn stop_cell(&mut self) {
        self.end_paragraph();
        self.give_unfinished();
    }

    /// A text box begins that is anchored in the paragraph that began last.
    pub(in crate::read) fn start_box(&mut self) {
        self.begin_text_box();
    }

    /// It ends.
    pub(in crate::read) fn stop_box(&mut self) {
        self.end_text_box();
    }

    /// Where to count what a person should know of.
    pub(in crate::read) fn tally(&mut self) -> &mut Tally {
        self.tally
    }

    /// The story is over.
    pub(in crate::read) fn finish(mut self) {
        self.wind_up();
    }
}
