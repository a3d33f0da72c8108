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

mod cascade;
mod detect;
mod geometry;
mod ink;
mod line;
mod mask;
pub mod model;
pub mod net;
mod order;
mod orient;
mod overlap;
mod per_mille;
mod picture;
mod pieces;
mod reader;
mod reading;
mod recognise;
mod red;
mod resample;
mod ruling;
mod seal;
mod settings;
mod sights;
mod vertical;

pub use net::Runtime;
pub use picture::{Picture, PictureError, Turn};
pub use reader::{Reader, ReadingError, models_digest};
pub use reading::{Character, Doubt, Ink, PageReading, Point, Quad, Ruling, SealMark, SealShape, TextLine};
pub use settings::{Judge, Settings};
