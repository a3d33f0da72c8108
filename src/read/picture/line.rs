//! Lines that were read off a picture, on the straight page: how large their characters are, and where each stands.
//!
//! The models draw a box around a line, higher than its characters by a share that depends on the scan, and say only
//! roughly where a character stands in it. Where several ideographs follow each other, the distance between them is
//! the em, and tells how high the boxes of this page are drawn; the em of the other lines follows from that, and is
//! the usual one where it comes near it.

use hetong_ocr::{PageReading, TextLine};

use super::place::Frame;
use crate::read::layout::{ASCENT, DESCENT, Glyph, Symbol, to_frame};

/// Height of a line's box in ems, as the models usually draw it.
const BOX: f32 = 1.1;
/// Lines of known em from which the page tells how high its boxes are.
const ENOUGH_LINES: usize = 4;
/// Pairs of ideographs from which the distance between their middles is the em.
const ENOUGH_PAIRS: usize = 3;
/// Distance between the middles of two characters, in ems, from which there is a gap between them.
const GAP: f32 = 1.9;
/// What a box tells of a size is wrong by up to this factor.
const ROUGH: f32 = 1.35;
/// Sizes that differ by less than this factor are one size.
const SAME_SIZE: f32 = 1.18;
/// Middle of the em box over the baseline, in ems.
const MIDDLE: f32 = (ASCENT - DESCENT) / 2.0;

/// A character on the straight page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct PlacedCharacter {
    /// What was read.
    pub(super) c: char,
    /// Where it begins along its line, in points.
    pub(super) from: f32,
    /// Where it ends.
    pub(super) to: f32,
    /// How sure, 0 to 1.
    pub(super) confidence: f32,
}

impl PlacedCharacter {
    /// Its middle along the line.
    pub(super) fn centre(&self) -> f32 {
        (self.from + self.to) / 2.0
    }
}

/// A line on the straight page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlacedLine {
    /// Is it written downwards?
    pub(super) vertical: bool,
    /// Its middle across the direction of writing: y, or x of a vertical line.
    pub(super) middle: f32,
    /// The em, in points.
    pub(super) em: f32,
    /// Its characters.
    pub(super) characters: Vec<PlacedCharacter>,
}

impl PlacedLine {
    /// A line whose em is taken from the height of its box.
    fn new(line: &TextLine, frame: &Frame) -> Option<Self> {
        let [a, b, c, d] = line.quad.map(|corner| frame.straight(frame.shown(corner)));
        let middle = |p: (f32, f32), q: (f32, f32)| ((p.0 + q.0) / 2.0, (p.1 + q.1) / 2.0);
        let (start, end) = (middle(a, d), middle(b, c));
        let (dx, dy) = (end.0 - start.0, end.1 - start.1);
        let vertical = dy.abs() > 2.0 * dx.abs();
        let thick = (a.0 - d.0).hypot(a.1 - d.1).min((b.0 - c.0).hypot(b.1 - c.1));
        let (from, to, across) = if vertical {
            (start.1, end.1, (start.0 + end.0) / 2.0)
        } else {
            (start.0, end.0, (start.1 + end.1) / 2.0)
        };
        let placed =
            [from, to, across, thick].iter().all(|value| value.is_finite()) && to > from && thick > 0.0;
        if !placed || line.characters.is_empty() {
            return None;
        }
        let characters = line.characters.iter().map(|character| PlacedCharacter {
            c: character.char,
            from: from + character.from.clamp(0.0, 1.0) * (to - from),
            to: from + character.to.clamp(0.0, 1.0) * (to - from),
            confidence: character.confidence.clamp(0.0, 1.0),
        });
        Some(Self { vertical, middle: across, em: thick / BOX, characters: characters.collect() })
    }

    /// The usual distance between ideographs that follow each other, where the line has enough of them.
    fn pitch(&self) -> Option<f32> {
        let pairs = self.characters.windows(2);
        let steps = pairs
            .filter_map(|pair| match pair {
                [a, b] if is_wide(a.c) && is_wide(b.c) => Some(b.centre() - a.centre()),
                _ => None,
            })
            .collect();
        let pitch = median(steps, ENOUGH_PAIRS)?;
        (0.6 * self.em..1.15 * self.em).contains(&pitch).then_some(pitch)
    }

