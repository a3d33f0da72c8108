//! Copies of a store: made while others write, and put back only when they hold.
//!
//! A backup is a folder of the same shape as a store's: the database as of one moment, the originals, and a note of
//! where the trail ended. The index is not in it; the next run builds it anew.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::audit::Trail;
use super::{DATABASE, Originals, Store, StoreError, at};
use crate::platform;

const NOTE: &str = "backup.json";

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    /// When it was made, RFC 3339.
    pub made: String,
    /// Lines of the trail.
    pub events: i64,
    /// Hash of the last.
    pub head: String,
    /// Originals.
    pub originals: u64,
}

impl Store {
    /// Copies the store into a folder, into which the next backup may go, too: originals that are there are not
    /// copied again. What others write meanwhile is not in it. The earlier backup is replaced only when the new one
    /// is whole, and the store holds: a copy of what is damaged must not take the place of one that is not.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unsound`] where the store does not hold.
    pub fn backup(&self, target: &Path, made: &str) -> Result<Backup, StoreError> {
        if !target.is_dir() {
            platform::owners_folder(target).map_err(|source| at(target, source))?;
        }
        refuse_unsound(self.file_problems()?)?;
        let part = Part::new(target.join(format!("{DATABASE}.part")))?;
        let name = part.path.to_string_lossy();
        // It is another file that is written to.
        self.connection.pragma_update(None, "query_only", false)?;
        self.connection.execute("VACUUM INTO ?1", [&*name])?;
        let copy = Self::copy_at(&part.path, target)?;
        let (Trail { events, head, .. }, problems) = copy.book_problems()?;
        refuse_unsound(problems)?;
        let kept = copy.kept()?;
        drop(copy);
        copy_originals(&self.originals(), &Originals::beside(target), &kept)?;
        let backup = Backup { made: made.to_owned(), events, head, originals: kept.len() as u64 };
        part.become_the_file(&target.join(DATABASE))?;
        // Killed here, the note is that of the backup before: still true of the beginning of this trail.
        write_note(target, &backup)?;
        Ok(backup)
    }

    /// Makes a store out of a backup, in a folder that has none.
    ///
    /// # Errors
    ///
    /// [`StoreError::Exists`] where there is a store, [`StoreError::BadBackup`] where the backup does not hold: then
    /// nothing is left behind but originals.
    pub fn restore(backup: &Path, folder: &Path) -> Result<Backup, StoreError> {
        let (from, to) = (backup.join(DATABASE), folder.join(DATABASE));
        if !from.is_file() {
            return Err(StoreError::BadBackup {
                path: backup.to_owned(),
                why: format!("其中没有 {DATABASE}"),
            });
        }
        if to.exists() {
            return Err(StoreError::Exists(folder.to_owned()));
        }
        platform::owners_folder(folder).map_err(|source| at(folder, source))?;
        let _lock = super::lock(folder)?;
        let part = Part::new(folder.join(format!("{DATABASE}.part")))?;
        fs::copy(&from, &part.path).map_err(|source| at(&part.path, source))?;
        let copy = Self::copy_at(&part.path, folder)?;
        copy.refuse_newer()?;
        let kept = copy.kept()?;
        copy_originals(&Originals::beside(backup), &Originals::beside(folder), &kept)?;
        let found = copy.check_backup(backup)?;
        drop(copy);
        part.become_the_file(&to)?;
        Ok(found)
    }

    /// A copy that is no store yet, for looking at.
    fn copy_at(path: &Path, folder: &Path) -> Result<Self, StoreError> {
        let connection = Connection::open(path)?;
        // It is renamed when it is whole; a log beside it would be left behind.
        connection.pragma_update(None, "journal_mode", "DELETE")?;
        Ok(Self { connection, folder: folder.to_owned(), _lock: None })
    }

    fn check_backup(&self, backup: &Path) -> Result<Backup, StoreError> {
        let bad = |why: String| StoreError::BadBackup { path: backup.to_owned(), why };
        let report = self.verify()?;
        if let Some(problem) = report.problems.into_iter().next() {
            return Err(bad(problem));
        }
        let found = Backup {
            made: String::new(),
            events: report.trail.events,
            head: report.trail.head,
            originals: report.originals,
        };
        let Ok(note) = fs::read(backup.join(NOTE)) else { return Ok(found) };
        let noted: Backup =
            serde_json::from_slice(&note).map_err(|error| bad(format!("{NOTE} 有误：{error}")))?;
        if noted.events > 0 && self.seal(noted.events)?.as_ref() != Some(&noted.head) {
            return Err(bad(format!("留痕与 {NOTE} 所记的末条哈希不符，备份曾被改动")));
        }
        Ok(Backup { made: noted.made, ..found })
    }
}

fn refuse_unsound(problems: Vec<String>) -> Result<(), StoreError> {
    problems.into_iter().next().map_or(Ok(()), |problem| Err(StoreError::Unsound(problem)))
}

