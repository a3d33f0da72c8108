//! One page: interpret, class, decide which text to trust, emit.

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::{Page as PdfPage, Rotation};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};

use super::class::{FOREIGN_OCR, Figures, TEXT_LAYER};
use super::drawn::Drawn;
use super::fonts::FontTable;
use super::picture::Darkroom;
use super::record::Recorder;
use super::second::SecondReader;
use super::{form_values, gbk, report};
use crate::model::{Page, PageClass, PageOrigin};
use crate::read::guard::{Guard, Stopped, guarded};
use crate::read::picture::{self, Eyes, Layer, Scan, TextOverImage};
use crate::read::sheet::Sheet;
use crate::read::{Effort, Limits, Sink, layout};

/// Confidence of text that the second reader found.
const SECOND: f32 = 0.8;

/// Number and shape of a page as displayed.
fn sheet(page: &PdfPage<'_>, number: u32) -> Sheet {
    let (width, height) = page.render_dimensions();
    let rotation = match page.rotation() {
        Rotation::None => 0,
        Rotation::Horizontal => 90,
        Rotation::Flipped => 180,
        Rotation::FlippedHorizontal => 270,
    };
    Sheet { number, width, height, rotation }
}

/// A page that was drawn, before it is decided which of its texts to trust.
struct Undecided<'a> {
    page: &'a PdfPage<'a>,
    sheet: Sheet,
    drawn: Drawn,
    class: PageClass,
    /// The figures that speak for the class.
    why: String,
    /// Confidence of the page's own text.
    clean: f32,
}

