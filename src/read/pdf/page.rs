//! One page: interpret, class, assemble, emit.

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::{Page as PdfPage, Rotation};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};

use crate::model::geometry::tenth;
use crate::model::{Line, Page, PageClass, PageOrigin};
use crate::read::{Limits, Sink};

use super::class::Figures;
use super::fonts::FontTable;
use crate::read::layout::{self, Marks};
use super::guard::{Guard, Stopped, guarded};
use super::record::Recorder;
use super::second::SecondReader;
use super::{gbk, report};

/// Confidence of a text layer without any doubtful glyph.
const TEXT_LAYER: f32 = 0.99;
/// Highest confidence of a layer that somebody's OCR put under an image.
const FOREIGN_OCR: f32 = 0.6;
/// Confidence of text that the second reader found.
const SECOND: f32 = 0.8;

/// A page's number and shape.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet {
    number: u32,
    width: f32,
    height: f32,
    rotation: u16,
}

impl Sheet {
    /// A page of which only the number is known.
    pub(super) fn a4(number: u32) -> Self {
        Self { number, width: 595.3, height: 841.9, rotation: 0 }
    }

    fn of(page: &PdfPage<'_>, number: u32) -> Self {
        let (width, height) = page.render_dimensions();
        let rotation = match page.rotation() {
            Rotation::None => 0,
            Rotation::Horizontal => 90,
            Rotation::Flipped => 180,
            Rotation::FlippedHorizontal => 270,
        };
        Self { number, width, height, rotation }
    }

    fn page(
        &self,
        origin: PageOrigin,
        class: PageClass,
        why: String,
        confidence: f32,
        lines: Vec<Line>,
    ) -> Page {
        Page {
            number: self.number,
            width: tenth(self.width),
            height: tenth(self.height),
            rotation: self.rotation,
            origin,
            class,
            why,
            confidence,
            lines,
            marks: Vec::new(),
            looked_at: false,
        }
    }

    fn unread(&self, class: PageClass, why: String) -> Page {
        self.page(PageOrigin::Unread, class, why, 0.0, Vec::new())
    }
}

/// Reads the pages of one file, with what they share.
pub(super) struct PageReader<'a> {
    pdf: &'a Pdf,
    bytes: &'a [u8],
    limits: &'a Limits,
    settings: InterpreterSettings,
    cache: InterpreterCache<'a>,
    fonts: FontTable,
}

impl<'a> PageReader<'a> {
    /// A reader for the pages of `pdf`, which `bytes` hold.
    pub(super) fn new(pdf: &'a Pdf, bytes: &'a [u8], limits: &'a Limits) -> Self {
        Self {
            pdf,
            bytes,
            limits,
            settings: InterpreterSettings::default(),
            cache: InterpreterCache::new(),
            fonts: FontTable::default(),
        }
    }

    /// Reads page `number` (from 1) and emits it.
    pub(super) fn read(&mut self, number: u32, sink: &mut dyn Sink) {
        let Some(page) = self.pdf.pages().get(number as usize - 1) else { return };
        let sheet = Sheet::of(page, number);
        match guarded(|| self.marks(page).map(|marks| finished(&sheet, marks, sink))) {
            Ok(Some(page)) => sink.page(page),
            Ok(None) => {
                sink.issue(report::contents_lost(number));
                sink.page(sheet.unread(PageClass::Text, "页面内容缺失或无法解压".to_owned()));
            }
            Err(stopped) => {
                self.start_afresh();
                self.stopped(&sheet, stopped, sink);
            }
        }
    }

    /// The page's marks, or `None` when its content cannot be had.
    fn marks(&mut self, page: &PdfPage<'a>) -> Option<Marks> {
        if report::is_content_lost(page) {
            return None;
        }
        let (width, height) = page.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let transform = page.initial_transform(true).to_kurbo();
        let mut context =
            Context::new(transform, bounds, &self.cache, self.pdf.xref(), self.settings.clone());
        let mut recorder = Recorder::new(page, bounds, &mut self.fonts, Guard::new(self.limits));
        interpret_page(page, &mut context, &mut recorder);
        let mut marks = recorder.marks;
        gbk::rescue(&mut marks.glyphs);
        Some(marks)
    }

    /// Drops what an unwound pass may have left half done.
    fn start_afresh(&mut self) {
        self.cache = InterpreterCache::new();
        self.fonts = FontTable::default();
    }

    fn stopped(&self, sheet: &Sheet, stopped: Stopped, sink: &mut dyn Sink) {
        match stopped {
            Stopped::Limit(exceeded) => {
                sink.issue(report::page_limit(sheet.number, exceeded));
                sink.page(sheet.unread(PageClass::Text, exceeded.reason().to_owned()));
            }
            Stopped::Panic => match SecondReader::open(self.bytes) {
                Some(second) => by_second(&second, sheet, sink),
                None => unreadable(sheet, sink),
            },
        }
    }
}

/// Classes and assembles a page that was interpreted.
fn finished(sheet: &Sheet, marks: Marks, sink: &mut dyn Sink) -> Page {
    let figures = Figures::of(&marks);
    let (class, why) = figures.verdict();
    if let Some(issue) = report::page_class(sheet.number, class) {
        sink.issue(issue);
    }
    let clean = TEXT_LAYER * (1.0 - figures.undecodable());
    match class {
        PageClass::Text => {
            if figures.has_large_image() {
                sink.issue(report::image_unread(sheet.number));
            }
            sheet.page(PageOrigin::TextLayer, class, why, clean, layout::assemble(&marks, false))
        }
        PageClass::ScanWithLayer => {
            let lines = layout::assemble(&marks, true);
            sheet.page(PageOrigin::TextLayer, class, why, clean.min(FOREIGN_OCR), lines)
        }
        PageClass::Empty => sheet.page(PageOrigin::TextLayer, class, why, TEXT_LAYER, Vec::new()),
        PageClass::Scan | PageClass::Outlined | PageClass::Garbled => sheet.unread(class, why),
    }
}

/// Reads a page by the second reader and emits it.
pub(super) fn by_second(second: &SecondReader, sheet: &Sheet, sink: &mut dyn Sink) {
    let lines = second.lines(sheet.number, sheet.width, sheet.height);
    if lines.is_empty() {
        return unreadable(sheet, sink);
    }
    let figures = Figures::of_lines(&lines);
    if figures.is_garbled() {
        let (class, why) = (PageClass::Garbled, figures.why(PageClass::Garbled));
        report::page_class(sheet.number, class).into_iter().for_each(|issue| sink.issue(issue));
        sink.page(sheet.unread(class, why));
        return;
    }
    sink.issue(report::second_reader(sheet.number));
    let why = format!("由后备解析器读出，无文字坐标；{}", figures.why(PageClass::Text));
    sink.page(sheet.page(PageOrigin::TextLayer, PageClass::Text, why, SECOND, lines));
}

fn unreadable(sheet: &Sheet, sink: &mut dyn Sink) {
    sink.issue(report::unreadable(sheet.number));
    sink.page(sheet.unread(PageClass::Text, "解析失败".to_owned()));
}
