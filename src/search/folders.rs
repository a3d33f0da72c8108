//! The folders of an index in a store. Their names hold the version of the schema, so that a program of another
//! version goes on with its own until this one has built one that is whole.

use std::path::{Path, PathBuf};

use super::schema::VERSION;

/// What the folders of an index of any version begin with.
const PREFIX: &str = "index-";

/// The folder of the index in use.
pub(super) fn in_use(store: &Path) -> PathBuf {
    store.join(format!("{PREFIX}{VERSION}"))
}

/// Where an index is built that shall take the place of the one in use.
pub(super) fn beside(store: &Path) -> PathBuf {
    store.join(format!("{PREFIX}{VERSION}.new"))
}

/// Where the index in use waits while another takes its place.
pub(super) fn aside(store: &Path) -> PathBuf {
    store.join(format!("{PREFIX}{VERSION}.old"))
}

/// Is there no index of this version, and one of another?
pub(super) fn is_of_another_version(store: &Path) -> bool {
    !in_use(store).exists() && !aside(store).exists() && others(store).any(|(_, whole)| whole)
}

/// Removes indexes of other versions. What cannot be removed only takes room.
pub(super) fn remove_others(store: &Path) {
    for (folder, _) in others(store) {
        let _ = std::fs::remove_dir_all(folder);
    }
}

/// The folders of indexes of other versions, and whether each is in use and not in the making.
fn others(store: &Path) -> impl Iterator<Item = (PathBuf, bool)> {
    let entries = std::fs::read_dir(store).into_iter().flatten().flatten();
    entries.filter_map(|entry| {
        let name = entry.file_name();
        let rest = name.to_str()?.strip_prefix(PREFIX)?;
        let version = rest.trim_end_matches(".new").trim_end_matches(".old");
        let version: u32 = version.parse().ok()?;
        (version != VERSION).then(|| (entry.path(), rest.parse::<u32>().is_ok()))
    })
}
