//! Seal impressions (印章): where they are, their shape, and what they say.
//!
//! Red ink is gathered into pieces; a piece whose rim is a closed circle, ellipse or rectangle of a seal's size is
//! a seal. Where two seals touch, or the page's edge cuts one (骑缝章), circles are found by votes. The name
//! around a rim is unrolled into a line and read by the models that read every other line. A seal copied in black is
//! not found: nothing tells it from other black rings.

mod circles;
mod outline;
mod red;
mod squares;
mod unwrap;

use crate::mask::{Bounds, Mask};
use crate::picture::Picture;
use crate::reading::{SealMark, SealShape};

use outline::Outline;
use red::RedPlane;

/// Seals are looked for in a picture whose longer side has at most so many pixels.
const SIDE: usize = 1500;
/// Smallest and largest seal, as a share of the page's longer side: a name seal has 16 mm, an official seal up to
/// 58 mm, A4 has 297.
const SIZES: (f32, f32) = (0.045, 0.24);
/// Radii of round seals, as a share of the page's longer side: 34 to 58 mm across.
const RADII: (f32, f32) = (0.055, 0.1);
/// Pictures with a shorter side, in pixels, are too coarse to show a seal.
const SMALLEST_PICTURE: usize = 200;
/// Share of an outline that is drawn where nothing disturbs it.
const CLEARLY: f32 = 0.97;
/// Characters less sure than this at the ends of a name are the star's or a code's.
const SURE_END: f32 = 0.45;
/// Texts less sure than this are not told.
const SURE: f32 = 0.5;

/// Reads one line: its characters, each with how sure it is, 0 to 1.
pub(crate) type ReadLine<'a> = dyn FnMut(&Picture) -> Vec<(char, f32)> + 'a;

/// Finds and reads the seals of an upright page, from top to bottom.
pub(crate) fn find(picture: &Picture, read: &mut ReadLine<'_>) -> Vec<SealMark> {
    let (mask, factor) = red::mask(picture, SIDE);
    let found: Vec<Impression> = impressions(&mask).into_iter().map(|seal| seal.scaled(factor)).collect();
    let others = |at: usize| {
        let others = found.iter().enumerate().filter(|(other, _)| *other != at);
        others.map(|(_, seal)| seal.outline).collect::<Vec<_>>()
    };
    let told = found.iter().enumerate().map(|(at, seal)| told(picture, *seal, &others(at), read));
    let mut seals: Vec<SealMark> = told.collect();
    seals.sort_by(|one, other| {
        one.bounds[1].total_cmp(&other.bounds[1]).then(one.bounds[0].total_cmp(&other.bounds[0]))
    });
    seals
}

/// A seal before it is read.
#[derive(Debug, Clone, Copy)]
struct Impression {
    outline: Outline,
    straddles_edge: bool,
}

impl Impression {
    fn scaled(self, factor: usize) -> Self {
        Self { outline: self.outline.scaled(factor as f32), ..self }
    }
}

fn impressions(mask: &Mask) -> Vec<Impression> {
    if mask.width().min(mask.height()) < SMALLEST_PICTURE || mask.is_empty() {
        return Vec::new();
    }
    let side = mask.width().max(mask.height()) as f32;
    let reach = reach(side);
    let pieces = mask.dilated(reach).pieces();
    pieces.into_iter().flat_map(|piece| of_piece(mask, piece.bounds.trimmed(reach), side)).collect()
}

fn of_piece(mask: &Mask, bounds: Bounds, side: f32) -> Vec<Impression> {
    let (width, height) = (bounds.width() as f32 / side, bounds.height() as f32 / side);
    let radii = (RADII.0 * side, RADII.1 * side);
    if touches_edge(mask, bounds) && width.max(height) >= SIZES.0 {
        let (cut, _) = circles::find(mask, bounds, radii, 0.85);
        return cut.into_iter().map(|outline| Impression { outline, straddles_edge: true }).collect();
    }
    if width.min(height) < SIZES.0 {
        return Vec::new();
    }
    let whole = if width.max(height) <= SIZES.1 { outline::fit(mask, bounds) } else { None };
    let outlines = match whole {
        Some((closed, outline)) if closed >= CLEARLY || width.max(height) < 2.0 * RADII.0 => vec![outline],
        unclear => {
            let touching = touching(mask, bounds, radii, side);
            if touching.is_empty() {
                unclear.map(|(_, outline)| outline).into_iter().collect()
            } else {
                touching
            }
        }
    };
    outlines.into_iter().map(|outline| Impression { outline, straddles_edge: false }).collect()
}

