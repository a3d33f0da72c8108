//! Physical lines → paragraphs.
//!
//! Whether a line ends its paragraph is told by five signs, in this order: what the next line begins
//! with (a clause number, a label), what either line is (a row of columns, a centred line, another
//! size), the space between them, how far the line falls short of the right margin, and how far the
//! next one is indented. Where the signs say nothing, the paragraph goes on.

use super::fold::Folder;
use super::margins::Margins;
use super::outline::{self, Label};
use super::script;
use super::strip::{Draft, Source, Strip};
use crate::model::Region;

/// Share of the em by which margins may be missed.
const SLACK: f32 = 0.6;

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
    starts: bool,
    columns: bool,
    centred: bool,
    ends_sentence: bool,
    labelled: bool,
    /// Width of the text up to the first place where it may break.
    first_word: f32,
}

/// Joins the lines of a paged document.
pub fn join_pages<'a>(strips: Vec<Strip<'a>>, folder: &Folder) -> Vec<Draft<'a>> {
    let margins = Margins::of_pages(&strips);
    join(strips, |strip| margins.of(strip), folder)
}

/// Joins hard-wrapped lines of a text without pages, whose margins are `margins` in columns.
pub fn join_wrapped<'a>(strips: Vec<Strip<'a>>, margins: Margins, folder: &Folder) -> Vec<Draft<'a>> {
    join(strips, |_| margins, folder)
}

fn join<'a>(
    strips: Vec<Strip<'a>>,
    margins: impl Fn(&Strip<'a>) -> Margins,
    folder: &Folder,
) -> Vec<Draft<'a>> {
    let mut drafts: Vec<Draft<'a>> = Vec::new();
    let mut previous: Option<Sized<'a>> = None;
    let mut first_left = 0.0;
    for strip in strips {
        let line = Sized::new(strip, margins(&strip), folder);
        let continues = previous.as_ref().is_some_and(|before| !before.ends_paragraph(&line, first_left));
        match drafts.last_mut() {
            Some(draft) if continues => draft.strips.push(strip),
            _ => {
                first_left = line.left;
                drafts.push(Draft { centred: line.centred, ..Draft::single(strip, Region::Body) });
            }
        }
        previous = Some(line);
    }
    drafts
}

impl<'a> Sized<'a> {
    fn new(strip: Strip<'a>, margins: Margins, folder: &Folder) -> Self {
        let folded = folder.fold(strip.text);
        let label = outline::scan(&folded, strip.text);
        let (left, right, em) = extent(&strip);
        let place = match strip.source {
            Source::Line(page, line) if line.bbox.y1 > line.bbox.y0 => {
                Some((page.number, line.bbox.y0, line.bbox.y1))
            }
            _ => None,
        };
        let labelled = folder.labels().begins(folded.chars());
        Self {
            strip,
            left,
            right,
            em,
            place,
            margins,
            starts: label.as_ref().is_some_and(Label::may_start) || labelled,
            columns: has_columns(&folded, label.as_ref()),
            centred: margins.centres(left, right, em),
            ends_sentence: folded.chars().next_back().is_some_and(ends_sentence),
            labelled: label.is_some(),
            first_word: first_word(strip.text, em),
        }
    }

    /// Does the paragraph end with this line, when `next` follows? `first_left` is where the paragraph's
    /// first line began.
    fn ends_paragraph(&self, next: &Self, first_left: f32) -> bool {
        next.starts
            || self.columns
            || next.columns
            || self.centred
            || next.centred
            || self.differs_in_size(next)
            || self.is_far_above(next)
            || self.is_short(next)
            || self.is_indented(next, first_left)
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
        let hanging = self.labelled && (first - here).abs() < SLACK * self.em;
        let like_first = there > 1.2 * self.em && (there - first).abs() < SLACK * self.em;
        (deeper && (!hanging || self.ends_sentence))
            || (like_first && self.ends_sentence && (same_page || there > 0.0))
    }
}

/// Left and right edge and em of a strip.
fn extent(strip: &Strip<'_>) -> (f32, f32, f32) {
    match strip.source {
        Source::Line(_, line) if line.bbox.x1 > line.bbox.x0 => {
            let em = if line.size > 0.0 { line.size } else { line.bbox.height().max(1.0) };
            (line.bbox.x0, line.bbox.x1, em)
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

/// Width of the text up to the first place where a line may break: a hanzi, or a Latin word.
fn first_word(text: &str, em: f32) -> f32 {
    let word = text.trim_start().chars().take_while(|c| c.is_ascii_graphic()).count();
    if word == 0 { em } else { word as f32 * em * 0.55 }
}
