//! Records as they were before they were made anew.

use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::Value as Json;

use super::content::{deflate, inflate};
use super::{Store, StoreError, lookup};
use crate::model::Record;

/// What a record is to the store before it is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// It was not there.
    New,
    /// It said the same.
    Same,
    /// It said something else, which is kept.
    Changed,
}

/// An earlier version of a record.
#[derive(Debug)]
pub struct RecordVersion {
    /// From 1, oldest first.
    pub number: i64,
    /// When the run began that replaced it, RFC 3339.
    pub replaced: String,
    /// The record, without its text.
    pub record: Record,
}

/// Keeps the stored version of a record when the new one says something else.
pub(super) fn keep_if_changed(
    transaction: &Transaction<'_>,
    run: i64,
    id: &str,
    json: &str,
    text: &str,
) -> Result<Before, StoreError> {
    let sql = "SELECT json, text FROM record WHERE id = ?1";
    let stored: Option<(String, String)> =
        transaction.prepare_cached(sql)?.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let Some((old_json, old_text)) = stored else { return Ok(Before::New) };
    if old_text == text && says_the_same(&old_json, json) {
        return Ok(Before::Same);
    }
    let damaged = |_| StoreError::Damaged(id.to_owned());
    let packed = deflate(old_json.as_bytes()).map_err(damaged)?;
    let packed_text =
        (old_text != text).then(|| deflate(old_text.as_bytes())).transpose().map_err(damaged)?;
    transaction
        .prepare_cached(
            "INSERT INTO record_version (record, number, run, json, text, analysed_by, ruled_by)
             SELECT id, 1 + (SELECT count(*) FROM record_version WHERE record = ?1), ?2, ?3, ?4, analysed_by, ruled_by
             FROM record WHERE id = ?1",
        )?
        .execute(params![id, run, packed, packed_text])?;
    Ok(Before::Changed)
}

/// Do two records differ only in what made them and in the path of the same bytes?
fn says_the_same(one: &str, other: &str) -> bool {
    let said = |json: &str| {
        let mut record: Json = serde_json::from_str(json).ok()?;
        let object = record.as_object_mut()?;
        object.remove("made_by");
        object.remove("source");
        Some(record)
    };
    one == other || said(one).is_some_and(|one| Some(one) == said(other))
}

impl Store {
    /// Earlier versions of a record, oldest first.
    pub fn versions(&self, record: &str) -> Result<Vec<RecordVersion>, StoreError> {
        let sql = "SELECT record_version.number, coalesce(started, ''), json FROM record_version
                   LEFT JOIN run ON run.number = record_version.run WHERE record = ?1 ORDER BY record_version.number";
        let rows: Vec<(i64, String, Vec<u8>)> = self
            .connection
            .prepare_cached(sql)?
            .query_map([record], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<_, _>>()?;
        let version = |(number, replaced, packed): (i64, String, Vec<u8>)| {
            let json = inflate(&packed).ok().and_then(|json| String::from_utf8(json).ok());
            let json = json.ok_or_else(|| StoreError::Damaged(record.to_owned()))?;
            Ok(RecordVersion { number, replaced, record: lookup::parse(record, &json)? })
        };
        rows.into_iter().map(version).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::store::sample;

    #[test]
    fn a_record_that_changes_is_kept_as_it_was() {
        let (_folder, mut store) = sample::store();
        let mut record = sample::record("a1");
        sample::put(&mut store, &record);
        sample::put(&mut store, &record);
        record.made_by.version = "9.9.9".to_owned();
        sample::put(&mut store, &record);
        assert!(store.versions(&record.id).expect("read").is_empty(), "nothing else was said");
        let before = record.clone();
        sample::set_title(&mut record, "另一名称");
        sample::put(&mut store, &record);
        let versions = store.versions(&record.id).expect("read");
        assert_eq!(versions.len(), 1);
        assert_eq!((versions[0].number, &versions[0].record), (1, &before));
        assert!(!versions[0].replaced.is_empty());
    }
}
