//! A contract that is bound with another document: the contract chapter of a tender document (招标文件), a contract behind its
//! award notice (中标通知书).

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::beginning::Beginning;
use super::start_of;
use crate::fields::classify;
use crate::fields::reading::Reading;
use crate::fields::scan::{numeral, pattern};

/// 第四章 合同条款及格式, on a line of its own and not in a table of contents.
static CHAPTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^第(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})(?P<unit>章|部分|篇|卷)(?P<name>[^。;…\t]{0,30}?)$",
    )
});

/// A heading of a chapter.
struct Chapter<'t> {
    row: usize,
    number: u64,
    unit: &'t str,
    name: &'t str,
}

/// Shadow bytes of the contract in a file that begins as another document; `None` where it begins as a contract.
pub fn bound(reading: &Reading<'_>, begins: &[Beginning]) -> Option<Range<usize>> {
    // A contract needs no look at what stands before it when nothing does.
    let prose = || classify::bound_title(reading).map(|(row, title)| Beginning { row, title });
    let first = begins.first().cloned();
    let nearest = first.or_else(prose)?;
    if !classify::names_other_document(reading, nearest.row) {
        return None;
    }
    let chapters = chapters(reading);
    let of_contract =
        |begin: &&Beginning| chapter_of(&chapters, begin.row).is_some_and(|c| c.name.contains("合同"));
    let begin = begins.iter().find(of_contract).cloned().unwrap_or(nearest);
    let end = end_of_chapter(&chapters, begin.row).and_then(|row| reading.rows.get(row));
    Some(start_of(reading, &begin)..end.map_or(reading.body.len(), |row| row.range().start))
}

fn chapters<'t>(reading: &Reading<'t>) -> Vec<Chapter<'t>> {
    let of_row = |row: usize| {
        let found = CHAPTER.captures(reading.rows.get(row).map(|row| reading.row(row))?)?;
        let number = numeral::integer(found.name("number")?.as_str())?;
        let (unit, name) = (found.name("unit")?.as_str(), found.name("name")?.as_str());
        Some(Chapter { row, number, unit, name })
    };
    (0..reading.rows.len()).filter_map(of_row).collect()
}

/// The chapter that a row stands in.
fn chapter_of<'c, 't>(chapters: &'c [Chapter<'t>], row: usize) -> Option<&'c Chapter<'t>> {
    chapters.iter().rev().find(|chapter| chapter.row < row)
}

/// The row of the next chapter of the outer document. Where the contract has chapters of its own, counted from one, only
/// a second heading of that number can be it.
fn end_of_chapter(chapters: &[Chapter<'_>], row: usize) -> Option<usize> {
    let outer = chapter_of(chapters, row)?;
    let behind = || chapters.iter().filter(|chapter| chapter.row > row && chapter.unit == outer.unit);
    let next: Vec<usize> =
        behind().filter(|chapter| chapter.number == outer.number + 1).map(|chapter| chapter.row).collect();
    let own_chapters = behind().any(|chapter| chapter.number == 1);
    match (next.as_slice(), own_chapters) {
        ([.., last], false) => Some(*last),
        ([_, .., last], true) => Some(*last),
        _ => None,
    }
}
