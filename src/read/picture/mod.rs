//! The picture of a page → the page. Shared by scans in PDF, image files and OFD.
//!
//! ```text
//! PagePicture ─▶ Eyes ─▶ PageReading ─▶ place ─▶ characters ─▶ layer ─▶ Marks ─▶ layout ─▶ Page
//!                                (points of the page, upright)  (second witness)
//! ```
//!
//! Nothing is invented: what no character was read for is not in the lines, and a page on which nothing was
//! read although something is on it is unread, with the reason.

mod eyes;
mod flaw;
mod judge;
mod layer;
mod line;
mod outcome;
mod page;
mod pixels;
mod place;
mod seal;
#[cfg(test)]
mod tests;
mod tone;

pub use eyes::{Eyes, Models};
pub use flaw::Flaw;
pub use judge::Grammar;
pub use layer::{Layer, LayerCharacter};
pub use page::{PagePicture, Scan, TextOverImage, add_to_text, read, read_in_doubt};
pub use pixels::{Decoded, Orientation};
