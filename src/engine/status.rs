//! How far a document was read.

use crate::model::{Document, Issue, Level, PageOrigin, Stage, Status, Text};

/// `complete` without an error, `partial` with text or with pages that are known to be scans, `skipped`
/// where the format is not read, else `failed`. A document that holds no text at all says so in an issue.
pub(super) fn status(document: &Document, text: &Text, issues: &mut Vec<Issue>) -> Status {
    let has = |code: &str| document.issues.iter().any(|issue| issue.code == code);
    let errors = document.issues.iter().any(|issue| issue.level == Level::Error);
    let empty = text.content.trim().is_empty();
    match (empty, errors) {
        (false, false) => Status::Complete,
        (false, true) => Status::Partial,
        // A container was opened; what it holds has records of its own.
        (true, false) if has("container") => Status::Complete,
        (true, true) if has("container") => Status::Partial,
        (true, _) if has("unsupported-format") => Status::Skipped,
        (true, _) if has("needs-ocr") => Status::Partial,
        (true, true) => Status::Failed,
        (true, false) => {
            let pages = document.pages.iter().filter(|page| page.origin != PageOrigin::Unread).count();
            let what = if pages > 0 {
                format!("{pages} 页均为空白")
            } else {
                "文件中没有文字".to_owned()
            };
            issues.push(Issue::new(
                Level::Error,
                Stage::Read,
                "no-text",
                format!("{what}；请核对是否放错文件"),
            ));
            Status::Failed
        }
    }
}
