//! A stretch of the text as paragraphs and tables.

use std::collections::BTreeMap;
use std::ops::Range;

use super::fkp::Stretches;
use super::fonts::Fonts;
use super::form;
use super::pieces::{Character, Characters};
use super::properties::{ParagraphShape, RunShape};
use super::rows::{Cells, Rows};
use super::sprm;
use crate::read::docx::properties::RunProperties;
use crate::read::docx::story::Story;
use crate::read::docx::story::told::FieldMark;
use crate::read::docx::styles::Styles;
use crate::read::docx::symbols::seen;

/// The text with all that is known of its properties.
#[derive(Debug, Default)]
pub(super) struct Teller<'d> {
    /// The text, all parts.
    pub characters: Characters<'d>,
    /// Properties of paragraphs.
    pub paragraphs: Stretches<'d>,
    /// Properties of characters.
    pub runs: Stretches<'d>,
    /// The fonts.
    pub fonts: Fonts,
    /// The stream `Data`; empty where there is none.
    pub data: &'d [u8],
    /// Text boxes by the position that they are anchored at.
    pub boxes: BTreeMap<usize, Vec<Range<usize>>>,
}

/// One paragraph.
#[derive(Debug)]
pub(super) struct Paragraph {
    /// Its positions, without its mark.
    range: Range<usize>,
    /// What it is.
    shape: ParagraphShape,
    /// What its style says of its runs.
    base: RunProperties,
    /// The properties of its mark.
    mark: RunShape,
}

