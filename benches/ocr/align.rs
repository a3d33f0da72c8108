//! What was read against what stands on the page: edits, whatever the order of lines.
//!
//! Lines that lie on each other make a group (a reader may cut or join lines); the texts of a group, in reading
//! order, are compared by edit distance. Before that both sides are normalised: NFKC, white space dropped, double
//! quotes dropped, 、 and 。 as comma and stop, brackets and dashes of one kind.

use hetong_corpus::scan::truth::{PageTruth, Quad, Role};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// What an engine says about a page, as its process prints it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Reading {
    pub lines: Vec<ReadLine>,
    pub seals: Vec<ReadSeal>,
    /// Degrees clockwise.
    pub turn: u16,
}

/// A line, with its corners on the upright picture.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReadLine {
    pub text: String,
    pub quad: Quad,
}

/// A seal.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReadSeal {
    pub bounds: [f32; 4],
    pub text: String,
    pub purpose: String,
}

/// Edits and characters of the truth.
#[derive(Debug, Clone, Copy, Default)]
pub struct Count {
    pub edits: usize,
    pub characters: usize,
}

impl Count {
    pub fn add(&mut self, other: Self) {
        self.edits += other.edits;
        self.characters += other.characters;
    }

    /// Edits in a hundred characters.
    pub fn percent(self) -> f64 {
        100.0 * self.edits as f64 / self.characters.max(1) as f64
    }
}

/// The edits of a page. `under_seal` is a part of `body`; the signature block stands apart.
#[derive(Debug, Clone, Default)]
pub struct Edits {
    pub body: Count,
    pub under_seal: Count,
    pub signature: Count,
    /// Groups of the body that differ: truth and reading.
    pub differing: Vec<(String, String)>,
}

/// The comparable form of a text.
pub fn normalised(text: &str) -> String {
    let folded = text.nfkc().filter(|c| !c.is_whitespace() && !"\"“”„‟〝〞＂".contains(*c));
    folded
        .map(|c| match c {
            '、' => ',',
            '。' | '．' => '.',
            '〔' | '【' | '[' => '(',
            '〕' | '】' | ']' => ')',
            '—' | '–' | '―' | '─' | '－' => '-',
            c => c,
        })
        .collect()
}

/// Compares a page.
pub fn edits(truth: &PageTruth, reading: &Reading) -> Edits {
    let level = Level::of(truth);
    let mut pieces: Vec<Piece> = truth.lines.iter().map(|line| level.truth(line)).collect();
    let known = pieces.len();
    pieces
        .extend(reading.lines.iter().filter(|line| !is_seal_text(line, truth)).map(|line| level.read(line)));
    let mut edits = Edits::default();
    for group in groups(&pieces) {
        let side = |read: bool| {
            let side = group.iter().copied().filter(|&at| (at >= known) == read).map(|at| &pieces[at]);
            in_order(side.collect())
        };
        let (want, got) = (side(false), side(true));
        let marks: Vec<&Piece> = group.iter().filter(|&&at| at < known).map(|&at| &pieces[at]).collect();
        if marks.is_empty() && group.iter().all(|&at| in_the_way(&pieces[at], truth, &level)) {
            continue;
        }
        let count = Count { edits: distance(&want, &got), characters: want.chars().count() };
        if marks.iter().any(|piece| piece.signature) {
            edits.signature.add(count);
            continue;
        }
        edits.body.add(count);
        if marks.iter().any(|piece| piece.under_seal) {
            edits.under_seal.add(count);
        }
        if count.edits > 0 {
            edits.differing.push((want, got));
        }
    }
    edits
}

/// Turns places about the middle of the page until lines are level.
struct Level {
    sin: f32,
    cos: f32,
    centre: [f32; 2],
}

impl Level {
    fn of(truth: &PageTruth) -> Self {
        let (sin, cos) = truth.skew.to_radians().sin_cos();
        Self { sin, cos, centre: [truth.width as f32 / 2.0, truth.height as f32 / 2.0] }
    }

    /// Left, top, right, bottom.
    fn bounds(&self, quad: &Quad) -> [f32; 4] {
        let corners = quad.map(|[x, y]| {
            let (dx, dy) = (x - self.centre[0], y - self.centre[1]);
            [dx * self.cos - dy * self.sin, dx * self.sin + dy * self.cos]
        });
        let least = |axis: usize| corners.iter().map(|corner| corner[axis]).fold(f32::INFINITY, f32::min);
        let most = |axis: usize| corners.iter().map(|corner| corner[axis]).fold(f32::NEG_INFINITY, f32::max);
        [least(0), least(1), most(0), most(1)]
    }

