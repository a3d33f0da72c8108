//! Pixels of a picture → points of the page, and back upright.
//!
//! A sheet that lay askew in the scanner is straightened for the layout, which asks what stands in one row; boxes
//! are then given as the page shows them.

use hetong_ocr::{PageReading, Point, TextLine};

use crate::model::BBox;
use crate::model::geometry::turned_about;
use crate::read::layout::{ASCENT, DESCENT, Glyph, Marks, Rule, Symbol, to_frame};
use crate::read::sheet::Sheet;

/// Height of a line's box in ems, as the models draw it.
const BOX: f32 = 1.1;
/// Pairs of ideographs from which the distance between their middles is the em.
const ENOUGH_PAIRS: usize = 3;
/// Distance between the middles of two characters, in ems, from which there is a gap between them.
const GAP: f32 = 1.9;
/// Sizes that differ by less than this factor are one size.
const SAME_SIZE: f32 = 1.18;
/// Middle of the em box over the baseline, in ems.
const MIDDLE: f32 = (ASCENT - DESCENT) / 2.0;

/// Where the pixels of an upright picture lie on its sheet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    /// The sheet, turned upright.
    pub(super) sheet: Sheet,
    area: BBox,
    scale: (f32, f32),
    /// Degrees by which lines rise to the right; 0 where they are taken for level.
    pub(super) skew: f32,
    sin: f32,
    cos: f32,
}

impl Frame {
    /// The frame of a reading. `straighten` is false where the page's own text says what is level.
    pub(super) fn new(sheet: Sheet, area: BBox, reading: &PageReading, straighten: bool) -> Self {
        let area = sheet.box_turned(area, reading.turn);
        let scale =
            (area.width() / reading.width.max(1) as f32, area.height() / reading.height.max(1) as f32);
        let skew = if straighten && reading.skew.is_finite() { reading.skew.clamp(-10.0, 10.0) } else { 0.0 };
        let (sin, cos) = skew.to_radians().sin_cos();
        Self { sheet: sheet.turned(reading.turn), area, scale, skew, sin, cos }
    }

    /// A pixel's place on the page as displayed.
    fn shown(&self, point: Point) -> (f32, f32) {
        (self.area.x0 + point.x * self.scale.0, self.area.y0 + point.y * self.scale.1)
    }

    /// Does the picture lie straight on its sheet?
    pub(super) fn is_level(&self) -> bool {
        self.skew == 0.0
    }

    /// A place of the page as displayed, once the page is straight.
    pub(super) fn straight(&self, place: (f32, f32)) -> (f32, f32) {
        turned_about(self.centre(), place, (self.sin, self.cos))
    }

    /// A place of the straight page, as displayed.
    fn askew(&self, place: (f32, f32)) -> (f32, f32) {
        turned_about(self.centre(), place, (-self.sin, self.cos))
    }

    fn centre(&self) -> (f32, f32) {
        (self.sheet.width / 2.0, self.sheet.height / 2.0)
    }

    /// A box of pixels, in points of the page as displayed and within it.
    pub(super) fn bbox(&self, [left, top, right, bottom]: [f32; 4]) -> BBox {
        let (x0, y0) = self.shown(Point { x: left, y: top });
        let (x1, y1) = self.shown(Point { x: right, y: bottom });
        self.within(x0, y0, x1, y1)
    }

    fn within(&self, x0: f32, y0: f32, x1: f32, y1: f32) -> BBox {
        let (width, height) = (self.sheet.width, self.sheet.height);
        BBox::new(x0.clamp(0.0, width), y0.clamp(0.0, height), x1.clamp(0.0, width), y1.clamp(0.0, height))
    }

    /// A line of the straight page, with its places as displayed.
    pub(super) fn as_displayed(&self, mut line: crate::model::Line) -> crate::model::Line {
        let BBox { x0, y0, x1, y1 } = line.bbox;
        let middle = (y0 + y1) / 2.0;
        let half = (y1 - y0) / 2.0;
        let (left, right) = (self.askew((x0, middle)), self.askew((x1, middle)));
        line.bbox = self.within(left.0, left.1.min(right.1) - half, right.0, left.1.max(right.1) + half);
        for edge in &mut line.edges {
            *edge = crate::model::geometry::tenth(self.askew((*edge, middle)).0.clamp(0.0, self.sheet.width));
        }
        line
    }

