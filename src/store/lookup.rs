//! What the store knows.

use rusqlite::{OptionalExtension, Row, params};

use super::{Store, StoreError, content};
use crate::model::{Document, Record, record};

/// A path as the last run left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceState {
    /// Size in bytes.
    pub size: u64,
    /// Nanoseconds since 1970.
    pub modified: i64,
    /// SHA-256 of the content found there; `None` when it could not be read.
    pub document: Option<String>,
}

/// A member of a container as the last run left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredMember {
    /// Bytes of its path below the archive.
    pub path: Vec<u8>,
    /// The same for people.
    pub shown: String,
    /// Size in bytes.
    pub size: u64,
    /// Nanoseconds since 1970, of the container.
    pub modified: i64,
    /// SHA-256 of the content; `None` when it could not be read.
    pub document: Option<String>,
}

/// A content as the last run left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentState {
    /// Fingerprint of its reading.
    pub read_by: String,
    /// Fingerprint of its fields.
    pub analysed_by: String,
    /// Fingerprint of its findings.
    pub ruled_by: String,
    /// Status of its record.
    pub status: String,
}

/// A record with its text.
#[derive(Debug)]
pub struct StoredRecord {
    /// The record, without its text.
    pub record: Record,
    /// The text.
    pub text: String,
}

/// A record that waits for the index.
#[derive(Debug)]
pub struct Waiting {
    /// The record, without its text.
    pub record: Record,
    /// The document it was made of.
    pub document: Document,
}

/// A path at which a content was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The archive.
    pub archive: String,
    /// The path below it, for people.
    pub path: String,
    /// Is the file no longer there?
    pub gone: bool,
}

