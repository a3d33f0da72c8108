//! One page by its picture: read, place, weigh, assemble, emit.

use hetong_ocr::{Doubt, PageReading, Picture, Turn};

use super::layer::{self, Layer, Weighed};
use super::line::{self, PlacedCharacter, PlacedLine};
use super::place::Frame;
use super::tone::Tone;
use super::{Eyes, Flaw, outcome, seal};
use crate::model::geometry::tenth;
use crate::model::record::LOW_CONFIDENCE;
use crate::model::{BBox, Line, Mark, MarkKind, Page, PageClass, PageOrigin};
use crate::read::layout::{Glyph, Marks, Rule, Symbol, assemble};
use crate::read::sheet::Sheet;
use crate::read::{Effort, Sink};

/// A line that was read with less certainty is not text.
const LINE_FLOOR: f32 = 0.4;
/// A page below this is shown to a person.
const LOW: f32 = LOW_CONFIDENCE as f32;
/// A character that stands on a rule of a table is the rule if it was read with less certainty, and so near, in ems.
const SURE: f32 = 0.9;
const ON_RULE: f32 = 0.35;
/// How sure a blank page is blank.
const BLANK: f32 = 0.99;

/// The picture of a page, and where it lies on it.
#[derive(Debug, Clone)]
pub struct PagePicture {
    /// The pixels, as the page shows them.
    pub picture: Picture,
    /// The part of the page that they cover, in points.
    pub area: BBox,
    /// How they were come by, in Chinese: 嵌入图像, 渲染.
    pub how: String,
    /// What the pixels do not show although the page has it.
    pub flaw: Option<Flaw>,
}

/// A page that is to be read by its picture.
#[derive(Debug)]
pub struct Scan {
    /// Number and shape.
    pub sheet: Sheet,
    /// What the page looks like.
    pub class: PageClass,
    /// Why it was classed so.
    pub why: String,
    /// Its picture.
    pub picture: PagePicture,
    /// Text that came with it; empty where none did.
    pub layer: Layer,
}

/// Reads a page by its picture and emits it, with its seals and issues.
pub fn read(scan: Scan, eyes: &mut dyn Eyes, effort: Effort, sink: &mut dyn Sink) {
    let Scan { sheet, class, why, picture: PagePicture { picture, area, how, flaw }, layer } = scan;
    let (why, tone) = (format!("{why}；{how}"), Tone::of(&picture));
    let looked = Looked { sheet, class, why, area, layer, tone, flaw };
    sink.looking();
    let page = match eyes.read(picture, effort) {
        Ok(reading) => looked.told(&reading, sink),
        Err(reason) => {
            sink.issue(outcome::unreadable(sheet.number, &reason));
            sheet.unread(class, format!("{}；{reason}", looked.why))
        }
    };
    sink.page(page);
}

/// A text that the picture bears out to this share is the page's text.
const BORNE_OUT: f32 = 0.8;

/// Reads a page whose own text may be rubbish: that text stands where the picture bears it out, else the picture's.
/// Where the picture cannot tell, it stands if the page was classed as text. `text` gives the page's own lines and
/// how sure they are.
pub fn read_in_doubt(
    scan: Scan,
    text: impl FnOnce() -> (Vec<Line>, f32),
    eyes: &mut dyn Eyes,
    effort: Effort,
    sink: &mut dyn Sink,
) {
    let Scan { sheet, class, why, picture: PagePicture { picture, area, how, flaw }, layer } = scan;
    let tone = Tone::of(&picture);
    let why = format!("{why}；文字层疑似乱码，{how}");
    sink.looking();
    let page = match eyes.read(picture, effort) {
        Ok(reading) => {
            let frame = Frame::new(sheet, area, &reading, true);
            let (mut lines, _) = sure_lines(&reading, &frame);
            let weighed = layer::weigh(&mut lines, &layer, (sheet, reading.turn, &frame));
            let stands = if weighed.compared { weighed.worth >= BORNE_OUT } else { class == PageClass::Text };
            let why = match weighed.compared {
                true => format!("{why}，与图像相符率 {:.2}", weighed.worth),
                false => format!("{why}，图像中可比对的文字不足"),
            };
            if stands {
                let (lines, confidence) = text();
                let why = format!("{why}，采用文字层");
                tell(flaw, sheet, sink);
                sheet.page(PageOrigin::TextLayer, PageClass::Text, why, confidence, lines)
            } else {
                let (why, class) = (format!("{why}，不采用文字层"), PageClass::Garbled);
                Looked { sheet, class, why, area, layer: Layer::default(), tone, flaw }.told(&reading, sink)
            }
        }
        Err(reason) if class == PageClass::Text => {
            let (lines, confidence) = text();
            sheet.page(PageOrigin::TextLayer, class, format!("{why}；{reason}"), confidence, lines)
        }
        Err(reason) => {
            sink.issue(outcome::unreadable(sheet.number, &reason));
            sheet.unread(class, format!("{why}；{reason}"))
        }
    };
    sink.page(page);
}

