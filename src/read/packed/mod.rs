//! Members of a ZIP by name, unpacked within a budget: what packages of parts (DOCX, OFD) have in common.

pub(super) mod fault;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::ReadError;

/// An opened package.
pub(super) struct Members<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Index of each member by its name as the format compares names.
    by_name: BTreeMap<String, usize>,
    canonical: fn(&str) -> String,
    /// Bytes that the members may still unpack to, all together.
    budget: u64,
}

/// A member, as far as it could be unpacked.
pub(super) struct Unpacked {
    pub bytes: Vec<u8>,
    /// Why its data breaks off, in Chinese.
    pub damage: Option<&'static str>,
}

/// Why nothing of a member is given.
pub(super) enum Refusal {
    /// A password is asked for.
    Encrypted,
    /// It unpacks to more than it may.
    TooLarge,
}

impl<'b> Members<'b> {
    /// Opens a package whose members may unpack to `budget` bytes all together; `canonical` makes names equal that the
    /// format holds to be equal.
    ///
    /// # Errors
    ///
    /// [`ReadError::Damaged`] when there is no directory of members, as in a file that was cut short.
    pub fn open(bytes: &'b [u8], budget: u64, canonical: fn(&str) -> String) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| ReadError::Damaged(format!("文件无法打开（{}）", fault::archive(&error))))?;
        let names = archive.file_names().enumerate();
        let by_name = names.filter_map(|(index, name)| Some((canonical(&name.ok()?), index))).collect();
        Ok(Self { archive, by_name, canonical, budget })
    }

    /// Is there a member of that name?
    pub fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(&(self.canonical)(name))
    }

    /// Unpacks a member, to `most` bytes or what is left of the budget; `None` when there is none of that name.
    ///
    /// # Errors
    ///
    /// [`Refusal`].
    pub fn unpack(&mut self, name: &str, most: u64) -> Result<Option<Unpacked>, Refusal> {
        let Some(&index) = self.by_name.get(&(self.canonical)(name)) else { return Ok(None) };
        let most = most.min(self.budget);
        let mut bytes = Vec::new();
        let damage = match self.archive.by_index(index) {
            Ok(member) => {
                let read = member.take(most.saturating_add(1)).read_to_end(&mut bytes);
                read.err().map(|error| fault::unpacking(error.kind()))
            }
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(Refusal::Encrypted),
            Err(error) => Some(fault::archive(&error)),
        };
        let unpacked = bytes.len() as u64;
        self.budget = self.budget.saturating_sub(unpacked);
        if unpacked > most { Err(Refusal::TooLarge) } else { Ok(Some(Unpacked { bytes, damage })) }
    }
}

/// Name of the member at a location that is relative to a folder, or with a leading slash to the root. What climbs
/// over the root stays at the root: nothing outside the package is ever asked for.
pub(super) fn join(folder: &str, location: &str) -> String {
    let mut segments: Vec<&str> =
        if location.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for segment in location.split('/') {
        match segment {
            ".." => drop(segments.pop()),
            "." => {}
            other => segments.push(other),
        }
    }
    segments.retain(|segment| !segment.is_empty());
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_are_relative_and_stay_inside() {
        assert_eq!(join("word", "styles.xml"), "word/styles.xml");
        assert_eq!(join("word", "/word/styles.xml"), "word/styles.xml");
        assert_eq!(join("word", "../custom/x.xml"), "custom/x.xml");
        assert_eq!(join("", "_rels/.rels"), "_rels/.rels");
        assert_eq!(join("Doc_0", "../../../etc/passwd"), "etc/passwd");
    }
}
