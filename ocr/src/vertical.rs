//! Upright characters one below the other (竖排), put side by side so that they can be read.

use std::ops::Range;

use crate::reading::Character;
use crate::recognise::{HEIGHT, Strip};

/// Where the characters of a column went.
#[derive(Debug, Clone)]
pub(crate) struct Stack {
    /// Columns of the lying strip, in reading order.
    cells: Vec<Range<usize>>,
    /// Columns of the lying strip.
    length: usize,
}

/// A gap has less ink than this share of the mean.
const GAP: f32 = 0.08;
/// A character is at most this much higher than wide.
const HIGHEST: f32 = 1.15;

impl Stack {
    /// From the strip that holds the column lying on its left side, tops to the right of the page: each character is
    /// turned up again and set beside the one above it. `None` if there are no two characters.
    pub(crate) fn of(lying: &Strip) -> Option<(Self, Strip)> {
        let cells = cells(&lying.ink());
        if cells.len() < 2 {
            return None;
        }
        let mut upright = Strip::blank(cells.len() * HEIGHT, ground(lying));
        for (index, cell) in cells.iter().enumerate() {
            turn_up(lying, cell, &mut upright, index * HEIGHT);
        }
        Some((Self { cells, length: lying.width() }, upright))
    }

    /// Characters at places along the lying strip again.
    pub(crate) fn places(&self, characters: Vec<Character>) -> Vec<Character> {
        characters.into_iter().filter_map(|character| self.place(character)).collect()
    }

    fn place(&self, character: Character) -> Option<Character> {
        let middle = (character.from + character.to) / 2.0 * self.cells.len() as f32;
        let cell = self.cells.get((middle as usize).min(self.cells.len() - 1))?;
        let share = |column: usize| column as f32 / self.length.max(1) as f32;
        Some(Character { from: share(cell.start), to: share(cell.end), ..character })
    }
}

/// The brightest common colour.
fn ground(strip: &Strip) -> [u8; 3] {
    let brightness = |pixel: &&[u8; 3]| pixel.iter().map(|&value| u32::from(value)).sum::<u32>();
    strip.pixels().iter().step_by(5).max_by_key(brightness).copied().unwrap_or([255; 3])
}

/// The columns of each character: stretches with ink, joined as long as they are not too long for one.
fn cells(ink: &[f32]) -> Vec<Range<usize>> {
    let mean = ink.iter().sum::<f32>() / ink.len().max(1) as f32;
    let most = (HEIGHT as f32 * 0.75 * HIGHEST) as usize;
    let mut cells: Vec<Range<usize>> = Vec::new();
    for (x, _) in ink.iter().enumerate().filter(|&(_, &value)| value > mean * GAP) {
        match cells.last_mut() {
            Some(cell) if x + 1 - cell.start <= most => cell.end = x + 1,
            _ => cells.push(x..x + 1),
        }
    }
    cells
}

/// Paints a cell, turned clockwise back, in the middle of a square of the upright strip.
fn turn_up(lying: &Strip, cell: &Range<usize>, upright: &mut Strip, left: usize) {
    let top = HEIGHT.saturating_sub(cell.len()) / 2;
    let source: Vec<&[[u8; 3]]> = lying.rows().collect();
    for (y, row) in upright.rows_mut().enumerate().skip(top).take(cell.len()) {
        for (x, pixel) in row[left..left + HEIGHT].iter_mut().enumerate() {
            *pixel = source[HEIGHT - 1 - x][cell.start + y - top];
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A strip with ink in the given columns, in its upper row third.
    fn strip(width: usize, ink: &[(usize, usize)]) -> Strip {
        let mut strip = Strip::blank(width, [255; 3]);
        for row in strip.rows_mut().take(20) {
            for &(from, to) in ink {
                row[from..to].fill([0; 3]);
            }
        }
        strip
    }

    #[test]
    fn strokes_of_one_character_stay_together() {
        let (stack, upright) =
            Stack::of(&strip(120, &[(5, 10), (25, 30), (60, 64), (80, 84)])).expect("two characters");
        assert_eq!(stack.cells, [5..30, 60..84]);
        assert_eq!(upright.width(), 96);
        // What was above in the lying strip is at the right again.
        let middle = upright.rows().nth(12).expect("a row").to_vec();
        assert_eq!((middle[2][0], middle[45][0]), (255, 0));
    }

    #[test]
    fn one_character_is_no_column() {
        assert!(Stack::of(&strip(60, &[(5, 30)])).is_none());
        assert!(Stack::of(&Strip::blank(60, [255; 3])).is_none());
    }

    proptest! {
        #[test]
        fn no_column_panics(ink in prop::collection::vec(0f32..900.0, 0..300)) {
            let cells = cells(&ink);
            prop_assert!(cells.windows(2).all(|pair| pair[0].end <= pair[1].start));
            prop_assert!(cells.iter().all(|cell| cell.len() <= HEIGHT && cell.end <= ink.len()));
        }
    }
}