    /// The models say roughly where a character stands. Each gets the room up to its neighbours, unless there is a
    /// gap.
    fn close_up(&mut self) {
        let centres: Vec<f32> = self.characters.iter().map(PlacedCharacter::centre).collect();
        let half = self.em / 2.0;
        for (index, character) in self.characters.iter_mut().enumerate() {
            let centre = character.centre();
            let neighbour = |other: Option<usize>| other.and_then(|other| centres.get(other)).copied();
            let reach = |other: Option<f32>| match other.map(|other| (other - centre).abs()) {
                Some(distance) if distance <= GAP * self.em => distance / 2.0,
                Some(_) => half,
                None => {
                    if is_wide(character.c) {
                        half
                    } else {
                        half / 2.0
                    }
                }
            };
            let before = reach(neighbour(index.checked_sub(1)));
            let after = reach(neighbour(Some(index + 1)));
            (character.from, character.to) = (centre - before, centre + after);
        }
    }

    /// Mean over its characters.
    pub(super) fn confidence(&self) -> f32 {
        mean(self.characters.iter())
    }

    /// Appends its glyphs.
    pub(super) fn push_to(&self, glyphs: &mut Vec<Glyph>) {
        let baseline = MIDDLE * self.em;
        for character in &self.characters {
            let (along, across, direction) = if self.vertical {
                let (along, across) = to_frame(self.middle, character.from, 90);
                (along, across + baseline, 90)
            } else {
                (character.from, self.middle + baseline, 0)
            };
            glyphs.push(Glyph {
                along,
                across,
                advance: (character.to - character.from).max(0.0),
                size: self.em,
                direction,
                invisible: false,
                code: 0,
                symbol: Symbol::Char(character.c),
                confidence: Some(character.confidence),
            });
        }
    }
}

/// Mean confidence of characters that are not blank; 0 of none.
pub(super) fn mean<'a>(characters: impl Iterator<Item = &'a PlacedCharacter>) -> f32 {
    let (sum, count) = characters
        .filter(|character| !character.c.is_whitespace())
        .fold((0.0, 0u32), |(sum, count), character| (sum + character.confidence, count + 1));
    if count == 0 { 0.0 } else { sum / count as f32 }
}

/// Does the character fill an em?
fn is_wide(c: char) -> bool {
    c >= '\u{2E80}'
}

/// The lines of a reading on the straight page, those of nearly one size made one size: the outline is told by it.
pub(super) fn lines(reading: &PageReading, frame: &Frame) -> Vec<PlacedLine> {
    let mut lines: Vec<PlacedLine> =
        reading.lines.iter().filter_map(|line| PlacedLine::new(line, frame)).collect();
    measure(&mut lines);
    lines.iter_mut().for_each(PlacedLine::close_up);
    even_out(&mut lines);
    lines
}

/// Gives each line its em: the distance between its ideographs, or else what its box tells beside those of the page.
fn measure(lines: &mut [PlacedLine]) {
    let pitches: Vec<Option<f32>> = lines.iter().map(PlacedLine::pitch).collect();
    let shares = lines.iter().zip(&pitches).filter_map(|(line, pitch)| Some((*pitch)? / line.em));
    let share = median(shares.collect(), ENOUGH_LINES).unwrap_or(1.0);
    let usual = median(pitches.iter().copied().flatten().collect(), ENOUGH_LINES);
    let rough = |em: f32| match usual {
        Some(usual) if (usual / ROUGH..usual * ROUGH).contains(&em) => usual,
        _ => em,
    };
    for (line, pitch) in lines.iter_mut().zip(pitches) {
        line.em = pitch.unwrap_or_else(|| rough(line.em * share));
    }
}

/// The middle one, where there are enough of them.
fn median(mut values: Vec<f32>, enough: usize) -> Option<f32> {
    if values.len() < enough {
        return None;
    }
    let middle = values.len() / 2;
    Some(*values.select_nth_unstable_by(middle, f32::total_cmp).1)
}

