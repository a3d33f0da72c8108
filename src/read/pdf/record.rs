//! One interpretation pass over a page: draw calls → [`Drawn`].

use hayro_interpret::font::{Glyph as FontGlyph, GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_cmap::WritingMode;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};

use super::drawn::{Drawn, PlacedImage};
use super::fonts::{self, FontTable};
use crate::read::guard::Guard;
use crate::read::layout::{self, Glyph, Rule, Symbol};

/// Segments of a path beyond which it is no table border.
const RULED_PATH: usize = 400;
/// Width below which a filled rectangle is a rule, in points.
const RULE_WIDTH: f64 = 2.0;
/// Shortest rule that is noted, in points.
const RULE_LENGTH: f64 = 8.0;
/// Elements of a filled subpath beyond which it is a shape and not a rectangle.
const RECTANGLE: usize = 6;

/// Listens to the interpreter and keeps what reading needs. Images are never decoded.
pub(super) struct Recorder<'p, 'a> {
    page: &'p Page<'a>,
    bounds: Rect,
    fonts: &'p mut FontTable,
    fonts_learnt: bool,
    guard: Guard,
    /// Origin of the last run's first glyph and the run's length, to know text that is filled and stroked.
    last_run: Option<(Point, usize)>,
    pub(super) drawn: Drawn,
}

impl<'p, 'a> Recorder<'p, 'a> {
    /// A recorder for `page`, whose displayed size is `bounds`.
    pub(super) fn new(page: &'p Page<'a>, bounds: Rect, fonts: &'p mut FontTable, guard: Guard) -> Self {
        Self { page, bounds, fonts, fonts_learnt: false, guard, last_run: None, drawn: Drawn::default() }
    }

    fn symbol(&mut self, glyph: &FontGlyph<'a>) -> Symbol {
        if let Some(symbol) = glyph.as_unicode().map(fonts::of_bf_string)
            && symbol != Symbol::Unknown
        {
            return symbol;
        }
        let FontGlyph::Outline(outline) = glyph else { return Symbol::Unknown };
        if !self.fonts_learnt {
            self.fonts.learn(self.page.resources());
            self.fonts_learnt = true;
        }
        self.fonts.recover(outline).unwrap_or(Symbol::Unknown)
    }

    fn record(&mut self, glyph: &PositionedGlyph<'a>, style: &RunStyle) {
        let transform = style.transform * glyph.transform();
        let [a, b, c, d, x, y] = transform.as_coeffs();
        let size = 1000.0 * c.hypot(d);
        if !self.is_on_page(x, y, size) {
            return;
        }
        let symbol = self.symbol(glyph);
        let direction = if style.vertical { b.atan2(a) + std::f64::consts::FRAC_PI_2 } else { b.atan2(a) };
        let scale = if style.stretched { c.hypot(d) } else { a.hypot(b) };
        let advance = if style.vertical { size } else { width(glyph, &symbol) * scale };
        let origin = if style.vertical { vertical_origin(x, y, size) } else { Point::new(x, y) };
        self.drawn.marks.glyphs.push(placed(
            origin,
            direction,
            advance,
            size,
            glyph.char_code(),
            style,
            symbol,
        ));
    }

    /// Text outside the page's box is not there for a person.
    fn is_on_page(&self, x: f64, y: f64, size: f64) -> bool {
        size > 0.0
            && size.is_finite()
            && self.bounds.inflate(size * 0.5, size * 0.5).contains(Point::new(x, y))
    }

    fn note_rules(&mut self, path: &BezPath, transform: Affine) {
        let mut last = Point::ZERO;
        let mut start = Point::ZERO;
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(p) => (last, start) = (p, p),
                PathEl::LineTo(p) => {
                    self.note_segment(transform * last, transform * p);
                    last = p;
                }
                PathEl::ClosePath => self.note_segment(transform * last, transform * start),
                PathEl::QuadTo(_, p) | PathEl::CurveTo(_, _, p) => last = p,
            }
        }
    }

    fn note_segment(&mut self, from: Point, to: Point) {
        let (dx, dy) = ((to.x - from.x).abs(), (to.y - from.y).abs());
        if dy <= RULE_WIDTH && dx >= RULE_LENGTH {
            self.drawn.marks.horizontal.push(rule(from.x, to.x, (from.y + to.y) / 2.0));
        } else if dx <= RULE_WIDTH && dy >= RULE_LENGTH {
            self.drawn.marks.vertical.push(rule(from.y, to.y, (from.x + to.x) / 2.0));
        }
    }

    fn note_thin(&mut self, area: Rect) {
        let (from, to) = if area.width() >= area.height() {
            (Point::new(area.x0, area.center().y), Point::new(area.x1, area.center().y))
        } else {
            (Point::new(area.center().x, area.y0), Point::new(area.center().x, area.y1))
        };
        self.note_segment(from, to);
    }
}

