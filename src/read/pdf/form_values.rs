//! What was filled into a form and is not drawn.
//!
//! A field shows its value by an appearance stream; programs that fill forms may leave that to the viewer
//! (`NeedAppearances`, ISO 32000-1, 12.7.2). A viewer then shows a value that no content of the page holds.

use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, String};
use hayro_interpret::hayro_syntax::page::Page;

/// Flags of an annotation that keep it from being seen (table 165): `Hidden`, `NoView`.
const UNSEEN: u32 = 1 << 1 | 1 << 5;
/// Fields inside fields that are followed upwards for a value.
const DEEPEST: usize = 16;

/// How many fields and remarks of a page hold text that nothing draws.
pub(super) fn undrawn(page: &Page<'_>) -> usize {
    let annotations = page.raw().get::<Array<'_>>("Annots");
    annotations.map_or(0, |all| all.iter::<Dict<'_>>().filter(is_undrawn).count())
}

fn is_undrawn(annotation: &Dict<'_>) -> bool {
    let is_seen = annotation.get::<u32>("F").unwrap_or(0) & UNSEEN == 0;
    let is_drawn = annotation.get::<Dict<'_>>("AP").is_some_and(|drawn| drawn.contains_key("N"));
    is_seen && !is_drawn && holds_text(annotation)
}

fn holds_text(annotation: &Dict<'_>) -> bool {
    match annotation.get::<Name<'_>>("Subtype").as_deref() {
        Some(b"Widget") => {
            let is_text = inherited(annotation, |field| field.get::<Name<'_>>("FT"))
                .is_some_and(|kind| matches!(&*kind, b"Tx" | b"Ch"));
            is_text && inherited(annotation, |field| field.get::<String<'_>>("V")).is_some_and(is_written)
        }
        Some(b"FreeText") => annotation.get::<String<'_>>("Contents").is_some_and(is_written),
        _ => false,
    }
}

fn is_written(text: String<'_>) -> bool {
    !text.trim_ascii().is_empty()
}

/// An entry of a field, or of those above it.
fn inherited<'a, T>(field: &Dict<'a>, entry: impl Fn(&Dict<'a>) -> Option<T>) -> Option<T> {
    let mut field = field.clone();
    for _ in 0..DEEPEST {
        if let Some(found) = entry(&field) {
            return Some(found);
        }
        field = field.get::<Dict<'a>>("Parent")?;
    }
    None
}
