//! Signatures: strokes that look written by hand and say nothing.

use pdf_writer::Content;
use pdf_writer::types::{LineCapStyle, LineJoinStyle};

use crate::layout::A4_HEIGHT;
use crate::seed::Random;

/// Draws a signature into a box (left, top, right, bottom; points from the upper left corner).
pub(super) fn sign(content: &mut Content, bounds: [f32; 4], random: &mut Random) {
    let [left, top, right, bottom] = bounds;
    let height = (bottom - top) * (0.9 + 0.4 * random.unit());
    let [red, green, blue] = *random.pick(&INKS).unwrap_or(&[0.0; 3]);
    content.save_state();
    content.set_stroke_rgb(red, green, blue);
    content.set_line_cap(LineCapStyle::RoundCap).set_line_join(LineJoinStyle::RoundJoin);
    let characters = 2 + random.below(2);
    let step = ((right - left) / characters as f32).min(height * 0.95);
    for index in 0..characters {
        let x = left + step * (index as f32 + 0.1 * random.unit());
        let y = top + (bottom - top - height) / 2.0 + height * 0.12 * (random.unit() - 0.5);
        character(content, (x, y), (step * 0.92, height), random);
    }
    content.restore_state();
}

/// Black and blue-black, as pens for contracts write.
const INKS: [[f32; 3]; 3] = [[0.08, 0.08, 0.1], [0.1, 0.14, 0.38], [0.05, 0.05, 0.22]];

/// Strokes as 横 竖 撇 捺 点 lie in a hanzi: from, to, in the unit square, y down.
const STROKES: [[f32; 4]; 8] = [
    [0.08, 0.3, 0.92, 0.22],
    [0.15, 0.62, 0.85, 0.55],
    [0.5, 0.05, 0.46, 0.95],
    [0.52, 0.3, 0.05, 0.92],
    [0.48, 0.4, 0.95, 0.9],
    [0.25, 0.1, 0.2, 0.55],
    [0.62, 0.08, 0.76, 0.2],
    [0.2, 0.82, 0.9, 0.8],
];

fn character(content: &mut Content, origin: (f32, f32), size: (f32, f32), random: &mut Random) {
    for _ in 0..4 + random.below(4) {
        let Some(&[x0, y0, x1, y1]) = random.pick(&STROKES) else { return };
        let mut place = |x: f32, y: f32| {
            let [dx, dy] = [random.unit(), random.unit()].map(|unit| (unit - 0.5) * 0.3);
            (origin.0 + (x + dx) * size.0, A4_HEIGHT - origin.1 - (y + dy) * size.1)
        };
        let (from, to) = (place(x0, y0), place(x1, y1));
        let (bend, end) = (place((x0 + x1) / 2.0, (y0 + y1) / 2.0), place(x1, y1));
        content.set_line_width(0.8 + random.unit());
        content.move_to(from.0, from.1).cubic_to(bend.0, bend.1, end.0, end.1, to.0, to.1).stroke();
    }
}
