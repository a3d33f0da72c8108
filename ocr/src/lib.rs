//! Reads the picture of a page.
//!
//! ```text
//! Picture ─▶ orient ─▶ upright Picture ─▶ detect ─▶ quads ─▶ recognise ─▶ lines ─┐
//!                             │                                                  ├─▶ PageReading
//!                             └─▶ seal, ruling, ink ─────────────────────────────┘
//! ```
//!
//! This crate knows pixels and models and nothing of contracts. It stands apart from the package that uses it
//! because it has to be optimised even in a test build, because the only `unsafe` code of the project is its
//! arithmetic, and because whoever works on contracts should not have to build it anew.

mod ink;
mod mask;
pub mod model;
pub mod net;
mod picture;
mod reading;
mod ruling;
mod seal;

pub use picture::{Picture, PictureError, Turn};
pub use reading::{Character, Ink, PageReading, Point, Quad, Ruling, SealMark, SealShape, TextLine};
