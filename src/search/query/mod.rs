//! What a person asked for.
//!
//! ```text
//! 物业 违约金                both words
//! "不可抗力"  “不可抗力”      these characters in this order
//! -续签  NOT 续签  非 续签     not these characters
//! 保洁 OR 保安  保洁 或 保安    one of them
//! (保洁 OR 保安) 违约金        grouped
//! 当事人:教育局 金额:50万..100万 签订:2023   conditions
//! ```

mod error;
mod filter;
mod lex;
mod parse;
mod understood;
pub(super) mod value;

pub use error::QueryError;
pub(super) use filter::{Exact, Filter, NumberField, Range, TextField};

/// A question, parsed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    /// Words as typed, without white space between them.
    Words(String),
    /// Quoted: these characters in this order.
    Phrase(String),
    /// A condition.
    Filter(Filter),
    /// All of them.
    All(Vec<Node>),
    /// One of them.
    Any(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
}

/// Parses a question.
///
/// # Errors
///
/// What is wrong with it, where, and what to write instead.
pub(super) fn parse(query: &str) -> Result<Node, QueryError> {
    parse::parse(query)
}

/// Hexadecimal digits from which on a word may be the beginning of a record's id.
const SHORTEST_ID: usize = 8;

/// The beginning of a record's id (SHA-256, perhaps with `#2`) that a word may be, in lower case.
pub(super) fn record_id(word: &str) -> Option<String> {
    let word = word.trim().to_ascii_lowercase();
    let (hash, part) = word.split_once('#').unwrap_or((&word, ""));
    let digits = hash.bytes().all(|b| b.is_ascii_hexdigit()) && part.bytes().all(|b| b.is_ascii_digit());
    (digits && (SHORTEST_ID..=64).contains(&hash.len())).then_some(word)
}

/// A parsed question in Chinese.
pub(super) fn understood(node: &Node) -> String {
    understood::describe(node)
}
