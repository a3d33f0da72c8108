//! Physical lines → paragraphs.
//!
//! Whether a line ends its paragraph is told by five signs, in this order: what the next line begins
//! with (a clause number, a label), what either line is (a row of columns, a centred line, another
//! size), the space between them, how far the line falls short of the right margin, and how far the
//! next one is indented. Where the signs say nothing, the paragraph goes on.

use super::columns::Row;
use super::fold::Folder;
use super::margins::{self, Margins};
use super::outline::{self, Label};
use super::script;
use super::strip::{Draft, Source, Strip};
use crate::model::{Joint, Region};

/// Share of the em by which margins may be missed.
const SLACK: f32 = 0.6;
/// Most ideographs of a label: 统一社会信用代码.
const LONGEST_LABEL: usize = 8;

/// A line with what the decision needs to know about it.
struct Sized<'a> {
    strip: Strip<'a>,
    /// Left and right edge, and the em, in one unit: points, or columns of a typewriter's grid.
    left: f32,
    right: f32,
    em: f32,
    /// Page, top and bottom where they are known.
    place: Option<(u32, f32, f32)>,
    margins: Margins,
    folded: String,
    label: Option<Label>,
    /// Does it begin with a label and its colon, or is it a label alone?
    begins_labelled: bool,
    columns: bool,
    /// Do its columns hold labels with their values, as no table row does?
    labels_in_row: bool,
    centred: bool,
    ends_sentence: bool,
    /// Width of the text up to the first place where it may break.
    first_word: f32,
}

/// Joins the lines of a paged document.
pub fn join_pages<'a>(strips: Vec<Strip<'a>>, folder: &Folder) -> Vec<Draft<'a>> {
    let margins = margins::of_lines(&strips);
    join(strips.into_iter().zip(margins), folder)
}

/// Joins hard-wrapped lines of a text without pages, whose margins are `margins` in columns.
pub fn join_wrapped<'a>(strips: Vec<Strip<'a>>, margins: Margins, folder: &Folder) -> Vec<Draft<'a>> {
    join(strips.into_iter().map(|strip| (strip, margins)), folder)
}

fn join<'a>(lines: impl Iterator<Item = (Strip<'a>, Margins)>, folder: &Folder) -> Vec<Draft<'a>> {
    let mut joiner = Joiner { folder, drafts: Vec::new(), open: None };
    let mut lines = lines.peekable();
    while let Some((strip, margins)) = lines.next() {
        let begins_row = lines.peek().is_some_and(|(next, _)| next.joint() == Joint::Row);
        joiner.add(strip, margins, begins_row);
    }
    joiner.drafts
}

/// Paragraphs as they grow.
struct Joiner<'a, 'f> {
    folder: &'f Folder,
    drafts: Vec<Draft<'a>>,
    /// The paragraph that is not yet ended.
    open: Option<Open<'a>>,
}

/// The last paragraph, to which the next line may belong.
struct Open<'a> {
    last: Sized<'a>,
    /// Left edge of its first line.
    first_left: f32,
    /// What it says so far, folded.
    folded: String,
    /// Its columns, where it is a row of them.
    row: Option<Row<'a>>,
}

impl<'a> Joiner<'a, '_> {
    /// Gives a line to the open paragraph or to a new one. `begins_row`: is it the first cell of a table row?
    fn add(&mut self, strip: Strip<'a>, margins: Margins, begins_row: bool) {
        if let (Some(Open { row: Some(row), .. }), Some(draft)) = (&mut self.open, self.drafts.last_mut())
            && row.take_in(strip, self.folder)
        {
            draft.strips = row.strips();
            return;
        }
        let mut line = Sized::new(strip, margins, self.folder);
        if begins_row && strip.joint() == Joint::Free {
            (line.columns, line.labels_in_row) = (true, false);
        }
        match (&mut self.open, self.drafts.last_mut()) {
            (Some(open), Some(draft)) if open.last.is_beside_in_row(&line) => {
                draft.strips.push(Strip { new_column: true, ..strip });
                open.folded.push_str(&line.folded);
                // Nothing that follows the row goes on with its last cell.
                open.last = Sized { columns: true, labels_in_row: false, ..line };
                open.row = None;
            }
            (Some(open), Some(draft)) if open.goes_on_with(&line) => {
                draft.strips.push(strip);
                if open.last.is_above_in_cell(&line) {
                    line.columns |= open.last.columns;
                    line.labels_in_row &= open.last.labels_in_row;
                }
                open.folded.push_str(&line.folded);
                open.last = line;
                open.row = None;
            }
            _ => self.begin(line),
        }
    }

    /// Begins a paragraph with a line.
    fn begin(&mut self, line: Sized<'a>) {
        self.drafts.push(Draft { centred: line.centred, ..Draft::single(line.strip, Region::Body) });
        let row = line.columns.then(|| Row::new(line.strip, line.margins.right, self.folder)).flatten();
        self.open = Some(Open { first_left: line.left, folded: line.folded.clone(), row, last: line });
    }
}

