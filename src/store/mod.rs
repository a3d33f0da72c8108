//! The store: records and what they were made of, and the office's own book of cases, in one SQLite file that
//! anyone can open.
//!
//! It is the truth; the index is derived from it. One run writes at a time (a lock file says which); people decide
//! on fields while it goes on, and any number may read. The folder and its files are their owner's alone.

mod additions;
mod answered;
mod attachments;
pub mod audit;
mod backup;
mod cases;
mod changes;
mod checkups;
mod content;
mod decisions;
mod duplicates;
mod error;
mod failures;
mod follow;
mod incidents;
mod join;
mod links;
mod list;
mod lookup;
mod main_contract;
mod marks;
mod migrations;
mod ndjson;
mod nodes;
mod numbers;
mod originals;
mod pages;
mod parts;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
mod verify;
mod versions;

pub use additions::Addition;
pub use answered::Answered;
pub use attachments::AttachedFile;
pub use backup::Backup;
pub use cases::{Filing, touch};
pub use changes::{Analysed, Change};
pub use content::Packed;
pub use duplicates::Duplicate;
pub use error::StoreError;
pub use failures::Failure;
pub use incidents::{Development, Happening};
pub use links::{Candidate, Dependent};
pub use list::{CaseEntry, CaseFilter, CaseOrder};
pub use lookup::{DocumentState, Found, SourceState, StoredMember, StoredRecord, Waiting};
pub use nodes::Note;
pub use numbers::GivenNumber;
pub use originals::Originals;
pub use verify::Verification;
pub use versions::RecordVersion;

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::platform;
use migrations::VERSION;

const DATABASE: &str = "hetong.sqlite";
const LOCK: &str = "lock";

/// How long another process is waited for.
const PATIENCE: Duration = Duration::from_secs(if cfg!(test) { 1 } else { 10 });

/// An open store.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    folder: PathBuf,
    /// Held while this process may write.
    _lock: Option<File>,
}

impl Store {
    /// Opens a store for a run, and makes it where there is none. Tables of an earlier version are brought to the
    /// present one.
    ///
    /// # Errors
    ///
    /// [`StoreError::Busy`] when another process writes; else what is wrong with the folder.
    pub fn create_or_open(folder: &Path) -> Result<Self, StoreError> {
        platform::owners_folder(folder).map_err(|source| at(folder, source))?;
        let lock = lock(folder)?;
        let path = folder.join(DATABASE);
        platform::owners_file(&path).map_err(|source| at(&path, source))?;
        let connection = Connection::open(path)?;
        configure(&connection)?;
        let mut store = Self { connection, folder: folder.to_owned(), _lock: Some(lock) };
        store.refuse_newer()?;
        // The write-ahead log lets readers work while this process writes.
        store.connection.pragma_update(None, "journal_mode", "WAL")?;
        store.connection.pragma_update(None, "synchronous", "NORMAL")?;
        store.bring_up_to_date()?;
        Ok(store)
    }

    /// Opens an existing store for reading.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] where there is none.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        Self::open_to_read(folder, Self::check_version)
    }

    /// Opens an existing store for a backup: one of an earlier version, too, for that is when a backup is wanted.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] where there is none.
    pub fn open_to_copy(folder: &Path) -> Result<Self, StoreError> {
        Self::open_to_read(folder, Self::check_not_newer)
    }

    fn open_to_read(
        folder: &Path,
        check: fn(Connection, &Path) -> Result<Self, StoreError>,
    ) -> Result<Self, StoreError> {
        match existing(folder).and_then(|connection| check(connection, folder)) {
            Ok(store) => {
                store.connection.pragma_update(None, "query_only", true)?;
                Ok(store)
            }
            // Nobody writes where nobody can: else the file might change while it is taken to be unchanging.
            Err(StoreError::ReadOnly(_)) if settled(folder) => {
                check(open_unchanging(&folder.join(DATABASE))?, folder)
            }
            Err(error) => Err(error),
        }
    }

    /// Opens an existing store for what people decide; a run may be going on.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] where there is none.
    pub fn open_to_decide(folder: &Path) -> Result<Self, StoreError> {
        let store = Self::check_version(existing(folder)?, folder)?;
        // What a person was told is kept must be on the disk even when the power fails.
        store.connection.pragma_update(None, "synchronous", "FULL")?;
        Ok(store)
    }

    fn check_not_newer(connection: Connection, folder: &Path) -> Result<Self, StoreError> {
        configure(&connection)?;
        let store = Self { connection, folder: folder.to_owned(), _lock: None };
        store.refuse_newer()?;
        Ok(store)
    }

    fn check_version(connection: Connection, folder: &Path) -> Result<Self, StoreError> {
        let store = Self::check_not_newer(connection, folder)?;
        if store.version()? < VERSION || follow::are_stale(&store.connection)? {
            return Err(StoreError::Outdated(folder.to_owned()));
        }
        Ok(store)
    }

    /// The folder it lives in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes a change by a person: all of it, or on an error nothing.
    pub fn change<T>(
        &mut self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let changed = change(&transaction)?;
        transaction.commit()?;
        Ok(changed)
    }

    fn version(&self) -> Result<i64, StoreError> {
        Ok(migrations::version(&self.connection)?)
    }

    fn refuse_newer(&self) -> Result<(), StoreError> {
        let found = self.version()?;
        if found <= VERSION { Ok(()) } else { Err(StoreError::Version { path: self.folder.clone(), found }) }
    }

    fn bring_up_to_date(&mut self) -> Result<(), StoreError> {
        let is_present = self.version()? == VERSION;
        if !is_present {
            migrations::migrate(&mut self.connection)?;
        }
        if is_present && !follow::are_stale(&self.connection)? {
            return Ok(());
        }
        self.change(follow::refresh_stale)
    }
}

/// The database of a store that is there.
fn existing(folder: &Path) -> Result<Connection, StoreError> {
    let path = folder.join(DATABASE);
    if !path.is_file() {
        return Err(StoreError::Missing(folder.to_owned()));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Ok(Connection::open_with_flags(path, flags)?)
}

fn configure(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Is everything in the database itself, and nothing in a log beside it?
fn settled(folder: &Path) -> bool {
    std::fs::metadata(folder.join(format!("{DATABASE}-wal"))).map_or(true, |log| log.len() == 0)
}

/// Opens a database on a disk that cannot be written to, where SQLite cannot lay down what readers and writers share.
fn open_unchanging(path: &Path) -> Result<Connection, StoreError> {
    let name = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Ok(Connection::open_with_flags(format!("file:{name}?immutable=1"), flags)?)
}

fn lock(folder: &Path) -> Result<File, StoreError> {
    let path = folder.join(LOCK);
    platform::owners_file(&path).map_err(|source| at(&path, source))?;
    let file = OpenOptions::new().write(true).open(&path).map_err(|source| at(&path, source))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::Busy(folder.to_owned())),
        Err(TryLockError::Error(source)) => Err(at(&path, source)),
    }
}

fn at(path: &Path, source: std::io::Error) -> StoreError {
    StoreError::Folder { path: path.to_owned(), source }
}