    fn truth(&self, line: &hetong_corpus::scan::truth::LineTruth) -> Piece {
        Piece {
            bounds: self.bounds(&line.quad),
            text: normalised(&line.text),
            signature: line.role == Role::Signature,
            under_seal: line.under_seal,
        }
    }

    fn read(&self, line: &ReadLine) -> Piece {
        let text = normalised(&line.text);
        Piece { bounds: self.bounds(&line.quad), text, signature: false, under_seal: false }
    }
}

/// A stretch of text on the levelled page.
struct Piece {
    bounds: [f32; 4],
    text: String,
    signature: bool,
    under_seal: bool,
}

impl Piece {
    /// Whether two pieces share a line and some of its width.
    fn meets(&self, other: &Self) -> bool {
        let shared = |low: usize, high: usize| {
            let overlap = self.bounds[high].min(other.bounds[high]) - self.bounds[low].max(other.bounds[low]);
            let least = (self.bounds[high] - self.bounds[low]).min(other.bounds[high] - other.bounds[low]);
            overlap / least.max(1.0)
        };
        shared(1, 3) > 0.5 && shared(0, 2) > 0.3
    }

    fn middle(&self) -> f32 {
        (self.bounds[1] + self.bounds[3]) / 2.0
    }
}

/// The pieces that meet, directly or through others.
fn groups(pieces: &[Piece]) -> Vec<Vec<usize>> {
    let mut group: Vec<usize> = (0..pieces.len()).collect();
    for (i, piece) in pieces.iter().enumerate() {
        for j in 0..i {
            if group[i] != group[j] && piece.meets(&pieces[j]) {
                let (keep, drop) = (group[j], group[i]);
                group.iter_mut().filter(|name| **name == drop).for_each(|name| *name = keep);
            }
        }
    }
    let mut lists: std::collections::BTreeMap<usize, Vec<usize>> = std::collections::BTreeMap::new();
    for (piece, name) in group.into_iter().enumerate() {
        lists.entry(name).or_default().push(piece);
    }
    lists.into_values().collect()
}

/// The texts line by line, those of one height from left to right.
fn in_order(mut pieces: Vec<&Piece>) -> String {
    pieces.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
    let mut rows: Vec<Vec<&Piece>> = Vec::new();
    for piece in pieces {
        let height = piece.bounds[3] - piece.bounds[1];
        match rows.last_mut().filter(|row| piece.middle() - row[0].middle() < height / 2.0) {
            Some(row) => row.push(piece),
            None => rows.push(vec![piece]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.bounds[0].total_cmp(&b.bounds[0]));
    }
    rows.iter().flatten().map(|piece| piece.text.as_str()).collect()
}

/// What a seal says is judged as a seal's text.
fn is_seal_text(line: &ReadLine, truth: &PageTruth) -> bool {
    let text = normalised(&line.text);
    let says = |text: &str, seal: &str| !text.is_empty() && normalised(seal).contains(text);
    truth.seals.iter().any(|seal| {
        let [x, y] = [0, 1].map(|axis| line.quad.iter().map(|corner| corner[axis]).sum::<f32>() / 4.0);
        let [left, top, right, bottom] = seal.bounds;
        let inside = (left..=right).contains(&x) && (top..=bottom).contains(&y);
        inside && [&seal.name, &seal.purpose, &seal.serial].into_iter().any(|part| says(&text, part))
    })
}

/// Whether something read where nothing is printed stands on a seal or a signature, which are no text.
fn in_the_way(piece: &Piece, truth: &PageTruth, level: &Level) -> bool {
    let seals = truth.seals.iter().map(|seal| {
        let [left, top, right, bottom] = seal.bounds;
        level.bounds(&[[left, top], [right, top], [right, bottom], [left, bottom]])
    });
    let slots = truth.slots.iter().filter(|slot| slot.signed).map(|slot| level.bounds(&slot.quad));
    let (x, y) = ((piece.bounds[0] + piece.bounds[2]) / 2.0, piece.middle());
    seals.chain(slots).any(|[left, top, right, bottom]| {
        // Signatures reach beyond their place.
        let air = (bottom - top) / 2.0;
        (left - air..=right + air).contains(&x) && (top - air..=bottom + air).contains(&y)
    })
}

/// The least number of characters to insert, delete or change (Levenshtein).
pub fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, a) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in b.iter().enumerate() {
            let change = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