impl Open<'_> {
    /// Does the next line belong to the paragraph?
    fn goes_on_with(&self, next: &Sized<'_>) -> bool {
        let in_cell = self.last.is_above_in_cell(next);
        let full = in_cell || (!self.last.is_short(next) && !self.last.is_far_above(next));
        let begins = next.begins_labelled
            || next
                .label
                .as_ref()
                .is_some_and(|label| label.may_start() && !(full && self.only_quotes(label, next)));
        !begins && (in_cell || !self.last.ends_paragraph(next, self.first_left))
    }

    /// Does a number at the start of the line after a full one only continue the sentence: 根据第三条…, or
    /// a list that began inside the paragraph?
    fn only_quotes(&self, label: &Label, next: &Sized<'_>) -> bool {
        let in_sentence = !self.last.ends_sentence && !label.set_off;
        let in_list = label.is_inline()
            && (outline::lists(&self.folded, label, -1)
                || (outline::lists(&next.folded, label, 1) && !self.last.is_indented(next, self.first_left)));
        in_sentence || in_list
    }
}

impl<'a> Sized<'a> {
    fn new(strip: Strip<'a>, margins: Margins, folder: &Folder) -> Self {
        let folded = folder.fold(strip.text);
        let label = outline::scan(&folded, strip.text);
        let (left, right, em) = extent(&strip);
        let place = match strip.source {
            Source::Line(page, line) if line.bbox.y1 > line.bbox.y0 => {
                let bbox = page.level(line.bbox);
                Some((page.number, bbox.y0, bbox.y1))
            }
            _ => None,
        };
        Self {
            strip,
            left,
            right,
            em,
            place,
            margins,
            begins_labelled: folder.labels().begins(folded.chars()) || folder.labels().is_alone(&folded),
            columns: has_columns(&folded, label.as_ref()),
            labels_in_row: folded.split('\t').all(|column| column.contains(':')),
            centred: margins.centres(left, right, em),
            ends_sentence: folded.chars().next_back().is_some_and(ends_sentence),
            first_word: first_word(strip.text, em),
            label,
            folded,
        }
    }

    /// Does the paragraph end with this line, going by how it and `next` are set? `first_left` is where the
    /// paragraph's first line began.
    fn ends_paragraph(&self, next: &Self, first_left: f32) -> bool {
        next.columns
            || self.centred
            || self.differs_in_size(next)
            || self.is_far_above(next)
            || self.is_short(next)
            || !self.runs_on(next, first_left)
    }

    /// Does a full line go on in the next, going by how both are set?
    fn runs_on(&self, next: &Self, first_left: f32) -> bool {
        if self.columns {
            return self.labels_in_row && !next.centred && !next.names_itself();
        }
        self.is_wrapped_title(next) || (!next.centred && !self.is_indented(next, first_left))
    }

    /// Does it begin with a few ideographs and a colon, as a label does that no list has?
    fn names_itself(&self) -> bool {
        self.folded.split_once(':').is_some_and(|(label, _)| {
            (2..=LONGEST_LABEL).contains(&label.chars().count()) && label.chars().all(script::is_hanzi)
        })
    }

    /// Is the line a title that fills the width, and the next its rest?
    fn is_wrapped_title(&self, next: &Self) -> bool {
        let (size, usual) = (self.strip.size(), self.margins.size);
        next.centred && size > 1.15 * usual
    }

