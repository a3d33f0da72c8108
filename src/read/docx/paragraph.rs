//! One paragraph's text while it is put together.

use std::ops::Range;

use super::places::{self, Told};
use super::properties::{ParagraphProperties, RunProperties};
use super::styles::Styles;
use crate::model::Cell;

/// Characters that a tab is drawn as where it makes a blank to fill in.
const TAB_WIDTH: usize = 4;

/// Font sizes that are told apart in one paragraph.
const MOST_SIZES: usize = 32;

/// A paragraph that is being read.
#[derive(Debug)]
pub(super) struct Paragraph {
    /// Number of the paragraph, or of the table that it stands in.
    pub number: u32,
    /// The cell that it stands in.
    pub cell: Option<Cell>,
    /// What the paragraph itself says.
    pub own: ParagraphProperties,
    /// The same over what its style says.
    pub resolved: ParagraphProperties,
    /// What its runs have before their own properties.
    pub base: RunProperties,
    /// Blocks of the text boxes that are anchored in it.
    pub boxes: Vec<Told>,
    text: String,
    /// Where each character of the text stands in its part; empty where places are not traced.
    places: Vec<Range<usize>>,
    /// Where the underlined stretch begins that the text ends with.
    underlined_from: Option<usize>,
    /// Characters of each font size, in the order in which the sizes came.
    sizes: Vec<(u32, usize)>,
}

impl Paragraph {
    /// An empty paragraph with these properties.
    pub fn new(number: u32, cell: Option<Cell>, own: ParagraphProperties, styles: &Styles) -> Self {
        Self {
            number,
            cell,
            resolved: styles.paragraph(&own),
            base: styles.run_base(&own),
            own,
            boxes: Vec::new(),
            text: String::new(),
            places: Vec::new(),
            underlined_from: None,
            sizes: Vec::new(),
        }
    }

    /// Adds what a run shows. `places` says where its characters stand; it is empty where that is not traced.
    pub fn push(&mut self, text: &str, places: &[Range<usize>], underlined: bool, size: Option<u32>) {
        if text.is_empty() {
            return;
        }
        match (underlined, self.underlined_from) {
            (true, None) => self.underlined_from = Some(self.text.len()),
            (false, Some(_)) => self.draw_blank(),
            _ => {}
        }
        self.text.push_str(text);
        self.places.extend_from_slice(places);
        self.count(size.unwrap_or_default(), text.chars().filter(|c| !c.is_whitespace()).count());
    }

    /// An underlined stretch of nothing but white space is a blank to fill in (填空线): a person sees a line.
    ///
    /// The whole stretch decides, not the run, so that a name written on the line does not get tails.
    fn draw_blank(&mut self) {
        let Some(from) = self.underlined_from.take() else { return };
        let stretch = self.text.split_off(from);
        if stretch.trim().is_empty() {
            places::widen(&mut self.places, &stretch, |c| line_of(c).len());
            self.text.extend(stretch.chars().map(line_of));
        } else {
            self.text.push_str(&stretch);
        }
    }

    fn count(&mut self, size: u32, characters: usize) {
        if let Some((_, count)) = self.sizes.iter_mut().find(|(known, _)| *known == size) {
            *count += characters;
        } else if self.sizes.len() < MOST_SIZES {
            self.sizes.push((size, characters));
        }
    }

    /// Puts a paragraph before this one whose mark was deleted: they are one.
    pub fn continue_from(&mut self, mut earlier: Self) {
        // Onto the earlier text, which may be long by now, and not before the new one.
        earlier.text.push_str(&self.text);
        earlier.places.append(&mut self.places);
        earlier.boxes.append(&mut self.boxes);
        self.text = earlier.text;
        self.places = earlier.places;
        self.boxes = earlier.boxes;
        for (size, characters) in earlier.sizes {
            self.count(size, characters);
        }
    }

    /// No more runs come; to be called before [`Paragraph::continue_from`].
    pub fn close(&mut self) {
        self.draw_blank();
    }

    /// Does it show nothing?
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The text, without the line breaks at its ends that only break the page.
    pub fn text(&self) -> &str {
        self.text.trim_matches('\n')
    }

    /// Where each character of [`Paragraph::text`] stands; empty where places are not traced.
    pub fn places(&self) -> &[Range<usize>] {
        let lead = self.text.len() - self.text.trim_start_matches('\n').len();
        self.places
            .get(lead..)
            .map_or(&[], |rest| rest.get(..self.text().chars().count()).unwrap_or_default())
    }

    /// Font size in points of most of its characters, 0 when unknown.
    pub fn size(&self) -> f32 {
        let most = self.sizes.iter().rev().max_by_key(|(_, characters)| *characters);
        let size = most.map(|(size, _)| *size).or(self.base.size).unwrap_or_default();
        size as f32 / 2.0
    }
}

fn line_of(space: char) -> &'static str {
    match space {
        '\n' => "\n",
        '\t' => &"________"[..TAB_WIDTH],
        '\u{3000}' | '\u{2003}' => "__",
        _ => "_",
    }
}
