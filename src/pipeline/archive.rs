//! A whole archive: every file once, in parallel, one writer, and nothing twice.
//!
//! A run may be killed at any moment. Results are stored in batches that hold whole or not at all, a
//! file's own line comes after its record, and a record counts as indexed only after the index said so:
//! the next run finds what is unfinished by looking, without a journal of its own.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant, UNIX_EPOCH};

use rayon::iter::{ParallelBridge, ParallelIterator};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::progress::{Event, Outcome, Progress};
use super::walk::{Item, explain, walk};
use crate::engine::{Engine, Fingerprints, Identity, Options};
use crate::model::{Status, Text};
use crate::read::worker::{ReaderPool, read_bounded};
use crate::search::{Index, Lexicon, SearchError, Writer as IndexWriter};
use crate::store::{Analysed, Change, DocumentState, Failure, Packed, Store, StoreError};

/// Results that may wait for the writer.
const WAITING_RESULTS: usize = 64;
/// Changes and bytes of text in one batch, and the longest that one waits.
const BATCH: usize = 256;
const BATCH_BYTES: usize = 8 << 20;
const BATCH_AGE: Duration = Duration::from_secs(2);
/// Records between two commits of the index.
const INDEX_BATCH: usize = 4096;
/// Records taken from the store at once when the index has to catch up.
const CATCH_UP: usize = 512;

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
}

/// A run's figures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// Files that were looked at.
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
    /// Lines in the list of what is not complete.
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

/// What a thread hands to the writer for one file.
struct Done {
    changes: Vec<Change>,
    event: Event,
    outcome: Outcome,
    /// For the index: the text of the record among the changes.
    text: Option<Text>,
    /// A folder or link that could not be followed: nothing below it may be called gone.
    unreachable: Option<Vec<u8>>,
}

impl Run<'_> {
    /// Goes through the archive.
    ///
    /// # Errors
    ///
    /// Only what stops the run: the archive, the store, the index. A bad document never does.
    pub fn run(&self) -> Result<Summary, RunError> {
        let archive = self
            .archive
            .canonicalize()
            .and_then(|path| std::fs::read_dir(&path).map(|_| path))
            .map_err(|source| RunError::Archive { path: self.archive.to_owned(), source })?;
        let store = Store::create_or_open(self.store)?;
        let index = Index::create_or_open(self.store, Arc::clone(&self.lexicon))?;
        let files = walk(&archive, self.store).count() as u64;
        self.progress.tell(&Event::Started { archive: self.archive.display().to_string(), files });
        let name = archive.to_string_lossy().into_owned();
        let (sender, results) = sync_channel(WAITING_RESULTS);
        let shared = Shared {
            run: self,
            lookup: Mutex::new(Store::open(self.store)?),
            archive: &name,
            claimed: Mutex::default(),
            stop: AtomicBool::new(false),
        };
        let threads = rayon::ThreadPoolBuilder::new()
            .num_threads(self.options.jobs)
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
}

/// What the threads of a run share.
struct Shared<'a> {
    run: &'a Run<'a>,
    lookup: Mutex<Store>,
    archive: &'a str,
    /// Contents that a thread works on or that wait for the writer.
    claimed: Mutex<HashSet<String>>,
    /// The writer gave up.
    stop: AtomicBool,
}

/// What has to be done about a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Need {
    Nothing,
    Review,
    Analysis,
    Reading,
}

impl Need {
    fn of(state: Option<&DocumentState>, current: &Fingerprints, options: &RunOptions) -> Self {
        let Some(state) = state else { return Self::Reading };
        let failed = state.status != Status::Complete.as_str();
        if options.reread || state.read_by != current.reading || (options.retry_failed && failed) {
            Self::Reading
        } else if state.analysed_by != current.analysis {
            Self::Analysis
        } else if state.ruled_by != current.rules {
            Self::Review
        } else {
            Self::Nothing
        }
    }
}

