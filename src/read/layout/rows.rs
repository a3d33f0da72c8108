//! Chunks → rows of the page, whatever order the content stream drew them in.

use super::chunks::Chunk;

/// One row: its chunks from left to right.
pub type Row = Vec<Chunk>;

/// Share of the lower chunk's height that must overlap for two chunks to stand in one row.
const OVERLAP: f32 = 0.5;
/// Sizes that differ by more than this do not share a row.
const SIZE_RATIO: f32 = 2.5;
/// Rows that are still open while chunks come in from top to bottom.
const OPEN: usize = 6;

/// The rows from top to bottom.
pub fn rows(mut chunks: Vec<Chunk>) -> Vec<Row> {
    chunks.sort_by(|a, b| a.across.total_cmp(&b.across).then(a.from.total_cmp(&b.from)));
    let mut rows: Vec<Row> = Vec::new();
    // The chunk that each row is measured by: its longest.
    let mut keys: Vec<Chunk> = Vec::new();
    for chunk in chunks {
        match home(&keys, &chunk) {
            Some(index) => join(&mut rows, &mut keys, index, chunk),
            None => {
                keys.push(chunk.clone());
                rows.push(vec![chunk]);
            }
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.from.total_cmp(&b.from));
    }
    in_order(rows, &keys)
}

/// The open row that a chunk overlaps most, if it overlaps one enough.
fn home(keys: &[Chunk], chunk: &Chunk) -> Option<usize> {
    let first = keys.len().saturating_sub(OPEN);
    let open = keys.iter().enumerate().skip(first);
    open.map(|(index, key)| (index, overlap(key, chunk)))
        .filter(|&(_, overlap)| overlap >= OVERLAP)
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(index, _)| index)
}

fn overlap(a: &Chunk, b: &Chunk) -> f32 {
    let (small, large) = (a.size.min(b.size), a.size.max(b.size));
    if large > small * SIZE_RATIO {
        return 0.0;
    }
    (a.bottom().min(b.bottom()) - a.top().max(b.top())) / small
}

fn join(rows: &mut [Row], keys: &mut [Chunk], index: usize, chunk: Chunk) {
    if let (Some(row), Some(key)) = (rows.get_mut(index), keys.get_mut(index)) {
        if chunk.glyphs.len() > key.glyphs.len() {
            *key = chunk.clone();
        }
        row.push(chunk);
    }
}

fn in_order(rows: Vec<Row>, keys: &[Chunk]) -> Vec<Row> {
    let mut keyed: Vec<(f32, Row)> = keys.iter().map(|key| key.across).zip(rows).collect();
    keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
    keyed.into_iter().map(|(_, row)| row).collect()
}
