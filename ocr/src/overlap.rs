//! Boxes of one row that overlap: the character that stands in both is told once.
//!
//! The detector draws its boxes a little wider than the ink. Where a row is two lines (合同编号：SJ-2025-96　签订日期：…),
//! the box of the second may begin on the last character of the first, which would then be read twice, and a number get
//! a figure too many.

use crate::geometry::distance;
use crate::reading::{Character, Point, TextLine};

/// Characters whose middles are nearer than this share of their line's height are one.
const ONE: f32 = 0.3;

/// Drops characters that were read in two lines from the one that is less sure of them, and lines of which nothing is
/// left.
pub(crate) fn tell_once(lines: &mut Vec<TextLine>) {
    for before in 0..lines.len() {
        for behind in 0..lines.len() {
            if before != behind {
                while drop_twin(lines, before, behind) {}
            }
        }
    }
    lines.retain(|line| !line.characters.is_empty());
}

/// Is the last character of one line the first of another? Then it is dropped from one of them, with blanks beside it.
fn drop_twin(lines: &mut [TextLine], before: usize, behind: usize) -> bool {
    let (Some(&last), Some(&first)) = (lines[before].characters.last(), lines[behind].characters.first())
    else {
        return false;
    };
    let apart = distance(middle(&lines[before], &last), middle(&lines[behind], &first));
    let reach = ONE * height(&lines[before]).min(height(&lines[behind]));
    // What a seal says over a line is no part of it.
    let twins = apart < reach && lines[before].red == lines[behind].red;
    if twins && last.confidence < first.confidence {
        let characters = &mut lines[before].characters;
        characters.pop();
        characters.truncate(characters.iter().rposition(is_ink).map_or(0, |at| at + 1));
    } else if twins {
        let characters = &mut lines[behind].characters;
        characters.remove(0);
        characters.drain(..characters.iter().position(is_ink).unwrap_or(characters.len()));
    }
    twins
}

/// The middle of a character on the picture.
fn middle(line: &TextLine, character: &Character) -> Point {
    let [a, b, c, d] = line.quad;
    let share = (character.from + character.to) / 2.0;
    let along = |start: Point, end: Point| Point {
        x: start.x + share * (end.x - start.x),
        y: start.y + share * (end.y - start.y),
    };
    let (top, low) = (along(a, b), along(d, c));
    Point { x: (top.x + low.x) / 2.0, y: (top.y + low.y) / 2.0 }
}

fn height(line: &TextLine) -> f32 {
    distance(line.quad[0], line.quad[3])
}

fn is_ink(character: &Character) -> bool {
    !character.char.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line of characters 20 wide and 40 high that begins at `x`; its first is as sure as told.
    fn line(text: &str, x: f32, first: f32) -> TextLine {
        let count = text.chars().count() as f32;
        let corner = |x, y| Point { x, y };
        let right = x + 20.0 * count;
        let characters = text.chars().enumerate().map(|(index, char)| Character {
            char,
            from: index as f32 / count,
            to: (index + 1) as f32 / count,
            confidence: if index == 0 { first } else { 0.99 },
        });
        TextLine {
            quad: [corner(x, 10.0), corner(right, 10.0), corner(right, 50.0), corner(x, 50.0)],
            characters: characters.collect(),
            confidence: 0.99,
            reread: false,
            red: false,
        }
    }

    fn told(mut lines: Vec<TextLine>) -> Vec<String> {
        tell_once(&mut lines);
        lines.iter().map(|line| line.characters.iter().map(|c| c.char).collect()).collect()
    }

    #[test]
    fn a_character_of_two_boxes_is_told_by_the_surer_line() {
        assert_eq!(told(vec![line("2025-96", 100.0, 0.9), line("6 签订", 221.0, 0.6)]), ["2025-96", "签订"]);
        assert_eq!(told(vec![line("b签订", 221.0, 0.6), line("2025-96", 100.0, 0.9)]), ["签订", "2025-96"]);
        let unsure = Character { confidence: 0.4, ..line("8", 0.0, 0.4).characters[0] };
        let mut first = line("2025-98", 100.0, 0.9);
        first.characters[6] = Character { from: 6.0 / 7.0, to: 1.0, ..unsure };
        assert_eq!(told(vec![first, line("6签订", 221.0, 0.9)]), ["2025-9", "6签订"]);
    }

    #[test]
    fn neighbours_and_lines_below_each_other_stay() {
        assert_eq!(told(vec![line("2025-9", 100.0, 0.9), line("96签订", 220.0, 0.9)]), ["2025-9", "96签订"]);
        let mut below = line("6签订", 221.0, 0.9);
        below.quad.iter_mut().for_each(|corner| corner.y += 45.0);
        assert_eq!(told(vec![line("2025-96", 100.0, 0.9), below]), ["2025-96", "6签订"]);
    }

    #[test]
    fn a_line_of_which_nothing_is_left_goes() {
        assert_eq!(told(vec![line("2025-96", 100.0, 0.9), line("6", 220.0, 0.6)]), ["2025-96"]);
        assert!(told(Vec::new()).is_empty());
    }
}