impl Shared<'_> {
    fn lookup(&self) -> MutexGuard<'_, Store> {
        self.lookup.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn work(&self, item: Item, sender: &SyncSender<Result<Done, StoreError>>) {
        if self.stop.load(Ordering::Relaxed) {
            return;
        }
        // A closed channel means that the writer gave up and says why itself.
        let _ = sender.send(self.look_at(item));
    }

    fn look_at(&self, item: Item) -> Result<Done, StoreError> {
        if let Some(problem) = item.problem.clone() {
            return Ok(unreadable(item, problem));
        }
        let metadata = match std::fs::metadata(&item.path) {
            Ok(metadata) => metadata,
            Err(error) => return Ok(unreadable(item, explain(&error))),
        };
        let stamp = (metadata.len(), modified(&metadata));
        let known = self.lookup().source(self.archive, &item.relative)?;
        let same =
            known.filter(|known| (known.size, known.modified) == stamp).and_then(|known| known.document);
        if let Some(sha256) = same {
            let need = self.need(&sha256)?;
            if need < Need::Reading {
                return self.settle(item, stamp, sha256, need, None);
            }
        }
        let most = self.run.readers.limits().file_bytes;
        let bytes = match File::open(&item.path).and_then(|mut file| read_bounded(&mut file, most)) {
            Ok(Ok(bytes)) => bytes,
            Ok(Err(limit)) => return Ok(unreadable(item, limit.to_string())),
            Err(error) => return Ok(unreadable(item, explain(&error))),
        };
        let identity = Identity::of(&bytes, item.shown.clone());
        let need = self.need(&identity.sha256)?;
        self.settle(item, stamp, identity.sha256, need, Some(&bytes))
    }

    fn need(&self, sha256: &str) -> Result<Need, StoreError> {
        let state = self.lookup().document_state(sha256)?;
        Ok(Need::of(state.as_ref(), self.run.engine.fingerprints(), &self.run.options))
    }

    /// Does what is needed for a content, unless another thread is at it.
    fn settle(
        &self,
        item: Item,
        (size, modified): (u64, i64),
        sha256: String,
        need: Need,
        bytes: Option<&[u8]>,
    ) -> Result<Done, StoreError> {
        let claimed = need > Need::Nothing && self.claim(&sha256);
        // Another thread may have settled it between the first look and the claim.
        let need = if claimed { self.need(&sha256)? } else { need };
        let (analysed, text) = match claimed {
            true => self.analyse(&item, &sha256, need, bytes)?.unzip(),
            false => (None, None),
        };
        let outcome = match (need, claimed) {
            (Need::Nothing, _) if bytes.is_some() => Outcome::Duplicate,
            (Need::Nothing, _) => Outcome::Unchanged,
            (_, false) => Outcome::Duplicate,
            (Need::Review, true) => Outcome::Reviewed,
            (Need::Analysis, true) => Outcome::Reanalysed,
            (Need::Reading, true) => Outcome::Read,
        };
        let event = Event::File {
            path: item.shown.clone(),
            outcome,
            id: Some(sha256.clone()),
            status: analysed.as_ref().map(|a| a.record.status.as_str().to_owned()),
            issues: analysed.as_ref().map(|a| a.record.issues.clone()).unwrap_or_default(),
        };
        let seen = Change::Seen { path: item.relative, shown: item.shown, size, modified, document: sha256 };
        let changes = analysed.map(Change::Analysed).into_iter().chain([seen]).collect();
        Ok(Done { changes, event, outcome, text, unreachable: None })
    }

    fn claim(&self, sha256: &str) -> bool {
        self.claimed.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).insert(sha256.to_owned())
    }

    fn release(&self, sha256: &str) {
        self.claimed.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).remove(sha256);
    }

    fn analyse(
        &self,
        item: &Item,
        sha256: &str,
        need: Need,
        bytes: Option<&[u8]>,
    ) -> Result<Option<(Box<Analysed>, Text)>, StoreError> {
        let engine = self.run.engine;
        let (document, analysis) = match (need, bytes) {
            (Need::Nothing, _) | (Need::Reading, None) => {
                self.release(sha256);
                return Ok(None);
            }
            (Need::Reading, Some(bytes)) => {
                let document = self.run.readers.with(|reader| reader.read(bytes));
                let identity = Identity::of(bytes, item.shown.clone());
                let analysis = engine.analyse(&document, &identity, Options::default());
                (Some(document), analysis)
            }
            (Need::Review, _) => {
                let (document, record) = {
                    let store = self.lookup();
                    (store.document(sha256)?, store.record(sha256)?.record)
                };
                (None, engine.review_again(&document, record))
            }
            (Need::Analysis, _) => {
                let (document, record) = {
                    let store = self.lookup();
                    (store.document(sha256)?, store.record(sha256)?.record)
                };
                let identity = Identity {
                    sha256: sha256.to_owned(),
                    bytes: record.source.bytes,
                    path: item.shown.clone(),
                };
                (None, engine.analyse(&document, &identity, Options::default()))
            }
        };
        let current = engine.fingerprints();
        let made_by = [current.reading.clone(), current.analysis.clone(), current.rules.clone()];
        let document = document.as_ref().map(Packed::new).transpose();
        let document = document.map_err(|_| StoreError::Damaged(item.shown.clone()))?;
        let text = analysis.text;
        let analysed = Analysed { document, record: analysis.record, text: text.content.clone(), made_by };
        Ok(Some((Box::new(analysed), text)))
    }
}

