//! Puts a measured set on disk: one file for each contract and `truth.ndjson`.

use std::fs;
use std::path::Path;

use serde_json::json;

use super::instances;
use crate::error::{Error, Result};
use crate::font::FontBook;
use crate::rendering::{Rendering, render};

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Contracts.
    pub files: usize,
    /// Their bytes.
    pub bytes: usize,
}

/// Renders every contract of a folder of templates into `<split>/<slug>.<ending>`, with its truth in
/// `truth.ndjson` and its source text beside it.
///
/// # Errors
///
/// If a template is malformed or a file cannot be written.
pub fn write(templates: &Path, seeds: u64, fonts: &FontBook, out: &Path) -> Result<Summary> {
    let mut summary = Summary::default();
    let mut truths = String::new();
    for instance in instances(templates, seeds)? {
        let bytes = render(&instance.document()?, &instance.rendering, fonts)?;
        let path = format!("{}/{}.{}", instance.split, instance.slug, instance.rendering.extension());
        let file = out.join(&path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(Error::io(folder))?;
        }
        fs::write(&file, &bytes).map_err(Error::io(&file))?;
        if !matches!(instance.rendering, Rendering::Text(_)) {
            let source = file.with_extension("source");
            fs::write(&source, &instance.text).map_err(Error::io(&source))?;
        }
        truths.push_str(&json!({"path": path, "truth": instance.truth}).to_string());
        truths.push('\n');
        summary.files += 1;
        summary.bytes += bytes.len();
    }
    let file = out.join("truth.ndjson");
    fs::write(&file, truths).map_err(Error::io(&file))?;
    Ok(summary)
}
