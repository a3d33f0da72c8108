//! Attachments that one sentence names (附件清单): 下列文件为本合同附件：采购文件、投标文件.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::reading::{Part, Reading};
use super::super::scan::pattern;
use super::{Found, foreign, is_name, ordinal};

/// 下列文件为本合同附件：采购文件、投标文件; 附件：1.设备清单；2.报价单.
static TOGETHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"附件(?:包括|包含|有|如下|为|含|清单|目录|有以下)?:(?P<list>[^。:\n]{4,160})(?:[。\n]|$)")
});
/// Attachments that one sentence lists by their names, with or without numbers.
pub(super) fn together(reading: &Reading<'_>) -> Vec<Found> {
    let hits = reading.captures_all(&TOGETHER).filter(|hit| {
        let at = hit.get(0).map_or(0, |whole| whole.start());
        matches!(reading.part_at(at), Part::Clauses | Part::Opening) && !foreign(reading, at)
    });
    hits.filter_map(|hit| hit.name("list").and_then(|list| names(reading, list.range()))).flatten().collect()
}

/// The items of a list, where every one of them reads like a name and there are two at least.
fn names(reading: &Reading<'_>, list: Range<usize>) -> Option<Vec<Found>> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^[(]?(?P<number>[一二三四五六七八九十]{1,2}|\d{1,2})[)、.](?P<name>.+)$|^(?P<plain>.+)$")
    });
    let text = reading.slice(list.clone());
    let numbered = text.starts_with(['1', '一', '(']);
    let stops: &[char] = if numbered { &[';', ','] } else { &[';', ',', '、'] };
    let mut at = list.start;
    let mut found = Vec::new();
    for piece in text.split_inclusive(stops) {
        let range = reading.trim(at..at + piece.len(), &[';', ',', '、', '《', '》']);
        at += piece.len();
        let parts = NUMBER.captures(reading.slice(range.clone()))?;
        let name = parts.name("name").or(parts.name("plain"))?;
        let name = range.start + name.start()..range.start + name.end();
        let name = reading.written(reading.trim(name, &['《', '》']));
        let listed = is_name(&name) && name.chars().count() <= 24 && !name.starts_with("附件");
        let written = parts.name("number").map_or("", |number| number.as_str()).to_owned();
        found.push(listed.then(|| Found {
            number: ordinal(&written),
            written,
            name: Some(name),
            range,
            present: false,
        })?);
    }
    (found.len() >= 2).then_some(found)
}
