//! What the page's picture shows at a slot.

use crate::model::fields::Party;
use crate::model::{BBox, Place, Seal, Span, Text};

use super::{Filling, Slot, folded_name};
use crate::fields::scan::blank;

/// How far to the right of its label a person signs, in points.
const REACH: f32 = 190.0;
/// How far above and below the label's line a signature may stand, in points.
const RISE: f32 = 22.0;
/// How far from a slot's label a seal's edge may lie, in points: seals have 120.
const SEAL_REACH: f32 = 90.0;

/// Page and box of a slot's first line.
pub(super) fn place(span: &Span) -> Option<(u32, BBox)> {
    span.places.iter().find_map(|place| match place {
        Place::Page { page, bbox } => Some((*page, *bbox)),
        Place::Block { .. } => None,
    })
}

/// Was the picture of the slot's page looked at?
pub(super) fn is_pictured(text: &Text, span: &Span) -> bool {
    place(span).is_some_and(|(page, _)| text.sights.looked_at.contains(&page))
}

/// The signature in a slot behind whose label `value` is printed; `is_name` says whether that names who signed.
pub(super) fn signature(text: &Text, span: &Span, value: &str, is_name: bool) -> Filling {
    let Some((page, label)) = place(span) else { return of_text(value, is_name) };
    let area = BBox { x0: label.x0, y0: label.y0 - RISE, x1: label.x1 + REACH, y1: label.y1 + RISE };
    let mut marks = text.sights.marks.iter().filter(|(on, _)| *on == page);
    if is_name || marks.any(|(_, mark)| overlaps(area, mark.bbox)) {
        Filling::Filled
    } else if is_pictured(text, span) {
        Filling::Empty
    } else {
        of_text(value, is_name)
    }
}

fn of_text(value: &str, is_name: bool) -> Filling {
    match (is_name, blank::is_blank(value)) {
        (true, _) => Filling::Filled,
        (false, true) => Filling::Empty,
        (false, false) => Filling::Unseen,
    }
}

fn overlaps(a: BBox, b: BBox) -> bool {
    a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1
}

/// Gives each seal to the slot of the party that it names, or to the nearest slot that asks for a seal. A straddle
/// seal (骑缝章) belongs to no slot.
pub(super) fn place_seals(text: &Text, parties: &[Party], slots: &mut [Slot]) {
    for seal in text.sights.seals.iter().filter(|seal| !is_straddling(seal)) {
        let named = parties.iter().position(|party| names(seal, party));
        let own = |slot: &Slot| slot.wanted.seal && named.is_some() && slot.party == named;
        let near =
            |slot: &Slot| slot.wanted.seal && distance(seal, slot).is_some_and(|far| far <= SEAL_REACH);
        let by_name = slots.iter().position(own);
        let by_place = || {
            let nearest =
                slots.iter().enumerate().filter(|(_, slot)| near(slot)).min_by(|(_, one), (_, other)| {
                    distance(seal, one)
                        .unwrap_or(f32::MAX)
                        .total_cmp(&distance(seal, other).unwrap_or(f32::MAX))
                });
            nearest.map(|(index, _)| index)
        };
        if let Some(slot) = by_name.or_else(by_place).and_then(|index| slots.get_mut(index)) {
            slot.seals.push(seal.clone());
        }
    }
}

fn is_straddling(seal: &Seal) -> bool {
    seal.kind.contains("骑缝")
}

/// Does the seal bear the party's name? A character may have been read badly.
fn names(seal: &Seal, party: &Party) -> bool {
    let Some(name) = party.name.as_ref().map(|name| folded_name(&name.value)) else { return false };
    let shown = folded_name(&seal.text);
    let missing = name.chars().filter(|c| !shown.contains(*c)).count();
    name.chars().count() >= 4 && missing * 6 <= name.chars().count()
}

/// How far a seal's edge lies from a slot's label, in points; `None` on another page.
fn distance(seal: &Seal, slot: &Slot) -> Option<f32> {
    let (_, label) = place(&slot.span).filter(|(page, _)| *page == seal.page)?;
    let gap =
        |from: f32, to: f32, other_from: f32, other_to: f32| (other_from - to).max(from - other_to).max(0.0);
    let across = gap(label.x0, label.x1 + SEAL_REACH, seal.bbox.x0, seal.bbox.x1);
    let down = gap(label.y0, label.y1, seal.bbox.y0, seal.bbox.y1);
    Some(across.hypot(down))
}
