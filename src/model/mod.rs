//! The types that flow from one stage to the next.
//!
//! ```text
//! bytes ─▶ Document ─▶ Text ─▶ Fields ─▶ Vec<Finding> ─▶ Record
//! ```
//!
//! Nothing here reads a file, knows a format or a rule of law. A stage cannot run too early, because
//! the type it takes is made by the stage before it.

pub mod capital;
pub mod case;
pub mod checked;
pub mod code;
pub mod document;
pub mod fields;
pub mod finding;
pub mod geometry;
pub mod incident;
pub mod issue;
pub mod mark;
pub mod masking;
pub mod moment;
pub mod name;
pub mod node;
pub mod period;
pub mod record;
#[cfg(test)]
pub(crate) mod sample;
pub mod span;
pub mod text;
pub mod value;
pub mod written;

pub use document::{
    Block, Cell, Document, Joint, Line, Mark, MarkKind, MediaType, Page, PageClass, PageOrigin, Region,
};
pub use fields::Fields;
pub use finding::{Basis, Finding, Outcome, Severity};
pub use geometry::BBox;
pub use issue::{Folded, Issue, Level, Stage};
pub use period::Period;
pub use record::{Record, Seal, Status};
pub use span::{Place, Span};
pub use text::Text;
pub use value::{Confidence, Value};
