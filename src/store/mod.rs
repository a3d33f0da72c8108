//! The store: records and what they were made of, in one SQLite file that anyone can open.
//!
//! It is the truth; the index is derived from it. One process writes at a time (a lock file says which),
//! any number may read.

mod changes;
mod content;
mod failures;
mod lookup;
mod pages;

pub use changes::{Analysed, Change};
pub use content::Packed;
pub use failures::Failure;
pub use lookup::{DocumentState, Found, SourceState, StoredMember, StoredRecord, Waiting};

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

/// Version of the tables in `schema.sql`.
const VERSION: i64 = 1;

const DATABASE: &str = "hetong.sqlite";
const LOCK: &str = "lock";

/// Why the store cannot be used. Nothing was harmed: changes are applied whole or not at all.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder or a file in it.
    #[error("无法使用存储目录 {path}：{source}。请检查路径、权限和磁盘空间")]
    Folder {
        /// What could not be used.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// There is none.
    #[error("{0} 中没有存储库；请先运行 hetong process 归档目录 --store {0}")]
    Missing(PathBuf),
    /// Another process writes.
    #[error("另一个 hetong 进程正在写入 {0}；请等它结束后再运行")]
    Busy(PathBuf),
    /// Made by a later version.
    #[error("存储库 {path} 的版本（{found}）与本程序（{VERSION}）不符；请使用相应版本的 hetong")]
    Version {
        /// Where.
        path: PathBuf,
        /// Its version.
        found: i64,
    },
    /// SQLite says no.
    #[error("存储库出错：{0}。请检查磁盘空间；已提交的结果不受影响，处理后重新运行即可继续")]
    Database(#[from] rusqlite::Error),
    /// A row does not hold what it should.
    #[error("存储库中 {0} 的内容已损坏；请用 --reread 重新读取该文件")]
    Damaged(String),
    /// Nothing is stored under this number.
    #[error("没有记录编号为 {0} 的合同；记录编号是 hetong search 列在每份合同前的十六进制编号，可只写前几位")]
    Unknown(String),
    /// More than one is.
    #[error("记录编号 {0} 对应多份合同，请多写几位")]
    Ambiguous(String),
}

/// An open store.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    folder: PathBuf,
    /// Held while this process may write.
    _lock: Option<File>,
}

impl Store {
    /// Opens a store for writing, and makes it where there is none.
    ///
    /// # Errors
    ///
    /// [`StoreError::Busy`] when another process writes; else what is wrong with the folder.
    pub fn create_or_open(folder: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder).map_err(|source| at(folder, source))?;
        let lock = lock(folder)?;
        let connection = Connection::open(folder.join(DATABASE))?;
        configure(&connection)?;
        // The write-ahead log lets readers work while this process writes.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        let store = Self { connection, folder: folder.to_owned(), _lock: Some(lock) };
        match store.version()? {
            0 => store.lay_out()?,
            VERSION => {}
            found => return Err(StoreError::Version { path: folder.to_owned(), found }),
        }
        Ok(store)
    }

    /// Opens an existing store for reading.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] where there is none.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(DATABASE);
        if !path.is_file() {
            return Err(StoreError::Missing(folder.to_owned()));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        configure(&connection)?;
        connection.pragma_update(None, "query_only", true)?;
        let store = Self { connection, folder: folder.to_owned(), _lock: None };
        match store.version()? {
            VERSION => Ok(store),
            found => Err(StoreError::Version { path: folder.to_owned(), found }),
        }
    }

    /// The folder it lives in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn version(&self) -> Result<i64, StoreError> {
        Ok(self.connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
    }

    fn lay_out(&self) -> Result<(), StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        transaction.execute_batch(include_str!("schema.sql"))?;
        transaction.pragma_update(None, "user_version", VERSION)?;
        Ok(transaction.commit()?)
    }
}

fn configure(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(())
}

fn lock(folder: &Path) -> Result<File, StoreError> {
    let path = folder.join(LOCK);
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|source| at(&path, source))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::Busy(folder.to_owned())),
        Err(TryLockError::Error(source)) => Err(at(&path, source)),
    }
}

fn at(path: &Path, source: std::io::Error) -> StoreError {
    StoreError::Folder { path: path.to_owned(), source }
}
