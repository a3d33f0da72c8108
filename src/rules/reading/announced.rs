//! The line over a list: 发生食品安全事件的，甲方: what it says holds for every item below it.

use super::super::check::Contract;

/// What a line ends with over a list.
const OPENS: [char; 2] = [':', ','];

/// An item stands at most so many bytes below the line that announces it.
const REACH: usize = 1_500;

/// The line that announces the item which begins at shadow byte `at`, in the same article; empty where no item begins
/// there or none announces it.
pub fn announced<'c>(contract: &'c Contract<'_>, at: usize) -> &'c str {
    let body = &*contract.chosen;
    if !is_item(body.get(at..).unwrap_or_default()) {
        return "";
    }
    let article = contract.text.article_at(at).map_or(0, |article| article.shadow.start);
    let from = body.floor_char_boundary(at.saturating_sub(REACH)).max(article);
    let above = body.get(from..at).unwrap_or_default();
    let opens = |line: &&str| line.trim_end().ends_with(OPENS);
    above.rsplit(['。', ';', '\n']).find(opens).unwrap_or_default()
}

/// Do words begin as an item of a list does: （1）, 1., ①?
fn is_item(words: &str) -> bool {
    let mut marks = words.trim_start().chars();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_told_by_their_marks() {
        for words in ["(1)甲方", "(二)甲方", " 3.甲方", "十二、甲方", "①甲方"] {
            assert!(is_item(words), "{words}");
        }
        for words in ["甲方", "(甲方)", "2021年", "一方", ""] {
            assert!(!is_item(words), "{words}");
        }
    }
}
