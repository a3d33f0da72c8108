//! What went wrong while a contract was processed, as data.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much an issue takes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing; nothing is lost.
    Info,
    /// Something may be less good than it looks.
    Warning,
    /// Something was not read: the record is `partial` or `failed`.
    Error,
}

/// The stage that an issue arose in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Bytes to pages.
    Read,
    /// Page images to lines.
    Ocr,
    /// Pages to running text.
    Text,
    /// Text to fields.
    Fields,
    /// Fields to findings.
    Rules,
    /// Keeping the record.
    Store,
}

/// One thing that a person should know about how a document was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Issue {
    /// How much is lost.
    pub level: Level,
    /// Where it arose.
    pub stage: Stage,
    /// A stable slug: `needs-ocr`, `page-unreadable`, `encrypted`, `tracked-changes` …
    pub code: String,
    /// The page it concerns, from 1; absent when it concerns the whole document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// What a person reads, in Chinese: what is wrong and what can be done.
    pub message: String,
}

impl Issue {
    /// An issue about the whole document.
    pub fn new(level: Level, stage: Stage, code: &str, message: impl Into<String>) -> Self {
        Self { level, stage, code: code.to_owned(), page: None, message: message.into() }
    }

    /// The same issue, tied to a page (from 1).
    pub fn on_page(mut self, page: u32) -> Self {
        self.page = Some(page);
        self
    }
}

/// Issues of one code, said once for all the pages that they concern: a scan of two hundred pages is one
/// thing to tell a person, not two hundred.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded<'a> {
    /// The first of them.
    pub first: &'a Issue,
    /// Their pages, from 1; empty when they concern the whole document.
    pub pages: Vec<u32>,
}

impl<'a> Folded<'a> {
    /// Folds issues by code, in the order in which the codes first come.
    pub fn all(issues: impl IntoIterator<Item = &'a Issue>) -> Vec<Self> {
        let mut folded: Vec<Self> = Vec::new();
        for issue in issues {
            let alike = |folded: &&mut Self| issue.page.is_some() && folded.first.code == issue.code;
            match folded.iter_mut().find(alike) {
                Some(folded) => folded.pages.extend(issue.page),
                None => folded.push(Self { first: issue, pages: issue.page.into_iter().collect() }),
            }
        }
        folded
    }

    /// The pages as a person writes them: `1-4、6`.
    pub fn page_list(&self) -> String {
        let runs = self.pages.chunk_by(|a, b| a + 1 == *b);
        let shown = runs.map(|run| match run {
            [first, .., last] => format!("{first}-{last}"),
            run => run.iter().map(u32::to_string).collect(),
        });
        shown.collect::<Vec<_>>().join("、")
    }

    /// The message of the first, and how many more pages there are.
    pub fn message(&self) -> String {
        match self.pages.len() {
            0 | 1 => self.first.message.clone(),
            count => format!("{}（此类共 {count} 页：{}）", self.first.message, self.page_list()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_one_code_are_told_together() {
        let scan = |page| Issue::new(Level::Error, Stage::Read, "needs-ocr", "扫描").on_page(page);
        let issues = [scan(1), scan(2), Issue::new(Level::Error, Stage::Read, "damaged", "坏"), scan(4)];
        let folded = Folded::all(&issues);
        assert_eq!(folded.len(), 2);
        assert_eq!(folded[0].page_list(), "1-2、4");
        assert_eq!(folded[0].message(), "扫描（此类共 3 页：1-2、4）");
        assert_eq!(folded[1].message(), "坏");
    }
}
