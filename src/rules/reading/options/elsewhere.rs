//! Choices that stand behind their list, or name a clause by its number.

use std::ops::Range;
use std::sync::LazyLock;

use super::{REACH, floor_boundary, items, ordinals};
use crate::fields::scan::{Captures, Regex, pattern};
use crate::model::Text;

/// 按下列方式 1.1 予以解决: a list of clauses with numbers of their own, of which one holds.
static DOTTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:按|按照|采取|采用|选择|以)(?:下列|以下|下述)[^,。;:\n]{0,8}?(?P<stem>\d{1,2}(?:\.\d{1,2})?)\.(?P<last>\d{1,2})[^.\d\n]",
    )
});

/// 以上途径双方选定第2项: a choice that is made behind its list.
static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:以上|上述|前述|上列|前列)[^。;\n第]{0,16}(?:选定|选择|选用|选取|采用|采取|适用|约定|同意)[^。;\n第]{0,6}第(?P<number>[^第种项条款,。;\n]{1,8})(?:种|项|款)",
    )
});

/// What was not chosen in such lists.
pub fn not_chosen(text: &Text, body: &str) -> Vec<Range<usize>> {
    let behind = BEHIND.captures_iter(body).filter_map(|chosen| not_chosen_before(text, body, &chosen));
    let dotted = DOTTED.captures_iter(body).map(|chosen| other_numbers(body, &chosen));
    behind.chain(dotted).flatten().collect()
}

/// The items before a choice that is made behind its list, but for the chosen one.
fn not_chosen_before(text: &Text, body: &str, behind: &Captures<'_>) -> Option<Vec<Range<usize>>> {
    let (whole, number) = (behind.get(0)?, behind.name("number")?);
    let wanted = ordinals(number.as_str()).filter(|wanted| !wanted.is_empty())?;
    let from = text.article_at(whole.start()).map_or(0, |clause| clause.shadow.start);
    let from = from.max(floor_boundary(body, whole.start().saturating_sub(REACH)));
    let items = items(body, from..whole.start());
    Some(items.into_iter().filter(|item| !wanted.contains(&item.ordinal)).map(|item| item.range).collect())
}

/// The lines behind a choice by number (1.1) that bear another number of its kind (1.2).
fn other_numbers(body: &str, chosen: &Captures<'_>) -> Vec<Range<usize>> {
    let (Some(whole), Some(stem), Some(last)) = (chosen.get(0), chosen.name("stem"), chosen.name("last"))
    else {
        return Vec::new();
    };
    let mut start = whole.end() + body[whole.end()..].find('\n').map_or(0, |at| at + 1);
    let mut away = Vec::new();
    for line in body[start..floor_boundary(body, start + REACH)].split('\n') {
        let number = line.trim_start().strip_prefix(stem.as_str()).and_then(|rest| rest.strip_prefix('.'));
        let Some(number) = number else { break };
        let own: String = number.chars().take_while(char::is_ascii_digit).collect();
        if own != last.as_str() {
            away.push(start..start + line.len());
        }
        start += line.len() + 1;
    }
    away
}
