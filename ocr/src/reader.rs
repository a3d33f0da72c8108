//! From a picture to what it says.

use sha2::{Digest, Sha256};

use crate::cascade::{self, Outcome};
use crate::detect::Detector;
use crate::geometry::median;
use crate::line::{self, Draft};
use crate::net::NetError;
use crate::orient::{self, Orienter, Upright};
use crate::reading::{Doubt, PageReading, TextLine};
use crate::recognise::{Recogniser, Strip, confidence};
use crate::settings::{Clock, Judge, Settings};
use crate::sights::{self, Sights};
use crate::{Picture, Turn, model, order, overlap, per_mille, resample};

/// More pixels than this are made fewer first: an A4 page at 400 dpi.
const MOST_PIXELS: usize = 16_000_000;
/// A line whose characters are less sure than this on average is no text: noise, a photo, a seal's rim.
const LEGIBLE: f32 = 0.5;
/// The same for a line of one or two characters, which specks make easily.
const LEGIBLE_SHORT: f32 = 0.7;
/// The same for a line in red, which may be a part of a seal's rim. One or two red characters are nothing else.
const LEGIBLE_RED: f32 = 0.85;
/// A page whose middle line is less sure than this may lie wrong or be seen in a mirror.
const LEGIBLE_PAGE: f32 = 0.9;
/// A mirror has to make a page's lines so much more legible.
const MIRROR: f32 = 0.1;
/// Lines lower than this many pixels, of which text fills two thirds, are guessed more than read.
const LOWEST_TEXT: f32 = 16.0;

/// Why a picture could not be read.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ReadingError {
    /// A model could not be loaded or run.
    #[error(transparent)]
    Net(#[from] NetError),
    /// The time for one picture was over before its lines had been read.
    #[error("识别超时")]
    OutOfTime,
}

/// Reads pictures; holds the models, one for each worker process.
pub struct Reader {
    settings: Settings,
    orienter: Orienter,
    detector: Detector,
    recogniser: Recogniser,
    /// Loaded when the first doubtful line comes; unused if `recogniser` is the strong one.
    strong: Option<Recogniser>,
}

impl Reader {
    /// Loads what every page needs.
    ///
    /// # Errors
    ///
    /// [`NetError::Load`].
    pub fn new(settings: Settings) -> Result<Self, NetError> {
        Ok(Self {
            settings,
            orienter: Orienter::load(settings.runtime)?,
            detector: Detector::load(settings.strong, settings.runtime)?,
            recogniser: Recogniser::load(settings.strong, settings.runtime)?,
            strong: None,
        })
    }

    /// What runs the models, for the record.
    pub fn runtime(&self) -> String {
        self.settings.runtime.name().to_owned()
    }

    /// Columns of 48 rows that the models read so far, first those of the fast one, then those of the strong one.
    pub fn columns(&self) -> [u64; 2] {
        [self.recogniser.columns, self.strong.as_ref().map_or(0, |strong| strong.columns)]
    }

    /// Reads a picture: sets it upright, finds its lines, reads them, and reads again what is doubtful or matters to
    /// the judge. A picture without text gives a reading without lines.
    ///
    /// # Errors
    ///
    /// [`ReadingError::Net`]; [`ReadingError::OutOfTime`] if the deadline passes before every line has been read once.
    pub fn read(&mut self, picture: Picture, judge: &dyn Judge) -> Result<PageReading, ReadingError> {
        let clock = Clock::start(self.settings.deadline);
        let (full_width, full_height) = (picture.width(), picture.height());
        let (picture, factor) = small_enough(picture);
        let page = self.upright(picture, clock)?;
        let mut lines = line::read(&page.picture, &page.regions, &mut self.recogniser, clock)?;
        let (page, doubt) = self.set_right(page, &mut lines, clock)?;
        if doubt == Some(Doubt::Mirrored) {
            // What reads as text of a mirrored page is invented.
            lines.clear();
        }
        let mut doubts = Vec::from_iter(doubt);
        let found = lines.len();
        lines.retain(is_text);
        if !self.read_again(&mut lines, judge, clock)? {
            doubts.push(Doubt::NotReadAgain);
        }
        lines.retain(is_text);
        lines.iter_mut().for_each(|line| per_mille::correct(&mut line.characters));
        doubts.extend(doubts_about(&page, &lines, found));
        let (width, height) = match page.turn {
            Turn::None | Turn::Half => (full_width, full_height),
            Turn::Right | Turn::Left => (full_height, full_width),
        };
        let read = reading(page.turn, lines, doubts);
        let seen = self.look(&page.picture, &read, clock)?;
        let whole =
            PageReading { width, height, seals: seen.seals, rulings: seen.rulings, ink: seen.ink, ..read };
        Ok(whole.enlarged(factor as f32))
    }

    fn look(&mut self, picture: &Picture, read: &PageReading, clock: Clock) -> Result<Sights, ReadingError> {
        let (strong, fast, settings) = (&mut self.strong, &mut self.recogniser, self.settings);
        let recogniser = || match (settings.strong, strong) {
            (true, _) => Ok(fast),
            (false, Some(strong)) => Ok(strong),
            (false, none) => Ok(none.insert(Recogniser::load(true, settings.runtime)?)),
        };
        sights::look(picture, &read.lines, read.skew, recogniser, clock)
    }

    fn upright(&mut self, picture: Picture, clock: Clock) -> Result<Upright, ReadingError> {
        orient::upright(picture, &mut self.orienter, &mut self.detector, &mut self.recogniser, clock)
    }

