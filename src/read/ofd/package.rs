//! The ZIP package and the locations inside it (GB/T 33190-2016, 7: ST_Loc).

use super::xml::{self, Element};
use crate::read::ReadError;
use crate::read::packed::{self, Members, Refusal};

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
    members: Members<'b>,
    /// Bytes that one part may unpack to.
    part: u64,
}

impl<'b> Package<'b> {
    /// Opens a package each of whose parts may unpack to `part` bytes.
    ///
    /// # Errors
    ///
    /// [`ReadError::Damaged`] when there is no directory of members, as in a file that was cut short.
    pub fn open(bytes: &'b [u8], part: u64) -> Result<Self, ReadError> {
        let members = Members::open(bytes, part.saturating_mul(PARTS), canonical)?;
        Ok(Self { members, part })
    }

    /// Is there a part of that name?
    pub fn has(&self, name: &str) -> bool {
        self.members.has(name)
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
        let unpacked = self.members.unpack(name, part).map_err(|refusal| match refusal {
            Refusal::Encrypted => Fault::Encrypted(name.to_owned()),
            Refusal::TooLarge => Fault::TooLarge(name.to_owned()),
        })?;
        let unpacked = unpacked.ok_or_else(|| Fault::Missing(name.to_owned()))?;
        match unpacked.damage {
            Some(damage) => Err(Fault::Packed(name.to_owned(), damage.to_owned())),
            None => Ok(unpacked.bytes),
        }
    }
}

/// The folder that a part stands in.
pub(super) fn folder(part: &str) -> &str {
    part.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A location (ST_Loc), with whatever slashes → the name of a part.
pub(super) fn join(folder: &str, location: &str) -> String {
    packed::join(folder, &location.trim().replace('\\', "/"))
}

/// Names are compared without case and leading slashes: programs do not agree with themselves.
pub(super) fn canonical(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches("./").trim_start_matches('/').to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_are_written_with_either_slash() {
        assert_eq!(join("Doc_0", "Pages/Page_0/Content.xml"), "Doc_0/Pages/Page_0/Content.xml");
        assert_eq!(join("Doc_0/Signs", "/Doc_0/Res/a.png"), "Doc_0/Res/a.png");
        assert_eq!(join("Doc_0/Annots", "../Res\\a.png"), "Doc_0/Res/a.png");
        assert_eq!(folder("Doc_0/Document.xml"), "Doc_0");
        assert_eq!(folder("OFD.xml"), "");
    }
}
