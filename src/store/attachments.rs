//! Files that belong to a case: approvals, minutes, receipts. Their contents lie among the originals.

use jiff::Timestamp;
use rusqlite::params;
use serde::Serialize;
use serde_json::json;

use super::{Store, StoreError, audit, cases, originals};
use crate::model::case::{Actor, CaseId};

/// A file of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttachedFile {
    /// Its number in the store.
    pub id: i64,
    /// Its name when it was attached.
    pub name: String,
    /// SHA-256 of its content.
    pub sha256: String,
    /// Size.
    pub bytes: i64,
    /// Who attached it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl Store {
    /// Attaches a file to a case; its content is kept beside the store.
    pub fn attach(
        &mut self,
        case: CaseId,
        name: &str,
        content: &[u8],
        actor: &Actor,
    ) -> Result<AttachedFile, StoreError> {
        let sha256 = audit::digest(content);
        self.originals().keep(&sha256, content)?;
        let bytes = i64::try_from(content.len()).unwrap_or(i64::MAX);
        self.change(|transaction| {
            originals::note(transaction, &sha256, content.len() as u64)?;
            let details = json!({ "sha256": sha256, "bytes": bytes });
            let event = audit::append(transaction, actor, "attach", Some(case), &details)?;
            let sql = "INSERT INTO attachment (case_id, name, sha256, bytes, by, at, made)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            let at = actor.at.to_string();
            transaction.execute(sql, params![case.0, name, sha256, bytes, actor.name, at, event])?;
            let id = transaction.last_insert_rowid();
            cases::touch(transaction, case, false)?;
            Ok(AttachedFile {
                id,
                name: name.to_owned(),
                sha256,
                bytes,
                by: actor.name.clone(),
                at: actor.at,
            })
        })
    }

    /// Takes a file off a case; its content stays among the originals.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoAttachment`] where the case has no such file.
    pub fn detach(
        &mut self,
        case: CaseId,
        id: i64,
        actor: &Actor,
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        self.change(|transaction| {
            let details = json!({ "attachment": id, "reason": reason });
            let event = audit::append(transaction, actor, "detach", Some(case), &details)?;
            let sql = "UPDATE attachment SET ended = ?1 WHERE id = ?2 AND case_id = ?3 AND ended IS NULL";
            if transaction.execute(sql, params![event, id, case.0])? == 0 {
                return Err(StoreError::NoAttachment(id));
            }
            cases::touch(transaction, case, false)
        })
    }

    /// Files of a case, as they were attached.
    pub fn attachments(&self, case: CaseId) -> Result<Vec<AttachedFile>, StoreError> {
        let sql = "SELECT id, name, sha256, bytes, by, at FROM attachment
                   WHERE case_id = ?1 AND ended IS NULL ORDER BY id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([case.0], |row| {
            let at: String = row.get(5)?;
            Ok(AttachedFile {
                id: row.get(0)?,
                name: row.get(1)?,
                sha256: row.get(2)?,
                bytes: row.get(3)?,
                by: row.get(4)?,
                at: at.parse().unwrap_or_default(),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use crate::store::{StoreError, sample};

    #[test]
    fn files_are_attached_kept_and_taken_off() {
        let (_folder, mut store) = sample::store();
        let case = sample::put(&mut store, &sample::record("a1"));
        let file = store.attach(case, "批复.txt", "同意".as_bytes(), &sample::actor()).expect("attached");
        assert_eq!(store.attachments(case).expect("read"), std::slice::from_ref(&file));
        assert_eq!(store.originals().check(&file.sha256), None);
        store.detach(case, file.id, &sample::actor(), None).expect("taken off");
        assert!(store.attachments(case).expect("read").is_empty());
        let again = store.detach(case, file.id, &sample::actor(), None);
        assert!(matches!(again, Err(StoreError::NoAttachment(_))));
        assert!(store.verify().expect("read").problems.is_empty());
    }
}
