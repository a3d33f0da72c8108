//! Whose a stretch is that stands below two or more parties side by side.

use super::super::super::reading::{Row, Segment};
use super::Walk;
use crate::model::Place;

/// So many blanks before a line set it into the right half of a page.
const RIGHT: usize = 16;

/// What stands below a party's word begins no further from it than this share of the way to the next party's.
const ALIGNED: f32 = 0.25;

/// Which party a column belongs to from here on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Anchor {
    /// Column of the table, or counted from the left among the stretches of a line.
    pub(super) column: u32,
    /// Page, and the left edge of the party's word on it, in points.
    pub(super) left: Option<(u32, f32)>,
    /// Number of the party.
    pub(super) party: usize,
}

impl Anchor {
    /// Of a column that is not known to stand at a place of a page.
    pub(super) fn new(column: u32, party: usize) -> Self {
        Self { column, left: None, party }
    }
}

impl Walk<'_, '_> {
    /// The party that a stretch belongs to: the one below whose word it begins; else the nearest role at or to the
    /// left of its column. What stands left of every role is theirs only where nothing stands beside it: else the role
    /// above it was not read.
    pub(super) fn owner(&self, row: &Row, segment: &Segment) -> Option<usize> {
        if let Some(party) = self.aligned(row, segment) {
            return Some(party);
        }
        let column = if self.is_right(row) { u32::MAX } else { segment.column };
        let left =
            self.anchors.iter().filter(|anchor| anchor.column <= column).max_by_key(|anchor| anchor.column);
        let alone = || self.anchors.first().filter(|_| row.segments.len() == 1 || row.table.is_some());
        left.or_else(alone).map(|anchor| anchor.party).filter(|_| !self.is_unclear(row))
    }

    /// The party whose word stands straight above, where one of several does. Seals and lost colons make more or fewer
    /// stretches of a line than there are columns; where they stand does not change.
    fn aligned(&self, row: &Row, segment: &Segment) -> Option<usize> {
        if self.anchors.len() < 2 {
            return None;
        }
        let (page, left) = self.left(row, segment)?;
        let on_page = |anchor: &Anchor| anchor.left.filter(|above| above.0 == page).map(|above| above.1);
        let mut apart: Vec<(f32, f32, usize)> = self
            .anchors
            .iter()
            .filter_map(|anchor| Some((on_page(anchor)?, anchor.party)))
            .map(|(above, party)| ((above - left).abs(), above, party))
            .collect();
        apart.sort_by(|a, b| a.0.total_cmp(&b.0));
        match apart.as_slice() {
            [(distance, nearest, party), (_, next, _), ..] => {
                (*distance < ALIGNED * (nearest - next).abs()).then_some(*party)
            }
            _ => None,
        }
    }

    /// The page that a stretch of a line stands on, and its left edge.
    pub(super) fn left(&self, row: &Row, segment: &Segment) -> Option<(u32, f32)> {
        if row.table.is_some() {
            return None;
        }
        let first = self.reading.segment(segment).chars().next()?;
        let start = segment.range.start;
        match self.reading.span(start..start + first.len_utf8()).places.first()? {
            Place::Page { page, bbox } => Some((*page, bbox.x0)),
            Place::Block { .. } => None,
        }
    }

    /// One stretch below two or more parties side by side: nobody can tell whose it is.
    fn is_unclear(&self, row: &Row) -> bool {
        let side_by_side = self.anchors.iter().any(|anchor| anchor.column != self.anchors[0].column);
        let placed = row.segments.first().is_some_and(|segment| segment.column > 0) || self.is_right(row);
        row.table.is_none() && row.segments.len() == 1 && side_by_side && !placed
    }

    /// A stretch that is set in as far as a second column is: below two parties side by side it is of the right one.
    fn is_right(&self, row: &Row) -> bool {
        row.table.is_none()
            && row.segments.len() == 1
            && self.anchors.iter().any(|anchor| anchor.column > 0)
            && self.reading.indent(row.range().start) >= RIGHT
    }
}
