//! Every file below a folder, as it comes.

use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::platform;

/// A file to look at, or a place that could not be looked at.
#[derive(Debug, Clone)]
pub struct Item {
    /// Where it is.
    pub path: PathBuf,
    /// Bytes of the path below the archive, `/` between folders.
    pub relative: Vec<u8>,
    /// The same for people.
    pub shown: String,
    /// Why it could not be looked at, in Chinese.
    pub problem: Option<String>,
}

/// Walks an archive. Files that programs leave beside documents are passed over, and so is the store.
///
/// Links are followed; a link that leads back to a folder above it is a problem, not a loop.
pub fn walk(archive: &Path, store: &Path) -> impl Iterator<Item = Item> + Send {
    let root = archive.to_owned();
    let store = store.canonicalize().ok();
    let is_store = move |entry: &DirEntry| {
        entry.file_type().is_dir() && store.is_some() && entry.path().canonicalize().ok() == store
    };
    WalkDir::new(archive)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(move |entry| {
            entry.depth() == 0 || !(is_left_over(entry) || is_store(entry) || is_store_file(entry))
        })
        .filter_map(move |entry| match entry {
            Ok(entry) if entry.file_type().is_file() => Some(item(&root, entry.path(), None)),
            Ok(_) => None,
            Err(error) => {
                let path = error.path().unwrap_or(&root).to_owned();
                Some(item(&root, &path, Some(problem(&error))))
            }
        })
}

fn item(root: &Path, path: &Path, problem: Option<String>) -> Item {
    let relative = platform::path_bytes(path.strip_prefix(root).unwrap_or(path));
    Item { path: path.to_owned(), shown: show_path(&relative), relative, problem }
}

/// Lock files of office programs, thumbnails, hidden files and folders.
fn is_left_over(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.')
        || name.starts_with("~$")
        || matches!(&*name, "Thumbs.db" | "desktop.ini" | "__MACOSX")
}

/// What a store writes, where a store lies in the folder: the archive's own, or one of an earlier run.
fn is_store_file(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let index = |rest: &str| {
        let version = rest.trim_end_matches(".new").trim_end_matches(".old");
        !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit())
    };
    let named = name.starts_with("hetong.sqlite")
        || matches!(&*name, "lock" | "failures.csv")
        || name.strip_prefix("index-").is_some_and(index);
    named && entry.path().with_file_name("hetong.sqlite").is_file()
}

fn problem(error: &walkdir::Error) -> String {
    if let Some(ancestor) = error.loop_ancestor() {
        return format!("符号链接指回上级目录 {}，已跳过；请删除该链接", ancestor.display());
    }
    error.io_error().map_or_else(|| error.to_string(), explain)
}

/// Why a file or folder could not be used, and what to do.
pub fn explain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "没有读取权限；请检查文件权限".to_owned(),
        io::ErrorKind::NotFound => "文件或目录在处理过程中消失；请确认是否被移动或删除".to_owned(),
        _ => format!("读取出错：{error}；请检查磁盘或网络驱动器"),
    }
}

/// A path for people and for JSON: bytes that are not UTF-8 as `\xNN`.
pub fn show_path(bytes: &[u8]) -> String {
    bytes.utf8_chunks().fold(String::with_capacity(bytes.len()), |mut shown, chunk| {
        shown.push_str(chunk.valid());
        for byte in chunk.invalid() {
            shown.push_str(&format!("\\x{byte:02X}"));
        }
        shown
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_is_no_utf8_can_still_be_shown() {
        assert_eq!(show_path("采购/合同 1.pdf".as_bytes()), "采购/合同 1.pdf");
        assert_eq!(show_path(b"\xba\xcf.pdf"), "\\xBA\\xCF.pdf");
    }

    #[test]
    fn a_store_is_no_contract_wherever_it_lies() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in [
            "合同.txt",
            "hetong.sqlite",
            "hetong.sqlite-wal",
            "lock",
            "index-1/meta.json",
            "index-2.new/meta.json",
            "旧/lock",
        ] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            std::fs::write(path, "x").expect("written");
        }
        let seen: Vec<_> = walk(folder.path(), folder.path()).map(|item| item.shown).collect();
        assert_eq!(seen, ["合同.txt", "旧/lock"]);
    }

    #[test]
    fn what_programs_leave_behind_is_passed_over() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["合同.txt", ".DS_Store", "~$合同.docx", "Thumbs.db", "store/hetong.sqlite"] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            std::fs::write(path, "x").expect("written");
        }
        let seen: Vec<_> = walk(folder.path(), &folder.path().join("store")).map(|item| item.shown).collect();
        assert_eq!(seen, ["合同.txt"]);
    }
}
