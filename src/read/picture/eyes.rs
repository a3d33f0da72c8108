//! Who reads pictures: the models, loaded when the first picture comes.

use std::time::Duration;

use hetong_ocr::{PageReading, Picture};

use super::Grammar;
use crate::read::Effort;

/// Longest time for one picture; the process's own bounds stand behind it.
const LONGEST: Duration = Duration::from_secs(90);

/// Reads the picture of a page. Tests count calls with one of their own.
pub trait Eyes {
    /// Reads a picture, whichever way up it lies.
    ///
    /// # Errors
    ///
    /// Why it could not be read, in Chinese.
    fn read(&mut self, picture: Picture, effort: Effort) -> Result<PageReading, String>;
}

/// The models that come with the program.
#[derive(Default)]
pub struct Models {
    usual: Option<hetong_ocr::Reader>,
    strong: Option<hetong_ocr::Reader>,
}

impl Models {
    /// The models, none loaded yet: a process that meets no picture never pays for them.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Eyes for Models {
    fn read(&mut self, picture: Picture, effort: Effort) -> Result<PageReading, String> {
        let place = match effort {
            Effort::Usual => &mut self.usual,
            Effort::Strong => &mut self.strong,
        };
        if place.is_none() {
            *place = Some(hetong_ocr::Reader::new(settings(effort)).map_err(|error| error.to_string())?);
        }
        let reader = place.as_mut().ok_or("模型未能载入")?;
        reader.read(picture, &Grammar).map_err(|error| error.to_string())
    }
}

fn settings(effort: Effort) -> hetong_ocr::Settings {
    hetong_ocr::Settings {
        strong: effort == Effort::Strong,
        deadline: Some(LONGEST),
        ..hetong_ocr::Settings::default()
    }
}

impl hetong_ocr::Judge for Grammar {
    fn matters(&self, text: &str) -> Vec<std::ops::Range<usize>> {
        let characters = |bytes: usize| text.get(..bytes).map_or(0, |before| before.chars().count());
        let stretches = Self::stretches(text).into_iter();
        stretches.map(|range| characters(range.start)..characters(range.end)).collect()
    }
}