    fn differs_in_size(&self, next: &Self) -> bool {
        let (a, b) = (self.strip.size(), next.strip.size());
        a > 0.0 && b > 0.0 && (a - b).abs() > 0.12 * a.max(b)
    }

    /// Is the gap to the next line on the page wider than a line?
    fn is_far_above(&self, next: &Self) -> bool {
        match (self.place, next.place) {
            (Some((page, _, bottom)), Some((other, top, _))) if page == other => {
                top - bottom > self.margins.leading + 0.9 * self.em || top < bottom - 3.0 * self.em
            }
            _ => false,
        }
    }

    /// Does the next line go on in the same cell of a table?
    fn is_above_in_cell(&self, next: &Self) -> bool {
        let lower = matches!((self.place, next.place), (Some(a), Some(b)) if a.0 == b.0 && a.1 < b.1);
        next.strip.joint() == Joint::Cell && lower && self.left < next.right && next.left < self.right
    }

    /// Does the next line begin the next cell of the same table row, and no clause?
    fn is_beside_in_row(&self, next: &Self) -> bool {
        let begins = next.label.as_ref().is_some_and(Label::may_start);
        next.strip.joint() == Joint::Row
            && self.strip.page() == next.strip.page()
            && self.right < next.left + SLACK * self.em
            && !begins
    }

    /// Does the line stop before the right margin although the next word would have fitted?
    fn is_short(&self, next: &Self) -> bool {
        let room = self.margins.right - self.right;
        room > next.first_word.max(self.em) + SLACK * self.em
    }

    /// Does the next line begin further right than the paragraph runs?
    fn is_indented(&self, next: &Self, first_left: f32) -> bool {
        let same_page = self.place.map(|p| p.0) == next.place.map(|p| p.0);
        let here = self.left - self.margins.left;
        let there = next.left - next.margins.left;
        let deeper = there > here + 1.2 * self.em;
        let first = first_left - self.margins.left;
        let hanging = self.label.is_some() && (first - here).abs() < SLACK * self.em;
        let like_first = there > 1.2 * self.em && (there - first).abs() < SLACK * self.em;
        (deeper && (!hanging || self.ends_sentence))
            || (like_first && self.ends_sentence && (same_page || there > 0.0))
    }
}

/// Left and right edge and em of a strip.
fn extent(strip: &Strip<'_>) -> (f32, f32, f32) {
    match strip.source {
        Source::Line(page, line) if line.bbox.x1 > line.bbox.x0 => {
            let bbox = page.level(line.bbox);
            let em = if line.size > 0.0 { line.size } else { bbox.height().max(1.0) };
            (bbox.x0, bbox.x1, em)
        }
        _ => {
            let indent = strip.text.len() - strip.text.trim_start().len();
            let left = script::text_columns(&strip.text[..indent]) as f32;
            (left, script::text_columns(strip.text) as f32, 2.0)
        }
    }
}

fn ends_sentence(c: char) -> bool {
    script::ends_sentence(c) || matches!(c, '”' | '"')
}

/// Does the folded line hold columns, the gap after a clause number aside?
fn has_columns(folded: &str, label: Option<&Label>) -> bool {
    let rest = folded.get(label.map_or(0, |label| label.length)..).unwrap_or_default();
    rest.trim_start_matches('\t').contains('\t')
}

/// Width of the text up to the first place where a line may break: opening brackets, a hanzi or a Latin
/// word, and the marks that must not begin a line.
pub fn first_word(text: &str, em: f32) -> f32 {
    let text = text.trim_start();
    let word = text.trim_start_matches(opens);
    let core =
        word.find(|c: char| !c.is_ascii_alphanumeric() && !"-./,_@:".contains(c)).unwrap_or(word.len());
    let core = if core == 0 { word.chars().next().map_or(0, char::len_utf8) } else { core };
    let after = word.get(core..).unwrap_or_default();
    let word = text.len() - after.trim_start_matches(closes).len();
    text.get(..word).map_or(em, |word| script::text_columns(word) as f32 * em / 2.0)
}

fn opens(c: char) -> bool {
    "（(《【“‘〔[".contains(c)
}

fn closes(c: char) -> bool {
    "）)》】”’〕]，。、；：！？,.;:!?%％".contains(c)
}
