//! A paragraph of a document and the pieces that it is made of.

use docx_rs::Run;

use super::style::Style;
use crate::office::printable;

/// One paragraph.
#[derive(Debug, Clone)]
pub struct Paragraph {
    pub(super) style: Style,
    pub(super) pieces: Vec<Piece>,
    pub(super) centred: bool,
    pub(super) to_the_right: bool,
    pub(super) page_break_before: bool,
    pub(super) keep_next: bool,
}

/// A stretch of text in one tone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What it says; line ends stay.
    pub text: String,
    /// How it stands out.
    pub tone: Tone,
}

/// How a piece of text stands out of its paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Not at all.
    #[default]
    Plain,
    /// Bold.
    Strong,
    /// Grey and small: sources, hints.
    Faint,
    /// Red: to be looked at. Never the only sign of it, for forms are printed black.
    Alert,
}

impl Paragraph {
    /// An empty paragraph.
    pub fn new(style: Style) -> Self {
        Self {
            style,
            pieces: Vec::new(),
            centred: false,
            to_the_right: false,
            page_break_before: false,
            keep_next: style == Style::Heading,
        }
    }

    /// The same with more text.
    pub fn saying(self, text: &str) -> Self {
        self.with(text, Tone::Plain)
    }

    /// The same with more text in a tone.
    pub fn with(mut self, text: &str, tone: Tone) -> Self {
        self.pieces.push(Piece { text: printable(text), tone });
        self
    }

    /// The same, centred.
    pub fn centred(mut self) -> Self {
        self.centred = true;
        self
    }

    /// The same, ending at the right: for figures below one another.
    pub fn to_the_right(mut self) -> Self {
        self.to_the_right = true;
        self
    }

    /// The same on the page of what follows it.
    pub fn keeping_next(mut self) -> Self {
        self.keep_next = true;
        self
    }

    /// The same at the head of a new page.
    pub fn on_new_page(mut self) -> Self {
        self.page_break_before = true;
        self
    }

    pub(super) fn render(&self) -> docx_rs::Paragraph {
        let paragraph = docx_rs::Paragraph::new().style(self.style.id()).keep_next(self.keep_next);
        let paragraph =
            if self.centred { paragraph.align(docx_rs::AlignmentType::Center) } else { paragraph };
        let paragraph =
            if self.to_the_right { paragraph.align(docx_rs::AlignmentType::Right) } else { paragraph };
        let paragraph = if self.page_break_before { paragraph.page_break_before(true) } else { paragraph };
        self.pieces.iter().fold(paragraph, |paragraph, piece| paragraph.add_run(piece.render()))
    }
}

impl Piece {
    fn render(&self) -> Run {
        let run = match self.tone {
            Tone::Plain => Run::new(),
            Tone::Strong => Run::new().bold(),
            Tone::Faint => Run::new().color("595959").size(17),
            Tone::Alert => Run::new().color("C00000"),
        };
        let mut lines = self.text.split('\n');
        let first = run.add_text(lines.next().unwrap_or_default());
        lines.fold(first, |run, line| run.add_break(docx_rs::BreakType::TextWrapping).add_text(line))
    }
}
