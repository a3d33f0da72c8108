//! Reads lines.
//!
//! A line is cut out of the picture as a [`Strip`], level and 48 rows high. The model (PP-OCRv6 recognise) gives for
//! each step of 8 columns the probability of every character; [`ctc`] makes text of that.

mod batch;
mod ctc;
mod strip;

pub(crate) use strip::{HEIGHT, Strip};

use crate::net::{Net, NetError, Runtime};
use crate::reading::Character;
use crate::settings::Clock;
use crate::{ReadingError, model};
use ctc::Alphabet;

/// A recogniser.
pub(crate) struct Recogniser {
    net: Net,
    alphabet: Alphabet,
    /// Columns read so far, padding included.
    pub columns: u64,
}

impl Recogniser {
    /// Loads the fast model or the strong one.
    ///
    /// # Errors
    ///
    /// [`NetError::Load`].
    pub(crate) fn load(strong: bool, runtime: Runtime) -> Result<Self, NetError> {
        let (onnx, characters) = match strong {
            true => (model::SMALL_RECOGNISE, model::SMALL_CHARACTERS),
            false => (model::TINY_RECOGNISE, model::TINY_CHARACTERS),
        };
        Ok(Self { net: Net::load_with(onnx, runtime)?, alphabet: Alphabet::parse(characters), columns: 0 })
    }

    /// The characters of each strip, at places from 0 to 1 along it.
    ///
    /// # Errors
    ///
    /// [`ReadingError::Net`], [`ReadingError::OutOfTime`].
    pub(crate) fn read(
        &mut self,
        strips: &[&Strip],
        clock: Clock,
    ) -> Result<Vec<Vec<Character>>, ReadingError> {
        let pieces: Vec<_> = strips.iter().map(|strip| batch::pieces(strip)).collect();
        let cut = strips
            .iter()
            .zip(&pieces)
            .flat_map(|(strip, pieces)| pieces.iter().map(|piece| strip.columns(piece.start, piece.end)));
        let cut: Vec<Strip> = cut.collect();
        let mut read = self.read_short(&cut, clock)?.into_iter();
        let whole = strips.iter().zip(&pieces).map(|(strip, pieces)| {
            let parts = pieces.iter().zip(read.by_ref());
            let share = |column: f32| column / strip.width().max(1) as f32;
            parts
                .flat_map(|(piece, characters)| {
                    let (from, length) = (share(piece.start as f32), share(piece.len() as f32));
                    characters.into_iter().map(move |character| moved(character, from, length))
                })
                .collect()
        });
        Ok(whole.collect())
    }

    fn read_short(&mut self, strips: &[Strip], clock: Clock) -> Result<Vec<Vec<Character>>, ReadingError> {
        let widths: Vec<usize> = strips.iter().map(Strip::width).collect();
        let mut found = vec![Vec::new(); strips.len()];
        for group in batch::groups(&widths) {
            clock.check()?;
            let members: Vec<&Strip> = group.iter().map(|&index| &strips[index]).collect();
            for (index, characters) in group.iter().zip(self.run(&members)?) {
                found[*index] = characters;
            }
        }
        Ok(found)
    }

    /// Reads strips in one go.
    fn run(&mut self, strips: &[&Strip]) -> Result<Vec<Vec<Character>>, NetError> {
        let width = batch::padded(strips.iter().map(|strip| strip.width()).max().unwrap_or_default());
        self.columns += (width * strips.len()) as u64;
        let read = self.net.run_top([strips.len(), 3, HEIGHT, width], &batch::tensor(strips, width))?;
        let lines = read.iter().zip(strips).map(|(steps, strip)| {
            let on_line = strip.width() as f32 * steps.len() as f32 / width as f32;
            ctc::decode(steps, on_line, &self.alphabet)
        });
        Ok(lines.collect())
    }
}

/// A character of a piece that begins at `from` of a line and is `length` of it long.
fn moved(character: Character, from: f32, length: f32) -> Character {
    Character { from: from + character.from * length, to: from + character.to * length, ..character }
}

/// The mean confidence of characters; 0 without any.
pub(crate) fn confidence(characters: &[Character]) -> f32 {
    let sum: f32 = characters.iter().map(|character| character.confidence).sum();
    sum / characters.len().max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_and_their_lists_of_characters_fit() {
        for strong in [false, true] {
            let mut recogniser = Recogniser::load(strong, Runtime::best()).expect("a model");
            let input = vec![0.0; 3 * HEIGHT * 32];
            let output = recogniser.net.run([1, 3, HEIGHT, 32], &input).expect("an answer");
            assert_eq!(output.shape.last(), Some(&recogniser.alphabet.classes()));
        }
    }
}
