//! The contracts of one file: their records, and what becomes of one that is no longer found in it.

use rusqlite::{Connection, Transaction};

use super::{Store, StoreError, follow, lookup};
use crate::model::Record;

impl Store {
    /// The records of a content, in the order of their parts.
    pub fn parts_of(&self, sha256: &str) -> Result<Vec<Record>, StoreError> {
        let sql = "SELECT id, json FROM record WHERE document = ?1 ORDER BY length(id), id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([sha256], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let rows: Vec<(String, String)> = rows.collect::<Result<_, _>>()?;
        rows.into_iter().map(|(id, json)| lookup::parse(&id, &json)).collect()
    }

    /// Records of contracts that were once found in a content, and are more than it holds now; without those on which a
    /// person has said something, which stay.
    pub fn lost_parts(&self, document: &str, of: u32) -> Result<Vec<String>, StoreError> {
        lost(&self.connection, document, of)
    }
}

fn lost(connection: &Connection, document: &str, of: u32) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT record.id FROM record LEFT JOIN case_record ON case_record.record = record.id
               LEFT JOIN contract_case ON contract_case.id = case_id
               WHERE document = ?1 AND coalesce(revision, 0) = 0";
    let mut statement = connection.prepare_cached(sql)?;
    let ids: Vec<String> = statement.query_map([document], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let index = |id: &str| id.split_once('#').and_then(|(_, index)| index.parse::<u32>().ok()).unwrap_or(1);
    Ok(ids.into_iter().filter(|id| index(id) > of).collect())
}

/// Takes lost parts out of the store. One that something else rests on stays, and goes back into the index.
pub(super) fn forget_lost(transaction: &Transaction<'_>, document: &str, of: u32) -> Result<(), StoreError> {
    for id in lost(transaction, document, of)? {
        transaction.execute_batch("SAVEPOINT part")?;
        if forget(transaction, &id).is_err() {
            transaction.execute_batch("ROLLBACK TO part")?;
            let sql = "UPDATE record SET indexed_by = NULL WHERE id = ?1";
            transaction.prepare_cached(sql)?.execute([&id])?;
        }
        transaction.execute_batch("RELEASE part")?;
    }
    Ok(())
}

/// Takes a record out with the case that the run made for it.
fn forget(transaction: &Transaction<'_>, id: &str) -> Result<(), StoreError> {
    if let Some(case) = follow::case_of(transaction, id)? {
        transaction.prepare_cached("DELETE FROM case_record WHERE record = ?1")?.execute([id])?;
        for sql in
            ["DELETE FROM case_particulars WHERE case_id = ?1", "DELETE FROM contract_case WHERE id = ?1"]
        {
            transaction.prepare_cached(sql)?.execute([case.0])?;
        }
    }
    transaction.prepare_cached("DELETE FROM record WHERE id = ?1")?.execute([id])?;
    Ok(())
}
