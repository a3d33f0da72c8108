//! Finds font files and keeps them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Family, Font};
use crate::error::{Error, Result};

/// Where font files lie, and those already read. May be shared by threads.
#[derive(Debug)]
pub struct FontBook {
    folders: Vec<PathBuf>,
    fonts: Mutex<BTreeMap<Family, Arc<Font>>>,
}

impl FontBook {
    /// A book that looks through `folders` and all that is in them, in this order.
    pub fn new(folders: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        let folders = folders.into_iter().map(Into::into).collect();
        Self { folders, fonts: Mutex::default() }
    }

    /// A book of the fonts that are installed on a Linux system.
    pub fn system() -> Self {
        Self::new(["/usr/share/fonts", "/usr/local/share/fonts"])
    }

    /// The same book, but `folders` are looked through first.
    pub fn before(self, folders: impl IntoIterator<Item = PathBuf>) -> Self {
        Self::new(folders.into_iter().chain(self.folders))
    }

    /// The font of a family, read from disk at the first call.
    ///
    /// # Errors
    ///
    /// If there is no file of that family, or one that cannot be used.
    pub fn font(&self, family: Family) -> Result<Arc<Font>> {
        // A panic elsewhere leaves the map whole: entries are only ever added.
        let mut fonts = self.fonts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(font) = fonts.get(&family) {
            return Ok(Arc::clone(font));
        }
        let path = self.find(family)?;
        let data = fs::read(&path).map_err(Error::io(&path))?;
        let font = Arc::new(Font::new(family, data)?);
        fonts.insert(family, Arc::clone(&font));
        Ok(font)
    }

    /// Whether the family's file is there.
    pub fn has(&self, family: Family) -> bool {
        self.find(family).is_ok()
    }

    fn find(&self, family: Family) -> Result<PathBuf> {
        let found = self.folders.iter().find_map(|folder| search(folder, family.file_name()));
        found.ok_or_else(|| {
            let searched: Vec<_> = self.folders.iter().map(|f| f.display().to_string()).collect();
            Error::FontMissing { family, searched: searched.join(", ") }
        })
    }
}

/// The path of the file called `name` somewhere in `folder`. Links to folders are not followed.
fn search(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(folder).ok()?.flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            folders.push(entry.path());
        } else if entry.file_name() == name {
            return Some(entry.path());
        }
    }
    folders.sort();
    folders.iter().find_map(|folder| search(folder, name))
}
