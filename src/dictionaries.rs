//! Words, institutions, rule packs and forms: data that a lawyer can edit, built into the program and
//! overridden file by file from a folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// The files under `dictionaries/`, by their path in that folder; the build script lists them.
const EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/dictionaries.rs"));

/// A dictionary that cannot be used. The message names the file, the place and what to do.
#[derive(Debug, thiserror::Error)]
pub enum DictionaryError {
    /// The folder or a file in it cannot be read.
    #[error("词典 {path} 无法读取：{source}。请检查路径和权限，或去掉 --dictionaries 使用内置词典")]
    Unreadable {
        /// What could not be read.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file does not say what it should.
    #[error("词典 {file} 有误：{problem}")]
    Malformed {
        /// Path inside the folder.
        file: String,
        /// What is wrong, and where.
        problem: String,
    },
}

impl DictionaryError {
    /// A file that does not say what it should.
    pub fn malformed(file: &str, problem: impl ToString) -> Self {
        Self::Malformed { file: file.to_owned(), problem: problem.to_string() }
    }
}

/// All dictionaries, as text. Each stage parses the files it needs when the engine is built.
#[derive(Debug, Clone)]
pub struct Dictionaries {
    files: BTreeMap<String, String>,
}

impl Dictionaries {
    /// Those built into the program.
    pub fn embedded() -> Self {
        Self { files: EMBEDDED.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect() }
    }

    /// Those built in, with each file that stands in `folder` in place of the built-in one of the same
    /// name; files that are only there (further rule packs, forms) are added.
    pub fn with_overrides(folder: &Path) -> Result<Self, DictionaryError> {
        let mut dictionaries = Self::embedded();
        for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
            let entry = entry.map_err(|error| DictionaryError::Unreadable {
                path: error.path().unwrap_or(folder).to_owned(),
                source: error.into(),
            })?;
            let path = entry.path();
            let known = path.extension().is_some_and(|ext| ext == "toml" || ext == "txt");
            if !entry.file_type().is_file() || !known {
                continue;
            }
            let name: Vec<_> =
                path.strip_prefix(folder).unwrap_or(path).iter().map(|part| part.to_string_lossy()).collect();
            let text = std::fs::read_to_string(path)
                .map_err(|source| DictionaryError::Unreadable { path: path.to_owned(), source })?;
            dictionaries.files.insert(name.join("/"), text);
        }
        Ok(dictionaries)
    }

    /// The same dictionaries with one file replaced: for tests and for trying a change.
    pub fn with_file(mut self, name: &str, text: &str) -> Self {
        self.files.insert(name.to_owned(), text.to_owned());
        self
    }

    /// A file by its path inside the folder.
    pub fn get(&self, name: &str) -> Result<&str, DictionaryError> {
        self.files.get(name).map(String::as_str).ok_or_else(|| DictionaryError::malformed(name, "缺少此文件"))
    }

    /// A TOML file, parsed.
    pub fn toml<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<T, DictionaryError> {
        toml::from_str(self.get(name)?).map_err(|error| DictionaryError::malformed(name, error))
    }

    /// The files of a folder (`rules`, `forms`), in the order of their names.
    pub fn folder<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .iter()
            .filter(move |(name, _)| name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
            .map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// SHA-256 in hex over the names and texts of the files that `wanted` picks: the fingerprint of what
    /// a stage rests on.
    pub fn fingerprint(&self, wanted: impl Fn(&str) -> bool) -> String {
        let mut hasher = Sha256::new();
        for (name, text) in self.files.iter().filter(|(name, _)| wanted(name)) {
            for part in [name.as_bytes(), text.as_bytes()] {
                hasher.update((part.len() as u64).to_le_bytes());
                hasher.update(part);
            }
        }
        hex(&hasher.finalize())
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xF]);
    let mut out = String::with_capacity(bytes.len() * 2);
    out.extend(digits.filter_map(|digit| char::from_digit(digit.into(), 16)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_built_in() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("dictionaries");
        let on_disk = Dictionaries::with_overrides(&folder).expect("the folder is readable");
        let built_in = Dictionaries::embedded();
        assert_eq!(on_disk.files.keys().collect::<Vec<_>>(), built_in.files.keys().collect::<Vec<_>>());
    }

    #[test]
    fn a_file_in_the_folder_takes_the_place_of_the_built_in_one() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("words.txt"), "测试词\n").expect("written");
        let dictionaries = Dictionaries::with_overrides(folder.path()).expect("readable");
        assert_eq!(dictionaries.get("words.txt").ok(), Some("测试词\n"));
        assert_ne!(
            dictionaries.fingerprint(|name| name == "words.txt"),
            Dictionaries::embedded().fingerprint(|name| name == "words.txt")
        );
    }
}
