//! First and last day of a term in English.

use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::scan::date::{self, Day};
use super::super::scan::pattern;

/// from 1 March 2024 to 28 February 2025, commencing on … and ending on …, extended to …
pub fn days(text: &str) -> Option<(Option<Day>, Option<Day>)> {
    static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^[ ,]*(?:to|until|till|through|[-–—~]|(?:and )?(?:ending|ends?|expir(?:es|ing)) on)[ ]*$",
        )
    });
    static UNTIL: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)(?:until|till|extended to|expir(?:es?|ing) on|end(?:s|ing) on)[ ]*$"));
    static SINCE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)(?:(?-u:\b)from|commenc(?:es|ing) on|start(?:s|ing) (?:on|from)|as of)[ ]*$")
    });
    if !text.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let mut days = date::scan(text).into_iter();
    let (first, second) = (days.next()?, days.next());
    if let Some(second) = second {
        let between = text.get(first.range.end..second.range.start)?;
        return (BETWEEN.is_match(between) && first.date < second.date)
            .then_some((Some(first), Some(second)));
    }
    let before = text.get(..first.range.start)?;
    match (UNTIL.is_match(before), SINCE.is_match(before)) {
        (true, _) => Some((None, Some(first))),
        (_, true) => Some((Some(first), None)),
        _ => None,
    }
}