/// What is known of a page while its picture is read.
struct Looked {
    sheet: Sheet,
    class: PageClass,
    why: String,
    area: BBox,
    layer: Layer,
    tone: Tone,
    flaw: Option<Flaw>,
}

impl Looked {
    /// The page that a reading makes.
    fn told(&self, reading: &PageReading, sink: &mut dyn Sink) -> Page {
        let frame = Frame::new(self.sheet, self.area, reading, true);
        reading.seals.iter().for_each(|mark| sink.seal(seal::seal(mark, &frame)));
        let (mut lines, left_out) = sure_lines(reading, &frame);
        let weighed = (!self.layer.is_empty())
            .then(|| layer::weigh(&mut lines, &self.layer, (self.sheet, reading.turn, &frame)));
        let mut page = if reading.doubts.contains(&Doubt::Mirrored) {
            self.unread(&frame, "图像左右镜像，无法识别；请按正面重新扫描", sink)
        } else if !lines.is_empty() {
            self.text(&frame, reading, &lines, weighed.as_ref(), sink)
        } else if self.tone.is_blank() && self.may_be_blank() {
            self.blank(&frame)
        } else {
            self.unread(&frame, self.flaw.map_or(self.tone.look(), Flaw::in_words), sink)
        };
        if !page.lines.is_empty() {
            tell(self.flaw, self.sheet, sink);
            let places = left_out.len() + illegible(reading);
            (places > 0).then(|| sink.issue(outcome::lines_left_out(self.sheet.number, places)));
        }
        page.looked_at = true;
        page.marks = left_out;
        page.marks.extend(reading.ink.iter().map(|ink| ink_mark(frame.bbox(ink.bounds))));
        page
    }

    fn text(
        &self,
        frame: &Frame,
        reading: &PageReading,
        lines: &[PlacedLine],
        weighed: Option<&Weighed>,
        sink: &mut dyn Sink,
    ) -> Page {
        let confidence = line::mean(lines.iter().flat_map(|line| &line.characters));
        if confidence < LOW {
            sink.issue(outcome::low_confidence(self.sheet.number, confidence));
        }
        let doubtful = weighed.map_or(0, |weighed| weighed.doubtful);
        if doubtful > 0 {
            sink.issue(outcome::layer_conflict(self.sheet.number, doubtful));
        }
        let merged = weighed.is_some_and(|weighed| weighed.asked);
        let origin = if merged { PageOrigin::Merged } else { PageOrigin::Ocr };
        let why = self.why(reading, lines, confidence, weighed);
        let page = frame.sheet.page(origin, self.class, why, confidence, assembled(lines, reading, frame));
        Page { skew: tenth(frame.skew), ..page }
    }

    fn unread(&self, frame: &Frame, reason: &str, sink: &mut dyn Sink) -> Page {
        sink.issue(outcome::unreadable(self.sheet.number, reason));
        frame.sheet.unread(self.class, format!("{}；{reason}（{}）", self.why, self.tone.figures()))
    }

