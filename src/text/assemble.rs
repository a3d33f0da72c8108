//! Writes drafts out as content, pieces, paragraphs and shadow.

use super::fold::Folder;
use super::markup;
use super::script::is_hanzi;
use super::strip::{Draft, Strip};
use crate::model::Text;
use crate::model::text::{Paragraph, Piece};

/// The text under construction.
struct Writer<'f> {
    text: Text,
    chars: usize,
    folder: &'f Folder,
    /// Is it written in Markdown?
    marked_up: bool,
}

/// Writes the body's drafts, then those of the set-apart regions.
pub fn assemble(body: &[Draft<'_>], apart: &[Draft<'_>], folder: &Folder) -> Text {
    let lines = body.iter().flat_map(|draft| &draft.strips).map(|strip| strip.text);
    let marked_up = markup::is_marked_up(lines);
    let mut writer = Writer { text: Text::default(), chars: 0, folder, marked_up };
    let mut previous = None;
    for draft in body {
        writer.separate(previous, draft);
        writer.write(draft);
        previous = Some(draft);
    }
    writer.text.body_end = writer.text.content.len();
    for draft in apart {
        writer.separate(previous, draft);
        writer.write(draft);
        previous = Some(draft);
    }
    let end = writer.text.content.len() as u32;
    writer.text.shadow.origin.push(end);
    writer.text
}

impl Writer<'_> {
    /// A tab between two cells of a row, a line feed between all other paragraphs.
    fn separate(&mut self, previous: Option<&Draft<'_>>, next: &Draft<'_>) {
        let Some(previous) = previous else { return };
        let same_row = match (previous.table, next.table) {
            (Some((a, left)), Some((b, right))) => {
                a == b && left.row == right.row && left.column != right.column
            }
            _ => false,
        };
        let separator = if same_row { '\t' } else { '\n' };
        let at = self.text.content.len() as u32;
        self.text.content.push(separator);
        self.chars += 1;
        self.text.shadow.text.push(separator);
        self.text.shadow.origin.push(at);
    }

    /// What stands between two lines of one paragraph: a tab between columns, a space between Latin
    /// words, else nothing.
    fn join(&mut self, next: &Strip<'_>) {
        let separator = if next.new_column { '\t' } else { ' ' };
        if next.new_column || needs_space(&self.text.content, next.text) {
            self.text.content.push(separator);
            self.chars += 1;
        }
    }

    fn write(&mut self, draft: &Draft<'_>) {
        let start = self.text.content.len();
        let shadow_start = self.text.shadow.text.len();
        for (index, strip) in draft.strips.iter().enumerate() {
            let strip = if index == 0 { *strip } else { strip.flush_left() };
            if strip.text.is_empty() {
                continue;
            }
            if self.text.content.len() > start {
                self.join(&strip);
            }
            let from = self.text.content.len();
            self.text.content.push_str(strip.text);
            let range = from..self.text.content.len();
            self.text.pieces.push(Piece { range, char_start: self.chars, origin: strip.origin() });
            self.chars += strip.text.chars().count();
        }
        let range = start..self.text.content.len();
        let paragraph = &self.text.content[range.clone()];
        let marks = markup::marks(paragraph, self.marked_up);
        self.folder.fold_into(&mut self.text.shadow, paragraph, &marks, start);
        self.text.paragraphs.push(Paragraph {
            range,
            shadow: shadow_start..self.text.shadow.text.len(),
            region: draft.region,
            table: draft.table,
            centred: draft.centred,
            size: draft.strips.first().map_or(0.0, Strip::size),
            page: draft.strips.first().and_then(Strip::page),
        });
    }
}

/// Do two joined lines need a space between them? Latin words do; a number cut by the line's end may
/// or may not, and is left in one piece.
fn needs_space(before: &str, after: &str) -> bool {
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else { return false };
    let latin = |c: char| c.is_alphanumeric() && !is_hanzi(c) && !super::script::is_numeral(c);
    let both_digits = last.is_ascii_digit() && first.is_ascii_digit();
    let after_mark = matches!(last, ',' | '.' | ';' | ')') && first.is_ascii_alphabetic();
    (latin(last) && latin(first) && !both_digits) || after_mark
}
