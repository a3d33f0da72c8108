//! The one writer: batches into the store, records into the index, and the end of a run.

use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::work::{Done, Shared};
use super::{RunError, Summary, failures};
use crate::pipeline::progress::Event;
use crate::search::{Index, Writer as IndexWriter};
use crate::store::{Change, Store, StoreError};

/// Changes and bytes of text in one batch, and the longest that one waits.
const BATCH: usize = 256;
const BATCH_BYTES: usize = 8 << 20;
const BATCH_AGE: Duration = Duration::from_secs(2);
/// Records between two commits of the index.
const INDEX_BATCH: usize = 1024;
/// Records taken from the store at once when the index has to catch up, with their documents unpacked: few,
/// for one may hold thousands of pages.
const CATCH_UP: usize = 64;

/// The one writer of a run.
pub(super) struct Writing<'a> {
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
    pub(super) fn begin(shared: &'a Shared<'a>, mut store: Store, index: &Index) -> Result<Self, RunError> {
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

    pub(super) fn write(mut self, results: Receiver<Result<Done, StoreError>>) -> Result<Summary, RunError> {
        let written = self.take_all(&results).and_then(|()| self.finish());
        if written.is_err() {
            self.shared.stop.store(true, Ordering::Relaxed);
        }
        written
    }

    fn take_all(&mut self, results: &Receiver<Result<Done, StoreError>>) -> Result<(), RunError> {
        loop {
            // One slow document must not keep what others gave from the disk.
            let done = match results.recv_timeout(BATCH_AGE.saturating_sub(self.batch_since.elapsed())) {
                Ok(done) => done?,
                Err(RecvTimeoutError::Timeout) => {
                    self.store_batch()?;
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => break,
            };
            self.summary.count(done.outcome);
            self.unreachable.extend(done.unreachable);
            let analysed = done.changes.iter().filter_map(|change| match change {
                Change::Analysed(analysed) => Some(analysed),
                _ => None,
            });
            for (analysed, text) in analysed.zip(&done.texts) {
                self.index.put(&analysed.record, text)?;
                self.indexed.push(analysed.record.id.clone());
                self.batch_bytes += text.content.len();
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
        self.forget_lost_parts()?;
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

    /// Takes contracts out of the index that are no longer found in their files. They leave the store after that: a run
    /// that ends in between does it again.
    fn forget_lost_parts(&mut self) -> Result<(), RunError> {
        let mut lost = Vec::new();
        for change in &self.batch {
            if let Change::Parts { document, of } = change {
                lost.extend(self.store.lost_parts(document, *of)?);
            }
        }
        lost.iter().for_each(|id| self.index.delete(id));
        if !lost.is_empty() {
            self.index.commit()?;
        }
        Ok(())
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
        if self.summary.files == 0 {
            // More likely a drive that is not mounted than an office that threw everything away.
            self.unreachable.push(Vec::new());
        }
        self.summary.gone =
            self.store.end_run(self.shared.archive, self.run, &self.unreachable, &now())? as u64;
        self.summary.failures = failures::list(&self.store, self.shared.archive)?;
        self.summary.failure_list = failures::path(&self.store).display().to_string();
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
                let text = self.shared.run.engine.compose(&entry.document, entry.record.part.index);
                self.index.put(&entry.record, &text)?;
                self.indexed.push(entry.record.id.clone());
            }
            records += waiting.len() as u64;
            self.commit_index()?;
            self.shared.run.progress.tell(&Event::Indexing { records });
        }
    }
}

fn now() -> String {
    jiff::Timestamp::now().to_string()
}
