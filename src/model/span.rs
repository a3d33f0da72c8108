//! Evidence: where in the document a value or a finding stands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::BBox;

/// A stretch of the record's text with its places in the document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    /// First character (Unicode scalar values of the record's `text`, from 0).
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// That stretch, verbatim.
    pub quote: String,
    /// Where it stands: a box for each physical line, or the paragraph.
    pub places: Vec<Place>,
    /// The part of a composite value that this span supports: `start`, `end`, `forum` …
    #[serde(rename = "for", default, skip_serializing_if = "Option::is_none")]
    pub supports: Option<String>,
}

impl Span {
    /// The same span, said to support one part of a composite value.
    pub fn supporting(mut self, part: &str) -> Self {
        self.supports = Some(part.to_owned());
        self
    }
}

/// A place in the document: a box on a page, or a paragraph of a format without pages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Place {
    /// On a page.
    Page {
        /// Page number, from 1.
        page: u32,
        /// In points, origin top left.
        #[serde(rename = "box")]
        bbox: BBox,
    },
    /// In a paragraph.
    Block {
        /// Number of the paragraph or table, from 0.
        block: u32,
        /// Row and column in the table, from 0.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cell: Option<[u32; 2]>,
    },
}