/// The seals of a piece that is more than one: a square frame, circles, and what is left without them.
fn touching(mask: &Mask, bounds: Bounds, radii: (f32, f32), side: f32) -> Vec<Outline> {
    let square = squares::find(mask, bounds, (SIZES.0 * side, 2.0 * RADII.0 * side));
    let without_square = square.as_ref().map(|square| squares::without(mask, square));
    let (circles, rest) = circles::find(without_square.as_ref().unwrap_or(mask), bounds, radii, 0.7);
    let mut found: Vec<Outline> = square.into_iter().chain(circles).collect();
    if found.is_empty() {
        return found;
    }
    let reach = reach(side);
    let pieces = rest.dilated(reach).pieces().into_iter().map(|piece| piece.bounds.trimmed(reach));
    let sized = pieces.filter(|piece| {
        let (width, height) = (piece.width() as f32 / side, piece.height() as f32 / side);
        width.min(height) >= SIZES.0 && width.max(height) <= SIZES.1
    });
    let others: Vec<Outline> =
        sized.filter_map(|piece| outline::fit(&rest, piece)).map(|(_, other)| other).collect();
    let is_new = |other: &Outline| found.iter().all(|one| !one.holds(other.centre));
    let new: Vec<Outline> = others.into_iter().filter(is_new).collect();
    found.extend(new);
    found
}

/// How far ink may lie from other ink of the same seal, in pixels.
fn reach(side: f32) -> usize {
    (side * 0.003) as usize + 1
}

/// Does ink reach the page's edge, so far as scanners leave it?
fn touches_edge(mask: &Mask, bounds: Bounds) -> bool {
    let near = mask.width() / 150 + 2;
    bounds.x0 <= near || bounds.x1 + near >= mask.width()
}

/// Reads a seal that `others` may overlap.
fn told(picture: &Picture, seal: Impression, others: &[Outline], read: &mut ReadLine<'_>) -> SealMark {
    let outline = seal.outline;
    let mut mark = SealMark {
        bounds: clipped(outline.bounds(), picture),
        shape: outline.shape,
        straddles_edge: seal.straddles_edge,
        text: String::new(),
        purpose: String::new(),
        confidence: 0.0,
    };
    if seal.straddles_edge {
        return mark;
    }
    let plane = RedPlane::new(picture, mark.bounds);
    match outline.shape {
        SealShape::Square => {
            let readings = unwrap::cells(&plane, &outline).into_iter().filter_map(|line| sure(read(&line)));
            // In columns from the right is how seals are cut; another order has to read better.
            let best = readings.reduce(|best, next| if next.1 > best.1 + 0.05 { next } else { best });
            (mark.text, mark.confidence) = best.unwrap_or_default();
        }
        SealShape::Round | SealShape::Oval => {
            let writing = unwrap::of(&plane, &outline, others);
            (mark.text, mark.confidence) = writing.rim.and_then(|line| sure(read(&line))).unwrap_or_default();
            mark.purpose = writing.purpose.and_then(|line| sure(read(&line))).unwrap_or_default().0;
        }
    }
    mark
}

/// A reading that is sure enough and more than a single stroke, without what the star and a code at the foot (印章编码)
/// leave at its ends.
fn sure(characters: Vec<(char, f32)>) -> Option<(String, f32)> {
    let belongs = |(c, sure): &&(char, f32)| c.is_alphabetic() && *sure >= SURE_END || ")）".contains(*c);
    let from = characters.iter().position(|c| belongs(&c))?;
    let to = characters.iter().rposition(|c| belongs(&c))? + 1;
    let name = &characters[from..to];
    let confidence = name.iter().map(|(_, sure)| sure).sum::<f32>() / name.len() as f32;
    (confidence >= SURE && name.len() >= 2).then(|| (name.iter().map(|(c, _)| c).collect(), confidence))
}

fn clipped([x0, y0, x1, y1]: [f32; 4], picture: &Picture) -> [f32; 4] {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    [x0.clamp(0.0, width), y0.clamp(0.0, height), x1.clamp(0.0, width), y1.clamp(0.0, height)]
}

#[cfg(test)]
mod tests;
