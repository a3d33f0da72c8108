//! Reading in a child process, because no reader of hostile files is safe in one's own.
//!
//! A stack overflow, a failed allocation or an endless loop ends the child and costs the document, not
//! the run. The parent sends a file's bytes; the child answers page by page, so that what was read before
//! the end is kept. [`serve`] is the child's side, [`Reader`] the parent's.

mod again;
mod frame;
mod parent;
mod serve;

pub use parent::{Reader, ReaderPool, read_bounded};
pub use serve::serve;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Limits, ReadError};
use crate::model::{Block, Issue, MediaType, Page, Seal};

/// Bounds on one child process and on one document in it.
#[derive(Debug, Clone)]
pub struct WorkerLimits {
    /// Bytes of address space of the child.
    pub memory: u64,
    /// CPU seconds for a document, and more for each page.
    pub cpu_seconds: u64,
    /// CPU seconds for each page.
    pub cpu_seconds_per_page: u64,
    /// CPU seconds for each picture, from when it begins to be read.
    pub cpu_seconds_per_picture: u64,
    /// Longest silence before the child is given up.
    pub silence: Duration,
    /// The same while a picture is read.
    pub silence_looking: Duration,
    /// Bytes of the largest file that is looked at.
    pub file_bytes: u64,
    /// How often a document is tried anew after its reader died.
    pub retries: u32,
    /// Documents after which a child is replaced: caches of the PDF interpreter only grow.
    pub documents_per_child: u32,
}

impl Default for WorkerLimits {
    fn default() -> Self {
        Self {
            memory: 2 << 30,
            cpu_seconds: 30,
            cpu_seconds_per_page: 1,
            cpu_seconds_per_picture: 150,
            silence: Duration::from_secs(30),
            silence_looking: Duration::from_secs(180),
            file_bytes: 512 << 20,
            retries: 2,
            documents_per_child: 256,
        }
    }
}

/// What is wanted of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Task {
    /// Its pages or paragraphs.
    Read,
    /// The files that it holds, as bytes.
    Unpack,
}

/// What the parent asks: this is followed by the file's bytes.
#[derive(Debug, Serialize, Deserialize)]
struct Request {
    task: Task,
    bytes: u64,
    limits: Limits,
    cpu_seconds: u64,
    cpu_seconds_per_page: u64,
    cpu_seconds_per_picture: u64,
}

/// What the child answers.
#[derive(Debug, Serialize, Deserialize)]
enum Answer {
    Opened {
        media_type: MediaType,
        pages: Option<u32>,
    },
    Page(Page),
    Block(Block),
    Seal(Seal),
    Issue(Issue),
    /// It begins to read a picture.
    Looking,
    /// A member of a container; so many bytes of it follow.
    Member {
        name: String,
        bytes: u64,
    },
    /// The whole document was gone through.
    Done,
    /// It could not be read; what was answered before stands.
    Refused {
        code: String,
        message: String,
    },
}

impl From<Result<(), ReadError>> for Answer {
    fn from(result: Result<(), ReadError>) -> Self {
        match result {
            Ok(()) => Self::Done,
            Err(error) => Self::Refused { code: error.code().to_owned(), message: error.to_string() },
        }
    }
}