    /// If a page does not read as text: does it with another turn, or in a mirror?
    fn set_right(
        &mut self,
        page: Upright,
        lines: &mut Vec<Draft>,
        clock: Clock,
    ) -> Result<(Upright, Option<Doubt>), ReadingError> {
        let legible = median(lines.iter().map(|line| confidence(&line.characters)).collect());
        if lines.is_empty() || legible >= LEGIBLE_PAGE {
            return Ok((page, None));
        }
        if page.turn == Turn::None && !page.doubtful {
            let turns = [Turn::Half, Turn::Right, Turn::Left];
            let turned = orient::best_turn(page, &turns, &mut self.detector, &mut self.recogniser, clock)?;
            if turned.turn != Turn::None {
                *lines = line::read(&turned.picture, &turned.regions, &mut self.recogniser, clock)?;
                return Ok((turned, None));
            }
            let mirrored = self.is_mirrored(lines, clock)?;
            return Ok((Upright { doubtful: false, ..turned }, mirrored.then_some(Doubt::Mirrored)));
        }
        let mirrored = self.is_mirrored(lines, clock)?;
        Ok((page, mirrored.then_some(Doubt::Mirrored)))
    }

    /// Do the widest lines read better in a mirror?
    fn is_mirrored(&mut self, lines: &[Draft], clock: Clock) -> Result<bool, ReadingError> {
        let mut widest: Vec<&Draft> = lines.iter().collect();
        widest.sort_by_key(|line| std::cmp::Reverse(line.strip.width()));
        widest.truncate(6);
        let strips: Vec<Strip> = widest.iter().map(|line| line.strip.mirrored()).collect();
        let read = self.recogniser.read(&strips.iter().collect::<Vec<_>>(), clock)?;
        let mirrored = median(read.iter().map(|characters| confidence(characters)).collect());
        let plain = median(widest.iter().map(|line| confidence(&line.characters)).collect());
        Ok(mirrored > plain + MIRROR)
    }

    /// Was everything read again that had to be?
    fn read_again(
        &mut self,
        lines: &mut [Draft],
        judge: &dyn Judge,
        clock: Clock,
    ) -> Result<bool, ReadingError> {
        if self.settings.strong || !cascade::needed(lines, judge) {
            return Ok(true);
        }
        let mut strong = match self.strong.take() {
            Some(strong) => strong,
            None => Recogniser::load(true, self.settings.runtime)?,
        };
        let outcome = cascade::read_again(lines, judge, &mut strong, clock);
        self.strong = Some(strong);
        Ok(outcome? == Outcome::Done)
    }
}

/// A picture of at most [`MOST_PIXELS`], and how many of the given pixels one of its pixels is wide.
fn small_enough(picture: Picture) -> (Picture, usize) {
    let pixels = picture.width() * picture.height();
    let factor = (pixels as f32 / MOST_PIXELS as f32).sqrt().ceil() as usize;
    let small = (factor > 1).then(|| resample::reduced(&picture, factor)).flatten();
    small.map_or((picture, 1), |small| (small, factor))
}

/// Is a line sure enough to be text? An invented line is worse than a lost one that nobody could read: noise, photos
/// and the rims of seals make lines of unsure characters.
fn is_text(line: &Draft) -> bool {
    let floor = match line.characters.len() {
        0..=2 if line.red => return false,
        0..=2 => LEGIBLE_SHORT,
        _ if line.red => LEGIBLE_RED,
        _ => LEGIBLE,
    };
    !line.characters.is_empty() && confidence(&line.characters) >= floor
}

fn doubts_about(page: &Upright, lines: &[Draft], found: usize) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    if page.doubtful {
        doubts.push(Doubt::Turn);
    }
    if lines.len() < found {
        doubts.push(Doubt::Illegible { lines: found - lines.len() });
    }
    let heights = lines.iter().map(|line| crate::geometry::distance(line.quad[0], line.quad[3])).collect();
    if !lines.is_empty() && median(heights) < LOWEST_TEXT {
        doubts.push(Doubt::LowResolution);
    }
    doubts
}

/// The lines in order.
fn reading(turn: Turn, lines: Vec<Draft>, doubts: Vec<Doubt>) -> PageReading {
    let quads: Vec<_> = lines.iter().map(|line| line.quad).collect();
    let skew = order::skew(&quads);
    let mut lines: Vec<Option<Draft>> = lines.into_iter().map(Some).collect();
    let order = order::order(&quads, skew);
    let ordered = order.into_iter().filter_map(|index| lines.get_mut(index)?.take());
    let mut lines = ordered.map(text_line).collect();
    overlap::tell_once(&mut lines);
    PageReading { turn, skew, lines, doubts, ..PageReading::default() }
}

fn text_line(line: Draft) -> TextLine {
    TextLine {
        quad: line.quad,
        confidence: confidence(&line.characters),
        characters: line.characters,
        reread: line.reread,
        red: line.red,
    }
}

/// SHA-256 over the SHA-256 of every model and list of characters, in hexadecimal: readings made by other models
/// have to be made anew.
pub fn models_digest() -> String {
    let files = [
        model::ORIENTATION,
        model::TINY_DETECT,
        model::TINY_RECOGNISE,
        model::TINY_CHARACTERS.as_bytes(),
        model::SMALL_DETECT,
        model::SMALL_RECOGNISE,
        model::SMALL_CHARACTERS.as_bytes(),
    ];
    let mut whole = Sha256::new();
    for file in files {
        whole.update(Sha256::digest(file));
    }
    whole.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
