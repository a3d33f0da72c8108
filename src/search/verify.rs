//! Is the index whole, and does it hold what the store holds?

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::by_id::id_of;
use super::{Index, SearchError};

/// What is wrong with an index. Nothing: every list is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IndexCheck {
    /// Records in it.
    pub records: u64,
    /// Files whose bytes are not those that were written.
    pub damaged_files: Vec<String>,
    /// Records of the store that it lacks.
    pub missing: Vec<String>,
    /// Records that it has and the store has not.
    pub surplus: Vec<String>,
}

impl IndexCheck {
    /// Is nothing wrong?
    pub fn is_sound(&self) -> bool {
        self.damaged_files.is_empty() && self.missing.is_empty() && self.surplus.is_empty()
    }
}

impl Index {
    /// Compares the index with the records that should stand in it, and its files with their checksums.
    ///
    /// # Errors
    ///
    /// The index cannot be read.
    pub fn verify(&self, expected: &BTreeSet<String>) -> Result<IndexCheck, SearchError> {
        let damaged = self.index.validate_checksum()?;
        let mut damaged_files: Vec<String> = damaged.iter().map(|path| path.display().to_string()).collect();
        damaged_files.sort();
        let known = self.ids()?;
        Ok(IndexCheck {
            records: self.len(),
            damaged_files,
            missing: expected.difference(&known).cloned().collect(),
            surplus: known.difference(expected).cloned().collect(),
        })
    }

    /// The ids of all records in it.
    fn ids(&self) -> Result<BTreeSet<String>, SearchError> {
        let mut ids = BTreeSet::new();
        for segment in self.reader.searcher().segment_readers() {
            for document in segment.doc_ids_alive() {
                ids.extend(id_of(segment, document)?);
            }
        }
        Ok(ids)
    }
}
