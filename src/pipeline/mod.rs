//! Puts the stages together: one file, or a whole archive.

mod archive;
mod progress;
mod reocr;
mod walk;

pub use archive::{Run, RunError, RunOptions, Summary};
pub use progress::{Event, Outcome, Progress};
pub use reocr::{Reocr, ReocrError};
pub use walk::{explain, show_path};

use crate::engine::{Analysis, Engine, Identity, Options};
use crate::model::{Document, Issue, Level, MediaType, Stage};
use crate::read::worker::ReaderPool;

/// One file's bytes to everything that is said about it.
///
/// Total: bytes that cannot be read give a record with status `failed` and the reason in its issues.
pub fn process(
    bytes: &[u8],
    path: &str,
    engine: &Engine,
    readers: &ReaderPool,
    options: Options,
) -> Analysis {
    match readers.with(|reader| reader.read(bytes)) {
        Ok(document) => engine.analyse(&document, &Identity::of(bytes, path), options),
        Err(error) => process_unreadable("no-reader", no_reader(&error), path, engine, options),
    }
}

/// What a person reads when no reading process can be started.
fn no_reader(error: &std::io::Error) -> String {
    format!("无法启动读取进程：{error}；请关闭其他程序或用 --jobs 减少线程，然后重新运行")
}

/// The record of a file whose bytes could not be had: `code` and `message` say why.
pub fn process_unreadable(
    code: &str,
    message: String,
    path: &str,
    engine: &Engine,
    options: Options,
) -> Analysis {
    let mut document = Document::empty(MediaType::Unknown);
    document.issues.push(Issue::new(Level::Error, Stage::Read, code, message));
    // There are no bytes to name: an empty number, rather than that of the empty file.
    let nobody = Identity { sha256: String::new(), bytes: 0, path: path.to_owned() };
    engine.analyse(&document, &nobody, options)
}
