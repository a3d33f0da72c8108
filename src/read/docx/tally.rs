//! What was met on the way that a person should know of, or that leads to other parts.

use std::collections::BTreeMap;
use std::ops::Range;

use super::properties::Section;
use super::table::Change;
use crate::model::{Issue, Level, Stage};

/// Counts over all parts of a document.
#[derive(Debug, Default)]
pub(in crate::read) struct Tally {
    /// Paragraphs and tables so far.
    pub blocks: u32,
    /// Headers and footers that the sections refer to.
    pub sections: Section,
    /// Identifiers of the footnotes that are referred to, and where first.
    pub footnotes: BTreeMap<String, Range<usize>>,
    /// Identifiers of the endnotes that are referred to, and where first.
    pub endnotes: BTreeMap<String, Range<usize>>,
    /// Pictures, text boxes not among them.
    pub pictures: u32,
    /// Reviewers' comments.
    pub comments: u32,
    /// Other documents embedded in the body.
    pub embedded: u32,
    /// Runs that are struck through.
    pub struck: u32,
    /// Content controls that nobody filled in.
    pub blanks: u32,
    /// Stretches inserted with changes tracked.
    pub insertions: u32,
    /// Stretches deleted.
    pub deletions: u32,
    /// Stretches moved.
    pub moves: u32,
    /// Paragraph marks inserted or deleted.
    pub marks: u32,
}

impl Tally {
    /// The number of the next paragraph or table.
    pub fn number(&mut self) -> u32 {
        let number = self.blocks;
        self.blocks = self.blocks.saturating_add(1);
        number
    }

    /// Counts what became of a row or cell.
    pub fn change(&mut self, change: Change) {
        match change {
            Change::None => {}
            Change::Inserted => self.insertions += 1,
            Change::Deleted => self.deletions += 1,
        }
    }

    /// What a person should know, in a fixed order.
    pub fn issues(&self, has_body: bool) -> Vec<Issue> {
        [
            self.changes(),
            self.comments(),
            self.pictures(has_body),
            self.embedded(),
            self.struck(),
            self.blanks(),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn changes(&self) -> Option<Issue> {
        let counts = [
            ("插入", self.insertions),
            ("删除", self.deletions),
            ("移动", self.moves),
            ("段落标记", self.marks),
        ];
        let said: Vec<String> =
            counts.iter().filter(|(_, n)| *n > 0).map(|(what, n)| format!("{what} {n} 处")).collect();
        let message = format!(
            "文件带有尚未处理的修订（{}）；此处按接受全部修订读取，定稿前请在 Word 中逐一接受或拒绝",
            said.join("、")
        );
        (!said.is_empty()).then(|| issue(Level::Info, "tracked-changes", message))
    }

    fn comments(&self) -> Option<Issue> {
        let message = format!("文件带有 {} 条批注，批注不属于合同正文；定稿前请处理并删除", self.comments);
        (self.comments > 0).then(|| issue(Level::Info, "comments", message))
    }

    fn pictures(&self, has_body: bool) -> Option<Issue> {
        let count = self.pictures;
        match (count, has_body) {
            (0, _) => None,
            (_, true) => {
                let message =
                    format!("文件含 {count} 张图片，图片中的文字没有读取；如有扫描的附件或印章，请人工查看");
                Some(issue(Level::Info, "pictures-unread", message))
            }
            (_, false) => {
                let message = format!("正文没有文字，只有 {count} 张图片；请导出为 PDF 后重新放入，以便识别");
                Some(issue(Level::Error, "needs-ocr", message))
            }
        }
    }

    fn embedded(&self) -> Option<Issue> {
        let message =
            format!("正文嵌入了 {} 份其他文档，其内容没有读取；请在 Word 中打开后另存", self.embedded);
        (self.embedded > 0).then(|| issue(Level::Error, "embedded-document", message))
    }

    fn struck(&self) -> Option<Issue> {
        let message = format!("有 {} 处文字带删除线，仍按原文读取；请核对这些文字是否作废", self.struck);
        (self.struck > 0).then(|| issue(Level::Warning, "struck-text", message))
    }

    fn blanks(&self) -> Option<Issue> {
        let message = format!("有 {} 个内容控件尚未填写，按空白（____）读取", self.blanks);
        (self.blanks > 0).then(|| issue(Level::Info, "unfilled-controls", message))
    }
}

/// An issue of this stage about the whole document.
pub(in crate::read) fn issue(level: Level, code: &str, message: impl Into<String>) -> Issue {
    Issue::new(level, Stage::Read, code, message)
}
