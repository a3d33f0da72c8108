//! The ways to look at one line, of which the one that reads best is kept.

use crate::detect::Region;
use crate::reading::{Character, Quad};
use crate::recognise::{Recogniser, Strip, confidence};
use crate::settings::Clock;
use crate::vertical::Stack;
use crate::{Picture, ReadingError, geometry, red};

/// A line on its way to be a `TextLine`.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// Its corners, in its reading direction.
    pub quad: Quad,
    /// The picture it was read from.
    pub strip: Strip,
    /// What was read.
    pub characters: Vec<Character>,
    /// Was it read again by the stronger model?
    pub reread: bool,
    /// Is it printed in red alone: the text of a seal, a red heading?
    pub red: bool,
}

/// One way to look at a line.
struct View {
    quad: Quad,
    strip: Strip,
    /// For lines of upright characters one below the other: how they were put side by side.
    stack: Option<Stack>,
}

/// A box this much higher than wide may hold a line that runs down.
const TALL: f32 = 1.5;
/// One this much higher than wide does not hold a single character.
const COLUMN: f32 = 3.0;

/// Reads every line in each of its views and keeps the best.
///
/// # Errors
///
/// As [`Recogniser::read`].
pub(crate) fn read(
    picture: &Picture,
    regions: &[Region],
    recogniser: &mut Recogniser,
    clock: Clock,
) -> Result<Vec<Draft>, ReadingError> {
    let views: Vec<Vec<View>> = regions.iter().map(|region| views(picture, region)).collect();
    let strips: Vec<&Strip> = views.iter().flatten().map(|view| &view.strip).collect();
    let mut read = recogniser.read(&strips, clock)?.into_iter();
    let drafts = views.into_iter().zip(regions).filter_map(|(views, region)| {
        let count = views.len();
        let drafts = views.into_iter().zip(read.by_ref().take(count)).map(|(view, found)| view.draft(found));
        let draft = best(drafts.collect())?;
        Some(Draft { red: region.red, ..draft })
    });
    Ok(drafts.collect())
}

/// The views of a line: as it stands; running down; with the red taken away.
fn views(picture: &Picture, Region { quad, red }: &Region) -> Vec<View> {
    let (width, height) = (geometry::distance(quad[0], quad[1]), geometry::distance(quad[0], quad[3]));
    let mut views = Vec::new();
    if height <= width * COLUMN {
        views.push(View::plain(*quad, Strip::cut_out(picture, quad)));
    }
    if height > width * TALL {
        views.extend(views_down(picture, quad));
    }
    if *red {
        views.retain(|view| red::is_all(&view.strip));
        return views;
    }
    let bare: Vec<View> =
        views.iter().filter(|view| red::touches(&view.strip)).map(View::without_red).collect();
    views.extend(bare);
    views
}

/// The views of a line that runs down: turned to lie on either side, or its characters put side by side.
fn views_down(picture: &Picture, quad: &Quad) -> Vec<View> {
    let [top_left, top_right, low_right, low_left] = *quad;
    let down = [top_right, low_right, low_left, top_left];
    let up = [low_left, top_left, top_right, low_right];
    let mut views: Vec<View> =
        [down, up].map(|turned| View::plain(turned, Strip::cut_out(picture, &turned))).into();
    if let Some((stack, strip)) = Stack::of(&views[0].strip) {
        views.push(View { quad: down, strip, stack: Some(stack) });
    }
    views
}

impl View {
    fn plain(quad: Quad, strip: Strip) -> Self {
        Self { quad, strip, stack: None }
    }

    fn without_red(&self) -> Self {
        Self { quad: self.quad, strip: self.strip.without_red(), stack: self.stack.clone() }
    }

    fn draft(self, characters: Vec<Character>) -> Draft {
        let characters = match &self.stack {
            Some(stack) => stack.places(characters),
            None => characters,
        };
        Draft { quad: self.quad, strip: self.strip, characters, reread: false, red: false }
    }
}

/// The draft that reads best.
fn best(drafts: Vec<Draft>) -> Option<Draft> {
    let longest = drafts.iter().map(|draft| draft.characters.len()).max()?;
    // A view that loses half of the text is sure of what is left of it only.
    let worth = |draft: &Draft| {
        let short = draft.characters.len() * 2 < longest;
        if short { 0.0 } else { confidence(&draft.characters) }
    };
    // Of equals the first, which is the plain one.
    drafts.into_iter().rev().max_by(|a, b| worth(a).total_cmp(&worth(b)))
}
