//! Stores of every kind: new, old, of a later version, damaged.

use rusqlite::Connection;

use crate::model::case::FilingState;
use crate::store::{DATABASE, Store, StoreError, open_unchanging, sample, settled};

fn set_version(folder: &std::path::Path, version: i64) {
    let connection = Connection::open(folder.join(DATABASE)).expect("a database");
    connection.pragma_update(None, "user_version", version).expect("set");
}

#[test]
fn a_store_of_a_later_version_is_left_alone() {
    let (folder, store) = sample::store();
    drop(store);
    set_version(folder.path(), 99);
    for error in [
        Store::open(folder.path()).expect_err("newer"),
        Store::open_to_decide(folder.path()).expect_err("newer"),
        Store::create_or_open(folder.path()).expect_err("newer"),
    ] {
        assert!(matches!(error, StoreError::Version { found: 99, .. }), "{error}");
    }
}

#[test]
fn an_earlier_store_is_read_only_after_it_was_brought_up_to_date() {
    let folder = tempfile::tempdir().expect("a folder");
    {
        let connection = Connection::open(folder.path().join(DATABASE)).expect("a database");
        connection.execute_batch(include_str!("../migrations/0001-documents.sql")).expect("tables");
        connection.execute("INSERT INTO document VALUES ('d', 1, x'00', 'r')", []).expect("a document");
        let record = "INSERT INTO record (id, document, status, json, text, analysed_by, ruled_by)
                      VALUES (?1, 'd', 'complete', ?2, '', 'a', 'b')";
        connection.execute(record, [&sample::record("a1").id, &sample::json("a1")]).expect("a record");
    }
    set_version(folder.path(), 1);
    assert!(matches!(Store::open(folder.path()), Err(StoreError::Outdated(_))));
    drop(Store::create_or_open(folder.path()).expect("brought up to date"));
    let store = Store::open(folder.path()).expect("opened");
    let case = store.case_of("a100").expect("a case");
    assert_eq!(store.entry(case.id).expect("listed").particulars.title.as_deref(), Some("设备采购合同"));
}

#[test]
fn a_damaged_file_is_told() {
    let (folder, store) = sample::store();
    drop(store);
    std::fs::write(folder.path().join(DATABASE), b"not a database at all, but long enough to be read as one")
        .expect("written");
    assert!(matches!(Store::open(folder.path()), Err(StoreError::Corrupt(_))));
    assert!(matches!(Store::create_or_open(folder.path()), Err(StoreError::Corrupt(_))));
}

#[test]
fn what_may_only_be_read_is_not_written_to() {
    let (folder, mut store) = sample::store();
    let case = sample::put(&mut store, &sample::record("a1"));
    drop(store);
    let mut store = Store::open(folder.path()).expect("opened");
    let filed = store.step(case, FilingState::Filed, &sample::actor(), None);
    assert!(matches!(filed, Err(StoreError::ReadOnly(_))), "{filed:?}");
}

#[test]
fn a_database_on_a_disk_that_cannot_be_written_to_is_read() {
    let (folder, mut store) = sample::store();
    sample::put(&mut store, &sample::record("a1"));
    drop(store);
    assert!(settled(folder.path()), "closing it empties the log");
    let path = folder.path().join("名 100%?#.sqlite");
    std::fs::rename(folder.path().join(DATABASE), &path).expect("renamed");
    let store =
        Store::check_version(open_unchanging(&path).expect("opened"), folder.path()).expect("a store");
    assert!(store.case_of("a100").is_ok());
}

#[test]
fn a_store_that_another_process_holds_is_not_taken_for_an_unchanging_one() {
    let (folder, mut store) = sample::store();
    sample::put(&mut store, &sample::record("a1"));
    drop(store);
    let holder = Connection::open(folder.path().join(DATABASE)).expect("a database");
    holder.pragma_update(None, "locking_mode", "EXCLUSIVE").expect("set");
    holder.execute_batch("BEGIN EXCLUSIVE").expect("held");
    assert!(matches!(Store::open(folder.path()), Err(StoreError::Locked(_))));
    holder.execute_batch("ROLLBACK").expect("let go");
    drop(holder);
    assert!(Store::open(folder.path()).expect("opened").case_of("a100").is_ok());
}

#[cfg(unix)]
#[test]
fn files_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let parent = tempfile::tempdir().expect("a folder");
    let folder = parent.path().join("库");
    std::fs::create_dir(&folder).expect("made");
    std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o755)).expect("set");
    let mut store = Store::create_or_open(&folder).expect("a store");
    sample::put(&mut store, &sample::record("a1"));
    let mode = |path: &std::path::Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for entry in std::fs::read_dir(&folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}
