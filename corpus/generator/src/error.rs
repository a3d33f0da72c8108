//! What can go wrong between a source text and a file.

use std::io;
use std::path::{Path, PathBuf};

use crate::font::Family;
use crate::plan::PlanError;
use crate::source::ParseError;

/// Why something could not be rendered, read or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A contract's source text breaks the format.
    #[error("{slug}.txt, {error}")]
    Source {
        /// Which contract.
        slug: String,
        /// The line and what is wrong with it.
        error: ParseError,
    },
    /// A contract's truth file is not what it should be.
    #[error("{slug}.json: {error}")]
    Truth {
        /// Which contract.
        slug: String,
        /// Where the JSON is wrong.
        error: serde_json::Error,
    },
    /// A template breaks its format, or its truth does not follow from its text.
    #[error("{slug}: {problem}")]
    Template {
        /// Which template.
        slug: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A folder that should hold contracts holds none.
    #[error("no contracts (*.txt) in {path}", path = .0.display())]
    NoContracts(PathBuf),
    /// The plan file cannot be followed.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// An encoding or a typeface lacks a character.
    #[error("{target} has no {character:?} (U+{code:04X})", code = *character as u32)]
    Character {
        /// The character.
        character: char,
        /// What lacks it: a CMap, an encoding or a typeface.
        target: String,
    },
    /// No file of a font family was found.
    #[error("no {file} for the family {family:?} under {searched}", file = family.file_name())]
    FontMissing {
        /// The family.
        family: Family,
        /// The folders, for the reader.
        searched: String,
    },
    /// A font file was found and cannot be used.
    #[error("the font of the family {family:?}: {reason}")]
    FontUnusable {
        /// The family.
        family: Family,
        /// What is wrong with it.
        reason: String,
    },
    /// A page could not be turned into a picture.
    #[error("no picture of the page: {0}")]
    Picture(String),
    /// The package of a DOCX file could not be written.
    #[error("no DOCX package: {0}")]
    Package(#[from] zip::result::ZipError),
    /// A file could not be read or written.
    #[error("{path}: {error}", path = path.display())]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

impl Error {
    /// For `map_err`: an input or output error that names its file.
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::Io { path: path.to_owned(), error }
    }
}

/// A result with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;
