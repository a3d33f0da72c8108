//! Renders the sample contracts of `hetong` as the files that an office archive holds.
//!
//! A contract is written once, as text with a little markup ([`source`]), and comes out as
//!
//! - a born-digital PDF ([`pdf`]), with embedded fonts or under the predefined CMaps that older
//!   Chinese software writes,
//! - a Word file ([`docx`]), with automatic numbering, tracked changes and the like,
//! - an OFD file ([`ofd`]), as government offices exchange them,
//! - plain text ([`plain`]) in the encodings that Windows writes,
//! - a scan (`scan`, behind the feature `scans`).
//!
//! A [`template`] is a contract with slots and the truth about them: it comes out differently for every seed.
//!
//! A [`plan`] says which contract becomes which file; [`archive`] makes as many different
//! contracts as asked for out of the few written ones.
//! All output is a function of its input: no clock, no place, no hash order.

pub mod archive;
pub mod docx;
mod error;
pub mod font;
pub mod golden;
mod label;
pub mod layout;
pub mod ofd;
mod package;
pub mod pdf;
pub mod plain;
pub mod plan;
mod rendering;
#[cfg(feature = "scans")]
pub mod scan;
pub mod score;
mod seed;
pub mod source;
pub mod template;

pub use error::{Error, Result};
pub use rendering::{Container, Rendering, ScanSpec, render};