/// What all glyphs of a run share.
struct RunStyle {
    transform: Affine,
    vertical: bool,
    invisible: bool,
    /// The interpreter stretches glyphs of substitute fonts to their widths; their matrix is no measure then.
    stretched: bool,
}

impl RunStyle {
    fn new(run: &GlyphRun<'_, '_>, transform: Affine, mode: &DrawMode) -> Self {
        let mut widths = run.glyphs().iter().map(|glyph| {
            let [a, b, ..] = glyph.transform().as_coeffs();
            a.hypot(b)
        });
        let first = widths.next().unwrap_or(0.0);
        Self {
            transform,
            vertical: run.writing_mode() == WritingMode::Vertical,
            invisible: matches!(mode, DrawMode::Invisible),
            stretched: widths.any(|width| (width - first).abs() > first * 1e-3),
        }
    }
}

/// Width in thousandths of the em; where the file gives none, what such a character usually takes.
fn width(glyph: &PositionedGlyph<'_>, symbol: &Symbol) -> f64 {
    let given = match &**glyph {
        FontGlyph::Outline(outline) => outline.advance_width(),
        FontGlyph::Type3(type3) => type3.advance_width(),
    };
    match given {
        Some(width) if width > 0.0 => f64::from(width),
        _ if symbol.first() >= '\u{2E80}' => 1000.0,
        _ => 500.0,
    }
}

/// The interpreter gives the lower left corner of a vertically written glyph as if it stood in a line.
/// Written downwards, it begins at its top, and its "baseline" is its left side.
fn vertical_origin(x: f64, y: f64, size: f64) -> Point {
    Point::new(x + size * f64::from(layout::DESCENT), y - size * f64::from(layout::ASCENT))
}

fn placed(
    origin: Point,
    direction: f64,
    advance: f64,
    size: f64,
    code: u32,
    style: &RunStyle,
    symbol: Symbol,
) -> Glyph {
    let direction = (direction.to_degrees().round() as i32).rem_euclid(360) as u16;
    let (along, across) = layout::to_frame(origin.x as f32, origin.y as f32, direction);
    Glyph {
        along,
        across,
        advance: advance as f32,
        size: size as f32,
        direction,
        invisible: style.invisible,
        code,
        symbol,
        confidence: None,
    }
}

fn rule(a: f64, b: f64, at: f64) -> Rule {
    Rule { from: a.min(b) as f32, to: a.max(b) as f32, at: at as f32 }
}

/// Is the image drawn through a mask of its own, or is it one (ISO 32000-1, 8.9.6)?
fn has_mask(image: &Image<'_, '_>) -> bool {
    match image {
        Image::Stencil(_) => false,
        Image::Raster(raster) => {
            let stream = raster.stream();
            let dict = stream.dict();
            ["SMask", "Mask", "SMaskInData"].iter().any(|key| dict.contains_key(*key))
        }
    }
}

impl<'a> Device<'a> for Recorder<'_, 'a> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.guard.tick();
        let elements = path.elements();
        let parts = elements.iter().filter(|e| matches!(e, PathEl::MoveTo(_))).count();
        if matches!(mode, DrawMode::Stroke(_)) {
            if elements.len() <= RULED_PATH {
                self.note_rules(path, props.transform);
            }
        } else if elements.len() > parts * RECTANGLE {
            self.drawn.shapes += parts;
        } else if parts == 1 {
            let area = props.transform.transform_rect_bbox(path.control_box());
            if area.width().min(area.height()) <= RULE_WIDTH {
                self.note_thin(area);
            }
        }
    }

    // Forms push a clip each, so this is where a fan-out of forms without any marks meets the clock.
    fn push_clip_path(&mut self, _: &ClipPath) {
        self.guard.tick();
    }

    fn push_clip_rect(&mut self, _: &Rect) {
        self.guard.tick();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.guard.tick();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.guard.tick();
        let glyphs = run.glyphs();
        self.guard.glyphs(glyphs.len());
        let here = glyphs.first().map(|g| (props.transform * g.transform() * Point::ZERO, glyphs.len()));
        let again = matches!(mode, DrawMode::Stroke(_)) && here == self.last_run;
        self.last_run = here;
        if again {
            return;
        }
        let style = RunStyle::new(run, props.transform, mode);
        for glyph in glyphs {
            self.record(glyph, &style);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.guard.tick();
        let placed = PlacedImage {
            width: image.width(),
            height: image.height(),
            transform: props.transform,
            masked: props.soft_mask.is_some() || has_mask(&image),
        };
        self.drawn.note_image(placed, self.bounds);
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
