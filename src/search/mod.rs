//! Records → index; query → hits with highlighted clauses and counts.
//!
//! The index is derived from the store: it can be thrown away and is rebuilt from nothing when its schema
//! changes or when it is damaged. One question per file:
//!
//! | file | answers |
//! |---|---|
//! | `fold` | what a character counts as, and where it stood |
//! | `tokens`, `grams` | which terms a text has, and at which places |
//! | `meant`, `pinyin` | what a sum or a day means however it is spelled, and how a name sounds |
//! | `lexicon` | which words there are, and which mean the same |
//! | `schema`, `card`, `writer` | what is kept of a record |
//! | `query/` | what a person asked for, or what is wrong with the question |
//! | `figure` | which numbers and days are taken whole or not at all |
//! | `unit`, `cover` | what of it has to stand together, and by which terms it is found |
//! | `plan/`, `stretch`, `together`, `places`, `marks`, `near`, `fuzzy`, `excluded` | what that means to the index |
//! | `run` | what is found |
//! | `relax`, `correct` | what is relaxed when nothing is, and what may have been meant |
//! | `condition`, `hint` | which condition no contract meets, however it stands with the words; what is better asked as one |
//! | `rank`, `by_id`, `family` | in which order, and which records are one contract |
//! | `sketch`, `similar` | which contracts are like one |
//! | `index`, `folders`, `verify` | where it stands on disk, and whether it is whole |
//! | `hit`, `facets`, `band`, `marker`, `passage`, `answer` | how the answer looks |
//!
//! # Why every two neighbours, every dictionary word, and every character
//!
//! Segmentation depends on the context: a word that is cut whole in one sentence vanishes into a longer one
//! in another, and a search for it silently finds nothing. So the index does not hold *the* segmentation of a
//! text. It holds each character with its place, and of each contract which two characters stand side by side and
//! which longer dictionary words it has, wherever they stand. Any stretch of text is then found: a word or a pair
//! by its own term, a longer one in the contracts that hold all its pairs, by the places of its characters. Only
//! the question is segmented, to learn what has to stand together. Titles, names and other short fields hold every
//! dictionary word at its place.

mod answer;
mod band;
mod by_id;
mod card;
mod condition;
mod correct;
mod cover;
mod excluded;
mod facets;
mod family;
mod figure;
mod fold;
mod folders;
mod fuzzy;
mod grams;
mod hint;
mod hit;
mod index;
mod lexicon;
mod marker;
mod marks;
mod meant;
mod near;
mod passage;
mod pinyin;
mod places;
mod plan;
pub mod query;
mod rank;
mod relax;
mod run;
mod schema;
mod similar;
mod sketch;
mod stretch;
#[cfg(test)]
mod tests;
mod together;
mod tokens;
mod unit;
mod verify;
mod writer;

pub use answer::{
    Facet, FacetCount, Hit, Passage, Reason, Relaxed, SearchAnswer, SearchOptions, Sort, Total, Version,
};
pub use correct::Correction;
pub use index::Index;
pub use lexicon::Lexicon;
pub use query::QueryError;
pub use similar::{Relation, Similar, SimilarAnswer};
pub use verify::IndexCheck;
pub use writer::Writer;

use std::path::PathBuf;

/// Why the index cannot be used or a question not be answered.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// There is no index.
    #[error("{0} 中没有检索索引；请先运行 hetong process 归档目录 --store 该存储目录")]
    Missing(PathBuf),
    /// There is an index, of another version of this program.
    #[error(
        "{0} 中的检索索引由其他版本的程序建立；请运行 hetong index rebuild --store 该存储目录（或 hetong process）在旁边重建，建成前旧版程序仍可用旧索引检索"
    )]
    OtherVersion(PathBuf),
    /// The index is damaged.
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
    /// No record, or more than one, begins with this id.
    #[error("没有唯一以“{0}”开头的记录编号；请给出至少前 8 位，可从检索结果中复制")]
    Unknown(String),
    /// The record that hits shall follow is no hit.
    #[error("编号以“{0}”开头的合同不在这次检索的结果之中，无法接在其后；请从同一检索式的结果中复制编号")]
    NotAmong(String),
    /// The question is at fault. Transparent: it has no other cause than itself, and prints once.
    #[error(transparent)]
    Query(#[from] QueryError),
}
