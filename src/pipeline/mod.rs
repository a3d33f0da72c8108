//! Puts the stages together: one file, or a whole archive.

mod archive;
mod checkup;
mod inside;
mod progress;
mod reocr;
mod walk;

pub use archive::reindex::rebuild as rebuild_index;
pub use archive::{Run, RunError, RunOptions, Summary};
pub use checkup::{CheckupOptions, checkup, filing};
pub use progress::{Event, Outcome, Progress};
pub use reocr::{Reocr, ReocrError};
pub use walk::{explain, show_path};

use self::inside::{Unpacked, member_path};
use crate::engine::{Analysis, Engine, Identity, Options};
use crate::model::{Document, Issue, Level, MediaType, Stage};
use crate::read::worker::ReaderPool;

/// One file's bytes to everything that is said about it: a record for each contract in it, one at least.
///
/// Total: bytes that cannot be read give a record with status `failed` and the reason in its issues.
pub fn process(
    bytes: &[u8],
    path: &str,
    engine: &Engine,
    readers: &ReaderPool,
    options: Options,
) -> Vec<Analysis> {
    match readers.with(|reader| reader.read(bytes)) {
        Ok(document) => engine.analyse(&document, &Identity::of(bytes, path), options),
        Err(error) => vec![process_unreadable("no-reader", no_reader(&error), path, engine, options)],
    }
}

/// A file's bytes to everything that is said about it and about what it holds: the members of a container, each
/// with a record of its own, and last the file itself.
///
/// Total, as [`process`] is.
pub fn process_all(
    bytes: &[u8],
    path: &str,
    engine: &Engine,
    readers: &ReaderPool,
    options: Options,
) -> Vec<Analysis> {
    let mut all = All { engine, readers, options, unpacked: Unpacked::default(), found: Vec::new() };
    all.process(bytes, path);
    all.found
}

/// A file and what it holds, while it is gone through.
struct All<'a> {
    engine: &'a Engine,
    readers: &'a ReaderPool,
    options: Options,
    unpacked: Unpacked,
    found: Vec<Analysis>,
}

impl All<'_> {
    fn process(&mut self, bytes: &[u8], path: &str) {
        let own = process(bytes, path, self.engine, self.readers, self.options);
        if own.iter().any(|own| own.record.source.media_type.is_container()) {
            self.look_inside(bytes, path);
        }
        self.found.extend(own);
    }

    fn look_inside(&mut self, bytes: &[u8], path: &str) {
        let contents = self.unpacked.open(bytes, self.readers);
        for member in contents.members {
            self.unpacked.enter();
            self.process(&member.bytes, &member_path(path, &member.name));
            self.unpacked.leave();
        }
        if let Some(problem) = contents.problem {
            let inside = member_path(path, "");
            let unread =
                process_unreadable("container-unopened", problem, &inside, self.engine, self.options);
            self.found.push(unread);
        }
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
    engine.unread(&document, &nobody, options)
}