    /// Is a picture without marks a page without text? Not where the file draws text that its font does not show,
    /// nor where a part of the picture is missing.
    fn may_be_blank(&self) -> bool {
        self.flaw.is_none() && !matches!(self.class, PageClass::Outlined | PageClass::Garbled)
    }

    fn blank(&self, frame: &Frame) -> Page {
        let why = format!("{}；空白页（{}）", self.why, self.tone.figures());
        frame.sheet.page(PageOrigin::Ocr, PageClass::Empty, why, BLANK, Vec::new())
    }

    /// How the page came to its text, in Chinese, with the figures.
    fn why(
        &self,
        reading: &PageReading,
        lines: &[PlacedLine],
        confidence: f32,
        weighed: Option<&Weighed>,
    ) -> String {
        let characters: usize = lines.iter().map(|line| line.characters.len()).sum();
        let (why, lines) = (&self.why, lines.len());
        let mut why = format!("{why}，识别 {lines} 行 {characters} 字，平均可信度 {confidence:.2}");
        if reading.turn != Turn::None {
            why += &format!("，已转正 {}°", reading.turn.degrees());
        }
        if reading.skew.abs() >= 0.3 {
            why += &format!("，倾斜 {:.1}°", reading.skew);
        }
        for doubt in &reading.doubts {
            why += doubt_in_words(doubt);
        }
        if let Some(weighed) = weighed {
            why += &format!("；{}", weighed.why());
        }
        why
    }
}

/// Tells of what the picture of a page that was read lacks.
fn tell(flaw: Option<Flaw>, sheet: Sheet, sink: &mut dyn Sink) {
    if let Some(flaw) = flaw {
        sink.issue(outcome::image_damaged(sheet.number, flaw));
    }
}

/// Places that look like lines and are no legible text.
fn illegible(reading: &PageReading) -> usize {
    let lines = |doubt: &Doubt| if let Doubt::Illegible { lines } = doubt { *lines } else { 0 };
    reading.doubts.iter().map(lines).sum()
}

fn doubt_in_words(doubt: &Doubt) -> &'static str {
    match doubt {
        Doubt::Turn => "，页面方向存疑",
        Doubt::Mirrored => "，图像左右镜像",
        Doubt::Illegible { .. } => "，部分字迹无法识别",
        Doubt::LowResolution => "，分辨率偏低",
        Doubt::NotReadAgain => "，限时内未能复核",
    }
}

/// The lines that are text, and the places of those that are too doubtful to be.
fn sure_lines(reading: &PageReading, frame: &Frame) -> (Vec<PlacedLine>, Vec<Mark>) {
    let (sure, doubtful): (Vec<_>, Vec<_>) =
        line::lines(reading, frame).into_iter().partition(|line| line.confidence() >= LINE_FLOOR);
    let place = |line: &PlacedLine| {
        let mut marks = Marks::default();
        line.push_to(&mut marks.glyphs);
        assemble(&marks, false).into_iter().map(|line| frame.as_displayed(line).bbox).reduce(BBox::union)
    };
    (sure, doubtful.iter().filter_map(place).map(ink_mark).collect())
}

fn ink_mark(bbox: BBox) -> Mark {
    Mark { bbox, kind: MarkKind::Ink }
}

/// Lines in reading order, table cells kept together, as the page shows them.
fn assembled(lines: &[PlacedLine], reading: &PageReading, frame: &Frame) -> Vec<Line> {
    let mut marks = Marks::default();
    frame.rules(reading, &mut marks);
    lines.iter().for_each(|line| line.push_to(&mut marks.glyphs));
    let Marks { glyphs, vertical, .. } = &mut marks;
    glyphs.retain(|glyph| !is_a_rule(glyph, vertical));
    assemble(&marks, false).into_iter().map(|line| frame.as_displayed(line)).collect()
}

