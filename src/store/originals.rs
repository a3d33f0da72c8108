//! Originals kept beside the store (原件留存, 第六十七条): each content under its hash, whatever the file was called.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::{Transaction, params};
use sha2::{Digest, Sha256};

use super::{Store, StoreError, at};
use crate::platform;

const FOLDER: &str = "originals";

/// Files that this process began to write.
static PARTS: AtomicU64 = AtomicU64::new(0);

/// A folder of contents: `originals/ab/abcdef…`.
#[derive(Debug, Clone)]
pub struct Originals {
    folder: PathBuf,
}

impl Originals {
    /// Those beside the store in this folder.
    pub fn beside(store: &Path) -> Self {
        Self { folder: store.join(FOLDER) }
    }

    /// Where a content lies, or would.
    pub fn path(&self, sha256: &str) -> PathBuf {
        let start: String = sha256.chars().take(2).collect();
        self.folder.join(start).join(sha256)
    }

    /// Keeps a content, unless it is there. It appears under its name whole or not at all.
    ///
    /// # Errors
    ///
    /// The folder or the file cannot be written.
    pub fn keep(&self, sha256: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.path(sha256);
        if path.is_file() {
            return Ok(());
        }
        self.write(&path, bytes).map_err(|source| at(&path, source))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        platform::owners_folder(&self.folder)?;
        path.parent().map_or(Ok(()), platform::owners_folder)?;
        // Two threads, or two processes, may keep the same content at a time.
        let number = PARTS.fetch_add(1, Ordering::Relaxed);
        let part = path.with_extension(format!("part-{}-{number}", std::process::id()));
        platform::owners_file(&part)?;
        let mut file = File::create(&part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&part, path)
    }

    /// Does a kept content still have its hash? What is wrong otherwise, in Chinese.
    pub fn check(&self, sha256: &str) -> Option<String> {
        match self.open(sha256).and_then(hash) {
            Ok(found) if found == sha256 => None,
            Ok(_) => Some(format!("原件 {sha256} 的内容已变，哈希不符")),
            Err(error) => Some(format!("原件 {sha256} 无法读取：{error}")),
        }
    }

    /// A kept content.
    ///
    /// # Errors
    ///
    /// It is not there, or cannot be read.
    pub fn open(&self, sha256: &str) -> io::Result<File> {
        File::open(self.path(sha256))
    }
}

/// SHA-256 of all that a reader gives, a piece at a time.
pub(super) fn hash(mut from: impl Read) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        let read = from.read(&mut piece)?;
        match piece.get(..read) {
            Some(piece) if read > 0 => hasher.update(piece),
            _ => return Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()),
        }
    }
}

/// Takes down that a content is kept.
pub(super) fn note(transaction: &Transaction<'_>, sha256: &str, bytes: u64) -> Result<(), StoreError> {
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    transaction
        .prepare_cached("INSERT OR IGNORE INTO original (sha256, bytes) VALUES (?1, ?2)")?
        .execute(params![sha256, bytes])?;
    Ok(())
}

impl Store {
    /// The originals beside this store.
    pub fn originals(&self) -> Originals {
        Originals::beside(&self.folder)
    }

    /// Is an original kept?
    pub fn is_kept(&self, sha256: &str) -> Result<bool, StoreError> {
        Ok(self.connection.prepare_cached("SELECT 1 FROM original WHERE sha256 = ?1")?.exists([sha256])?)
    }

    /// Hashes of the originals that are kept, in order.
    pub fn kept(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT sha256 FROM original ORDER BY sha256")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many are kept, and what is wrong with them, in Chinese.
    pub(super) fn verify_originals(&self) -> Result<(u64, Vec<String>), StoreError> {
        let (originals, kept) = (self.originals(), self.kept()?);
        let problems = kept.iter().filter_map(|sha256| originals.check(sha256)).collect();
        Ok((kept.len() as u64, problems))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sample;

    #[test]
    fn a_kept_original_is_checked_by_its_hash() {
        let (_folder, mut store) = sample::store();
        let sha256 = hash("原件".as_bytes()).expect("hashed");
        store.originals().keep(&sha256, "原件".as_bytes()).expect("kept");
        store.originals().keep(&sha256, "原件".as_bytes()).expect("there already");
        store.change(|transaction| note(transaction, &sha256, 6)).expect("noted");
        assert_eq!(store.verify_originals().expect("read"), (1, Vec::new()));
        fs::write(store.originals().path(&sha256), "伪件").expect("written");
        let (_, problems) = store.verify_originals().expect("read");
        assert!(problems[0].contains("哈希不符"), "{problems:?}");
        fs::remove_file(store.originals().path(&sha256)).expect("removed");
        let (_, problems) = store.verify_originals().expect("read");
        assert!(problems[0].contains("无法读取"), "{problems:?}");
    }
}
