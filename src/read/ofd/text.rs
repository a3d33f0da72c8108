//! Text objects → glyphs (GB/T 33190-2016, 11).
//!
//! The format gives the character codes and the step from each glyph to the next, so that no font is needed to
//! read a line. What it does not give is the width of the last glyph; that is estimated.

use super::canvas::{Canvas, Frame};
use super::cells::{self, Transforms};
use super::deltas;
use super::geometry::Matrix;
use super::guard::Exceeded;
use super::widths;
use super::xml::Element;
use crate::read::layout::{ASCENT, DESCENT, Glyph, Symbol, to_frame};

/// Draws a text object.
///
/// # Errors
///
/// The page has too many glyphs.
pub(super) fn draw(canvas: &mut Canvas<'_>, object: &Element, frame: Frame) -> Result<(), Exceeded> {
    let Some(setting) = Setting::of(object, frame) else { return Ok(()) };
    let transforms = Transforms::of(object);
    let (mut pen, mut position) = ((0.0, 0.0), 0);
    for code in object.all("TextCode") {
        let cells = cells::cells(&code.text, position, &transforms);
        position += code.text.chars().count();
        canvas.guard.glyphs(cells.len())?;
        pen = (code.number("X").unwrap_or(pen.0), code.number("Y").unwrap_or(pen.1));
        Run { setting: &setting, steps: setting.steps(code, &cells) }.draw(canvas, pen, cells);
    }
    Ok(())
}

/// How the glyphs of a text object are set.
struct Setting {
    matrix: Matrix,
    hidden: bool,
    /// The em in the object's space.
    size: f64,
    /// How much wider than usual glyphs are drawn (HScale).
    stretch: f64,
    /// Degrees clockwise that each glyph is turned (CharDirection).
    turned: f64,
    /// Degrees clockwise from rightwards in which the text runs where steps do not say (ReadDirection).
    runs: f64,
}

impl Setting {
    fn of(object: &Element, frame: Frame) -> Option<Self> {
        let size = object.number("Size").filter(|&size| size > 0.0)?;
        Some(Self {
            matrix: frame.matrix,
            hidden: frame.hidden || is_unpainted(object),
            size,
            stretch: object.number("HScale").filter(|&scale| scale > 0.0).unwrap_or(1.0),
            turned: object.number("CharDirection").unwrap_or(0.0),
            runs: object.number("ReadDirection").unwrap_or(0.0),
        })
    }

    /// Width of a glyph in the object's space where nothing gives it.
    fn width(&self, symbol: &Symbol) -> f64 {
        widths::usual(symbol.first()) * self.size * self.stretch
    }

    /// Along the line and downwards, in units of the object's space, as its glyphs are turned.
    fn axes(&self) -> [(f64, f64); 2] {
        let (sin, cos) = sin_cos(self.turned);
        [(cos, sin), (-sin, cos)]
    }

    /// The step from each cell to the next. Steps that are missing at the end are like the last one; where there
    /// are none at all the glyphs' widths take their place.
    fn steps(&self, code: &Element, cells: &[Option<Symbol>]) -> Vec<(f64, f64)> {
        let count = cells.len().saturating_sub(1);
        let given = |name| deltas::unfold(code.attribute(name).unwrap_or_default(), count);
        let (xs, ys) = (given("DeltaX"), given("DeltaY"));
        if xs.is_empty() && ys.is_empty() {
            return cells.iter().take(count).map(|cell| self.usual_step(cell.as_ref())).collect();
        }
        let later_y = if xs.is_empty() { ys.last().copied() } else { None };
        let x = |at| xs.get(at).or(xs.last()).copied().unwrap_or(0.0);
        let y = |at| ys.get(at).copied().or(later_y).unwrap_or(0.0);
        (0..count).map(|at| (x(at), y(at))).collect()
    }

    fn usual_step(&self, symbol: Option<&Symbol>) -> (f64, f64) {
        let Some(symbol) = symbol else { return (0.0, 0.0) };
        let (sin, cos) = sin_cos(self.runs);
        let length = if self.runs_down() { self.size } else { self.width(symbol) };
        (length * cos, length * sin)
    }

    fn runs_down(&self) -> bool {
        ((self.runs - self.turned).rem_euclid(360.0) - 90.0).abs() < 1.0
    }

    /// Is it written downwards, upright glyph under upright glyph? The steps say so, else the direction.
    fn is_vertical(&self, steps: &[(f64, f64)]) -> bool {
        let [along, down] = self.axes();
        let is_down = |step: &(f64, f64)| {
            dot(*step, along).abs() < 0.2 * self.size && dot(*step, down) > 0.5 * self.size
        };
        if steps.is_empty() { self.runs_down() } else { steps.iter().all(is_down) }
    }
}

