//! One page of marks → its content part.

use super::FONT;
use crate::layout::{A4_HEIGHT, HalfWidth, Mark, Metrics, Page, Run};
use crate::pdf::stand_in;

/// Thickness of table rules, in millimetres.
const RULE_WIDTH: f32 = 0.18;
/// Height of the baseline over the bottom of a text's box, in ems.
const ASCENT: f32 = 0.88;

/// The layer of a page; `next` is the next free object number.
pub(super) fn content(page: &Page, next: &mut usize) -> String {
    let mut number = || {
        *next += 1;
        *next - 1
    };
    let mut layer = format!("<ofd:Layer ID=\"{}\">", number());
    for mark in &page.marks {
        layer += &match mark {
            Mark::Text(run) => text(run, number()),
            Mark::Rule { from, to } => rule(*from, *to, number()),
        };
    }
    layer + "</ofd:Layer>"
}

fn text(run: &Run, id: usize) -> String {
    let (x, y) = (millimetres(run.x), millimetres(A4_HEIGHT - run.y - ASCENT * run.size));
    let (width, size) = (millimetres(HalfWidth.width(&run.text) * run.size), millimetres(run.size));
    let weight = if run.bold { " Weight=\"700\"" } else { "" };
    format!(
        "<ofd:TextObject ID=\"{id}\" Boundary=\"{x} {y} {width} {size}\" Font=\"{FONT}\" Size=\"{size}\"{weight}>\
         <ofd:TextCode X=\"0\" Y=\"{}\"{}>{}</ofd:TextCode></ofd:TextObject>",
        millimetres(ASCENT * run.size),
        steps(run),
        escaped(&run.text)
    )
}

/// The steps between a run's characters, like ones after each other as `g n v` (11.3).
fn steps(run: &Run) -> String {
    let mut steps: Vec<String> =
        run.text.chars().map(|c| millimetres(HalfWidth.advance(c) * run.size)).collect();
    // After the last character nothing follows.
    steps.pop();
    let folded = steps.chunk_by(|a, b| a == b).map(|alike| match alike {
        [first, _, ..] => format!("g {} {first}", alike.len()),
        alike => alike.concat(),
    });
    let folded: Vec<String> = folded.collect();
    if folded.is_empty() { String::new() } else { format!(" DeltaX=\"{}\"", folded.join(" ")) }
}

fn rule(from: (f32, f32), to: (f32, f32), id: usize) -> String {
    let (left, top) = (from.0.min(to.0), A4_HEIGHT - from.1.max(to.1));
    let end = |(x, y): (f32, f32)| format!("{} {}", millimetres(x - left), millimetres(A4_HEIGHT - y - top));
    format!(
        "<ofd:PathObject ID=\"{id}\" Boundary=\"{} {} {} {}\" LineWidth=\"{RULE_WIDTH}\"><ofd:AbbreviatedData>\
         M {} L {}</ofd:AbbreviatedData></ofd:PathObject>",
        millimetres(left),
        millimetres(top),
        millimetres((to.0 - from.0).abs()),
        millimetres((to.1 - from.1).abs()),
        end(from),
        end(to)
    )
}

/// Points → millimetres to a ten-thousandth, without zeros at the end.
pub(super) fn millimetres(points: f32) -> String {
    let exact = format!("{:.4}", f64::from(points) * 25.4 / 72.0);
    let short = exact.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match stand_in(c) {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // Other control characters have no place in XML.
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> Run {
        Run { x: 72.0, y: 720.0, size: 12.0, bold: false, text: text.to_owned(), block: None, cell: None }
    }

    #[test]
    fn like_steps_are_folded() {
        assert_eq!(steps(&run("甲方：A12")), " DeltaX=\"g 3 4.2333 g 2 2.1167\"");
        assert_eq!(steps(&run("甲A乙")), " DeltaX=\"4.2333 2.1167\"");
        assert_eq!(steps(&run("甲")), "");
    }

    #[test]
    fn text_is_escaped() {
        assert!(text(&run("A&B<C"), 7).contains(">A&amp;B&lt;C</ofd:TextCode>"));
    }

    #[test]
    fn a_page_has_numbered_objects() {
        let page =
            Page { marks: vec![Mark::Text(run("甲")), Mark::Rule { from: (10.0, 20.0), to: (90.0, 20.0) }] };
        let mut next = 5;
        let layer = content(&page, &mut next);
        assert!(layer.starts_with("<ofd:Layer ID=\"5\"><ofd:TextObject ID=\"6\""), "{layer}");
        assert!(layer.contains("M 0 0 L 28.2222 0"), "{layer}");
        assert_eq!(next, 8);
    }
}
