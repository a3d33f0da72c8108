//! What a person asked for.
//!
//! ```text
//! 物业 违约金                both words
//! "不可抗力"  “不可抗力”      these characters in this order
//! -续签  NOT 续签  非 续签     not these characters
//! 保洁 OR 保安  保洁 或 保安    one of them
//! (保洁 OR 保安) 违约金        grouped
//! 当事人:教育局 金额:50万..100万 签订:2023   conditions
//! 标题:(保洁 OR 保安)        a condition with one of several values
//! "逾期 违约金"~10           these words with at most ten characters between them, in any order
//! 违约全~                   one character may differ: what a picture was misread as
//! ```

mod error;
mod filter;
mod lex;
mod names;
mod parse;
#[cfg(test)]
mod tests;
mod understood;
pub(super) mod value;

pub use error::QueryError;
pub(super) use filter::{Exact, Filter, How, NumberField, Range, TextField};

/// A question, parsed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    /// Words as typed, without white space between them.
    Words(String),
    /// Quoted: these characters in this order.
    Phrase(String),
    /// These words with at most so many characters between them, in any order.
    Near {
        /// At least one.
        parts: Vec<String>,
        /// Characters between them, at most.
        slop: u32,
    },
    /// A word in which one character may differ.
    Fuzzy(String),
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

/// The word before a `~`: one character of it may differ.
pub(super) fn fuzzy_word(text: &str) -> Option<&str> {
    let word = text.strip_suffix("~1").or_else(|| text.strip_suffix(['~', '～']))?;
    word.chars().any(char::is_alphanumeric).then_some(word)
}

/// Do two words differ by one character at most: another one, one more or one less?
pub(super) fn is_near(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let alike = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let rest = |word: &[char], skip: usize| word.get(alike + skip..).map(<[char]>::to_vec);
    a.len() > 1
        && b.len() > 1
        && [(0, 0), (1, 1), (1, 0), (0, 1)]
            .into_iter()
            .any(|(skip_a, skip_b)| rest(&a, skip_a).zip(rest(&b, skip_b)).is_some_and(|(a, b)| a == b))
}

/// A parsed question in Chinese.
pub(super) fn understood(node: &Node) -> String {
    understood::describe(node)
}
