//! Names of members: which encoding they are in, and what they are called below the container.

use std::collections::BTreeSet;

use encoding_rs::GB18030;

/// Names given so far.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// The name, or where another member has it already, the name with a number.
    pub fn unique(&mut self, name: &str) -> String {
        let name = clean(name);
        let numbered = (2..).map(|number| format!("{name}#{number}"));
        let free = std::iter::once(name.clone()).chain(numbered).find(|name| !self.0.contains(name));
        let free = free.unwrap_or(name);
        self.0.insert(free.clone());
        free
    }
}

/// Only what names a place: a name is never used as a path, but shown as one.
fn clean(name: &str) -> String {
    let name = name.replace('\\', "/");
    let parts = name.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
    let clean: Vec<String> = parts.map(|part| part.chars().filter(|c| !c.is_control()).collect()).collect();
    if clean.is_empty() { "未命名".to_owned() } else { clean.join("/") }
}

/// The text of a name: UTF-8 where it is valid, else GBK, as Chinese Windows writes it, else byte by byte.
pub(super) fn decode(name: &[u8]) -> String {
    if let Ok(name) = std::str::from_utf8(name) {
        return name.to_owned();
    }
    match GB18030.decode_without_bom_handling(name) {
        (text, false) => text.into_owned(),
        _ => name.escape_ascii().to_string(),
    }
}

/// Is it something that programs leave beside documents: lock files, thumbnails, folders of the Finder?
pub(super) fn is_left_over(name: &str) -> bool {
    let name = name.replace('\\', "/");
    let file = name.rsplit('/').next().unwrap_or_default();
    name.split('/').any(|part| part == "__MACOSX")
        || file.starts_with('.')
        || file.starts_with("~$")
        || matches!(file, "Thumbs.db" | "desktop.ini")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart_and_name_no_other_place() {
        let mut names = Names::default();
        assert_eq!(names.unique("../a\\合同.pdf"), "a/合同.pdf");
        assert_eq!(names.unique("/a/合同.pdf"), "a/合同.pdf#2");
        assert_eq!(names.unique(""), "未命名");
    }

    #[test]
    fn names_of_chinese_windows() {
        assert_eq!(decode(&GB18030.encode("采购/合同.pdf").0), "采购/合同.pdf");
        assert_eq!(decode("合同.pdf".as_bytes()), "合同.pdf");
        assert_eq!(decode(b"\xFF\x01.pdf"), "\\xff\\x01.pdf");
    }

    #[test]
    fn what_programs_leave_behind() {
        assert!(
            is_left_over("__MACOSX/._合同.pdf")
                && is_left_over("a/~$合同.docx")
                && !is_left_over("a/合同.docx")
        );
    }
}