/// Makes a store's database in a folder that has none: `fill` fills it, and it gets its name when it is whole.
pub(super) fn filled<T>(
    folder: &Path,
    fill: impl FnOnce(&mut Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    platform::owners_folder(folder).map_err(|source| at(folder, source))?;
    let _lock = super::lock(folder)?;
    let part = Part::new(folder.join(format!("{DATABASE}.part")))?;
    let mut connection = Connection::open(&part.path)?;
    let filled = fill(&mut connection)?;
    drop(connection);
    part.become_the_file(&folder.join(DATABASE))?;
    Ok(filled)
}

fn write_note(target: &Path, backup: &Backup) -> Result<(), StoreError> {
    let path = target.join(NOTE);
    let part = Part::new(target.join(format!("{NOTE}.part")))?;
    let note = serde_json::to_vec_pretty(backup).map_err(io::Error::from);
    note.and_then(|note| fs::write(&part.path, note)).map_err(|source| at(&path, source))?;
    part.become_the_file(&path)
}

fn copy_originals(from: &Originals, to: &Originals, kept: &[String]) -> Result<(), StoreError> {
    for sha256 in kept.iter().filter(|sha256| !to.path(sha256).is_file()) {
        let path = from.path(sha256);
        let bytes = fs::read(&path).map_err(|source| at(&path, source))?;
        if super::audit::digest(&bytes) != *sha256 {
            return Err(StoreError::ChangedOriginal(path));
        }
        to.keep(sha256, &bytes)?;
    }
    Ok(())
}

/// A file that is not whole yet; it goes when it never becomes so.
struct Part {
    path: PathBuf,
}

impl Part {
    /// An empty one, its owner's alone. What an earlier attempt left is thrown away.
    fn new(path: PathBuf) -> Result<Self, StoreError> {
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at(&path, error)),
            _ => Ok(()),
        }?;
        platform::owners_file(&path).map_err(|source| at(&path, source))?;
        Ok(Self { path })
    }

    /// Puts it in the place of the file, once it is on the disk.
    fn become_the_file(self, file: &Path) -> Result<(), StoreError> {
        let done = File::open(&self.path)
            .and_then(|part| part.sync_all())
            .and_then(|()| fs::rename(&self.path, file));
        done.map_err(|source| at(file, source))
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // Renamed already, or of no use; there is nobody to tell.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::case::{FilingState, Ruling, Seen, Word};
    use crate::store::sample;

    fn filled() -> (tempfile::TempDir, Store) {
        let (folder, mut store) = sample::store();
        let case = sample::put(&mut store, &sample::record("a1"));
        let path = "title".parse().expect("a path");
        let ruling = Ruling { path, word: Word::Correct(json!("甲合同")), seen: Seen::Present };
        store.decide(case, &[ruling], &sample::actor(), None).expect("kept");
        store.attach(case, "批复.txt", "同意".as_bytes(), &sample::actor()).expect("attached");
        (folder, store)
    }

    #[test]
    fn what_was_backed_up_comes_back() {
        let (_folder, mut store) = filled();
        let away = tempfile::tempdir().expect("a folder");
        let (target, new) = (away.path().join("备份"), away.path().join("新库"));
        let first = store.backup(&target, "2024-05-07T00:00:00Z").expect("backed up");
        store
            .step(store.case_of("a100").expect("one").id, FilingState::Filed, &sample::actor(), None)
            .expect("on");
        let second = store.backup(&target, "2024-05-08T00:00:00Z").expect("backed up again");
        assert_eq!((first.events, second.events, second.originals), (2, 3, 1));
        assert_eq!(Store::restore(&target, &new).expect("restored"), second);
        let back = Store::open(&new).expect("opened");
        let case = back.case_of("a100").expect("a case");
        assert_eq!(case.state, FilingState::Filed);
        assert_eq!(back.decisions(case.id).expect("read"), store.decisions(case.id).expect("read"));
        assert!(back.verify().expect("read").problems.is_empty());
        assert!(matches!(Store::restore(&target, &new), Err(StoreError::Exists(_))));
    }

    #[test]
    fn a_store_that_does_not_hold_takes_no_backups_place() {
        let (folder, store) = filled();
        let away = tempfile::tempdir().expect("a folder");
        let (target, new) = (away.path().join("备份"), away.path().join("新库"));
        let good = store.backup(&target, "2024-05-07T00:00:00Z").expect("backed up");
        store.connection.execute("UPDATE decision SET value = '\"乙合同\"'", []).expect("tampered");
        drop(store);
        let store = Store::open_to_copy(folder.path()).expect("opened");
        let refused = store.backup(&target, "2024-05-08T00:00:00Z");
        assert!(matches!(refused, Err(StoreError::Unsound(_))), "{refused:?}");
        assert_eq!(Store::restore(&target, &new).expect("restored"), good);
    }

    #[test]
    fn a_store_of_an_earlier_version_is_backed_up_before_it_is_brought_up_to_date() {
        let (folder, store) = filled();
        let before = crate::store::migrations::VERSION - 1;
        store.connection.pragma_update(None, "user_version", before).expect("set");
        drop(store);
        assert!(matches!(Store::open(folder.path()), Err(StoreError::Outdated(_))));
        let away = tempfile::tempdir().expect("a folder");
        let store = Store::open_to_copy(folder.path()).expect("opened");
        let backup = store.backup(&away.path().join("备份"), "2024-05-07T00:00:00Z").expect("backed up");
        assert_eq!((backup.events, backup.originals), (2, 1));
    }

    #[test]
    fn a_backup_that_does_not_hold_is_not_put_back() {
        let (_folder, store) = filled();
        let away = tempfile::tempdir().expect("a folder");
        let (target, new) = (away.path().join("备份"), away.path().join("新库"));
        store.backup(&target, "2024-05-07T00:00:00Z").expect("backed up");
        let connection = Connection::open(target.join(DATABASE)).expect("a database");
        connection.execute("UPDATE decision SET value = '\"乙合同\"'", []).expect("tampered");
        drop(connection);
        assert!(matches!(Store::restore(&target, &new), Err(StoreError::BadBackup { .. })));
        assert!(!new.join(DATABASE).exists());
        let half = fs::read(target.join(DATABASE)).expect("read");
        fs::write(target.join(DATABASE), &half[..half.len() / 2]).expect("written");
        assert!(Store::restore(&target, &new).is_err());
        assert!(!new.join(DATABASE).exists());
    }
}
