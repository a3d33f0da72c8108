//! Texts that lie on top of each other in a row: fake bold, filled-in blanks, stamps.

use super::chunks::Chunk;
use super::glyph::Glyph;

/// How far, in ems, a repeated glyph may stand from the first and still be its fake bold or shadow.
const SHADOW: f32 = 0.1;
/// Overlap, in ems, from which two chunks lie on top of each other.
const OVERLAP: f32 = 0.3;

/// A glyph with the chunk it came from.
#[derive(Clone, Copy)]
struct Owned<'g> {
    glyph: &'g Glyph,
    chunk: usize,
}

/// The row's glyphs from left to right. Usually one list; a second holds what lies on top of the first and
/// is neither its shadow nor its filling.
pub fn layers<'g>(row: &[Chunk], glyphs: &[&'g Glyph]) -> Vec<Vec<&'g Glyph>> {
    if !overlaps(row) {
        return vec![
            row.iter().filter_map(|chunk| glyphs.get(chunk.glyphs.clone())).flatten().copied().collect(),
        ];
    }
    let kept = without_filled(without_shadows(in_order(row, glyphs)));
    apart(kept)
}

fn overlaps(row: &[Chunk]) -> bool {
    let mut end = f32::NEG_INFINITY;
    row.iter().any(|chunk| {
        let covered = chunk.from < end - OVERLAP * chunk.size;
        end = end.max(chunk.to);
        covered
    })
}

fn in_order<'g>(row: &[Chunk], glyphs: &[&'g Glyph]) -> Vec<Owned<'g>> {
    let mut all: Vec<Owned<'g>> = Vec::new();
    for (index, chunk) in row.iter().enumerate() {
        let glyphs = glyphs.get(chunk.glyphs.clone()).unwrap_or_default();
        all.extend(glyphs.iter().map(|&glyph| Owned { glyph, chunk: index }));
    }
    all.sort_by(|a, b| a.glyph.along.total_cmp(&b.glyph.along));
    all
}

fn without_shadows(all: Vec<Owned<'_>>) -> Vec<Owned<'_>> {
    let mut kept: Vec<Owned<'_>> = Vec::with_capacity(all.len());
    for candidate in all {
        let reach = candidate.glyph.along - SHADOW * candidate.glyph.size;
        let near = kept.iter().rev().take_while(|owned| owned.glyph.along >= reach);
        if !near.clone().any(|owned| is_shadow(owned.glyph, candidate.glyph)) {
            kept.push(candidate);
        }
    }
    kept
}

fn is_shadow(first: &Glyph, second: &Glyph) -> bool {
    first.symbol == second.symbol && (first.across - second.across).abs() <= SHADOW * first.size
}

/// Drops underscores, blanks and dots that inked glyphs of another chunk stand on.
fn without_filled(all: Vec<Owned<'_>>) -> Vec<Owned<'_>> {
    let inked: Vec<Owned<'_>> = all.iter().filter(|owned| !owned.glyph.symbol.is_filler()).copied().collect();
    all.into_iter().filter(|owned| !owned.glyph.symbol.is_filler() || !is_filled(*owned, &inked)).collect()
}

fn is_filled(filler: Owned<'_>, inked: &[Owned<'_>]) -> bool {
    let (from, to) = (filler.glyph.along, filler.glyph.end());
    let near = inked.partition_point(|owned| owned.glyph.along < from - 2.0 * filler.glyph.size);
    let inked = inked.get(near..).unwrap_or_default();
    inked.iter().take_while(|owned| owned.glyph.along < to).any(|owned| {
        let covered = owned.glyph.end().min(to) - owned.glyph.along.max(from);
        owned.chunk != filler.chunk && covered > 0.25 * (to - from)
    })
}

/// Parts texts that would otherwise be shuffled into each other, chunk by chunk.
fn apart(all: Vec<Owned<'_>>) -> Vec<Vec<&Glyph>> {
    let clashes = all.windows(2).filter(|pair| clash(pair)).count();
    if clashes * 5 <= all.len() {
        return vec![all.into_iter().map(|owned| owned.glyph).collect()];
    }
    let chunks = all.iter().map(|owned| owned.chunk + 1).max().unwrap_or(0);
    // Which layer each chunk is in, and where each layer ends.
    let mut homes: Vec<Option<usize>> = vec![None; chunks];
    let mut ends: Vec<f32> = Vec::new();
    let mut layers: Vec<Vec<&Glyph>> = Vec::new();
    for Owned { glyph, chunk } in all {
        let Some(home) = homes.get_mut(chunk) else { continue };
        let layer = *home.get_or_insert_with(|| free_layer(&ends, glyph));
        match (layers.get_mut(layer), ends.get_mut(layer)) {
            (Some(glyphs), Some(end)) => {
                glyphs.push(glyph);
                *end = end.max(glyph.end());
            }
            _ => {
                layers.push(vec![glyph]);
                ends.push(glyph.end());
            }
        }
    }
    layers
}

fn clash(pair: &[Owned<'_>]) -> bool {
    matches!(pair, [a, b] if a.chunk != b.chunk && b.glyph.along < a.glyph.end() - OVERLAP * a.glyph.size)
}

fn free_layer(ends: &[f32], glyph: &Glyph) -> usize {
    let start = glyph.along + OVERLAP * glyph.size;
    ends.iter().position(|&end| end <= start).unwrap_or(ends.len())
}
