//! The ZIP package: its parts, and the relationships between them (ISO/IEC 29500-2).

use super::xml::{Malformed, Xml};
use crate::read::ReadError;
use crate::read::packed::{Members, Refusal, join};

/// An opened package.
pub(crate) struct Package<'b> {
    members: Members<'b>,
}

/// A part, unpacked.
pub(crate) struct Part {
    /// Its text.
    pub text: String,
    /// What is wrong with it, when it could not be unpacked to its end; `text` holds what came before.
    pub damage: Option<String>,
}

/// A relationship of one part to another.
#[derive(Debug, Clone)]
pub(crate) struct Relationship {
    /// What the part calls it by: `rId3`.
    pub id: String,
    /// The last segment of its type: `header`, `styles` …
    pub kind: String,
    /// Name of the part that it leads to, without a leading slash.
    pub target: String,
}

impl<'b> Package<'b> {
    /// Opens a package whose parts may unpack to `budget` bytes.
    ///
    /// # Errors
    ///
    /// [`ReadError::Damaged`] when there is no directory of members, as in a file that was cut short.
    pub fn open(bytes: &'b [u8], budget: u64) -> Result<Self, ReadError> {
        Ok(Self { members: Members::open(bytes, budget, canonical)? })
    }

    /// Is there a part of that name?
    pub fn has(&self, name: &str) -> bool {
        self.members.has(name)
    }

    /// Unpacks a part; `None` when the package has none of that name.
    ///
    /// # Errors
    ///
    /// [`ReadError::Limit`] when the budget is used up, [`ReadError::Encrypted`] when a password is asked for.
    pub fn part(&mut self, name: &str) -> Result<Option<Part>, ReadError> {
        let unpacked = self.members.unpack(name, u64::MAX).map_err(|refusal| match refusal {
            Refusal::Encrypted => ReadError::Encrypted,
            Refusal::TooLarge => ReadError::Limit("解压后的内容过大，可能是压缩炸弹".to_owned()),
        })?;
        Ok(unpacked.map(|unpacked| Part {
            text: decode(&unpacked.bytes),
            damage: unpacked.damage.map(|damage| format!("解压失败（{damage}）")),
        }))
    }

    /// Name of the main part: by the package's relationships, else by the customary name.
    ///
    /// # Errors
    ///
    /// Those of [`Package::part`].
    pub fn main_part(&mut self) -> Result<Option<String>, ReadError> {
        let found = self.relationships("")?.into_iter().find(|r| r.kind == "officeDocument");
        let name = found.map_or_else(|| "word/document.xml".to_owned(), |r| r.target);
        Ok(self.has(&name).then_some(name))
    }

    /// Relationships of a part (of the package for an empty name), as far as they can be read.
    ///
    /// # Errors
    ///
    /// Those of [`Package::part`].
    pub fn relationships(&mut self, part: &str) -> Result<Vec<Relationship>, ReadError> {
        let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
        let Some(part) = self.part(&relationships_of(part))? else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        // Those before a fault are good; a missing one shows where it is asked for.
        let _: Result<(), Malformed> = read_relationships(&part.text, folder, &mut found);
        Ok(found)
    }
}

/// Name of the part that holds another part's relationships.
pub(crate) fn relationships_of(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    join(folder, &format!("_rels/{file}.rels"))
}

fn read_relationships(text: &str, folder: &str, found: &mut Vec<Relationship>) -> Result<(), Malformed> {
    let mut xml = Xml::new(text);
    while let Some(element) = xml.next_inside(0)? {
        if element.name != "r:Relationship" || element.attribute("TargetMode").as_deref() == Some("External")
        {
            continue;
        }
        if let (Some(id), Some(kind), Some(target)) =
            (element.attribute("Id"), element.attribute("Type"), element.attribute("Target"))
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            found.push(Relationship { id, kind, target: join(folder, &target) });
        }
    }
    Ok(())
}

/// A part's name as it is compared: case does not tell names apart, and some programs write back slashes.
pub(crate) fn canonical(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_lowercase()
}

/// Parts are UTF-8 or UTF-16 (ISO/IEC 29500-2, 8.2.5).
fn decode(bytes: &[u8]) -> String {
    let (encoding, _) = encoding_rs::Encoding::for_bom(bytes).unwrap_or((encoding_rs::UTF_8, 0));
    encoding.decode(bytes).0.into_owned()
}
