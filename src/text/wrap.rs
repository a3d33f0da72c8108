//! Plain text whose lines an editor broke at a fixed width: told apart, and its margins.

use super::margins::Margins;
use super::script;
use super::strip::Strip;

/// Narrowest and widest wrapping that is believed, in columns: 30 to 45 hanzi.
const WIDTHS: std::ops::RangeInclusive<usize> = 56..=92;
/// How far a full line may fall short of the width: one hanzi and one mark that must not end a line.
const RAGGED: usize = 4;

/// The margins of hard-wrapped text, or `None` where it is not clearly wrapped: there must be several
/// full lines of one width, and most of them must stop in the middle of a sentence.
pub fn hard_wrapped(strips: &[Strip<'_>]) -> Option<Margins> {
    let width = strips.iter().map(|strip| script::text_columns(strip.text)).max()?;
    if !WIDTHS.contains(&width) {
        return None;
    }
    let full = |strip: &&Strip<'_>| script::text_columns(strip.text) + RAGGED >= width;
    let (mut lines, mut broken) = (0, 0);
    for strip in strips.iter().filter(full) {
        lines += 1;
        broken += usize::from(!strip.text.chars().next_back().is_some_and(script::ends_sentence));
    }
    let clear = lines >= 5 && lines * 4 >= strips.len() && broken * 10 >= lines * 7;
    clear.then_some(Margins { left: 0.0, right: width as f32, leading: 0.0, size: 0.0 })
}