/// Is text drawn with neither filling nor outline, or in a colour that lets everything through?
fn is_unpainted(object: &Element) -> bool {
    let clear = |name| object.child(name).is_some_and(|colour| colour.number("Alpha") == Some(0.0));
    let filled = object.switch("Fill") != Some(false) && !clear("FillColor");
    let stroked = object.switch("Stroke") == Some(true) && !clear("StrokeColor");
    !filled && !stroked
}

/// Exact for the directions that text is set in.
fn sin_cos(degrees: f64) -> (f64, f64) {
    match degrees {
        0.0 => (0.0, 1.0),
        90.0 => (1.0, 0.0),
        180.0 => (0.0, -1.0),
        270.0 => (-1.0, 0.0),
        other => other.to_radians().sin_cos(),
    }
}

fn dot(a: (f64, f64), b: (f64, f64)) -> f64 {
    a.0 * b.0 + a.1 * b.1
}

/// The glyphs of one TextCode.
struct Run<'s> {
    setting: &'s Setting,
    steps: Vec<(f64, f64)>,
}

impl Run<'_> {
    fn draw(&self, canvas: &mut Canvas<'_>, mut pen: (f64, f64), cells: Vec<Option<Symbol>>) {
        let vertical = self.setting.is_vertical(&self.steps);
        for (at, cell) in cells.into_iter().enumerate() {
            let step = self.steps.get(at).copied();
            if let Some(symbol) = cell {
                self.place(canvas, pen, symbol, step, vertical);
            }
            let (dx, dy) = step.unwrap_or_default();
            pen = (pen.0 + dx, pen.1 + dy);
        }
    }

    fn place(
        &self,
        canvas: &mut Canvas<'_>,
        pen: (f64, f64),
        symbol: Symbol,
        step: Option<(f64, f64)>,
        vertical: bool,
    ) {
        let setting = self.setting;
        let [along, down] = setting.axes().map(|(x, y)| setting.matrix.vector(x, y));
        let size = setting.size * down.0.hypot(down.1);
        let origin = setting.matrix.point(pen.0, pen.1);
        if !(size > 0.0 && size.is_finite() && canvas.is_on_page(origin, size)) {
            return;
        }
        let advance = self.advance(&symbol, step, vertical)
            * if vertical { down.0.hypot(down.1) } else { along.0.hypot(along.1) };
        let (direction, start) = if vertical {
            (degrees(down), top_corner(origin, along, down, size))
        } else {
            (degrees(along), origin)
        };
        let (from, across) = to_frame(start.0 as f32, start.1 as f32, direction);
        let glyph = Glyph {
            along: from,
            across,
            advance: advance as f32,
            size: size as f32,
            direction,
            invisible: setting.hidden,
            code: 0,
            symbol,
            confidence: None,
        };
        canvas.push(glyph, origin);
    }

    /// How much room a glyph takes in the direction of writing, in the object's space: the step to the next one,
    /// unless that leaves a gap.
    fn advance(&self, symbol: &Symbol, step: Option<(f64, f64)>, vertical: bool) -> f64 {
        let setting = self.setting;
        let [along, down] = setting.axes();
        let (usual, widest) = if vertical {
            (setting.size, 1.3 * setting.size)
        } else {
            (setting.width(symbol), widths::widest(symbol.first()) * setting.size * setting.stretch)
        };
        let step = step.map(|step| dot(step, if vertical { down } else { along }));
        step.filter(|&step| step > 0.0 && step <= widest).unwrap_or(usual)
    }
}

/// Direction of a vector of the page in whole degrees clockwise from rightwards.
fn degrees((x, y): (f64, f64)) -> u16 {
    (y.atan2(x).to_degrees().round() as i32).rem_euclid(360) as u16
}

/// Upper left corner of the em box of a glyph whose origin is on its baseline; read downwards, its left side takes
/// the place of a baseline.
fn top_corner(origin: (f64, f64), along: (f64, f64), down: (f64, f64), size: f64) -> (f64, f64) {
    let unit = |(x, y): (f64, f64)| (x / x.hypot(y).max(1e-9), y / x.hypot(y).max(1e-9));
    let (along, down) = (unit(along), unit(down));
    let (right, up) = (size * f64::from(DESCENT), size * f64::from(ASCENT));
    (origin.0 + along.0 * right - down.0 * up, origin.1 + along.1 * right - down.1 * up)
}