/// Makes lines of nearly one size one size.
fn even_out(lines: &mut [PlacedLine]) {
    let em = |lines: &[PlacedLine], index: usize| lines.get(index).map_or(0.0, |line| line.em);
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by(|&a, &b| em(lines, a).total_cmp(&em(lines, b)));
    let mut rest = order.as_slice();
    while let Some(&smallest) = rest.first() {
        let bound = em(lines, smallest) * SAME_SIZE;
        let (same, larger) = rest.split_at(rest.partition_point(|&index| em(lines, index) <= bound));
        let usual = same.get(same.len() / 2).map_or(0.0, |&index| em(lines, index));
        for &index in same {
            if let Some(line) = lines.get_mut(index) {
                line.em = usual;
            }
        }
        rest = larger;
    }
}

#[cfg(test)]
mod tests {
    use hetong_ocr::{Character, Point};

    use super::*;
    use crate::read::sheet::Sheet;

    fn line(text: &str, corners: [(f32, f32); 4]) -> TextLine {
        let count = text.chars().count() as f32;
        let characters = text.chars().enumerate().map(|(index, char)| Character {
            char,
            from: (index as f32 + 0.3) / count,
            to: (index as f32 + 0.6) / count,
            confidence: 0.9,
        });
        TextLine {
            quad: corners.map(|(x, y)| Point { x, y }),
            characters: characters.collect(),
            confidence: 0.9,
            reread: false,
            red: false,
        }
    }

    /// A line from (100, `top`), whose characters are 12 wide and whose box is `height` high.
    fn level(text: &str, top: f32, height: f32) -> TextLine {
        let (right, bottom) = (100.0 + 12.0 * text.chars().count() as f32, top + height);
        line(text, [(100.0, top), (right, top), (right, bottom), (100.0, bottom)])
    }

    fn placed(lines_read: Vec<TextLine>, skew: f32) -> (Vec<PlacedLine>, Frame) {
        let sheet = Sheet { number: 1, width: 600.0, height: 800.0, rotation: 0 };
        let reading =
            PageReading { width: 600, height: 800, skew, lines: lines_read, ..PageReading::default() };
        let frame = Frame::new(sheet, sheet.bounds(), &reading, true);
        (lines(&reading, &frame), frame)
    }

    #[test]
    fn characters_close_up_to_their_neighbours() {
        let quad = [(100.0, 100.0), (180.0, 100.0), (180.0, 122.0), (100.0, 122.0)];
        let (lines, _) = placed(vec![line("甲方乙方", quad)], 0.0);
        assert!((lines[0].em - 20.0).abs() < 0.1, "{}", lines[0].em);
        let pairs = lines[0].characters.windows(2);
        assert!(pairs.clone().all(|pair| (pair[0].to - pair[1].from).abs() < 0.01), "{lines:?}");
    }

    #[test]
    fn a_line_that_rises_is_straightened() {
        let rise = 400.0 * 2f32.to_radians().tan();
        let quad = [(100.0, 300.0), (500.0, 300.0 - rise), (500.0, 322.0 - rise), (100.0, 322.0)];
        let (lines, frame) = placed(vec![line("一二三四五六七八九十一二三四五六七八九十", quad)], 2.0);
        assert!((lines[0].middle - frame.straight((100.0, 311.0)).1).abs() < 1.0);
    }

    #[test]
    fn the_size_of_a_short_line_is_learned_from_the_long_ones() {
        let long = "乙方逾期交货的每逾期一日支付违";
        let mut read: Vec<TextLine> =
            (0..5).map(|row| level(long, 100.0 + 20.0 * row as f32, 18.0)).collect();
        read.push(level("约金。", 200.0, 21.0));
        read.push(level("附件", 240.0, 27.0));
        let (lines, _) = placed(read, 0.0);
        let sizes: Vec<f32> = lines.iter().skip(4).map(|line| line.em).collect();
        assert!((sizes[0] - 12.0).abs() < 0.1 && sizes[0] == sizes[1], "{sizes:?}");
        assert!((sizes[2] - 18.0).abs() < 0.1, "{sizes:?}");
    }
}
