//! The store's tables, as numbered steps. `PRAGMA user_version` says how many were applied.
//!
//! A step that was released is never changed: a further one is added, with a test from the version before.

use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;

/// All steps, in order.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001-documents.sql"),
    include_str!("migrations/0002-cases.sql"),
    include_str!("migrations/0003-nodes.sql"),
    include_str!("migrations/0004-review.sql"),
    include_str!("migrations/0005-duplicates.sql"),
    include_str!("migrations/0006-keys.sql"),
    include_str!("migrations/0007-incidents.sql"),
];

/// Version of the tables that this program works with.
pub(super) const VERSION: i64 = MIGRATIONS.len() as i64;

/// Number of steps that were applied.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Applies the steps that are missing: all of them, or on an error none.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    migrate_to(connection, VERSION)
}

/// Applies the steps up to one.
pub(super) fn migrate_to(connection: &mut Connection, to: i64) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let applied = version(&transaction)?;
    let steps = (1..).zip(MIGRATIONS).filter(|(number, _)| *number > applied && *number <= to);
    for (number, step) in steps {
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", number)?;
    }
    Ok(transaction.commit()?)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::store::sample;

    /// A database with the tables of an earlier version.
    pub fn of_version(version: i64) -> Connection {
        let mut connection = Connection::open_in_memory().expect("a database");
        migrate_to(&mut connection, version).expect("migrated");
        connection
    }

    fn count(connection: &Connection, what: &str) -> i64 {
        connection.query_row(&format!("SELECT count(*) FROM {what}"), [], |row| row.get(0)).expect(what)
    }

    #[test]
    fn every_step_leads_to_the_present_version() {
        for from in 0..=VERSION {
            let mut connection = of_version(from);
            migrate(&mut connection).expect("migrated");
            assert_eq!(version(&connection).expect("a version"), VERSION);
            migrate(&mut connection).expect("nothing to do");
        }
    }

    #[test]
    fn contracts_of_the_first_version_get_cases() {
        let mut connection = of_version(1);
        let insert = |id: &str, json: &str| {
            let document = "INSERT OR IGNORE INTO document VALUES ('d', 1, x'00', 'r')";
            connection.execute(document, []).expect("a document");
            let record = "INSERT INTO record (id, document, status, json, text, analysed_by, ruled_by)
                          VALUES (?1, 'd', 'complete', ?2, '', 'a', 'b')";
            connection.execute(record, [id, json]).expect("a record");
        };
        insert("a1", &sample::json("a1"));
        insert("b2", &sample::json("b2").replace("\"contract\"", "\"not-a-contract\""));
        insert("c3", &sample::json("c3").replace("\"signed\"", "\"draft\""));
        migrate(&mut connection).expect("migrated");
        assert_eq!((count(&connection, "contract_case"), count(&connection, "case_record")), (2, 2));
        let states: Vec<(String, String)> = connection
            .prepare("SELECT record, state FROM contract_case ORDER BY record")
            .expect("sql")
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .expect("rows")
            .collect::<Result<_, _>>()
            .expect("rows");
        let states: Vec<_> = states.iter().map(|(record, state)| (record.as_str(), state.as_str())).collect();
        assert_eq!(states, [("a1", "signed"), ("c3", "draft")]);
    }

    #[test]
    fn the_trail_is_neither_changed_nor_cut() {
        let connection = of_version(VERSION);
        let event = "INSERT INTO event VALUES (1, 't', 'p', 'a', NULL, '{}', '', '')";
        connection.execute(event, []).expect("an event");
        assert!(connection.execute("UPDATE event SET by = 'q'", []).is_err());
        assert!(connection.execute("DELETE FROM event", []).is_err());
    }
}
