//! What went wrong while a contract was processed, as data.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much an issue takes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing; nothing is lost.
    Info,
    /// Something may be less good than it looks.
    Warning,
    /// Something was not read: the record is `partial` or `failed`.
    Error,
}

/// The stage that an issue arose in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Bytes to pages.
    Read,
    /// Page images to lines.
    Ocr,
    /// Pages to running text.
    Text,
    /// Text to fields.
    Fields,
    /// Fields to findings.
    Rules,
    /// Keeping the record.
    Store,
}

/// One thing that a person should know about how a document was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Issue {
    /// How much is lost.
    pub level: Level,
    /// Where it arose.
    pub stage: Stage,
    /// A stable slug: `needs-ocr`, `page-unreadable`, `encrypted`, `tracked-changes` …
    pub code: String,
    /// The page it concerns, from 1; absent when it concerns the whole document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// What a person reads, in Chinese: what is wrong and what can be done.
    pub message: String,
}

impl Issue {
    /// An issue about the whole document.
    pub fn new(level: Level, stage: Stage, code: &str, message: impl Into<String>) -> Self {
        Self { level, stage, code: code.to_owned(), page: None, message: message.into() }
    }

    /// The same issue, tied to a page (from 1).
    pub fn on_page(mut self, page: u32) -> Self {
        self.page = Some(page);
        self
    }
}
