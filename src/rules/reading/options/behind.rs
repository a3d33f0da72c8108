//! Choices that stand behind their list.

use std::ops::Range;
use std::sync::LazyLock;

use super::{REACH, floor_boundary, items, ordinals};
use crate::fields::scan::{Captures, Regex, pattern};
use crate::model::Text;

/// 以上途径双方选定第2项: a choice that is made behind its list.
static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:以上|上述|前述|上列|前列)[^。;\n第]{0,16}(?:选定|选择|选用|选取|采用|采取|适用|约定|同意)[^。;\n第]{0,6}第(?P<number>[^第种项条款,。;\n]{1,8})(?:种|项|款)",
    )
});

/// What was not chosen in such lists.
pub fn not_chosen(text: &Text, body: &str) -> Vec<Range<usize>> {
    let found = BEHIND.captures_iter(body);
    found.filter_map(|chosen| not_chosen_before(text, body, &chosen)).flatten().collect()
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