fn modified(metadata: &std::fs::Metadata) -> i64 {
    let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or(0)
}

fn unreadable(item: Item, problem: String) -> Done {
    let issue = crate::model::Issue::new(
        crate::model::Level::Error,
        crate::model::Stage::Read,
        "unreadable-file",
        problem.clone(),
    );
    let event = Event::File {
        path: item.shown.clone(),
        outcome: Outcome::Unreadable,
        id: None,
        status: None,
        issues: vec![issue],
    };
    let unreachable = item.problem.is_some().then(|| item.relative.clone());
    let change = Change::Unreadable { path: item.relative, shown: item.shown, problem };
    Done { changes: vec![change], event, outcome: Outcome::Unreadable, text: None, unreachable }
}

/// The one writer of a run.
struct Writing<'a> {
    shared: &'a Shared<'a>,
    store: Store,
    index: IndexWriter,
    run: i64,
    summary: Summary,
    batch: Vec<Change>,
    /// Bytes of text in the batch.
    batch_bytes: usize,
    batch_since: Instant,
    /// Records put into the index since its last commit, and stored.
    indexed: Vec<String>,
    unreachable: Vec<Vec<u8>>,
}

impl<'a> Writing<'a> {
    fn begin(shared: &'a Shared<'a>, mut store: Store, index: &Index) -> Result<Self, RunError> {
        let begun = (|| {
            let run = store.begin_run(shared.archive, &now())?;
            // An index made from nothing holds no record, whatever the store remembers.
            let current = &shared.run.engine.fingerprints().index;
            store.await_index(if index.was_rebuilt() { "" } else { current })?;
            Ok::<_, RunError>((run, index.writer()?))
        })();
        let (run, index) = begun.inspect_err(|_| shared.stop.store(true, Ordering::Relaxed))?;
        Ok(Self {
            shared,
            store,
            index,
            run,
            summary: Summary::default(),
            batch: Vec::new(),
            batch_bytes: 0,
            batch_since: Instant::now(),
            indexed: Vec::new(),
            unreachable: Vec::new(),
        })
    }

    fn write(mut self, results: Receiver<Result<Done, StoreError>>) -> Result<Summary, RunError> {
        let written = self.take_all(&results).and_then(|()| self.finish());
        if written.is_err() {
            self.shared.stop.store(true, Ordering::Relaxed);
        }
        written
    }

