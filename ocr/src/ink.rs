//! Strokes that no line of text accounts for: signatures, handwritten dates, fingerprints.

use crate::mask::{Bounds, Mask};
use crate::picture::Picture;
use crate::reading::{Ink, Quad, Ruling, SealMark, TextLine};

/// The page is looked at in squares of pixels, so many along its longer side.
const SIDE: usize = 1200;
/// Strokes nearer than this share of the longer side belong to one piece of writing.
const NEAR: f32 = 0.006;
/// Smallest piece of writing, as a share of the longer side: 3.5 mm on A4.
const SMALLEST: f32 = 0.012;
/// Largest, in both directions: beyond are pictures and dark edges of a copy.
const LARGEST: f32 = 0.45;
/// Share of dark pixels in a box: strokes are neither dust nor black areas.
const DENSITY: (f32, f32) = (0.02, 0.6);
/// Edges of a scan, as a share of the longer side, whose shadows are not looked at.
const EDGE: f32 = 0.012;
/// Lines of text less sure than this may be handwriting, and account for nothing.
const READ: f32 = 0.6;
/// Redder than this is seal ink, not a pen's.
const RED: u8 = 34;

/// What a page's ink is apart from.
pub(crate) struct Known<'a> {
    pub(crate) lines: &'a [TextLine],
    pub(crate) rulings: &'a [Ruling],
    pub(crate) seals: &'a [SealMark],
}

/// Finds the ink of an upright page, `dark` being what of it is darker than paper; from top to bottom.
pub(crate) fn find(picture: &Picture, dark: &Mask, known: &Known<'_>) -> Vec<Ink> {
    let factor = picture.width().max(picture.height()).div_ceil(SIDE).max(1);
    let mut strokes = strokes(picture, dark, known.seals, factor);
    let side = strokes.width().max(strokes.height()) as f32;
    clear_text(&mut strokes, known.lines, factor as f32);
    clear_rulings(&mut strokes, known.rulings, factor as f32);
    clear_edges(&mut strokes, (side * EDGE) as usize);
    let near = (side * NEAR) as usize + 1;
    let writing = strokes.dilated(near).pieces().into_iter().filter_map(|piece| {
        let bounds = piece.bounds.trimmed(near);
        let (width, height) = (bounds.width() as f32 / side, bounds.height() as f32 / side);
        let density = strokes.count(bounds) as f32 / (bounds.width() * bounds.height()) as f32;
        let fits = width.min(height) >= SMALLEST / 2.0
            && width.max(height) >= SMALLEST
            && width.max(height) <= LARGEST;
        let is_writing = fits && density >= DENSITY.0 && density <= DENSITY.1;
        is_writing.then(|| Ink { bounds: bounds.scaled(factor as f32), density })
    });
    writing.collect()
}

/// Dark pixels, but those of a seal's colour where a seal stands.
fn strokes(picture: &Picture, dark: &Mask, seals: &[SealMark], factor: usize) -> Mask {
    let is_seal = |x: usize, y: usize| {
        let inside = |b: &[f32; 4]| (b[0]..b[2]).contains(&(x as f32)) && (b[1]..b[3]).contains(&(y as f32));
        let [r, g, b] = picture.pixel(x, y);
        r.saturating_sub(g.max(b)) > RED && seals.iter().any(|seal| inside(&seal.bounds))
    };
    let (width, height) = (picture.width() / factor, picture.height() / factor);
    let mut bits = vec![false; width * height];
    for (y, target) in bits.chunks_exact_mut(width.max(1)).enumerate() {
        for row in y * factor..(y + 1) * factor {
            let squares = dark.row(row).chunks_exact(factor);
            for (x, (bit, square)) in target.iter_mut().zip(squares).enumerate() {
                let mut inked = square.iter().enumerate().filter(|(_, dark)| **dark);
                *bit = *bit || inked.any(|(at, _)| !is_seal(x * factor + at, row));
            }
        }
    }
    Mask::from_rows(width.max(1), bits)
}

/// Clears the lines that were read, with a little around them.
fn clear_text(strokes: &mut Mask, lines: &[TextLine], factor: f32) {
    for line in lines.iter().filter(|line| line.confidence >= READ) {
        let height = (line.quad[3].y - line.quad[0].y).abs().max(1.0);
        strokes.clear(around(&line.quad, height * 0.2, factor));
    }
}

fn around(quad: &Quad, margin: f32, factor: f32) -> Bounds {
    let (mut least, mut most) = (quad[0], quad[0]);
    for corner in quad {
        (least.x, least.y) = (least.x.min(corner.x), least.y.min(corner.y));
        (most.x, most.y) = (most.x.max(corner.x), most.y.max(corner.y));
    }
    boxed([least.x - margin, least.y - margin, most.x + margin, most.y + margin], factor)
}

