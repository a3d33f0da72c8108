//! What the threads do: one file at a time, each content once.

use std::collections::HashSet;
use std::fs::File;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;
use std::sync::{Mutex, MutexGuard};
use std::time::UNIX_EPOCH;

use super::Run;
use super::need::Need;
use crate::engine::{Analysis, Identity, Options};
use crate::model::{Document, Issue, Level, MediaType, Record, Stage, Text};
use crate::pipeline::inside::Unpacked;
use crate::pipeline::no_reader;
use crate::pipeline::progress::{Event, Outcome};
use crate::pipeline::walk::{Item, explain};
use crate::read::worker::read_bounded;
use crate::store::{Analysed, Change, Packed, Store, StoreError};

/// Why a content could not be looked at, though nothing is wrong with it.
enum Hindrance {
    Store(StoreError),
    NoReader(std::io::Error),
}

impl From<StoreError> for Hindrance {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What a thread hands to the writer for one file.
pub(super) struct Done {
    pub(super) changes: Vec<Change>,
    pub(super) event: Event,
    pub(super) outcome: Outcome,
    /// For the index: the texts of the records among the changes, in the same order.
    pub(super) texts: Vec<Text>,
    /// SHA-256 of the content, where it could be had.
    pub(super) document: Option<String>,
    /// What the file is, where that was found out just now.
    pub(super) media_type: Option<MediaType>,
    /// A folder, link or container that could not be opened: nothing below it may be called gone.
    pub(super) unreachable: Option<Vec<u8>>,
}

/// Takes what a thread is done with.
pub(super) type Give<'a> = dyn FnMut(Result<Done, StoreError>) + 'a;

/// Size in bytes, and nanoseconds since 1970.
pub(super) type Stamp = (u64, i64);

/// What the threads of a run share.
pub(super) struct Shared<'a> {
    pub(super) run: &'a Run<'a>,
    pub(super) lookup: Mutex<Store>,
    pub(super) archive: &'a str,
    /// Contents that a thread works on or that wait for the writer.
    pub(super) claimed: Mutex<HashSet<String>>,
    /// Contents of which pages were read again in this run.
    pub(super) redone: Mutex<HashSet<String>>,
    /// The writer gave up.
    pub(super) stop: AtomicBool,
}

