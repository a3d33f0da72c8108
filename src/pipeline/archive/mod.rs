//! A whole archive: every file once, in parallel, one writer, and nothing twice.
//!
//! A run may be killed at any moment. Results are stored in batches that hold whole or not at all, a
//! file's own line comes after its record, and a record counts as indexed only after the index said so:
//! the next run finds what is unfinished by looking, without a journal of its own.

mod failures;
mod inside;
mod need;
pub(super) mod reindex;
mod work;
mod writer;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex};

use rayon::iter::{ParallelBridge, ParallelIterator};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use self::work::Shared;
use self::writer::Writing;
use super::progress::{Event, Outcome, Progress};
use super::reocr::Reocr;
use super::walk::walk;
use crate::engine::Engine;
use crate::read::worker::ReaderPool;
use crate::search::{Index, Lexicon, SearchError};
use crate::store::{Store, StoreError};

/// Threads beyond this only take memory: each has a reading process of its own.
const MOST_JOBS: usize = 256;

/// Results that may wait for the writer.
const WAITING_RESULTS: usize = 64;

/// Why a run stopped. What was stored before stays.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The archive is no folder.
    #[error("归档目录 {path} 无法打开：{source}")]
    Archive {
        /// As given.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The index.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The list of failures could not be written.
    #[error("无法写入失败清单 {path}：{source}。请检查磁盘空间")]
    FailureList {
        /// The list.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Threads could not be started.
    #[error("无法启动工作线程：{0}")]
    Threads(String),
}

/// What the person who runs it may choose.
#[derive(Debug, Clone, Default)]
pub struct RunOptions {
    /// Threads; 0 for one a core.
    pub jobs: usize,
    /// Read again what was not complete.
    pub retry_failed: bool,
    /// Read everything again.
    pub reread: bool,
    /// Read these pages again with the strong models.
    pub reocr: Vec<Reocr>,
    /// Keep a copy of every file beside the store, under its hash.
    pub keep_originals: bool,
}

/// A run's figures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// Files that were looked at, members of containers among them.
    pub files: u64,
    /// Contents read.
    pub read: u64,
    /// Contents analysed anew without reading.
    pub reanalysed: u64,
    /// Contents whose findings were made anew.
    pub reviewed: u64,
    /// Files with nothing to do.
    pub unchanged: u64,
    /// Files with the content of another.
    pub duplicates: u64,
    /// Files that are no longer there.
    pub gone: u64,
    /// Files in the list of what is not complete.
    pub failures: u64,
    /// That list.
    pub failure_list: String,
}

impl Summary {
    fn count(&mut self, outcome: Outcome) {
        self.files += 1;
        match outcome {
            Outcome::Read => self.read += 1,
            Outcome::Reanalysed => self.reanalysed += 1,
            Outcome::Reviewed => self.reviewed += 1,
            Outcome::Unchanged => self.unchanged += 1,
            Outcome::Duplicate => self.duplicates += 1,
            Outcome::Unreadable => {}
        }
    }
}

/// Everything that a run needs.
pub struct Run<'a> {
    /// The folder to go through.
    pub archive: &'a Path,
    /// Where results go.
    pub store: &'a Path,
    /// The stages.
    pub engine: &'a Engine,
    /// Child processes that read.
    pub readers: &'a ReaderPool,
    /// Words and synonyms of the index.
    pub lexicon: Arc<Lexicon>,
    /// Choices.
    pub options: RunOptions,
    /// Who watches.
    pub progress: &'a dyn Progress,
}

impl Run<'_> {
    /// Goes through the archive.
    ///
    /// # Errors
    ///
    /// Only what stops the run: the archive, the store, the index, a record to read again that is not there. A bad
    /// document never does.
    pub fn run(&self) -> Result<Summary, RunError> {
        let archive = self
            .archive
            .canonicalize()
            .and_then(|path| std::fs::read_dir(&path).map(|_| path))
            .map_err(|source| RunError::Archive { path: self.archive.to_owned(), source })?;
        let mut store = Store::create_or_open(self.store)?;
        for id in self.options.reocr.iter().filter_map(Reocr::record) {
            store.resolve(id)?;
        }
        let index = self.index(&mut store)?;
        let files = walk(&archive, self.store).count() as u64;
        self.progress.tell(&Event::Started { archive: self.archive.display().to_string(), files });
        let name = archive.to_string_lossy().into_owned();
        let (sender, results) = sync_channel(WAITING_RESULTS);
        let shared = Shared {
            run: self,
            lookup: Mutex::new(Store::open(self.store)?),
            archive: &name,
            claimed: Mutex::default(),
            redone: Mutex::default(),
            stop: AtomicBool::new(false),
        };
        let threads = rayon::ThreadPoolBuilder::new()
            .num_threads(self.options.jobs.min(MOST_JOBS))
            .build()
            .map_err(|error| RunError::Threads(error.to_string()))?;
        let summary = std::thread::scope(|scope| {
            let shared = &shared;
            let writer = scope.spawn(|| Writing::begin(shared, store, &index)?.write(results));
            threads.install(|| {
                let walk = walk(&archive, self.store).take_while(|_| !shared.stop.load(Ordering::Relaxed));
                walk.par_bridge().for_each_with(sender, |sender, item| shared.work(item, sender));
            });
            writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })?;
        self.progress.tell(&Event::Finished(summary.clone()));
        Ok(summary)
    }

    /// The index for writing. One of another version of the program is first built anew beside, so that there is
    /// always one that holds every record.
    fn index(&self, store: &mut Store) -> Result<Index, RunError> {
        if Index::is_of_another_version(self.store) {
            let tell = |records| self.progress.tell(&Event::Indexing { records });
            reindex::build_anew(store, self.store, self.engine, Arc::clone(&self.lexicon), &tell)?;
        }
        Ok(Index::create_or_open(self.store, Arc::clone(&self.lexicon))?)
    }
}
