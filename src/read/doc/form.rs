//! Controls of a form (旧式窗体) in the stream `Data` ([MS-DOC] 2.9.78, 2.9.157).

use super::raw::{bytes, long, text, word};
use crate::read::docx::fields::Form;

/// The result that stands for "as by default".
const DEFAULT: u16 = 25;

/// The control at a place.
pub(super) fn control(data: &[u8], at: usize) -> Option<Form> {
    let length = (long(data, at)? as usize).checked_sub(0x44)?;
    let entry = bytes(data, at.checked_add(0x44)?, length)?;
    if long(entry, 0)? != u32::MAX {
        return None;
    }
    let bits = word(entry, 4)?;
    let (kind, result) = (bits & 0b11, (bits >> 2) & 0b1_1111);
    let name = 10;
    let after_name = name + 2 + 2 * word(entry, name)? as usize + 2;
    if kind == 0 {
        return Some(Form::Text);
    }
    let chosen = if result == DEFAULT { word(entry, after_name)? } else { result };
    Some(match kind {
        1 => Form::Checkbox(chosen == 1),
        _ => Form::Choice(choice(entry, after_name + 2, chosen).unwrap_or_default()),
    })
}

/// An entry of a list to choose from, which stands behind five texts.
fn choice(entry: &[u8], mut at: usize, chosen: u16) -> Option<String> {
    for _ in 0..5 {
        at += 2 + 2 * word(entry, at)? as usize + 2;
    }
    let count = word(entry, at + 2)?;
    at += 6;
    for _ in 0..chosen.min(count) {
        at += 2 + 2 * word(entry, at)? as usize;
    }
    text(entry, at + 2, word(entry, at)? as usize)
}
