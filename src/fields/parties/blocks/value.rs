//! The value behind a role or a label: in its segment, behind a gap, in the next cell, on the next line.

use std::ops::Range;

use super::super::super::lexicon::Label;
use super::super::super::reading::{Part, Row, Segment, starts_clause};
use super::super::name::{self, Look};
use super::super::particulars;
use super::super::tokens::{Kind, Token, tokens};
use super::{COLUMNS, Stretch, Walk};

impl Walk<'_, '_> {
    /// The value behind a mark: in its segment, in the next cell, or for a name on the next line; and whether a colon
    /// or the border of a cell parts them.
    pub(super) fn value(&self, stretch: &Stretch<'_>, token: &Token) -> (Range<usize>, bool) {
        let Stretch { index, row, position, segment, .. } = *stretch;
        let ends_segment = token.slot.end == segment.range.end;
        if !token.value.is_empty() {
            let end = if ends_segment { self.end_of_double(row, position, segment, token) } else { None };
            return (token.value.start..end.unwrap_or(token.value.end), token.colon);
        }
        let next = row.segments[position + 1..].iter().find(|s| s.column > segment.column);
        if let Some(next) = next.filter(|_| ends_segment)
            && tokens(self.reading, next).is_empty()
            && (row.table.is_some() || !token.colon || next.column == segment.column + 1)
        {
            let end = self.end_of_cell(row, next, token);
            return (self.reading.trim(next.range.start..end, &[]), true);
        }
        if let Some(next) = row.segments.get(position + 1).filter(|_| ends_segment)
            && let Some(name) = self.name_before_labels(next, token)
        {
            return (name, true);
        }
        if ends_segment
            && row.segments.len() == 1
            && row.table.is_none()
            && row.part != Part::Clauses
            && let Some(value) = self.next_line(index, row, token)
        {
            return (value, true);
        }
        (token.value.clone(), token.colon)
    }

    /// 乙方　乙有限公司（统一社会信用代码：…）: the name stands behind a gap, and before its particulars.
    fn name_before_labels(&self, next: &Segment, token: &Token) -> Option<Range<usize>> {
        let found = tokens(self.reading, next);
        let first = found.first().filter(|_| matches!(token.kind, Kind::Role { .. }))?;
        let name = self.reading.trim(next.range.start..first.mark.start, &['(', ',', ';']);
        let look = name::look(self.reading.slice(name.clone()));
        matches!(look, Some(Look::Organisation | Look::Person)).then_some(name)
    }

    /// 联系人及电话：易小岚　0755-25666132: the second particular stands behind a gap.
    fn end_of_double(&self, row: &Row, position: usize, segment: &Segment, token: &Token) -> Option<usize> {
        let Kind::Label { label: Label::ContactPhone | Label::BankAccount | Label::Contact, .. } = token.kind
        else {
            return None;
        };
        let next = row.segments.get(position + 1)?;
        let near = row.table.is_none() || next.column == segment.column;
        let figures = self.reading.segment(next).bytes().filter(u8::is_ascii_digit).count();
        let fits = near && figures >= 7 && tokens(self.reading, next).is_empty();
        fits.then_some(next.range.end)
    }

    /// A cell that holds two particulars may have a gap between them: 易小岚  0755-25666132.
    fn end_of_cell(&self, row: &Row, first: &Segment, token: &Token) -> usize {
        let double =
            matches!(token.kind, Kind::Label { label: Label::ContactPhone | Label::BankAccount, .. });
        let from = row.segments.partition_point(|s| s.range.start < first.range.start);
        let rest = row.segments.iter().skip(from).take(COLUMNS);
        rest.take_while(|s| (s.column == first.column || double) && tokens(self.reading, s).is_empty())
            .last()
            .map_or(first.range.end, |s| s.range.end)
    }

    /// The next row, if it is one short segment without labels: a name under a role in the header, or what stands
    /// under a particular and its colon.
    fn next_line(&self, index: usize, row: &Row, token: &Token) -> Option<Range<usize>> {
        let next = self.reading.rows.get(index + 1)?;
        let [segment] = next.segments.as_slice() else { return None };
        let text = self.reading.segment(segment);
        let plain = tokens(self.reading, segment).is_empty() && !text.contains(':') && !starts_clause(text);
        let fits = match token.kind {
            Kind::Role { .. } => {
                let look = name::look(text);
                row.part == Part::Opening && matches!(look, Some(Look::Organisation | Look::Person))
            }
            Kind::Label { label, .. } if token.colon => label != Label::Signatory && !text.contains('。'),
            // Without a colon the value has to look like one.
            Kind::Label { label, .. } => particulars::has_form(label, text),
        };
        (plain && fits).then(|| segment.range.clone())
    }
}
