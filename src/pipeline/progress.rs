//! What a run tells while it goes on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Summary;
use crate::model::Issue;

/// What became of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Read and analysed.
    Read,
    /// Read before; fields and findings made anew, because a dictionary changed.
    Reanalysed,
    /// Read before; findings made anew, because a rule pack changed.
    Reviewed,
    /// Nothing to do.
    Unchanged,
    /// The same content as another file.
    Duplicate,
    /// The file itself could not be opened.
    Unreadable,
}

/// One thing that happened, as `hetong process --json` prints it, a line each.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// The run begins.
    Started {
        /// The archive.
        archive: String,
        /// Files in it.
        files: u64,
    },
    /// One file is done.
    File {
        /// Path below the archive.
        path: String,
        /// What was done.
        outcome: Outcome,
        /// SHA-256 of the content, where it could be read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// Status of the record, where one was made.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<String>,
        /// What a person should know of it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        issues: Vec<Issue>,
    },
    /// Records are put into the index that were not in it.
    Indexing {
        /// How many so far.
        records: u64,
    },
    /// The run is over.
    Finished(Summary),
}

/// Somebody who watches a run. Called from many threads.
pub trait Progress: Sync {
    /// Something happened.
    fn tell(&self, event: &Event);
}