impl Shared<'_> {
    pub(super) fn lookup(&self) -> MutexGuard<'_, Store> {
        self.lookup.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    pub(super) fn work(&self, item: Item, sender: &SyncSender<Result<Done, StoreError>>) {
        if self.stop.load(Ordering::Relaxed) {
            return;
        }
        // A closed channel means that the writer gave up and says why itself.
        let mut give = |done| drop(sender.send(done));
        if let Err(error) = self.look_at(item, &mut give) {
            give(Err(error));
        }
    }

    /// Looks at a file, and at what it holds. Its own line comes last: a run that ends in between opens it again.
    fn look_at(&self, item: Item, give: &mut Give<'_>) -> Result<(), StoreError> {
        let done = self.look_at_file(item, give)?;
        give(Ok(done));
        Ok(())
    }

    fn look_at_file(&self, item: Item, give: &mut Give<'_>) -> Result<Done, StoreError> {
        if let Some(problem) = item.problem.clone() {
            return Ok(unreadable(item, problem));
        }
        let metadata = match std::fs::metadata(&item.path) {
            Ok(metadata) => metadata,
            Err(error) => return Ok(unreadable(item, explain(&error))),
        };
        let stamp = (metadata.len(), modified(&metadata));
        if let Some(sha256) = self.unchanged(&item, stamp)? {
            let need = self.need(&sha256)?;
            if let Some(members) = self.known_members(&item)?.filter(|_| need < Need::Pages) {
                self.settle_known(members, give)?;
                return self.settle(item, stamp, sha256, need, None);
            }
        }
        let most = self.run.readers.limits().file_bytes;
        let bytes = match File::open(&item.path).and_then(|mut file| read_bounded(&mut file, most)) {
            Ok(Ok(bytes)) => bytes,
            Ok(Err(limit)) => return Ok(unreadable(item, limit.to_string())),
            Err(error) => return Ok(unreadable(item, explain(&error))),
        };
        let place = item.clone();
        let done = self.settle_bytes(item, stamp, &bytes)?;
        if self.is_container(&done)? {
            self.look_inside(&place, &bytes, stamp.1, &mut Unpacked::default(), give)?;
        }
        Ok(done)
    }

    /// The content that an earlier run found at a place, when the file's size and time are still the same.
    fn unchanged(&self, item: &Item, stamp: Stamp) -> Result<Option<String>, StoreError> {
        let known = self.lookup().source(self.archive, &item.relative)?;
        let same = known.filter(|known| (known.size, known.modified) == stamp);
        let document = same.and_then(|known| known.document);
        match document {
            // It has to be opened, if only to be kept.
            Some(sha256) if !self.is_kept(&sha256)? => Ok(None),
            document => Ok(document),
        }
    }

    pub(super) fn need(&self, sha256: &str) -> Result<Need, StoreError> {
        let state = self.lookup().document_state(sha256)?;
        let need = Need::of(state.as_ref(), self.run.engine.fingerprints(), &self.run.options);
        let again = need < Need::Pages && !self.pages_again(sha256)?.is_empty();
        Ok(if again { Need::Pages } else { need })
    }

    /// Pages of a stored content that are to be read again, and were not in this run.
    fn pages_again(&self, sha256: &str) -> Result<Vec<u32>, StoreError> {
        let choices = || self.run.options.reocr.iter().filter(|choice| choice.concerns(sha256));
        let redone = self.redone.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).contains(sha256);
        if redone || choices().next().is_none() {
            return Ok(Vec::new());
        }
        let records = self.lookup().parts_of(sha256)?;
        let mut pages: Vec<u32> =
            choices().flat_map(|choice| records.iter().flat_map(|record| choice.pages(record))).collect();
        pages.sort_unstable();
        pages.dedup();
        Ok(pages)
    }

    /// Does what is needed for a content, unless another thread is at it.
    pub(super) fn settle(
        &self,
        item: Item,
        (size, modified): Stamp,
        sha256: String,
        need: Need,
        bytes: Option<&[u8]>,
    ) -> Result<Done, StoreError> {
        let claimed = need > Need::Nothing && self.claim(&sha256);
        // Another thread may have settled it between the first look and the claim.
        let need = if claimed { self.need(&sha256)? } else { need };
        let (analysed, texts): (Vec<Analysed>, Vec<Text>) = match claimed {
            true => match self.analyse(&item, &sha256, need, bytes) {
                Ok(analysed) => analysed.into_iter().unzip(),
                Err(Hindrance::Store(error)) => return Err(error),
                // The file is as good as before: the next run looks at it again.
                Err(Hindrance::NoReader(error)) => {
                    self.release(&sha256);
                    return Ok(unreadable(item, no_reader(&error)));
                }
            },
            false => (Vec::new(), Vec::new()),
        };
        let outcome = match (need, claimed) {
            (Need::Nothing, _) if bytes.is_some() => Outcome::Duplicate,
            (Need::Nothing, _) => Outcome::Unchanged,
            (_, false) => Outcome::Duplicate,
            (Need::Review, true) => Outcome::Reviewed,
            (Need::Analysis, true) => Outcome::Reanalysed,
            (Need::Pages | Need::Reading, true) => Outcome::Read,
        };
        let records = || analysed.iter().map(|analysed| &analysed.record);
        let media_type = records().next().map(|record| record.source.media_type);
        let document = Some(sha256.clone());
        let event = Event::File {
            path: item.shown.clone(),
            outcome,
            id: Some(sha256.clone()),
            status: records().map(|record| record.status).max().map(|status| status.as_str().to_owned()),
            issues: issues_of(records()),
        };
        let seen = Change::Seen { path: item.relative, shown: item.shown, size, modified, document: sha256 };
        let parts = records()
            .next()
            .map(|first| Change::Parts { document: first.document.clone(), of: first.part.of });
        let analysed = analysed.into_iter().map(|analysed| Change::Analysed(Box::new(analysed)));
        let changes = analysed.chain(parts).chain([seen]).collect();
        Ok(Done { changes, event, outcome, texts, document, media_type, unreachable: None })
    }

    fn claim(&self, sha256: &str) -> bool {
        self.claimed.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).insert(sha256.to_owned())
    }

    fn release(&self, sha256: &str) {
        self.claimed.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).remove(sha256);
    }

    /// A stored content with the chosen pages read again.
    fn read_again(&self, sha256: &str, bytes: &[u8]) -> Result<Document, Hindrance> {
        let pages = self.pages_again(sha256)?;
        self.redone.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).insert(sha256.to_owned());
        let mut document = self.lookup().document(sha256)?;
        let read = self.run.readers.with(|reader| reader.read_again(bytes, &mut document, &pages));
        read.map_err(Hindrance::NoReader)?;
        Ok(document)
    }

    /// A content as it was read, and its records.
    fn stored(&self, sha256: &str) -> Result<(Document, Vec<Record>), StoreError> {
        let store = self.lookup();
        Ok((store.document(sha256)?, store.parts_of(sha256)?))
    }

    fn analyse(
        &self,
        item: &Item,
        sha256: &str,
        need: Need,
        bytes: Option<&[u8]>,
    ) -> Result<Vec<(Analysed, Text)>, Hindrance> {
        let engine = self.run.engine;
        let identity = |bytes| Identity { sha256: sha256.to_owned(), bytes, path: item.shown.clone() };
        let (document, analyses) = match (need, bytes) {
            (Need::Nothing, _) | (Need::Pages | Need::Reading, None) => {
                self.release(sha256);
                return Ok(Vec::new());
            }
            (Need::Reading, Some(bytes)) => {
                let document =
                    self.run.readers.with(|reader| reader.read(bytes)).map_err(Hindrance::NoReader)?;
                let analyses = engine.analyse(&document, &identity(bytes.len() as u64), Options::default());
                (Some(document), analyses)
            }
            (Need::Pages, Some(bytes)) => {
                let document = self.read_again(sha256, bytes)?;
                let analyses = engine.analyse(&document, &identity(bytes.len() as u64), Options::default());
                (Some(document), analyses)
            }
            (Need::Review, _) => {
                let (document, records) = self.stored(sha256)?;
                (None, engine.review_again(&document, records, None))
            }
            (Need::Analysis, _) => {
                let (document, records) = self.stored(sha256)?;
                let size = records.first().map_or(0, |record| record.source.bytes);
                (None, engine.analyse(&document, &identity(size), Options::default()))
            }
        };
        let current = engine.fingerprints();
        // Without a document the store keeps what its reading rests on.
        let read_by = document.as_ref().map_or("", |document| current.of_reading(document));
        let made_by = [read_by.to_owned(), current.analysis.clone(), current.rules.clone()];
        let document = document.as_ref().map(Packed::new).transpose();
        let document = document.map_err(|_| StoreError::Damaged(item.shown.clone()))?;
        // The document goes with the record of its first contract.
        let mut document = document;
        let analysed = |Analysis { record, text }: Analysis| {
            let (content, made_by) = (text.content.clone(), made_by.clone());
            (Analysed { document: document.take(), record, text: content, made_by }, text)
        };
        Ok(analyses.into_iter().map(analysed).collect())
    }
}

