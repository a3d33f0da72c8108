//! Lists the files under `dictionaries/`, so that the program carries every one of them. The list names no folder above
//! them: a target folder that goes with a checkout to another place stays right.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("dictionaries");
    println!("cargo::rerun-if-changed=dictionaries");
    let mut files = Vec::new();
    gather(&root, "", &mut files)?;
    files.sort();
    let mut list = String::from("&[\n");
    for name in files {
        let place = format!("/dictionaries/{name}");
        let _ =
            writeln!(list, "    ({name:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {place:?}))),");
    }
    list.push(']');
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    replace(&out.join("dictionaries.rs"), &list)
}

/// Writes a file beside its place and moves it there: nobody sees half of it, and a hard link to the old one keeps its
/// content. An unchanged file is left alone.
fn replace(path: &Path, content: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == content) {
        return Ok(());
    }
    let beside = path.with_extension("new");
    fs::write(&beside, content)?;
    fs::rename(beside, path)
}

/// Names of the files below a folder, with `/` between their parts.
fn gather(folder: &Path, prefix: &str, files: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            gather(&entry.path(), &format!("{name}/"), files)?;
        } else if name.ends_with(".toml") || name.ends_with(".txt") {
            files.push(name);
        }
    }
    Ok(())
}
