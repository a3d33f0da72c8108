//! The ZIP package and the locations inside it (GB/T 33190-2016, 7: ST_Loc).

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{self, Element};
use crate::read::{ReadError, zip_fault};

/// Bytes of one XML part; a page of dense text takes a few hundred thousand.
const XML_PART: u64 = 64 << 20;
/// How many times over the limit for one part all parts together may unpack to.
const PARTS: u64 = 16;

/// Why a part could not be had. The text is Chinese and says what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    /// The package has no part there.
    #[error("文件中没有部件 {0}")]
    Missing(String),
    /// It does not unpack.
    #[error("部件 {0} 解压失败（{1}）")]
    Packed(String, String),
    /// It unpacks to too much.
    #[error("部件 {0} 解压后过大，可能是压缩炸弹")]
    TooLarge(String),
    /// A password is asked for.
    #[error("部件 {0} 已加密")]
    Encrypted(String),
    /// It is not the XML that it should be.
    #[error("部件 {0} 的 {1}")]
    Malformed(String, String),
}

/// An opened package.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Index of each member by its canonical name.
    members: BTreeMap<String, usize>,
    /// Bytes that one part may unpack to.
    part: u64,
    /// Bytes that the parts may still unpack to, all together.
    budget: u64,
}

impl<'b> Package<'b> {
    /// Opens a package each of whose parts may unpack to `part` bytes.
    ///
    /// # Errors
    ///
    /// [`ReadError::Damaged`] when there is no directory of members, as in a file that was cut short.
    pub fn open(bytes: &'b [u8], part: u64) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| ReadError::Damaged(format!("文件无法打开（{}）", zip_fault::archive(&error))))?;
        let names = archive.file_names().enumerate();
        let members = names.filter_map(|(index, name)| Some((canonical(&name.ok()?), index))).collect();
        Ok(Self { archive, members, part, budget: part.saturating_mul(PARTS) })
    }

    /// Is there a part of that name?
    pub fn has(&self, name: &str) -> bool {
        self.members.contains_key(&canonical(name))
    }

    /// Name of the part at a location that stands in a part of `folder`: relative to that, from the root with a
    /// leading slash, or, as some programs write it, from the root without one.
    pub fn locate(&self, folder: &str, location: &str) -> String {
        let near = join(folder, location);
        let far = join("", location);
        if !self.has(&near) && self.has(&far) { far } else { near }
    }

    /// Unpacks a part.
    ///
    /// # Errors
    ///
    /// [`Fault`].
    pub fn read(&mut self, name: &str) -> Result<Vec<u8>, Fault> {
        self.read_within(name, self.part)
    }

    /// Unpacks and parses a part.
    ///
    /// # Errors
    ///
    /// [`Fault`].
    pub fn xml(&mut self, name: &str) -> Result<Element, Fault> {
        let bytes = self.read_within(name, self.part.min(XML_PART))?;
        xml::parse(&bytes).map_err(|what| Fault::Malformed(name.to_owned(), what))
    }

    fn read_within(&mut self, name: &str, part: u64) -> Result<Vec<u8>, Fault> {
        let index = self.members.get(&canonical(name)).ok_or_else(|| Fault::Missing(name.to_owned()))?;
        let most = part.min(self.budget);
        let mut bytes = Vec::new();
        let damage = match self.archive.by_index(*index) {
            Ok(member) => {
                let read = member.take(most.saturating_add(1)).read_to_end(&mut bytes);
                read.err().map(|error| zip_fault::unpacking(error.kind()))
            }
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(Fault::Encrypted(name.to_owned()));
            }
            Err(error) => Some(zip_fault::archive(&error)),
        };
        let read = bytes.len() as u64;
        self.budget = self.budget.saturating_sub(read);
        match damage {
            _ if read > most => Err(Fault::TooLarge(name.to_owned())),
            Some(error) => Err(Fault::Packed(name.to_owned(), error.to_owned())),
            None => Ok(bytes),
        }
    }
}

/// The folder that a part stands in.
pub(super) fn folder(part: &str) -> &str {
    part.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A location → the name of a part. What climbs over the root stays at the root: nothing outside the package is
/// ever asked for.
pub(super) fn join(folder: &str, location: &str) -> String {
    let location = location.trim().replace('\\', "/");
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

/// Names are compared without case and leading slashes: programs do not agree with themselves.
pub(super) fn canonical(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches("./").trim_start_matches('/').to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_stay_inside() {
        assert_eq!(join("Doc_0", "Pages/Page_0/Content.xml"), "Doc_0/Pages/Page_0/Content.xml");
        assert_eq!(join("Doc_0/Signs", "/Doc_0/Res/a.png"), "Doc_0/Res/a.png");
        assert_eq!(join("Doc_0/Annots", "../Res\\a.png"), "Doc_0/Res/a.png");
        assert_eq!(join("Doc_0", "../../../etc/passwd"), "etc/passwd");
        assert_eq!(folder("Doc_0/Document.xml"), "Doc_0");
        assert_eq!(folder("OFD.xml"), "");
    }
}
