//! Records → index; query → hits with highlighted clauses and counts.
//!
//! The index is derived from the store: it can be thrown away and is rebuilt from nothing when its schema
//! changes or when it is damaged. One question per file:
//!
//! | file | answers |
//! |---|---|
//! | `fold` | what a character counts as, and where it stood |
//! | `tokens` | at which places of a text which terms stand |
//! | `lexicon` | which words there are, and which mean the same |
//! | `schema`, `card`, `writer` | what is kept of a record |
//! | `query/` | what a person asked for, or what is wrong with the question |
//! | `figure` | which numbers and days are taken whole or not at all |
//! | `unit` | what of it has to stand together |
//! | `plan/`, `near`, `fuzzy`, `excluded` | what that means to the index |
//! | `run` | what is found, and what is relaxed when nothing is |
//! | `condition` | which condition no contract meets, however it stands with the words |
//! | `facets`, `marker`, `passage`, `answer` | how the answer looks |
//!
//! # Why every dictionary word at every place, and every character
//!
//! Segmentation depends on the context: a word that is cut whole in one sentence vanishes into a longer one
//! in another, and a search for it silently finds nothing. So the index does not hold *the* segmentation of a
//! text. It holds each dictionary word wherever its characters stand, and each single character, with
//! character offsets as positions. Any stretch of text is then found by any cover of it: a dictionary word
//! by its own term, every other word or phrase as a phrase of words and characters. Only the question is
//! segmented, to learn what has to stand together.

mod answer;
mod card;
mod condition;
mod excluded;
mod facets;
mod figure;
mod fold;
mod fuzzy;
mod index;
mod lexicon;
mod marker;
mod near;
mod passage;
mod plan;
pub mod query;
mod run;
mod schema;
#[cfg(test)]
mod tests;
mod tokens;
mod unit;
mod writer;

pub use answer::{Facet, FacetCount, Hit, Passage, Relaxed, SearchAnswer, SearchOptions};
pub use index::Index;
pub use lexicon::Lexicon;
pub use query::QueryError;
pub use writer::Writer;

use std::path::PathBuf;

/// Why the index cannot be used or a question not be answered.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// There is no index.
    #[error("{0} 中没有检索索引；请先运行 hetong process 归档目录 --store 该存储目录")]
    Missing(PathBuf),
    /// The index is damaged, or of another version.
    #[error(
        "检索索引 {path} 已损坏（{problem}）；重新运行 hetong process 即可自动重建，已入库的结果不受影响"
    )]
    Broken {
        /// Its folder.
        path: PathBuf,
        /// What tantivy says.
        problem: String,
    },
    /// The folder cannot be used.
    #[error("无法使用索引目录 {path}：{source}。请检查权限和磁盘空间")]
    Folder {
        /// Its folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Reading or writing failed.
    #[error("检索索引出错：{0}。请检查磁盘空间；索引可由存储库重建")]
    Engine(#[from] tantivy::TantivyError),
    /// A stored entry cannot be read back.
    #[error("检索索引中的一条记录无法读取：{0}；请删除索引目录后重新运行 hetong process")]
    Entry(#[from] serde_json::Error),
    /// The question is at fault. Transparent: it has no other cause than itself, and prints once.
    #[error(transparent)]
    Query(#[from] QueryError),
}