fn boxed(edges: [f32; 4], factor: f32) -> Bounds {
    let [x0, y0, x1, y1] = edges.map(|edge| (edge / factor).max(0.0));
    Bounds { x0: x0 as usize, y0: y0 as usize, x1: x1.ceil() as usize + 1, y1: y1.ceil() as usize + 1 }
}

/// Clears rules piece by piece, because a slanting one is no box.
fn clear_rulings(strokes: &mut Mask, rulings: &[Ruling], factor: f32) {
    const STEP: f32 = 8.0;
    for rule in rulings {
        let (dx, dy) = (rule.to.x - rule.from.x, rule.to.y - rule.from.y);
        let steps = (dx.hypot(dy) / STEP).ceil().max(1.0);
        for step in 0..=steps as usize {
            let along = step as f32 / steps;
            let (x, y) = (rule.from.x + dx * along, rule.from.y + dy * along);
            strokes.clear(boxed([x - STEP, y - STEP / 2.0, x + STEP, y + STEP / 2.0], factor));
            strokes.clear(boxed([x - STEP / 2.0, y - STEP, x + STEP / 2.0, y + STEP], factor));
        }
    }
}

fn clear_edges(strokes: &mut Mask, margin: usize) {
    let (width, height) = (strokes.width(), strokes.height());
    let (right, bottom) = (width.saturating_sub(margin), height.saturating_sub(margin));
    for (x0, y0, x1, y1) in
        [(0, 0, width, margin), (0, bottom, width, height), (0, 0, margin, height), (right, 0, width, height)]
    {
        strokes.clear(Bounds { x0, y0, x1, y1 });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::Point;
    use crate::ruling;

    const NOTHING: Known<'_> = Known { lines: &[], rulings: &[], seals: &[] };

    /// White paper of 840 × 1190 on which `is_dark` says where the pen went.
    fn page(is_dark: impl Fn(f32, f32) -> bool) -> Picture {
        let gray: Vec<u8> = (0..840 * 1190)
            .map(|at| if is_dark((at % 840) as f32, (at / 840) as f32) { 30 } else { 245 })
            .collect();
        Picture::from_gray(840, 1190, &gray).expect("a picture")
    }

    /// A scrawl of 90 × 40 pixels.
    fn scrawl(x: f32, y: f32) -> bool {
        let inside = (500.0..590.0).contains(&x) && (900.0..940.0).contains(&y);
        inside && (y - 920.0 - 18.0 * (x / 9.0).sin()).abs() < 3.0
    }

    fn found(picture: &Picture, known: &Known<'_>) -> Vec<Ink> {
        find(picture, &ruling::dark(picture), known)
    }

    #[test]
    fn a_signature_is_ink() {
        let ink = found(&page(scrawl), &NOTHING);
        assert_eq!(ink.len(), 1, "{ink:?}");
        let wanted = [500.0, 900.0, 590.0, 940.0];
        assert!(
            ink[0].bounds.iter().zip(wanted).all(|(edge, wanted)| (edge - wanted).abs() < 6.0),
            "{ink:?}"
        );
    }

    #[test]
    fn what_was_read_is_no_ink_unless_it_was_read_badly() {
        let corner = |x, y| Point { x, y };
        let quad = [corner(498., 898.), corner(592., 898.), corner(592., 942.), corner(498., 942.)];
        let mut line = TextLine { quad, characters: Vec::new(), confidence: 0.95, reread: false, red: false };
        let picture = page(scrawl);
        assert!(found(&picture, &Known { lines: std::slice::from_ref(&line), ..NOTHING }).is_empty());
        line.confidence = 0.3;
        assert_eq!(found(&picture, &Known { lines: &[line], ..NOTHING }).len(), 1);
    }

    #[test]
    fn rules_dust_and_the_edge_of_a_copy_are_no_ink() {
        let rule = |x: f32, y: f32| (100.0..700.0).contains(&x) && (600.0..602.0).contains(&y);
        let dust = |x: f32, y: f32| (x - 300.0).hypot(y - 300.0) < 3.0;
        let picture = page(|x, y| rule(x, y) || dust(x, y) || x < 6.0);
        let rulings = ruling::find(&ruling::dark(&picture), 0.0);
        assert!(found(&picture, &Known { rulings: &rulings, ..NOTHING }).is_empty());
    }

    #[test]
    fn empty_and_black_pages_have_none() {
        assert!(found(&page(|_, _| false), &NOTHING).is_empty());
        assert!(found(&page(|_, _| true), &NOTHING).is_empty());
        let dot = Picture::from_gray(1, 1, &[0]).expect("a picture");
        assert!(found(&dot, &NOTHING).is_empty());
    }
}
