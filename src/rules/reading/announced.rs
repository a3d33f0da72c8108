//! The line over a list: 发生食品安全事件的，甲方: what it says holds for every item below it.

use super::super::check::Contract;

/// The line that announces the items which are read now.
#[derive(Debug, Default, Clone, Copy)]
pub struct Announced<'b> {
    words: &'b str,
    at: usize,
}

/// What a line ends with over a list.
const OPENS: [char; 2] = [':', ','];

impl<'b> Announced<'b> {
    /// Sees a sentence that begins at shadow byte `at`.
    pub fn see(&mut self, words: &'b str, at: usize) {
        if words.trim_end().ends_with(OPENS) {
            *self = Self { words, at };
        }
    }

    /// The line that announces what stands at a place; empty where none does: the item stands in the same article.
    pub fn over(&self, contract: &Contract<'_>, at: usize) -> &'b str {
        let label = |at: usize| contract.text.article_at(at).map(|clause| clause.shadow.start);
        if self.words.is_empty() || label(self.at) != label(at) || !is_item(contract, at) {
            return "";
        }
        self.words
    }
}

/// Does a list item begin at a place: （1）, 1., ①?
fn is_item(contract: &Contract<'_>, at: usize) -> bool {
    let words = contract.chosen.get(at..).unwrap_or_default().trim_start();
    let mut marks = words.chars();
    match marks.next() {
        Some('(') => marks.next().is_some_and(is_ordinal),
        Some('①'..='⑳') => true,
        Some(first) => {
            is_ordinal(first) && marks.find(|c| !is_ordinal(*c)).is_some_and(|c| ".、)".contains(c))
        }
        None => false,
    }
}

fn is_ordinal(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十".contains(c)
}
