//! Codes with check digits: GB 32100-2015 统一社会信用代码, GB 11643-1999 公民身份号码.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::pattern;

pub use crate::model::code::{id_check, id_is_valid, uscc_check, uscc_is_valid};

static EIGHTEEN: LazyLock<Regex> = LazyLock::new(|| pattern(r"[0-9A-Za-z]{18,}"));
static ID: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[0-9]{17,}[0-9Xx*]?|[0-9]{6}[*Xx]{4,8}[0-9*Xx]{3,5}"));

/// The first run of exactly 18 letters and digits: what stands where a unified social credit code should,
/// valid or not.
pub fn uscc_like(text: &str) -> Option<Range<usize>> {
    EIGHTEEN.find_iter(text).map(|m| m.range()).find(|range| range.len() == 18)
}

/// The first run that is written like an identity number; masked ones (`440301********1234`) too.
pub fn id_like(text: &str) -> Option<Range<usize>> {
    ID.find_iter(text).map(|m| m.range()).find(|range| range.len() == 18)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_and_checked() {
        let text = "统一社会信用代码:91350100M000100Y43,电话";
        let range = uscc_like(text).expect("there is one");
        assert!(uscc_is_valid(&text[range]));
        assert!(!uscc_is_valid("91350100M000100Y44"));
        assert!(uscc_like("4400002110920045023611").is_none());
        assert!(id_is_valid("11010519491231002X"));
        assert!(!id_is_valid("110105194912310021"));
        assert_eq!(id_like("身份证号:440301********1234"), Some(13..31));
    }
}
