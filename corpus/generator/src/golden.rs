//! The written contracts and what is true of them: `<slug>.txt` and `<slug>.json` in one folder.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::error::{Error, Result};
use crate::source::{self, Document};

/// A contract as written, with its truth.
#[derive(Debug, Clone)]
pub struct Golden {
    /// Its short name: the file's stem.
    pub slug: String,
    /// The source text.
    pub text: String,
    /// What a perfect reader would find: `split`, `about`, `kind`, `stage`, `fields`, `rules`.
    pub truth: Value,
}

impl Golden {
    /// Reads one contract of a folder. Without a truth file the truth is null.
    ///
    /// # Errors
    ///
    /// If the text cannot be read, or the truth is no JSON.
    pub fn load(folder: &Path, slug: &str) -> Result<Self> {
        let path = folder.join(format!("{slug}.txt"));
        let text = fs::read_to_string(&path).map_err(Error::io(&path))?;
        let path = path.with_extension("json");
        let truth = match path.exists() {
            true => fs::read_to_string(&path).map_err(Error::io(&path))?,
            false => "null".to_owned(),
        };
        let truth =
            serde_json::from_str(&truth).map_err(|error| Error::Truth { slug: slug.to_owned(), error })?;
        Ok(Self { slug: slug.to_owned(), text, truth })
    }

    /// Reads all contracts of a folder, in the order of their slugs.
    ///
    /// # Errors
    ///
    /// As [`Golden::load`], or if there are none.
    pub fn load_all(folder: &Path) -> Result<Vec<Self>> {
        let entries = fs::read_dir(folder).map_err(Error::io(folder))?;
        let mut slugs: Vec<String> = entries
            .flatten()
            .filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".txt").map(str::to_owned))
            .collect();
        if slugs.is_empty() {
            return Err(Error::NoContracts(folder.to_owned()));
        }
        slugs.sort();
        slugs.iter().map(|slug| Self::load(folder, slug)).collect()
    }

    /// The text as a document.
    ///
    /// # Errors
    ///
    /// If it breaks the source format.
    pub fn document(&self) -> Result<Document> {
        source::parse(&self.text).map_err(|error| Error::Source { slug: self.slug.clone(), error })
    }
}

/// A short contract that needs no folder, for tests.
#[cfg(test)]
pub(crate) fn sample() -> Golden {
    Golden {
        slug: "sample".to_owned(),
        text: include_str!("sample.txt").to_owned(),
        // A sample without truth would only vary less.
        truth: serde_json::from_str(include_str!("sample.json")).unwrap_or(Value::Null),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_whole() {
        let sample = sample();
        assert!(sample.document().is_ok());
        let number = sample.truth["fields"]["contract_number"].as_str().unwrap();
        assert!(sample.text.contains(number));
    }
}
