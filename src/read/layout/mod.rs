//! Glyphs and rules at places → lines in the order in which a person reads them.
//!
//! ```text
//! Glyph ─▶ chunks ─▶ rows ─▶ columns ─▶ tables, cells ─▶ line_text ─▶ Line
//! ```
//!
//! Where the glyphs come from does not matter: drawn by a PDF, read off a picture, or both.

mod cells;
mod chunks;
mod columns;
mod glyph;
mod line_text;
mod lines;
mod overprint;
mod rows;
mod tables;

pub use glyph::{Glyph, Marks, Rule, Symbol};
pub use lines::{ASCENT, DESCENT, assemble, from_frame, to_frame};
