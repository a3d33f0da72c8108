//! What a poor reading of a poor scan does to a text, as far as a clerk could still swear to the values.
//!
//! Values of the truth keep their characters; only spaces come in between. Days are written in confusions that
//! have one reading (〇 as O, 日 as 曰). Everything else suffers freely: labels, punctuation, the prose. Lines
//! with page numbers stand in the middle of the text, where a page ended.

use super::render::Rendered;
use crate::seed::Random;

/// The text as it would be read; `values` are the strings of the truth.
pub(super) fn scanned(rendered: &Rendered, values: &[String], random: &mut Random) -> String {
    let safe = protected(rendered, values);
    let day = |at: usize| rendered.uses.iter().any(|used| used.day && used.range.contains(&at));
    let mut text = String::with_capacity(rendered.text.len() + 64);
    let mut markup = true;
    for (at, c) in rendered.text.char_indices() {
        if c == '\n' {
            text.push(c);
            page_end(random, &mut text);
            markup = true;
            continue;
        }
        // Marks at the start of a line are not part of the page.
        markup &= "#|<>=% ".contains(c) || c.is_ascii_alphabetic();
        let worn = match safe.iter().any(|range| range.contains(&at)) {
            _ if markup || c == '|' => None,
            _ if day(at) => worn_day(c, random),
            true => None,
            false => worn(c, random),
        };
        text.push(worn.unwrap_or(c));
        if !markup && is_han(c) && random.below(60) == 0 {
            text.push(' ');
        }
    }
    text
}

fn protected(rendered: &Rendered, values: &[String]) -> Vec<std::ops::Range<usize>> {
    let strings = values.iter().filter(|value| !value.is_empty()).flat_map(|value| {
        rendered.text.match_indices(value.as_str()).map(|(at, found)| at..at + found.len())
    });
    strings.chain(rendered.uses.iter().map(|used| used.range.clone())).collect()
}

fn page_end(random: &mut Random, text: &mut String) {
    // Never inside a table, whose rows have to follow each other.
    let row = text.lines().last().is_some_and(|line| line.starts_with(['|', '#', '%', '<']));
    if !row && text.len() > 400 && random.below(24) == 0 {
        let page = text.len() / 1500 + 1;
        text.push_str(&format!("第 {page} 页\n"));
    }
}

fn worn_day(c: char, random: &mut Random) -> Option<char> {
    let other = match c {
        '〇' | '零' => *random.pick(&['O', '0', '○'])?,
        '日' => '曰',
        _ => return None,
    };
    (random.below(2) == 0).then_some(other)
}

fn worn(c: char, random: &mut Random) -> Option<char> {
    let (other, odds) = match c {
        '日' => ('曰', 6),
        '己' => ('已', 2),
        '末' => ('未', 3),
        '：' => (*random.pick(&[':', '；', '﹕'])?, 8),
        '。' => ('.', 8),
        '，' => ('.', 20),
        '、' => ('，', 10),
        '（' => ('(', 4),
        '）' => (')', 4),
        '_' => ('—', 12),
        '入' => ('人', 30),
        '土' => ('士', 20),
        '贰' => ('貳', 8),
        '支' => ('攴', 60),
        '条' => ('系', 60),
        _ => return None,
    };
    (random.below(odds) == 0).then_some(other)
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}
