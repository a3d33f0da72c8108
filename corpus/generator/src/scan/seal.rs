//! Seals (印章): what stands on them, and how they are drawn.
//!
//! Sizes follow 国发〔1999〕25号 (round seals of authorities, 42 mm with a star) and what engravers make for
//! companies (40 mm round, 45 × 30 mm oval for invoices, 20 mm square for names).

use std::f32::consts::{PI, TAU};

use pdf_writer::{Content, Name, Str};

use super::truth::Shape;
use crate::error::Result;
use crate::layout::A4_HEIGHT;
use crate::pdf::{FONT_NAME, Typeface};

/// Points in a millimetre.
pub(super) const MM: f32 = 72.0 / 25.4;

/// A seal to be stamped. Lengths are points, places are measured from the page's upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Seal {
    pub(super) shape: Shape,
    pub(super) centre: (f32, f32),
    /// Half its width and height.
    pub(super) half: (f32, f32),
    /// Against the clock, in radians.
    pub(super) tilt: f32,
    pub(super) name: String,
    pub(super) purpose: String,
    pub(super) serial: String,
    /// Red, green, blue, 0 to 1.
    pub(super) ink: [f32; 3],
}

impl Seal {
    /// Left, top, right, bottom of the whole seal.
    pub(super) fn bounds(&self) -> [f32; 4] {
        let (sin, cos) = self.tilt.sin_cos();
        let (rx, ry) = self.half;
        let (dx, dy) = match self.shape {
            Shape::Square => (rx * cos.abs() + ry * sin.abs(), rx * sin.abs() + ry * cos.abs()),
            _ => ((rx * cos).hypot(ry * sin), (rx * sin).hypot(ry * cos)),
        };
        let (x, y) = self.centre;
        [x - dx, y - dy, x + dx, y + dy]
    }

    /// Whether a place of the page lies inside.
    pub(super) fn covers(&self, (x, y): (f32, f32)) -> bool {
        let (sin, cos) = self.tilt.sin_cos();
        let (dx, dy) = (x - self.centre.0, self.centre.1 - y);
        let (u, v) = ((dx * cos + dy * sin) / self.half.0, (dy * cos - dx * sin) / self.half.1);
        match self.shape {
            Shape::Square => u.abs() <= 1.0 && v.abs() <= 1.0,
            _ => u.hypot(v) <= 1.0,
        }
    }

    /// All its characters.
    pub(super) fn text(&self) -> String {
        format!("{}{}{}", self.name, self.purpose, self.serial)
    }

    /// Draws it.
    pub(super) fn draw(&self, content: &mut Content, typeface: &mut dyn Typeface) -> Result<()> {
        let (sin, cos) = self.tilt.sin_cos();
        let [red, green, blue] = self.ink;
        content.save_state();
        content.set_fill_rgb(red, green, blue).set_stroke_rgb(red, green, blue);
        content.transform([cos, sin, -sin, cos, self.centre.0, A4_HEIGHT - self.centre.1]);
        match self.shape {
            Shape::Square => self.square(content, typeface)?,
            Shape::Round | Shape::Oval => self.round(content, typeface)?,
        }
        content.restore_state();
        Ok(())
    }

    fn round(&self, content: &mut Content, typeface: &mut dyn Typeface) -> Result<()> {
        let (rx, ry) = self.half;
        let line = 1.1 * MM;
        content.set_line_width(line);
        ellipse(content, rx - line / 2.0, ry - line / 2.0);
        content.stroke();
        let em = ry * if self.shape == Shape::Oval { 0.27 } else { 0.25 };
        let inset = line + 0.06 * ry;
        let rim = (rx - inset - em, ry - inset - em);
        around(content, typeface, &self.name, Arc { rim, em, span: 0.74 * TAU, below: false })?;
        let purpose_em = ry * if self.shape == Shape::Oval { 0.26 } else { 0.2 };
        let drop = if self.shape == Shape::Oval { 0.1 } else { 0.56 };
        across(content, typeface, &self.purpose, -drop * ry - purpose_em * 0.4, purpose_em)?;
        if self.shape == Shape::Round {
            star(content, 0.3 * ry);
        }
        let em = 0.09 * ry;
        let rim = (rx - line - 0.05 * ry, ry - line - 0.05 * ry);
        around(content, typeface, &self.serial, Arc { rim, em, span: 0.2 * TAU, below: true })
    }

    /// Up to four characters in two columns, from the right, as name seals are cut.
    fn square(&self, content: &mut Content, typeface: &mut dyn Typeface) -> Result<()> {
        let (half, _) = self.half;
        let line = 0.8 * MM;
        content.set_line_width(line);
        content.rect(-half + line / 2.0, -half + line / 2.0, 2.0 * half - line, 2.0 * half - line).stroke();
        let em = half * 0.82;
        for (index, c) in self.name.chars().take(4).enumerate() {
            let x = if index < 2 { half * 0.04 } else { -half * 0.04 - em };
            let y = if index % 2 == 0 { half * 0.04 } else { -half * 0.04 - em };
            let codes = typeface.encode(c.encode_utf8(&mut [0; 4]))?;
            glyph(content, &codes, em, [1.0, 0.0, 0.0, 1.0, x, y + em * 0.12]);
        }
        Ok(())
    }
}

