//! Pages set in two columns are read column by column; forms and signature blocks row by row.
//!
//! A gutter is a place that no text crosses over many rows. That alone would also part labels from values
//! and 甲方 from 乙方, so both sides must be running text: flush at their left, mostly full to their right.

use super::chunks::Chunk;
use super::glyph::{Glyph, Marks};
use super::rows::{Row, rows};

/// Rows that each side of a gutter must have.
const ROWS: usize = 5;
/// Least width of a column, in ems.
const WIDTH: f32 = 9.0;
/// Half the least width of a gutter, in ems.
const HALF_GUTTER: f32 = 0.4;
/// Places tried for a gutter, from 0.25 to 0.75 of the text's width: a step is some 2 points on A4.
const TRIALS: u8 = 101;

/// Regions from which a page is left as it is: no person made it.
const MOST_REGIONS: usize = 40;

/// Rows that a gutter runs through.
#[derive(Debug, Clone)]
struct Band {
    rows: std::ops::Range<usize>,
    gutter: f32,
    /// Rows with text on the emptier side.
    score: usize,
}

/// The rows of the page in regions that are read one after the other.
pub fn regions(rows: Vec<Row>, glyphs: &[&Glyph], marks: &Marks) -> Vec<Vec<Row>> {
    let mut regions = Vec::new();
    split(rows, glyphs, marks, &mut regions);
    regions
}

fn split(page: Vec<Row>, glyphs: &[&Glyph], marks: &Marks, regions: &mut Vec<Vec<Row>>) {
    let band = if regions.len() < MOST_REGIONS { best_band(&page) } else { None };
    let Some(band) = band.filter(|band| are_columns(&page, band, glyphs, marks)) else {
        regions.push(page);
        return;
    };
    let mut above = page;
    let mut inside = above.split_off(band.rows.start);
    let below = inside.split_off(band.rows.len());
    let (left, right) = sides(inside, band.gutter);
    regions.push(above);
    split(rows(left), glyphs, marks, regions);
    split(rows(right), glyphs, marks, regions);
    split(below, glyphs, marks, regions);
}

fn sides(inside: Vec<Row>, gutter: f32) -> (Vec<Chunk>, Vec<Chunk>) {
    inside.into_iter().flatten().partition(|chunk| chunk.to <= gutter)
}

/// The longest band of rows with text on both sides of a place that none crosses.
fn best_band(page: &[Row]) -> Option<Band> {
    if page.len() < ROWS {
        return None;
    }
    let em = usual_size(page)?;
    let from = page.iter().flatten().map(|chunk| chunk.from).fold(f32::INFINITY, f32::min);
    let to = page.iter().flatten().map(|chunk| chunk.to).fold(from, f32::max);
    let places = (0..TRIALS).map(|trial| from + (to - from) * (0.25 + 0.005 * f32::from(trial)));
    let bands = places.filter_map(|gutter| band_at(page, gutter, HALF_GUTTER * em));
    // The first of equals: deterministic, and any place in a gutter will do.
    bands.reduce(|best, band| if band.score > best.score { band } else { best })
}

fn usual_size(page: &[Row]) -> Option<f32> {
    let mut sizes: Vec<f32> = page.iter().flatten().map(|chunk| chunk.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied()
}

fn band_at(page: &[Row], gutter: f32, margin: f32) -> Option<Band> {
    let mut best: Option<Band> = None;
    let (mut start, mut left, mut right) = (0, 0, 0);
    for (index, row) in page.iter().enumerate() {
        if row.iter().any(|chunk| chunk.to > gutter - margin && chunk.from < gutter + margin) {
            (start, left, right) = (index + 1, 0, 0);
            continue;
        }
        left += usize::from(row.iter().any(|chunk| chunk.to <= gutter));
        right += usize::from(row.iter().any(|chunk| chunk.from >= gutter));
        let score = left.min(right);
        if score >= ROWS && best.as_ref().is_none_or(|band| score >= band.score) {
            best = Some(Band { rows: start..index + 1, gutter, score });
        }
    }
    best
}

fn are_columns(page: &[Row], band: &Band, glyphs: &[&Glyph], marks: &Marks) -> bool {
    let inside = page.get(band.rows.clone()).unwrap_or_default();
    let left = side(inside, |chunk| chunk.to <= band.gutter);
    let right = side(inside, |chunk| chunk.from >= band.gutter);
    is_running(&left)
        && is_running(&right)
        && !(is_form(&left, glyphs) && is_form(&right, glyphs))
        && !is_ruled_across(inside, band.gutter, marks)
}

/// One row's text on one side of the gutter.
struct Part {
    first: Chunk,
    to: f32,
    gappy: bool,
}

fn side(inside: &[Row], is_on_side: impl Fn(&Chunk) -> bool) -> Vec<Part> {
    let mut parts = Vec::new();
    for row in inside {
        let chunks: Vec<&Chunk> = row.iter().filter(|chunk| is_on_side(chunk)).collect();
        let (Some(first), Some(last)) = (chunks.first(), chunks.last()) else { continue };
        let gappy = chunks.windows(2).any(|pair| matches!(pair, [a, b] if b.from - a.to > 2.0 * a.size));
        parts.push(Part { first: (*first).clone(), to: last.to, gappy });
    }
    parts
}

/// Flush at the left, mostly full to the right, without columns of its own in most rows.
fn is_running(parts: &[Part]) -> bool {
    let Some(em) = parts.first().map(|part| part.first.size) else { return false };
    let from = parts.iter().map(|part| part.first.from).fold(f32::INFINITY, f32::min);
    let to = parts.iter().map(|part| part.to).fold(from, f32::max);
    let width = to - from;
    let flush = count(parts, |part| part.first.from <= from + 2.5 * em);
    let full = count(parts, |part| part.to >= to - (2.0 * em).max(0.15 * width));
    let gappy = count(parts, |part| part.gappy);
    width >= WIDTH * em
        && flush * 10 >= parts.len() * 6
        && full * 10 >= parts.len() * 4
        && gappy * 5 <= parts.len()
}

/// Do most rows begin with a label and a colon?
fn is_form(parts: &[Part], glyphs: &[&Glyph]) -> bool {
    let labelled = count(parts, |part| {
        let glyphs = glyphs.get(part.first.glyphs.clone()).unwrap_or_default();
        glyphs.iter().take(12).any(|glyph| matches!(glyph.symbol.first(), ':' | '：'))
    });
    labelled * 10 >= parts.len() * 4
}

/// Do drawn rules run across the gutter, as between the rows of a table?
fn is_ruled_across(inside: &[Row], gutter: f32, marks: &Marks) -> bool {
    let top = inside.first().and_then(|row| row.first()).map_or(0.0, Chunk::top);
    let bottom = inside.last().and_then(|row| row.last()).map_or(0.0, Chunk::bottom);
    let across = |rule: &&super::glyph::Rule| {
        rule.from < gutter - 12.0 && rule.to > gutter + 12.0 && (top..bottom).contains(&rule.at)
    };
    marks.horizontal.iter().filter(across).count() >= 2
}

fn count(parts: &[Part], holds: impl Fn(&Part) -> bool) -> usize {
    parts.iter().filter(|part| holds(part)).count()
}
