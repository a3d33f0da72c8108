//! What a run writes, in batches that hold whole or not at all.

use rusqlite::{Transaction, TransactionBehavior, params};

use super::{Packed, Store, StoreError, follow, originals, parts, versions};
use crate::model::Record;

/// One thing that a run learnt.
#[derive(Debug)]
pub enum Change {
    /// A file with a content that is stored, or stands earlier in the same run.
    Seen {
        /// Bytes of the path below the archive.
        path: Vec<u8>,
        /// The same for people.
        shown: String,
        /// Size in bytes.
        size: u64,
        /// Nanoseconds since 1970.
        modified: i64,
        /// SHA-256 of the content.
        document: String,
    },
    /// A file that could not be opened or read off the disk.
    Unreadable {
        /// Bytes of the path below the archive.
        path: Vec<u8>,
        /// The same for people.
        shown: String,
        /// Why, in Chinese.
        problem: String,
    },
    /// A contract in a content that was read or looked at anew.
    Analysed(Box<Analysed>),
    /// So many contracts the content holds now: records beyond that go.
    Parts {
        /// SHA-256 of the content.
        document: String,
        /// How many.
        of: u32,
    },
    /// A content that now lies among the originals.
    Kept {
        /// SHA-256 of the content.
        sha256: String,
        /// Its size.
        bytes: u64,
    },
}

/// A contract with what is said about it.
#[derive(Debug)]
pub struct Analysed {
    /// Set when its file was read anew, and this is the first contract in it.
    pub document: Option<Packed>,
    /// The record, without its text.
    pub record: Record,
    /// The text that its spans point into.
    pub text: String,
    /// Fingerprints of reading, fields and findings.
    pub made_by: [String; 3],
}

impl Store {
    /// Begins a run over an archive.
    pub fn begin_run(&mut self, archive: &str, started: &str) -> Result<i64, StoreError> {
        self.connection
            .execute("INSERT INTO run (archive, started) VALUES (?1, ?2)", params![archive, started])?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Applies a batch: all of it, or on an error nothing.
    pub fn apply(&mut self, archive: &str, run: i64, changes: &[Change]) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for change in changes {
            apply(&transaction, archive, run, change)?;
        }
        Ok(transaction.commit()?)
    }

    /// Marks records as standing in the index of this fingerprint.
    pub fn mark_indexed(&mut self, ids: &[String], fingerprint: &str) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        for id in ids {
            transaction
                .prepare_cached("UPDATE record SET indexed_by = ?2 WHERE id = ?1")?
                .execute(params![id, fingerprint])?;
        }
        Ok(transaction.commit()?)
    }

    /// Lets every record wait for the index that is not in the one of this fingerprint.
    pub fn await_index(&mut self, fingerprint: &str) -> Result<usize, StoreError> {
        Ok(self.connection.execute(
            "UPDATE record SET indexed_by = NULL WHERE indexed_by IS NOT NULL AND indexed_by <> ?1",
            params![fingerprint],
        )?)
    }

    /// Ends a run: files that it did not see are marked gone, except below `unreachable` folders (bytes of
    /// their paths), of which it cannot know. Returns how many went.
    pub fn end_run(
        &mut self,
        archive: &str,
        run: i64,
        unreachable: &[Vec<u8>],
        ended: &str,
    ) -> Result<usize, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let missed: Vec<Vec<u8>> = transaction
            .prepare("SELECT path FROM source WHERE archive = ?1 AND run < ?2 AND gone IS NULL")?
            .query_map(params![archive, run], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let below = |path: &[u8]| unreachable.iter().any(|folder| is_below(path, folder));
        let mut gone = 0;
        for path in missed.iter().filter(|path| !below(path)) {
            gone += transaction.execute(
                "UPDATE source SET gone = ?3 WHERE archive = ?1 AND path = ?2",
                params![archive, path, run],
            )?;
        }
        transaction.execute("UPDATE run SET ended = ?2 WHERE number = ?1", params![run, ended])?;
        transaction.commit()?;
        Ok(gone)
    }
}

fn is_below(path: &[u8], folder: &[u8]) -> bool {
    folder.is_empty()
        || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.first() == Some(&b'/'))
}

fn apply(transaction: &Transaction<'_>, archive: &str, run: i64, change: &Change) -> Result<(), StoreError> {
    match change {
        Change::Seen { path, shown, size, modified, document } => {
            put_source(transaction, archive, run, path, shown, (*size, *modified), Ok(document))
        }
        Change::Unreadable { path, shown, problem } => {
            put_source(transaction, archive, run, path, shown, (0, 0), Err(problem))
        }
        Change::Analysed(analysed) => put_record(transaction, run, analysed),
        Change::Parts { document, of } => parts::forget_lost(transaction, document, *of),
        Change::Kept { sha256, bytes } => originals::note(transaction, sha256, *bytes),
    }
}

fn put_source(
    transaction: &Transaction<'_>,
    archive: &str,
    run: i64,
    path: &[u8],
    shown: &str,
    (size, modified): (u64, i64),
    outcome: Result<&String, &String>,
) -> Result<(), StoreError> {
    // SQLite's integers are signed; no file reaches the bound.
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO source (archive, path, shown, size, modified, document, problem, run, gone)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL)",
        )?
        .execute(params![archive, path, shown, size, modified, outcome.ok(), outcome.err(), run])?;
    Ok(())
}

fn put_record(transaction: &Transaction<'_>, run: i64, analysed: &Analysed) -> Result<(), StoreError> {
    let Analysed { document, record, text, made_by: [read_by, analysed_by, ruled_by] } = analysed;
    if let Some(Packed(content)) = document {
        transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO document (sha256, bytes, content, read_by) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![
                record.document,
                i64::try_from(record.source.bytes).unwrap_or(i64::MAX),
                content,
                read_by
            ])?;
    }
    let json = serde_json::to_string(record).map_err(|_| StoreError::Damaged(record.source.path.clone()))?;
    let before = versions::keep_if_changed(transaction, run, &record.id, &json, text)?;
    let title = record.fields.title.as_ref().map(|title| &title.value);
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO record (id, document, status, title, json, text, analysed_by, ruled_by)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            record.id,
            record.document,
            record.status.as_str(),
            title,
            json,
            text,
            analysed_by,
            ruled_by
        ])?;
    follow::follow(transaction, record, before)
}