    fn take_all(&mut self, results: &Receiver<Result<Done, StoreError>>) -> Result<(), RunError> {
        while let Ok(done) = results.recv() {
            let done = done?;
            self.summary.count(done.outcome);
            self.unreachable.extend(done.unreachable);
            for change in &done.changes {
                if let (Change::Analysed(analysed), Some(text)) = (change, &done.text) {
                    self.index.put(&analysed.record, text)?;
                    self.indexed.push(analysed.record.id.clone());
                    self.batch_bytes += text.content.len();
                }
            }
            self.batch.extend(done.changes);
            let full = self.batch.len() >= BATCH || self.batch_bytes >= BATCH_BYTES;
            if full || self.batch_since.elapsed() >= BATCH_AGE {
                self.store_batch()?;
            }
            self.shared.run.progress.tell(&done.event);
        }
        self.store_batch()
    }

    fn store_batch(&mut self) -> Result<(), RunError> {
        self.store.apply(self.shared.archive, self.run, &self.batch)?;
        let mut claimed = self.shared.claimed.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        for change in self.batch.drain(..) {
            if let Change::Analysed(analysed) = change {
                claimed.remove(&analysed.record.document);
            }
        }
        drop(claimed);
        self.batch_since = Instant::now();
        self.batch_bytes = 0;
        if self.indexed.len() >= INDEX_BATCH { self.commit_index() } else { Ok(()) }
    }

    /// The records are stored before: only now may they be called indexed.
    fn commit_index(&mut self) -> Result<(), RunError> {
        if !self.indexed.is_empty() {
            self.index.commit()?;
            self.store.mark_indexed(&self.indexed, &self.shared.run.engine.fingerprints().index)?;
            self.indexed.clear();
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<Summary, RunError> {
        self.commit_index()?;
        self.catch_up_index()?;
        self.summary.gone =
            self.store.end_run(self.shared.archive, self.run, &self.unreachable, &now())? as u64;
        self.list_failures()?;
        Ok(std::mem::take(&mut self.summary))
    }

    /// Indexes what an earlier run left, or everything when the index was made anew.
    fn catch_up_index(&mut self) -> Result<(), RunError> {
        let mut records = 0;
        loop {
            let waiting = self.store.waiting_for_index(CATCH_UP)?;
            if waiting.is_empty() {
                return Ok(());
            }
            for entry in &waiting {
                let text = self.shared.run.engine.compose(&entry.document);
                self.index.put(&entry.record, &text)?;
                self.indexed.push(entry.record.id.clone());
            }
            records += waiting.len() as u64;
            self.commit_index()?;
            self.shared.run.progress.tell(&Event::Indexing { records });
        }
    }

    /// Writes the list of what is not complete: CSV with a byte order mark, as spreadsheet programs want it.
    fn list_failures(&mut self) -> Result<(), RunError> {
        let path = self.store.folder().join("failures.csv");
        let unwritable = |source| RunError::FailureList { path: path.clone(), source };
        let mut list = io::BufWriter::new(File::create(&path).map_err(unwritable)?);
        list.write_all("\u{feff}路径,状态,代码,页,说明\r\n".as_bytes()).map_err(unwritable)?;
        let mut failures = 0;
        let written = self.store.for_each_failure(self.shared.archive, |failure| {
            failures += 1;
            write_row(&mut list, &failure)
        })?;
        written.and_then(|()| list.flush()).map_err(unwritable)?;
        self.summary.failures = failures;
        self.summary.failure_list = path.display().to_string();
        Ok(())
    }
}

fn write_row(list: &mut impl Write, failure: &Failure) -> io::Result<()> {
    let page = failure.page.map(|page| page.to_string()).unwrap_or_default();
    let cells = [&failure.path, &failure.status, &failure.code, &page, &failure.message];
    write!(list, "{}\r\n", cells.map(|cell| csv_cell(cell)).join(","))
}

/// A cell of a CSV file (RFC 4180). A leading `=`, `+`, `-` or `@` would be run as a formula by a
/// spreadsheet program, and file names come from anywhere: such a cell gets an apostrophe.
fn csv_cell(cell: &str) -> String {
    let guarded = if cell.starts_with(['=', '+', '-', '@']) { format!("'{cell}") } else { cell.to_owned() };
    if guarded.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

fn now() -> String {
    jiff::Timestamp::now().to_string()
}