/// What is to be told of a content, each thing once though it concerns several contracts.
fn issues_of<'r>(records: impl Iterator<Item = &'r Record>) -> Vec<Issue> {
    let mut told: Vec<Issue> = Vec::new();
    for issue in records.flat_map(|record| &record.issues) {
        if !told.contains(issue) {
            told.push(issue.clone());
        }
    }
    told
}

fn modified(metadata: &std::fs::Metadata) -> i64 {
    let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or(0)
}

/// A file that could not be opened.
pub(super) fn unreadable(item: Item, problem: String) -> Done {
    let issue = Issue::new(Level::Error, Stage::Read, "unreadable-file", problem.clone());
    let event = Event::File {
        path: item.shown.clone(),
        outcome: Outcome::Unreadable,
        id: None,
        status: None,
        issues: vec![issue],
    };
    // A folder, or a file that may be a container.
    let suffix: &[u8] = if item.problem.is_some() { b"" } else { b"!" };
    let unreachable = Some([&item.relative, suffix].concat());
    let change = Change::Unreadable { path: item.relative, shown: item.shown, problem };
    Done {
        changes: vec![change],
        event,
        outcome: Outcome::Unreadable,
        texts: Vec::new(),
        document: None,
        media_type: None,
        unreachable,
    }
}