/// Was a vertical rule beside the text read as a character?
fn is_a_rule(glyph: &Glyph, vertical: &[Rule]) -> bool {
    let alike = matches!(glyph.symbol, Symbol::Char('1' | 'l' | 'I' | '|' | '!' | '丨'));
    let doubtful = glyph.confidence.is_some_and(|confidence| confidence < SURE);
    let middle = (glyph.along + glyph.end()) / 2.0;
    let on = |rule: &Rule| {
        (rule.at - middle).abs() < ON_RULE * glyph.size && (rule.from..=rule.to).contains(&glyph.across)
    };
    alike && doubtful && glyph.direction == 0 && vertical.iter().any(on)
}

/// Text that stands over a large image: the page keeps it, and gains what else the picture says.
#[derive(Debug)]
pub struct TextOverImage {
    /// Number and shape.
    pub sheet: Sheet,
    /// Why it was classed so.
    pub why: String,
    /// The text, and the rules around it.
    pub marks: Marks,
    /// How sure the text is.
    pub confidence: f32,
    /// The picture of the whole page, with the text.
    pub picture: PagePicture,
}

/// Reads the picture of a page that has text of its own, and adds the characters that the text lacks.
pub fn add_to_text(page: TextOverImage, eyes: &mut dyn Eyes, effort: Effort, sink: &mut dyn Sink) {
    let TextOverImage { sheet, why, mut marks, confidence, picture } = page;
    let PagePicture { picture, area, how, flaw } = picture;
    tell(flaw, sheet, sink);
    sink.looking();
    let reading = eyes.read(picture, effort).and_then(|reading| match reading.turn {
        Turn::None => Ok(reading),
        _ => Err("图像方向与文字不一致".to_owned()),
    });
    let (reading, problem) = match reading {
        Ok(reading) => (reading, None),
        Err(problem) => (PageReading::default(), Some(problem)),
    };
    let frame = Frame::new(sheet, area, &reading, false);
    reading.seals.iter().for_each(|mark| sink.seal(seal::seal(mark, &frame)));
    let (lines, left_out) = sure_lines(&reading, &frame);
    let added: Vec<PlacedLine> = lines.iter().filter_map(|line| lacking(line, &marks)).collect();
    let count: usize = added.iter().map(|line| line.characters.len()).sum();
    added.iter().for_each(|line| line.push_to(&mut marks.glyphs));
    let (origin, why) = match (&problem, count) {
        (Some(problem), _) => (PageOrigin::TextLayer, format!("{why}；图像未识别：{problem}")),
        (None, 0) => (PageOrigin::TextLayer, format!("{why}；{}，未发现文字层以外的文字", how)),
        (None, count) => (PageOrigin::Merged, format!("{why}；{}，补入图像中的 {count} 字", how)),
    };
    if let Some(problem) = &problem {
        sink.issue(outcome::image_unread(sheet.number, problem));
    }
    let mut page = sheet.page(origin, PageClass::Text, why, confidence, assemble(&marks, false));
    page.looked_at = problem.is_none();
    page.marks = left_out;
    page.marks.extend(reading.ink.iter().map(|ink| ink_mark(frame.bbox(ink.bounds))));
    sink.page(page);
}

/// The characters of a line that do not stand in the text already; at least two.
fn lacking(line: &PlacedLine, marks: &Marks) -> Option<PlacedLine> {
    let is_there = |character: &PlacedCharacter| {
        marks.glyphs.iter().filter(|glyph| !glyph.invisible && !glyph.symbol.is_blank()).any(|glyph| {
            let (x, y) = layer::glyph_middle(glyph);
            let half = (glyph.advance + character.to - character.from) / 2.0;
            (x - character.centre()).abs() < half.max(1.0) * 0.9
                && (y - line.middle).abs() < 0.6 * line.em.max(glyph.size)
        })
    };
    let characters: Vec<_> = line.characters.iter().filter(|c| !is_there(c)).copied().collect();
    let inked = characters.iter().filter(|character| !character.c.is_whitespace()).count();
    (inked >= 2).then(|| PlacedLine { characters, ..line.clone() })
}