impl Teller<'_> {
    /// Tells a stretch of the text.
    pub fn tell(&self, range: Range<usize>, styles: &Styles, story: &mut Story<'_>) {
        let mut rows = Rows::default();
        let range = range.start..range.end.min(self.characters.all.len());
        let mut from = range.start;
        for at in range.clone() {
            if self.ends_paragraph(at) {
                self.take(self.paragraph(from..at, Some(at), styles), at, &mut rows, story);
                from = at + 1;
            }
        }
        if from < range.end {
            self.take(self.paragraph(from..range.end, None, styles), range.end, &mut rows, story);
        }
        self.tell_table(&mut rows, story);
    }

    fn ends_paragraph(&self, at: usize) -> bool {
        let Some(character) = self.characters.all.get(at) else { return false };
        match character.shown {
            '\r' | '\u{7}' => true,
            // A section's end; inside a paragraph it breaks the page only.
            '\u{C}' => self
                .paragraphs
                .at(character.place)
                .is_some_and(|found| found.to <= character.place.saturating_add(2)),
            _ => false,
        }
    }

    fn paragraph(&self, range: Range<usize>, mark: Option<usize>, styles: &Styles) -> Paragraph {
        let last = mark.unwrap_or(range.end.saturating_sub(1));
        let character = self.characters.all.get(last).copied();
        let mut shape = ParagraphShape::default();
        if let Some(found) = character.and_then(|character| self.paragraphs.at(character.place)) {
            shape.own.style = Some(found.style.to_string());
            shape.take(found.modifiers, self.data);
        }
        if let Some(character) = character {
            self.of_piece(character, |modifiers| shape.take(modifiers, self.data));
        }
        // A list of the paragraph's own takes the level that its style has.
        shape.own.level = shape.own.level.or_else(|| styles.paragraph(&shape.own).level);
        let base = styles.run_base(&shape.own);
        let mark = mark.and(character).map(|character| self.run(character, base)).unwrap_or_default();
        shape.own.mark_deleted = mark.deleted;
        shape.own.mark_inserted = mark.inserted;
        shape.own.mark_hidden = mark.own.hidden == Some(true);
        Paragraph { range, shape, base, mark }
    }

    fn run(&self, character: Character, base: RunProperties) -> RunShape {
        let mut run = RunShape::default();
        if let Some(found) = self.runs.at(character.place) {
            run.take(found.modifiers, &self.fonts, base);
        }
        self.of_piece(character, |modifiers| run.take(modifiers, &self.fonts, base));
        run
    }

    /// The modifiers of the piece that a character stands in.
    fn of_piece(&self, character: Character, take: impl FnOnce(&[u8])) {
        if let Some(shared) = self.characters.shared(character.modifiers) {
            take(shared);
        } else if let Some((code, operand)) =
            sprm::short(character.modifiers).filter(|_| character.modifiers & 1 == 0)
        {
            let [low, high] = code.to_le_bytes();
            take(&[low, high, operand]);
        }
    }

    /// Tells a paragraph, or keeps it until its table is known.
    fn take(&self, paragraph: Paragraph, mark: usize, rows: &mut Rows<Paragraph>, story: &mut Story<'_>) {
        let shape = &paragraph.shape;
        if !shape.in_table {
            self.tell_table(rows, story);
            self.tell_paragraph(&paragraph, None, story);
        } else if shape.ends_row && !shape.is_inner() {
            rows.end_row(paragraph.shape.row, paragraph.mark.deleted);
        } else if !shape.ends_inner_row {
            let ends_cell = self.characters.all.get(mark).is_some_and(|c| c.shown == '\u{7}');
            rows.take(paragraph, ends_cell);
        }
    }

    fn tell_table(&self, rows: &mut Rows<Paragraph>, story: &mut Story<'_>) {
        let cells: Cells<Paragraph> = rows.finish();
        if cells.is_empty() {
            return;
        }
        let number = story.tally().number();
        for (cell, paragraphs) in cells {
            for paragraph in &paragraphs {
                self.tell_paragraph(paragraph, Some((number, cell)), story);
            }
            story.stop_cell();
        }
    }

    fn tell_paragraph(
        &self,
        paragraph: &Paragraph,
        place: Option<(u32, crate::model::Cell)>,
        story: &mut Story<'_>,
    ) {
        story.start(paragraph.shape.own.clone(), place);
        self.tell_runs(paragraph, story);
        for (_, boxes) in self.boxes.range(paragraph.range.start..=paragraph.range.end) {
            boxes.iter().for_each(|text| self.tell_box(text.clone(), story));
        }
        story.stop();
    }

    /// Tells a text box; what is anchored inside it has been told with the body.
    pub fn tell_box(&self, range: Range<usize>, story: &mut Story<'_>) {
        story.start_box();
        let range = range.start..range.end.min(self.characters.all.len());
        let mut from = range.start;
        for at in range.clone().filter(|at| self.ends_paragraph(*at)) {
            self.tell_in_box(from..at, Some(at), story);
            from = at + 1;
        }
        if from < range.end {
            self.tell_in_box(from..range.end, None, story);
        }
        story.stop_box();
    }

    fn tell_in_box(&self, range: Range<usize>, mark: Option<usize>, story: &mut Story<'_>) {
        let paragraph = self.paragraph(range, mark, &Styles::default());
        story.start(paragraph.shape.own.clone(), None);
        self.tell_runs(&paragraph, story);
        story.stop();
    }

    fn tell_runs(&self, paragraph: &Paragraph, story: &mut Story<'_>) {
        let mut known: Option<(Range<u32>, u16)> = None;
        let (mut run, mut text) = (RunShape::default(), String::new());
        for character in self.characters.all.get(paragraph.range.clone()).unwrap_or_default() {
            let place = character.place;
            let is_known = |(stretch, modifiers): &(Range<u32>, u16)| {
                stretch.contains(&place) && *modifiers == character.modifiers
            };
            if !known.as_ref().is_some_and(is_known) {
                let stretch =
                    self.runs.at(place).map_or(place..place.saturating_add(1), |found| found.from..found.to);
                known = Some((stretch, character.modifiers));
                let next = self.run(*character, paragraph.base);
                if next != run || text.is_empty() {
                    tell_text(&mut text, story);
                    begin_run(&next, story);
                    run = next;
                }
            }
            if !run.deleted {
                self.tell_character(character.shown, &run, &mut text, story);
            }
        }
        tell_text(&mut text, story);
    }

    fn tell_character(&self, shown: char, run: &RunShape, text: &mut String, story: &mut Story<'_>) {
        let exactly = match shown {
            '\t' | ' '.. => match run.symbol {
                Some((font, place)) if shown == '(' => {
                    let code = char::from_u32(u32::from(place)).unwrap_or('\u{FFFD}');
                    seen(code, self.fonts.symbols(font)).to_string()
                }
                _ => return text.push(shown),
            },
            '\u{B}' | '\u{C}' | '\u{E}' => "\n".to_owned(),
            // A hyphen at which no line breaks.
            '\u{1E}' => "-".to_owned(),
            _ => String::new(),
        };
        tell_text(text, story);
        story.tell_exactly(&exactly);
        match shown {
            '\u{13}' => story.tell_field(FieldMark::Begin),
            '\u{14}' => story.tell_field(FieldMark::Separate),
            '\u{15}' => story.tell_field(FieldMark::End),
            '\u{1}' if run.special => self.tell_picture(run, story),
            _ => {}
        }
    }

    fn tell_picture(&self, run: &RunShape, story: &mut Story<'_>) {
        let control = run.location.filter(|_| run.is_control).and_then(|at| form::control(self.data, at));
        match control {
            Some(form) => story.tell_form(form),
            None => story.tally().pictures += u32::from(!run.is_control),
        }
    }
}

fn tell_text(text: &mut String, story: &mut Story<'_>) {
    if !text.is_empty() {
        story.tell(text);
        text.clear();
    }
}

fn begin_run(run: &RunShape, story: &mut Story<'_>) {
    story.tally().deletions += u32::from(run.deleted);
    story.tally().insertions += u32::from(run.inserted && !run.deleted);
    story.set_run(run.own, run.style.as_deref());
}
