//! Which way up a page lies.
//!
//! PP-LCNet looks at the middle of the page and names one of four turns. It is right on nearly all pages of text and
//! must be believed on none: a page wrongly turned is lost. So a page is left as it lies unless the model says
//! otherwise, and then only turned if a few of its lines read better that way.

use crate::detect::{Detector, Region};
use crate::geometry::distance;
use crate::net::{Net, NetError, Runtime};
use crate::reading::Quad;
use crate::recognise::{Recogniser, Strip, confidence};
use crate::resample::{Planes, resample};
use crate::settings::Clock;
use crate::{Picture, ReadingError, Turn, model};

/// The shorter side of what the model looks at, and the square in its middle that it sees.
const SHORT_SIDE: usize = 256;
const SQUARE: usize = 224;
/// Longer sides are cut to this before: the square is in the middle anyway.
const LONGEST: usize = 4 * SHORT_SIDE;
/// Mean and deviation of red, green and blue in the pictures the model was taught with (ImageNet), of 1.
const MEAN: [f32; 3] = [0.485, 0.456, 0.406];
const DEVIATION: [f32; 3] = [0.229, 0.224, 0.225];
/// A page is upright without a look at its lines if the model is this sure.
const SURE: f32 = 0.8;
/// Turns less probable than this are not tried.
const LIKELY: f32 = 0.05;
/// So many lines are read to compare turns.
const SAMPLE: usize = 6;
/// A turn has to read better by this than the page as it lies.
const MARGIN: f32 = 0.08;

/// A page that stands upright, and its lines.
pub(crate) struct Upright {
    /// The picture.
    pub picture: Picture,
    /// How it was turned.
    pub turn: Turn,
    /// Its lines.
    pub regions: Vec<Region>,
    /// Did the model and the lines disagree?
    pub doubtful: bool,
}

/// The model.
pub(crate) struct Orienter {
    net: Net,
}

impl Orienter {
    /// Loads the model.
    ///
    /// # Errors
    ///
    /// [`NetError::Load`].
    pub(crate) fn load(runtime: Runtime) -> Result<Self, NetError> {
        Ok(Self { net: Net::load_with(model::ORIENTATION, runtime)? })
    }

    /// The probability of each turn that would set the picture upright, most probable first.
    ///
    /// # Errors
    ///
    /// [`NetError::Run`].
    pub(crate) fn guess(&mut self, picture: &Picture) -> Result<Vec<(Turn, f32)>, NetError> {
        let output = self.net.run([1, 3, SQUARE, SQUARE], &tensor(picture))?;
        // The classes are how far the page was turned: 0°, 90°, 180°, 270°.
        let turns = [Turn::None, Turn::Left, Turn::Half, Turn::Right];
        let mut guesses: Vec<(Turn, f32)> = turns.into_iter().zip(output.data).collect();
        guesses.sort_by(|a, b| b.1.total_cmp(&a.1));
        Ok(guesses)
    }
}

/// The middle of the picture as the model takes it.
fn tensor(picture: &Picture) -> Vec<f32> {
    let (width, height) = (picture.width(), picture.height());
    let scale = SHORT_SIDE as f32 / width.min(height) as f32;
    let size = |side: usize| ((side as f32 * scale).round() as usize).clamp(SHORT_SIDE, LONGEST);
    let planes = resample(picture, size(width), size(height));
    let (left, top) = ((planes.width - SQUARE) / 2, (planes.height - SQUARE) / 2);
    let channel = |channel: usize| square(&planes, channel, left, top);
    (0..3).flat_map(channel).collect()
}

fn square(planes: &Planes, channel: usize, left: usize, top: usize) -> impl Iterator<Item = f32> + '_ {
    let (mean, deviation) = (MEAN[channel], DEVIATION[channel]);
    let rows = planes.data.chunks_exact(planes.width).skip(channel * planes.height + top).take(SQUARE);
    rows.flat_map(move |row| {
        row[left..left + SQUARE].iter().map(move |value| (value / 255.0 - mean) / deviation)
    })
}

/// Sets a page upright and finds its lines.
///
/// # Errors
///
/// [`ReadingError::Net`], [`ReadingError::OutOfTime`].
pub(crate) fn upright(
    picture: Picture,
    orienter: &mut Orienter,
    detector: &mut Detector,
    recogniser: &mut Recogniser,
    clock: Clock,
) -> Result<Upright, ReadingError> {
    let guesses = orienter.guess(&picture)?;
    clock.check()?;
    let lies = Upright { regions: detector.lines(&picture)?, turn: Turn::None, picture, doubtful: false };
    let sure = guesses.first().is_some_and(|&(turn, share)| turn == Turn::None && share >= SURE);
    if sure || lies.regions.is_empty() {
        return Ok(lies);
    }
    let turns: Vec<Turn> =
        guesses.iter().filter(|(_, share)| *share >= LIKELY).map(|guess| guess.0).collect();
    best_turn(lies, &turns, detector, recogniser, clock)
}

/// The page, turned the way that its lines read best.
///
/// # Errors
///
/// As [`upright`].
pub(crate) fn best_turn(
    lies: Upright,
    turns: &[Turn],
    detector: &mut Detector,
    recogniser: &mut Recogniser,
    clock: Clock,
) -> Result<Upright, ReadingError> {
    let as_it_lies = legibility(&lies, recogniser, clock)?;
    let mut best: Option<(Upright, f32)> = None;
    for &turn in turns.iter().filter(|&&turn| turn != Turn::None) {
        clock.check()?;
        let picture = lies.picture.turned(turn);
        let turned = Upright { regions: detector.lines(&picture)?, turn, picture, doubtful: false };
        let legible = legibility(&turned, recogniser, clock)?;
        if best.as_ref().is_none_or(|(_, most)| legible > *most) {
            best = Some((turned, legible));
        }
    }
    match best {
        Some((turned, legible)) if legible > as_it_lies + MARGIN => Ok(turned),
        _ => Ok(Upright { doubtful: turns.first().is_some_and(|&turn| turn != Turn::None), ..lies }),
    }
}

/// How well the longest lines of a page read as they stand, 0 to 1. Lines that run down count as illegible: on a
/// page of them, the page lies on its side.
fn legibility(page: &Upright, recogniser: &mut Recogniser, clock: Clock) -> Result<f32, ReadingError> {
    let length = |quad: &Quad| distance(quad[0], quad[1]).max(distance(quad[0], quad[3]));
    let mut quads: Vec<&Quad> =
        page.regions.iter().filter(|region| !region.red).map(|region| &region.quad).collect();
    quads.sort_by(|a, b| length(b).total_cmp(&length(a)));
    quads.truncate(SAMPLE);
    let (level, _): (Vec<&Quad>, Vec<&Quad>) =
        quads.iter().copied().partition(|quad| distance(quad[0], quad[1]) >= distance(quad[0], quad[3]));
    let strips: Vec<Strip> = level.iter().map(|quad| Strip::cut_out(&page.picture, quad)).collect();
    let read = recogniser.read(&strips.iter().collect::<Vec<_>>(), clock)?;
    let sum: f32 = read.iter().map(|characters| confidence(characters)).sum();
    Ok(sum / quads.len().max(1) as f32)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_model_sees_a_square_of_any_picture(width in 1usize..600, height in 1usize..600) {
            let picture = Picture::from_gray(width, height, &vec![255; width * height]).expect("a picture");
            let data = tensor(&picture);
            prop_assert_eq!(data.len(), 3 * SQUARE * SQUARE);
        }
    }
}