impl Undecided<'_> {
    /// The page with its own text after all, for a reason; `foreign` if somebody's OCR made that text.
    fn by_layer(self, foreign: bool, reason: &str) -> Page {
        let lines = layout::assemble(&self.drawn.marks, foreign);
        let confidence = if foreign { self.clean.min(FOREIGN_OCR) } else { self.clean };
        let why = format!("{}；{reason}", self.why);
        self.sheet.page(PageOrigin::TextLayer, self.class, why, confidence, lines)
    }

    /// The page with no text to trust, and no picture either.
    fn unread(self, reason: &str) -> Page {
        self.sheet.unread(self.class, format!("{}；{reason}", self.why))
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

    /// Reads page `number` (from 1) and emits it; `eyes` are asked only where its text cannot be trusted.
    pub(super) fn read(&mut self, number: u32, eyes: &mut dyn Eyes, sink: &mut dyn Sink) {
        let Some(page) = self.pdf.pages().get(number as usize - 1) else { return };
        let sheet = sheet(page, number);
        let undrawn = guarded(|| form_values::undrawn(page)).unwrap_or(0);
        if undrawn > 0 {
            sink.issue(report::form_values_undrawn(number, undrawn));
        }
        match guarded(|| self.drawn(page)) {
            Ok(Some(drawn)) => {
                if let Err(stopped) = guarded(|| self.decide(page, sheet, drawn, eyes, sink)) {
                    self.start_afresh();
                    self.stopped(sheet, stopped, sink);
                }
            }
            Ok(None) => {
                sink.issue(report::contents_lost(number));
                sink.page(sheet.unread(PageClass::Text, "页面内容缺失或无法解压".to_owned()));
            }
            Err(stopped) => {
                self.start_afresh();
                self.stopped(sheet, stopped, sink);
            }
        }
    }

    /// What is drawn on the page, or `None` when its content cannot be had.
    fn drawn(&mut self, page: &'a PdfPage<'a>) -> Option<Drawn> {
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
        let mut drawn = recorder.drawn;
        gbk::rescue(&mut drawn.marks.glyphs);
        Some(drawn)
    }

    /// Which text of a page to trust: its own, that of its picture, or both.
    fn decide(
        &self,
        page: &'a PdfPage<'a>,
        sheet: Sheet,
        drawn: Drawn,
        eyes: &mut dyn Eyes,
        sink: &mut dyn Sink,
    ) {
        let figures = Figures::of(&drawn.marks, drawn.image_share, drawn.shapes);
        let (class, why) = figures.verdict();
        let clean = figures.confidence();
        let by_picture = self.limits.effort == Effort::Strong && class != PageClass::Empty;
        let undecided = |why, drawn| Undecided { page, sheet, drawn, class, why, clean };
        let page = match class {
            PageClass::Empty if report::is_picture_lost(page) => {
                sink.issue(report::contents_lost(sheet.number));
                sheet.unread(PageClass::Scan, "页面引用的图像不在文件中".to_owned())
            }
            PageClass::Empty => sheet.page(PageOrigin::TextLayer, class, why, TEXT_LAYER, Vec::new()),
            PageClass::Text | PageClass::Garbled if !by_picture && figures.is_doubtful() => {
                return self.checked(undecided(why, drawn), eyes, sink);
            }
            PageClass::Text if !by_picture && !figures.has_large_image() => {
                let lines = layout::assemble(&drawn.marks, false);
                sheet.page(PageOrigin::TextLayer, class, why, clean, lines)
            }
            PageClass::Text if !by_picture => return self.with_image(undecided(why, drawn), eyes, sink),
            _ => return self.by_picture(undecided(why, drawn), eyes, sink),
        };
        sink.page(Page { marks: drawn.pictures(sheet), ..page });
    }

    /// A page whose text is in its picture; a layer of text under it is a second witness.
    fn by_picture(&self, it: Undecided<'a>, eyes: &mut dyn Eyes, sink: &mut dyn Sink) {
        let layer = match it.class {
            PageClass::ScanWithLayer | PageClass::Text => Layer::of(&it.drawn.marks.glyphs),
            _ => Layer::default(),
        };
        match self.darkroom().picture(it.page, it.sheet, &it.drawn) {
            Ok(picture) => {
                let scan = Scan { sheet: it.sheet, class: it.class, why: it.why, picture, layer };
                picture::read(scan, eyes, self.limits.effort, sink);
            }
            Err(reason) if !layer.is_empty() => {
                sink.issue(report::layer_only(it.sheet.number, &reason));
                sink.page(it.by_layer(true, &format!("{reason}，只采用文字层")));
            }
            Err(reason) => {
                sink.issue(report::no_picture(it.sheet.number, &reason));
                sink.page(it.unread(&reason));
            }
        }
    }

    /// A page whose text reads oddly: it stands if the page's picture bears it out.
    fn checked(&self, it: Undecided<'a>, eyes: &mut dyn Eyes, sink: &mut dyn Sink) {
        match self.darkroom().picture(it.page, it.sheet, &it.drawn) {
            Ok(picture) => {
                let layer = Layer::of(&it.drawn.marks.glyphs);
                let scan = Scan { sheet: it.sheet, class: it.class, why: it.why, picture, layer };
                let text = || (layout::assemble(&it.drawn.marks, false), it.clean);
                picture::read_in_doubt(scan, text, eyes, self.limits.effort, sink);
            }
            Err(reason) if it.class == PageClass::Text => {
                sink.page(it.by_layer(false, &format!("{reason}，未能以图像核对")));
            }
            Err(reason) => {
                sink.issue(report::no_picture(it.sheet.number, &format!("文字层疑似乱码，{reason}")));
                sink.page(it.unread(&reason));
            }
        }
    }

    /// A page of text that stands over a large image.
    fn with_image(&self, it: Undecided<'a>, eyes: &mut dyn Eyes, sink: &mut dyn Sink) {
        match self.darkroom().rendered(it.page, it.sheet, &it.drawn) {
            Ok(picture) => {
                let (sheet, why, marks, confidence) = (it.sheet, it.why, it.drawn.marks, it.clean);
                let page = TextOverImage { sheet, why, marks, confidence, picture };
                picture::add_to_text(page, eyes, self.limits.effort, sink);
            }
            Err(reason) => {
                sink.issue(report::image_unread(it.sheet.number));
                sink.page(it.by_layer(false, &format!("图像未识别：{reason}")));
            }
        }
    }

    fn darkroom(&self) -> Darkroom<'a> {
        Darkroom { pdf: self.pdf, limits: self.limits, settings: self.settings.clone() }
    }

    /// Drops what an unwound pass may have left half done.
    fn start_afresh(&mut self) {
        self.cache = InterpreterCache::new();
        self.fonts = FontTable::default();
    }

    fn stopped(&self, sheet: Sheet, stopped: Stopped, sink: &mut dyn Sink) {
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

/// Reads a page by the second reader and emits it.
pub(super) fn by_second(second: &SecondReader, sheet: Sheet, sink: &mut dyn Sink) {
    let lines = second.lines(sheet.number, sheet.width, sheet.height);
    if lines.is_empty() {
        return unreadable(sheet, sink);
    }
    let figures = Figures::of_lines(&lines);
    if figures.is_garbled() {
        let (class, why) = (PageClass::Garbled, figures.why(PageClass::Garbled));
        sink.issue(report::no_picture(sheet.number, "文字层是乱码，且页面无法渲染"));
        sink.page(sheet.unread(class, why));
        return;
    }
    sink.issue(report::second_reader(sheet.number));
    let why = format!("由后备解析器读出，无文字坐标；{}", figures.why(PageClass::Text));
    sink.page(sheet.page(PageOrigin::TextLayer, PageClass::Text, why, SECOND, lines));
}

fn unreadable(sheet: Sheet, sink: &mut dyn Sink) {
    sink.issue(report::unreadable(sheet.number));
    sink.page(sheet.unread(PageClass::Text, "解析失败".to_owned()));
}
