//! The outline: which paragraphs begin a clause, and which clause stands under which.

mod heading;
mod nest;
mod numbering;
mod ordinal;
mod reference;
mod scope;

pub use numbering::{Certainty, Label, scan};

use crate::model::text::{Clause, Paragraph};
use crate::model::{Region, Text};
use nest::Stack;

/// The numbered clauses of the body, in order.
pub fn outline(text: &Text) -> Vec<Clause> {
    let mut clauses = Clauses::default();
    let body: Vec<&Paragraph> = text.paragraphs.iter().filter(|p| p.region == Region::Body).collect();
    let labels: Vec<Option<Label>> = body.iter().map(|paragraph| label_of(text, paragraph)).collect();
    let mut before = None;
    for (index, paragraph) in body.iter().enumerate() {
        if scope::ends_clauses(text.folded_paragraph(paragraph), paragraph) {
            clauses.close(0, before);
        } else if let Some(label) = labels.get(index).and_then(Option::as_ref) {
            let next = labels.get(index + 1..).unwrap_or_default().iter().flatten().next();
            clauses.open(text, paragraph, label, next, before);
        }
        before = Some(*paragraph);
    }
    clauses.close(0, before);
    clauses.done
}

/// Does folded text hold, past its start, the number that stands `step` after `label`, so that the two
/// belong to one list inside a paragraph?
pub fn lists(folded: &str, label: &Label, step: i32) -> bool {
    const LOOKED_AT: usize = 3000;
    let from = folded.ceil_char_boundary(folded.len().saturating_sub(LOOKED_AT));
    let folded = folded.get(from..).unwrap_or_default();
    let starts = folded.char_indices().skip(1).filter(|(_, c)| matches!(c, '(' | '①'..='⑳'));
    let mut labels = starts.filter_map(|(at, _)| numbering::number(folded.get(at..)?));
    let wanted = label.ordinal().and_then(|n| n.checked_add_signed(step));
    labels.any(|other| other.numbering == label.numbering && other.ordinal() == wanted)
}

/// The clause number that a paragraph begins with.
fn label_of(text: &Text, paragraph: &Paragraph) -> Option<Label> {
    let folded = text.folded_paragraph(paragraph);
    let written = text.shadow.to_content(&text.content, paragraph.shadow.clone());
    let label = scan(folded, text.content.get(written.start..paragraph.range.end)?)?;
    let in_table = paragraph.table.is_some() && !(label.is_worded() && label.length < folded.len());
    (!in_table && !scope::is_contents_line(folded)).then_some(label)
}

/// Clauses found so far, and those still open.
#[derive(Default)]
struct Clauses {
    done: Vec<Clause>,
    stack: Stack,
}

impl Clauses {
    /// Closes all clauses from a depth of the stack on; they end with the paragraph `last`.
    fn close(&mut self, depth: usize, last: Option<&Paragraph>) {
        for index in self.stack.truncate(depth) {
            if let (Some(clause), Some(last)) = (self.done.get_mut(index), last) {
                clause.range.end = last.range.end;
                clause.shadow.end = last.shadow.end;
            }
        }
    }

    /// Opens the clause that `paragraph` begins, if its number makes sense here.
    fn open(
        &mut self,
        text: &Text,
        paragraph: &Paragraph,
        label: &Label,
        next: Option<&Label>,
        before: Option<&Paragraph>,
    ) {
        let Some(depth) = self.stack.place(label, next) else { return };
        self.close(depth, before);
        let parent = self.stack.top();
        self.stack.push(self.done.len(), label.clone());
        self.done.push(clause(text, paragraph, label, parent));
    }
}

fn clause(text: &Text, paragraph: &Paragraph, label: &Label, parent: Option<usize>) -> Clause {
    let start = paragraph.shadow.start + label.start;
    let after = paragraph.shadow.start + label.length;
    let written = text.shadow.to_content(&text.content, start..after);
    Clause {
        label: text.content.get(written.clone()).unwrap_or_default().trim_end().to_owned(),
        ordinal: label.path.last().copied(),
        numbering: label.numbering,
        heading: heading::heading(text, paragraph, label),
        range: written.start..paragraph.range.end,
        shadow: start..paragraph.shadow.end,
        parent,
    }
}

#[cfg(test)]
mod tests;
