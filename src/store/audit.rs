//! The trail (留痕): every change by a person, each line sealing the one before it with SHA-256.
//!
//! A line that is changed, taken out or put in between breaks the chain from there on. Lines cut off at the end
//! do not; who wants to notice that writes down the last hash (`hetong audit verify` and every backup say it).
//! Details name fields and digests of values, no personal data: the trail can be shown without harm.

use rusqlite::{OptionalExtension, Row, Transaction, params};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::{Store, StoreError};
use crate::model::case::{Actor, CaseId};

/// The hash before the first line.
const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One line of the trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// From 1, without gaps.
    pub seq: i64,
    /// When, RFC 3339.
    pub at: String,
    /// Who.
    pub by: String,
    /// What: `confirm`, `correct`, `state` …
    pub action: String,
    /// On which case.
    pub case: Option<CaseId>,
    /// More, as JSON text, just as it was hashed.
    pub details: String,
    /// Hash of the line before.
    pub previous: String,
    /// Hash of this line.
    pub hash: String,
}

impl Event {
    /// SHA-256 over the line before and what this one says: a JSON list, so that no two lines read the same.
    fn sealed(&self) -> String {
        let said = (&self.previous, self.seq, &self.at, &self.by, &self.action, self.case, &self.details);
        digest(serde_json::to_string(&said).unwrap_or_default().as_bytes())
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: row.get(0)?,
            at: row.get(1)?,
            by: row.get(2)?,
            action: row.get(3)?,
            case: row.get::<_, Option<i64>>(4)?.map(CaseId),
            details: row.get(5)?,
            previous: row.get(6)?,
            hash: row.get(7)?,
        })
    }
}

/// SHA-256 in small hexadecimal digits.
pub(super) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What stands in the trail for a value that may be personal: the start of its SHA-256, salted with the place so
/// that equal values of two contracts do not show as equal.
pub(super) fn fingerprint(case: CaseId, path: &str, value: &Json) -> String {
    digest(format!("{case}\n{path}\n{value}").as_bytes()).chars().take(16).collect()
}

const COLUMNS: &str = "seq, at, by, action, case_id, details, previous, hash";

/// Adds a line to the trail; returns its number. Every change by a person goes through here, in the transaction of
/// the change itself.
pub fn append(
    transaction: &Transaction<'_>,
    actor: &Actor,
    action: &str,
    case: Option<CaseId>,
    details: &Json,
) -> Result<i64, StoreError> {
    let last = "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1";
    let last: Option<(i64, String)> =
        transaction.prepare_cached(last)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let (seq, previous) = last.unwrap_or((0, BEGINNING.to_owned()));
    let mut event = Event {
        seq: seq.saturating_add(1),
        at: actor.at.to_string(),
        by: actor.name.clone(),
        action: action.to_owned(),
        case,
        details: details.to_string(),
        previous,
        hash: String::new(),
    };
    event.hash = event.sealed();
    insert(transaction, &event)?;
    Ok(event.seq)
}

/// Stores a line as it is.
pub(super) fn insert(transaction: &Transaction<'_>, event: &Event) -> Result<(), StoreError> {
    let sql = format!("INSERT INTO event ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    let Event { seq, at, by, action, case, details, previous, hash } = event;
    let case = case.map(|CaseId(id)| id);
    transaction.prepare_cached(&sql)?.execute(params![seq, at, by, action, case, details, previous, hash])?;
    Ok(())
}

/// What a look along the trail gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trail {
    /// Lines.
    pub events: i64,
    /// Hash of the last line.
    pub head: String,
    /// The first line that does not fit, if there is one.
    pub broken_at: Option<i64>,
}

impl Store {
    /// Hands every line of the trail to `each`, oldest first; of one case, or all.
    pub fn for_each_event<E: From<StoreError>>(
        &self,
        case: Option<CaseId>,
        mut each: impl FnMut(Event) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = match case {
            Some(_) => format!("SELECT {COLUMNS} FROM event WHERE case_id = ?1 ORDER BY seq"),
            None => format!("SELECT {COLUMNS} FROM event WHERE ?1 IS NULL ORDER BY seq"),
        };
        let mut statement = self.connection.prepare_cached(&sql).map_err(StoreError::from)?;
        let mut rows = statement.query([case.map(|CaseId(id)| id)]).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            each(Event::from_row(row).map_err(StoreError::from)?)?;
        }
        Ok(())
    }

    /// Goes along the trail and checks every seal.
    pub fn verify_trail(&self) -> Result<Trail, StoreError> {
        let mut trail = Trail { events: 0, head: BEGINNING.to_owned(), broken_at: None };
        self.for_each_event::<StoreError>(None, |event| {
            let expected = trail.events.saturating_add(1);
            let fits = event.seq == expected && event.previous == trail.head && event.hash == event.sealed();
            if !fits && trail.broken_at.is_none() {
                trail.broken_at = Some(event.seq);
            }
            trail.events = expected;
            trail.head = event.hash;
            Ok(())
        })?;
        Ok(trail)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::store::sample;

    fn with_events(count: usize) -> (tempfile::TempDir, Store) {
        let (folder, mut store) = sample::store();
        for number in 0..count {
            let transaction = store.connection.transaction().expect("a transaction");
            let details = json!({ "number": number });
            append(&transaction, &sample::actor(), "test", Some(CaseId(1)), &details).expect("appended");
            transaction.commit().expect("committed");
        }
        (folder, store)
    }

    fn tamper(store: &Store, sql: &str) {
        let open = "DROP TRIGGER event_is_not_changed; DROP TRIGGER event_is_not_deleted;";
        store.connection.execute_batch(&format!("{open}{sql}")).expect("tampered");
    }

    #[test]
    fn an_untouched_trail_holds() {
        let (_folder, store) = with_events(3);
        let trail = store.verify_trail().expect("read");
        assert_eq!((trail.events, trail.broken_at), (3, None));
        assert_ne!(trail.head, BEGINNING);
    }

    #[test]
    fn a_line_that_was_changed_taken_out_or_put_in_is_found() {
        for (sql, line) in [
            ("UPDATE event SET by = '他人' WHERE seq = 2", 2),
            ("UPDATE event SET details = '{\"number\":9}' WHERE seq = 3", 3),
            ("DELETE FROM event WHERE seq = 2", 3),
            ("UPDATE event SET seq = 9 WHERE seq = 3", 9),
        ] {
            let (_folder, store) = with_events(3);
            tamper(&store, sql);
            assert_eq!(store.verify_trail().expect("read").broken_at, Some(line), "{sql}");
        }
    }

    #[test]
    fn equal_values_of_two_contracts_do_not_show_as_equal() {
        let value = json!("13800000000");
        let one = fingerprint(CaseId(1), "parties[0].phone", &value);
        assert_ne!(one, fingerprint(CaseId(2), "parties[0].phone", &value));
        assert_eq!(one.len(), 16);
    }
}