/// Where characters stand on a rim.
struct Arc {
    /// Half axes of the line they stand on.
    rim: (f32, f32),
    em: f32,
    /// No more than this of the circle, in radians.
    span: f32,
    /// Along the lower rim, feet outwards.
    below: bool,
}

/// Sets characters along the rim, centred at its top (or bottom).
fn around(content: &mut Content, typeface: &mut dyn Typeface, text: &str, arc: Arc) -> Result<()> {
    let count = text.chars().count().max(1) as f32;
    let middle = (arc.rim.0 + arc.rim.1) / 2.0 + if arc.below { -0.5 } else { 0.5 } * arc.em;
    let step = (arc.span / count).min(arc.em * 1.35 / middle);
    // Long names are set narrow, as engravers do.
    let narrow = (step * middle / arc.em * 0.94).min(1.0);
    for (index, c) in text.chars().enumerate() {
        let turn = step * (index as f32 - (count - 1.0) / 2.0);
        let angle = if arc.below { PI - turn } else { turn };
        let (x, y) = (arc.rim.0 * angle.sin(), arc.rim.1 * angle.cos());
        let tangent = (-arc.rim.1 * angle.sin()).atan2(arc.rim.0 * angle.cos());
        let slope = if arc.below { tangent + PI } else { tangent };
        let (sin, cos) = slope.sin_cos();
        let width = if c.is_ascii() { 0.5 } else { 1.0 } * arc.em * narrow;
        // The foot of a hanzi reaches an eighth of an em below the baseline.
        let lift = arc.em * 0.12;
        let (x, y) = (x - cos * width / 2.0 - sin * lift, y - sin * width / 2.0 + cos * lift);
        let codes = typeface.encode(c.encode_utf8(&mut [0; 4]))?;
        glyph(content, &codes, arc.em, [narrow * cos, narrow * sin, -sin, cos, x, y]);
    }
    Ok(())
}

/// Sets a centred line whose baseline is `y`.
fn across(content: &mut Content, typeface: &mut dyn Typeface, text: &str, y: f32, em: f32) -> Result<()> {
    let width = em * text.chars().count() as f32;
    let codes = typeface.encode(text)?;
    glyph(content, &codes, em, [1.0, 0.0, 0.0, 1.0, -width / 2.0, y]);
    Ok(())
}

fn glyph(content: &mut Content, codes: &[u8], em: f32, matrix: [f32; 6]) {
    content.begin_text().set_font(Name(FONT_NAME), em).set_text_matrix(matrix).show(Str(codes)).end_text();
}

fn ellipse(content: &mut Content, rx: f32, ry: f32) {
    // The control points that make four curves a circle.
    const K: f32 = 0.552_285;
    content.move_to(rx, 0.0);
    content.cubic_to(rx, K * ry, K * rx, ry, 0.0, ry);
    content.cubic_to(-K * rx, ry, -rx, K * ry, -rx, 0.0);
    content.cubic_to(-rx, -K * ry, -K * rx, -ry, 0.0, -ry);
    content.cubic_to(K * rx, -ry, rx, -K * ry, rx, 0.0);
    content.close_path();
}

fn star(content: &mut Content, radius: f32) {
    for corner in 0..10 {
        let angle = corner as f32 * PI / 5.0;
        let r = if corner % 2 == 0 { radius } else { radius * 0.382 };
        let (x, y) = (r * angle.sin(), r * angle.cos());
        match corner {
            0 => content.move_to(x, y),
            _ => content.line_to(x, y),
        };
    }
    content.close_path().fill_nonzero();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(shape: Shape, half: (f32, f32), tilt: f32) -> Seal {
        let (name, purpose, serial) = (String::new(), String::new(), String::new());
        Seal { shape, centre: (100.0, 200.0), half, tilt, name, purpose, serial, ink: [0.8, 0.1, 0.1] }
    }

    #[test]
    fn bounds_hold_what_is_covered() {
        for (shape, half) in
            [(Shape::Round, (60.0, 60.0)), (Shape::Oval, (60.0, 40.0)), (Shape::Square, (30.0, 30.0))]
        {
            let seal = seal(shape, half, 0.3);
            let [left, top, right, bottom] = seal.bounds();
            for x in 0..200 {
                for y in 100..300 {
                    let (x, y) = (x as f32, y as f32);
                    let inside = (left..=right).contains(&x) && (top..=bottom).contains(&y);
                    assert!(inside || !seal.covers((x, y)), "{shape:?} {x} {y}");
                }
            }
            assert!(seal.covers((100.0, 200.0)));
        }
    }

    #[test]
    fn a_tilt_goes_against_the_clock() {
        let seal = seal(Shape::Oval, (60.0, 20.0), 0.5);
        let (sin, cos) = 0.5_f32.sin_cos();
        // Upwards on the page is towards smaller y.
        assert!(seal.covers((100.0 + 55.0 * cos, 200.0 - 55.0 * sin)));
        assert!(!seal.covers((100.0 + 55.0 * cos, 200.0 + 55.0 * sin)));
    }
}
