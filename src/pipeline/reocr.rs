//! Which pages are to be read again with the strong models: `unsure`, or `3f9a:3-5,8`.

use std::str::FromStr;

use crate::model::Record;

/// A choice of pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reocr {
    /// Every page that a person would have to look at.
    Unsure,
    /// Pages of one record.
    Record {
        /// The first digits of its number.
        id: String,
        /// First and last pages; none for the unsure ones.
        ranges: Vec<(u32, u32)>,
    },
}

/// Why a choice of pages cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("无法理解“{0}”：请写 unsure（全部存疑页），或 记录编号:页码，如 3f9a:3-5,8")]
pub struct ReocrError(String);

impl FromStr for Reocr {
    type Err = ReocrError;

    fn from_str(spec: &str) -> Result<Self, Self::Err> {
        let refused = || ReocrError(spec.to_owned());
        if spec == "unsure" {
            return Ok(Self::Unsure);
        }
        let (id, pages) = spec.split_once([':', '：']).unwrap_or((spec, ""));
        // Pages are those of the file, whichever of its contracts stands on them.
        let id = id.split('#').next().unwrap_or(id);
        if id.len() < 4 || !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(refused());
        }
        let parts = pages.split([',', '，', '、']).filter(|part| !part.is_empty());
        let ranges = parts.map(|part| range(part).ok_or_else(refused)).collect::<Result<_, _>>()?;
        Ok(Self::Record { id: id.to_ascii_lowercase(), ranges })
    }
}

/// `3-5` or `8`.
fn range(part: &str) -> Option<(u32, u32)> {
    let (first, last) = part.split_once('-').unwrap_or((part, part));
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (1..=last).contains(&first).then_some((first, last))
}

impl Reocr {
    /// The first digits of the one record that it is about.
    pub fn record(&self) -> Option<&str> {
        match self {
            Self::Unsure => None,
            Self::Record { id, .. } => Some(id),
        }
    }

    /// Might it choose pages of this content?
    pub fn concerns(&self, sha256: &str) -> bool {
        match self {
            Self::Unsure => true,
            Self::Record { id, .. } => sha256.starts_with(id.as_str()),
        }
    }

    /// The pages that it chooses of a record, from 1, in order.
    pub fn pages(&self, record: &Record) -> Vec<u32> {
        match self {
            Self::Record { ranges, .. } if !ranges.is_empty() => {
                let chosen = |page: &u32| ranges.iter().any(|(first, last)| (first..=last).contains(&page));
                record.pages.iter().map(|page| page.number).filter(chosen).collect()
            }
            _ => record.unsure_pages(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_understood_or_refused() {
        assert_eq!("unsure".parse(), Ok(Reocr::Unsure));
        let ranges = vec![(3, 5), (8, 8)];
        assert_eq!("3F9A:3-5,8".parse(), Ok(Reocr::Record { id: "3f9a".to_owned(), ranges }));
        assert_eq!("3f9a#2".parse(), Ok(Reocr::Record { id: "3f9a".to_owned(), ranges: Vec::new() }));
        for wrong in ["", "全部", "3f:1", "3f9a:0", "3f9a:5-3", "3f9a:x"] {
            assert!(wrong.parse::<Reocr>().is_err(), "{wrong}");
        }
    }
}
