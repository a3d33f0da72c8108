//! A whole with the parts that it is paid in.

use std::sync::LazyLock;

use super::super::super::check::Contract;
use super::{NO_PRICE, PAID, REST, Written, taken};
use crate::fields::scan::{Regex, pattern};

/// 总额90万元：开幕前拨付50万元，闭幕后拨付45万元: a whole with its parts behind a colon.
static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:总额|总价款?|总金额|合计|共计|总计|价款)[^,。;:\n\d]{0,8}(?P<sum>\d[\d,]*(?:\.\d{1,2})?)(?P<myriad>万)?元(?:\([^()]{0,30}\))?[,]?[^,。;:\n]{0,8}[:,](?P<what>[^。\n]{8,200})",
    )
});
/// A sum within so many characters is that of the word before it.
const GIVEN: usize = 6;

/// One of the parts: what is paid.
static PART: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:付|拨|缴|给)[^,。;\d]{0,8}(?P<sum>\d[\d,]*(?:\.\d{1,2})?)(?P<myriad>万)?元")
});

/// Does a word leave the rest open? 定稿付清40,000元 gives its sum.
fn leaves(what: &str, word: &str) -> bool {
    what.match_indices(word).any(|(at, _)| {
        let behind = what.get(at + word.len()..).unwrap_or_default();
        !behind.chars().take(GIVEN).any(|c| c.is_ascii_digit())
    })
}

/// A whole and the parts that it is paid in, as one sentence gives them, where every sum behind the colon is paid and no rest
/// is left.
pub fn parts_of_whole(contract: &Contract<'_>) -> Option<(Written, Vec<Written>)> {
    let body = &*contract.chosen;
    WHOLE.captures_iter(body).find_map(|found| {
        let (whole, what) = (taken(&found)?, found.name("what")?);
        let parts: Vec<_> = PART.captures_iter(what.as_str()).filter_map(|part| taken(&part)).collect();
        let sums = PAID.find_iter(what.as_str()).count();
        let rest = REST.iter().chain(&NO_PRICE).any(|word| leaves(what.as_str(), word));
        let parts: Vec<_> = parts
            .into_iter()
            .map(|part| Written {
                range: what.start() + part.range.start..what.start() + part.range.end,
                ..part
            })
            .collect();
        (parts.len() > 1 && parts.len() == sums && !rest).then_some((whole, parts))
    })
}