    /// The rules of tables, on the straight page.
    pub(super) fn rules(&self, reading: &PageReading, marks: &mut Marks) {
        for ruling in &reading.rulings {
            let (ax, ay) = self.straight(self.shown(ruling.from));
            let (bx, by) = self.straight(self.shown(ruling.to));
            if (bx - ax).abs() >= (by - ay).abs() {
                marks.horizontal.push(Rule { from: ax.min(bx), to: ax.max(bx), at: (ay + by) / 2.0 });
            } else {
                marks.vertical.push(Rule { from: ay.min(by), to: ay.max(by), at: (ax + bx) / 2.0 });
            }
        }
    }
}

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
        let mut line = Self { vertical, middle: across, em: thick / BOX, characters: characters.collect() };
        line.em = line.pitch().unwrap_or(line.em);
        line.close_up();
        Some(line)
    }

    /// The usual distance between ideographs that follow each other, where the line has enough of them.
    fn pitch(&self) -> Option<f32> {
        let pairs = self.characters.windows(2);
        let mut steps: Vec<f32> = pairs
            .filter_map(|pair| match pair {
                [a, b] if is_wide(a.c) && is_wide(b.c) => Some(b.centre() - a.centre()),
                _ => None,
            })
            .collect();
        if steps.len() < ENOUGH_PAIRS {
            return None;
        }
        let middle = steps.len() / 2;
        let pitch = *steps.select_nth_unstable_by(middle, f32::total_cmp).1;
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
    let mut order: Vec<usize> = (0..lines.len()).collect();
    let em = |lines: &[PlacedLine], index: usize| lines.get(index).map_or(0.0, |line| line.em);
    order.sort_by(|&a, &b| em(&lines, a).total_cmp(&em(&lines, b)));
    let mut rest = order.as_slice();
    while let Some(&smallest) = rest.first() {
        let bound = em(&lines, smallest) * SAME_SIZE;
        let (same, larger) = rest.split_at(rest.partition_point(|&index| em(&lines, index) <= bound));
        let usual = same.get(same.len() / 2).map_or(0.0, |&index| em(&lines, index));
        for &index in same {
            if let Some(line) = lines.get_mut(index) {
                line.em = usual;
            }
        }
        rest = larger;
    }
    lines
}

#[cfg(test)]
mod tests {
    use hetong_ocr::{Character, Turn};

    use super::*;

    fn sheet() -> Sheet {
        Sheet { number: 1, width: 600.0, height: 800.0, rotation: 0 }
    }

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

    #[test]
    fn pixels_become_points_of_the_turned_page() {
        let reading = PageReading { turn: Turn::Right, width: 1600, height: 1200, ..PageReading::default() };
        let frame = Frame::new(sheet(), sheet().bounds(), &reading, true);
        assert_eq!((frame.sheet.width, frame.sheet.height, frame.sheet.rotation), (800.0, 600.0, 90));
        assert_eq!(frame.bbox([160.0, 120.0, 320.0, 240.0]), BBox::new(80.0, 60.0, 160.0, 120.0));
    }

    #[test]
    fn characters_close_up_to_their_neighbours() {
        let reading = PageReading { width: 600, height: 800, ..PageReading::default() };
        let frame = Frame::new(sheet(), sheet().bounds(), &reading, true);
        let quad = [(100.0, 100.0), (180.0, 100.0), (180.0, 122.0), (100.0, 122.0)];
        let placed = PlacedLine::new(&line("甲方乙方", quad), &frame).expect("a line");
        assert!((placed.em - 20.0).abs() < 0.1, "{}", placed.em);
        let pairs = placed.characters.windows(2);
        assert!(pairs.clone().all(|pair| (pair[0].to - pair[1].from).abs() < 0.01), "{placed:?}");
    }

    #[test]
    fn a_line_that_rises_is_straightened_and_put_back() {
        let reading = PageReading { width: 600, height: 800, skew: 2.0, ..PageReading::default() };
        let frame = Frame::new(sheet(), sheet().bounds(), &reading, true);
        let rise = 400.0 * 2f32.to_radians().tan();
        let quad = [(100.0, 300.0), (500.0, 300.0 - rise), (500.0, 322.0 - rise), (100.0, 322.0)];
        let placed = PlacedLine::new(&line("一二三四五六七八九十一二三四五六七八九十", quad), &frame);
        let placed = placed.expect("a line");
        let start = frame.straight((100.0, 311.0));
        let end = frame.straight((500.0, 311.0 - rise));
        assert!((start.1 - end.1).abs() < 0.1, "{start:?} {end:?}");
        let back = frame.askew(start);
        assert!((back.0 - 100.0).abs() < 0.01 && (back.1 - 311.0).abs() < 0.01);
        assert!((placed.middle - start.1).abs() < 1.0);
    }
}