impl Store {
    /// What is known of a path below an archive.
    pub fn source(&self, archive: &str, path: &[u8]) -> Result<Option<SourceState>, StoreError> {
        let sql = "SELECT size, modified, document FROM source WHERE archive = ?1 AND path = ?2";
        let state = |row: &Row<'_>| {
            let size: i64 = row.get(0)?;
            Ok(SourceState {
                size: u64::try_from(size).unwrap_or(0),
                modified: row.get(1)?,
                document: row.get(2)?,
            })
        };
        Ok(self.connection.prepare_cached(sql)?.query_row(params![archive, path], state).optional()?)
    }

    /// What is known of the places whose paths begin so: the members of a container that are there, and first its
    /// inside itself where an earlier run could not open it.
    pub fn members(&self, archive: &str, inside: &[u8]) -> Result<Vec<StoredMember>, StoreError> {
        let sql = "SELECT path, shown, size, modified, document FROM source
                   WHERE archive = ?1 AND path >= ?2 AND path < ?3 AND gone IS NULL ORDER BY path";
        // The first path that does not begin so: the last byte, which is a slash, one further.
        let mut end = inside.to_vec();
        end.last_mut().into_iter().for_each(|byte| *byte = byte.saturating_add(1));
        let member = |row: &Row<'_>| {
            let size: i64 = row.get(2)?;
            Ok(StoredMember {
                path: row.get(0)?,
                shown: row.get(1)?,
                size: u64::try_from(size).unwrap_or(0),
                modified: row.get(3)?,
                document: row.get(4)?,
            })
        };
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params![archive, inside, end], member)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What is known of a content.
    pub fn document_state(&self, sha256: &str) -> Result<Option<DocumentState>, StoreError> {
        // The first contract's, but for the status: one that is not complete counts.
        let sql = "SELECT read_by, analysed_by, ruled_by, COALESCE((SELECT other.status FROM record AS other
                     WHERE other.document = ?1 AND other.status <> 'complete' LIMIT 1), record.status)
                   FROM record JOIN document ON document.sha256 = record.document WHERE record.id = ?1";
        let state = |row: &Row<'_>| {
            Ok(DocumentState {
                read_by: row.get(0)?,
                analysed_by: row.get(1)?,
                ruled_by: row.get(2)?,
                status: row.get(3)?,
            })
        };
        Ok(self.connection.prepare_cached(sql)?.query_row(params![sha256], state).optional()?)
    }

    /// The pages or paragraphs of a content.
    pub fn document(&self, sha256: &str) -> Result<Document, StoreError> {
        let packed: Vec<u8> = self
            .connection
            .prepare_cached("SELECT content FROM document WHERE sha256 = ?1")?
            .query_row(params![sha256], |row| row.get(0))
            .optional()?
            .ok_or_else(|| StoreError::Unknown(sha256.to_owned()))?;
        content::unpack(&packed).map_err(|_| StoreError::Damaged(sha256.to_owned()))
    }

    /// A record by its number or the first digits of it; without `#2`, the first contract of its file.
    pub fn record(&self, id: &str) -> Result<StoredRecord, StoreError> {
        let id = self.resolve(id)?;
        let (json, text): (String, String) = self
            .connection
            .prepare_cached("SELECT json, text FROM record WHERE id = ?1")?
            .query_row([&id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut record: Record = parse(&id, &json)?;
        if let Some(first) = self.sources(&record.document)?.into_iter().next() {
            record.source.path = first.path;
        }
        Ok(StoredRecord { record, text })
    }

    /// The whole number of the record whose number begins so (four digits at least); without `#2`, that of the first
    /// contract of its file.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unknown`] and [`StoreError::Ambiguous`].
    pub fn resolve(&self, id: &str) -> Result<String, StoreError> {
        let (part, index) = id.split_once('#').unwrap_or((id, "1"));
        let known = part.len() >= 4 && part.bytes().all(|b| b.is_ascii_hexdigit());
        let Some(index) = index.parse::<u32>().ok().filter(|_| known) else {
            return Err(StoreError::Unknown(id.to_owned()));
        };
        // Behind every hexadecimal digit and behind the sign before a part's number.
        let (first, end) = (part.to_ascii_lowercase(), format!("{}~", part.to_ascii_lowercase()));
        let sql =
            "SELECT id FROM record WHERE id >= ?1 AND id < ?2 AND id GLOB ?3 AND (instr(id, '#') > 0) = ?4
                   ORDER BY id LIMIT 2";
        let found: Vec<String> = self
            .connection
            .prepare_cached(sql)?
            .query_map(params![first, end, record::id("*", index), index > 1], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        match found.as_slice() {
            [] => Err(StoreError::Unknown(id.to_owned())),
            [only] => Ok(only.clone()),
            [first, ..] if first == id => Ok(first.clone()),
            _ => Err(StoreError::Ambiguous(id.to_owned())),
        }
    }

    /// Where a content was found, by its number or that of a contract in it: those that are still there first, then by path.
    pub fn sources(&self, id: &str) -> Result<Vec<Found>, StoreError> {
        let sha256 = id.split('#').next();
        let sql = "SELECT archive, shown, gone IS NOT NULL FROM source WHERE document = ?1
                   ORDER BY gone IS NOT NULL, archive, path";
        let found = |row: &Row<'_>| Ok(Found { archive: row.get(0)?, path: row.get(1)?, gone: row.get(2)? });
        Ok(self
            .connection
            .prepare_cached(sql)?
            .query_map(params![sha256], found)?
            .collect::<Result<_, _>>()?)
    }

    /// The numbers of all records.
    pub fn record_ids(&self) -> Result<std::collections::BTreeSet<String>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT id FROM record")?;
        let ids = statement.query_map([], |row| row.get(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// How many records do not stand in the index yet, or not as they are.
    pub fn not_indexed(&self) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM record WHERE indexed_by IS NULL";
        let waiting: i64 = self.connection.query_row(sql, [], |row| row.get(0))?;
        Ok(waiting.unsigned_abs())
    }

    /// Up to `most` records that wait for the index, by number.
    pub fn waiting_for_index(&self, most: usize) -> Result<Vec<Waiting>, StoreError> {
        let sql = "SELECT id, json, content FROM record JOIN document ON sha256 = document
                   WHERE indexed_by IS NULL ORDER BY id LIMIT ?1";
        let rows: Vec<(String, String, Vec<u8>)> = self
            .connection
            .prepare_cached(sql)?
            .query_map(params![most as i64], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<_, _>>()?;
        rows.into_iter()
            .map(|(id, json, packed)| {
                let document = content::unpack(&packed).map_err(|_| StoreError::Damaged(id.clone()))?;
                Ok(Waiting { record: parse(&id, &json)?, document })
            })
            .collect()
    }
}

pub(super) fn parse(id: &str, json: &str) -> Result<Record, StoreError> {
    serde_json::from_str(json).map_err(|_| StoreError::Damaged(id.to_owned()))
}

#[cfg(test)]
mod tests {
    use crate::store::{Change, Store};

    #[test]
    fn the_inside_that_could_not_be_opened_is_known_like_a_member() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = Store::create_or_open(folder.path()).expect("a store");
        let run = store.begin_run("a", "2024-01-01T00:00:00Z").expect("a run");
        let unreadable = |path: &str| Change::Unreadable {
            path: path.into(),
            shown: path.to_owned(),
            problem: "解包中断".to_owned(),
        };
        let paths = ["a.zip!/", "a.zip", "a.zip!/b.txt", "a.zip0", "b.zip!/"];
        store.apply("a", run, &paths.map(unreadable)).expect("stored");
        let members = store.members("a", b"a.zip!/").expect("found");
        let shown: Vec<&str> = members.iter().map(|member| member.shown.as_str()).collect();
        assert_eq!(shown, ["a.zip!/", "a.zip!/b.txt"]);
        assert!(members.iter().all(|member| member.document.is_none()));
    }
}
