//! What stands on a page besides lines of text: seals, rules of tables, ink.

use crate::reading::{Ink, Point, Ruling, SealMark, TextLine};
use crate::recognise::{Recogniser, Strip};
use crate::settings::Clock;
use crate::{Picture, ReadingError, ink, ruling, seal};

/// What was seen.
#[derive(Debug, Default)]
pub(crate) struct Sights {
    pub(crate) seals: Vec<SealMark>,
    pub(crate) rulings: Vec<Ruling>,
    pub(crate) ink: Vec<Ink>,
}

/// Looks at an upright page whose lines have been read and rise by `skew` degrees. `recogniser` gives the model that
/// reads what seals say; it is asked only when there is a seal.
///
/// # Errors
///
/// [`ReadingError::Net`], [`ReadingError::OutOfTime`].
pub(crate) fn look<'r>(
    picture: &Picture,
    lines: &[TextLine],
    skew: f32,
    recogniser: impl FnOnce() -> Result<&'r mut Recogniser, ReadingError>,
    clock: Clock,
) -> Result<Sights, ReadingError> {
    let dark = ruling::dark(picture);
    let rulings = ruling::find(&dark, skew);
    let mut reader = SealReader { recogniser: Some(recogniser), loaded: None, clock, failed: None };
    let seals = seal::find(picture, &mut |line| reader.read(line));
    if let Some(error) = reader.failed {
        return Err(error);
    }
    let ink = ink::find(picture, &dark, &ink::Known { lines, rulings: &rulings, seals: &seals });
    Ok(Sights { seals, rulings, ink })
}

/// Reads the lines that seals are made into.
struct SealReader<'r, F> {
    recogniser: Option<F>,
    loaded: Option<&'r mut Recogniser>,
    clock: Clock,
    failed: Option<ReadingError>,
}

impl<'r, F: FnOnce() -> Result<&'r mut Recogniser, ReadingError>> SealReader<'r, F> {
    fn read(&mut self, line: &Picture) -> Vec<(char, f32)> {
        self.try_read(line).unwrap_or_else(|error| {
            self.failed = Some(error);
            Vec::new()
        })
    }

    fn try_read(&mut self, line: &Picture) -> Result<Vec<(char, f32)>, ReadingError> {
        if let Some(load) = self.recogniser.take() {
            self.loaded = Some(load()?);
        }
        let Some(recogniser) = &mut self.loaded else { return Ok(Vec::new()) };
        let characters = recogniser.read(&[&whole(line)], self.clock)?.pop().unwrap_or_default();
        Ok(characters.iter().map(|character| (character.char, character.confidence)).collect())
    }
}

fn whole(line: &Picture) -> Strip {
    let (width, height) = (line.width() as f32, line.height() as f32);
    let corners = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)];
    Strip::cut_out(line, &corners.map(|(x, y)| Point { x, y }))
}
