//! What was read against what stands on the page: edits, whatever the order of lines.
//!
//! Lines that lie on each other make a group (a reader may cut or join lines); the texts of a group, in reading
//! order, are compared by edit distance. Before that both sides are normalised: NFKC, white space dropped, double
//! quotes dropped, 、 and 。 as comma and stop, brackets and dashes of one kind.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::truth::{LineTruth, PageTruth, Quad, Role};

/// What an engine says about a page; places are pixels of the upright picture.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Reading {
    /// Its lines, in any order.
    pub lines: Vec<ReadLine>,
    /// Its seals.
    pub seals: Vec<ReadSeal>,
    /// Degrees clockwise.
    pub turn: u16,
}

/// A line, with its corners on the upright picture.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReadLine {
    /// What it says.
    pub text: String,
    /// Where.
    pub quad: Quad,
}

/// A seal.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReadSeal {
    /// Left, top, right, bottom.
    pub bounds: [f32; 4],
    /// The name.
    pub text: String,
    /// The line for the purpose.
    pub purpose: String,
}

/// Edits and characters of the truth.
#[derive(Debug, Clone, Copy, Default)]
pub struct Count {
    /// Characters to insert, delete or change.
    pub edits: usize,
    /// Characters that are true.
    pub characters: usize,
}

impl Count {
    /// Adds another count.
    pub fn add(&mut self, other: Self) {
        self.edits += other.edits;
        self.characters += other.characters;
    }

    /// Edits in a hundred characters.
    pub fn percent(self) -> f64 {
        100.0 * self.edits as f64 / self.characters.max(1) as f64
    }
}

/// The edits of a page.
#[derive(Debug, Clone, Default)]
pub struct Edits {
    /// Everything but the signature block.
    pub body: Count,
    /// The part of the body that seals touch.
    pub under_seal: Count,
    /// The signature block.
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

    fn truth(&self, line: &LineTruth) -> Piece {
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
    let mut lists: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
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

#[cfg(test)]
mod tests {
    use super::*;

    fn quad(left: f32, top: f32, right: f32, bottom: f32) -> Quad {
        [[left, top], [right, top], [right, bottom], [left, bottom]]
    }

    fn line(text: &str, quad: Quad) -> ReadLine {
        ReadLine { text: text.to_owned(), quad }
    }

    fn page(lines: &[(&str, Quad)], skew: f32) -> PageTruth {
        let line = |(text, quad): &(&str, Quad)| LineTruth {
            text: (*text).to_owned(),
            quad: *quad,
            role: Role::Body,
            cell: None,
            under_seal: false,
        };
        PageTruth {
            file: String::new(),
            variant: String::new(),
            source: String::new(),
            page: 1,
            font: String::new(),
            dpi: 100,
            width: 800,
            height: 1000,
            turn: 0,
            skew,
            lines: lines.iter().map(line).collect(),
            tables: Vec::new(),
            seals: Vec::new(),
            slots: Vec::new(),
        }
    }

    fn count(truth: &PageTruth, lines: Vec<ReadLine>) -> [usize; 2] {
        let edits = edits(truth, &Reading { lines, ..Reading::default() });
        [edits.body.edits, edits.body.characters]
    }

    #[test]
    fn order_and_cuts_of_lines_do_not_matter() {
        let truth = page(
            &[("甲方乙方", quad(100.0, 100.0, 180.0, 120.0)), ("丙方", quad(100.0, 140.0, 140.0, 160.0))],
            0.0,
        );
        let read = vec![
            line("丙方", quad(98.0, 139.0, 142.0, 161.0)),
            line("乙方", quad(141.0, 99.0, 182.0, 121.0)),
            line("甲方", quad(99.0, 101.0, 139.0, 122.0)),
        ];
        assert_eq!(count(&truth, read), [0, 6]);
    }

    #[test]
    fn missing_wrong_and_invented_characters_count() {
        let truth = page(
            &[("甲方乙方", quad(100.0, 100.0, 180.0, 120.0)), ("丙方", quad(100.0, 140.0, 140.0, 160.0))],
            0.0,
        );
        let read = vec![
            line("申方乙方", quad(100.0, 100.0, 180.0, 120.0)),
            line("丁", quad(500.0, 500.0, 520.0, 520.0)),
        ];
        assert_eq!(count(&truth, read), [1 + 2 + 1, 6]);
    }

    #[test]
    fn a_skewed_page_is_levelled() {
        // Lines of 600 pixels that rise by 3° reach over the next line's height.
        let rise = 600.0 * 3.0_f32.to_radians().sin();
        let slanted =
            |top: f32| [[100.0, top], [700.0, top - rise], [700.0, top + 20.0 - rise], [100.0, top + 20.0]];
        let truth = page(&[("第一行", slanted(300.0)), ("第二行", slanted(330.0))], 3.0);
        let read = vec![line("第二行", slanted(331.0)), line("第一行", slanted(299.0))];
        assert_eq!(count(&truth, read), [0, 6]);
    }

    #[test]
    fn punctuation_of_one_kind_is_the_same() {
        assert_eq!(normalised("甲、乙 “丙”。〔2024〕１２"), normalised("甲,乙丙.(2024)12"));
        assert_eq!(distance("合同总价", "合同价款"), 2);
    }
}
