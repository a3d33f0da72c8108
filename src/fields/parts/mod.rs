//! Which contracts does a file hold? Two that were bound in one scan are two; what a contract lists as attached stays with
//! it; a tender document (招标文件) or an award notice (中标通知书) before it is not mined.

mod beginning;
mod bound;
mod own;

use std::ops::Range;

pub use beginning::{Beginning, beginnings};

use self::own::{Head, Verdict};
use super::reading::Reading;
use super::title;
use crate::text::part::{Cut, body_count};

/// How a file divides into contracts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Division {
    /// The contracts, in order; none where the whole text is one contract, or no contract.
    pub cuts: Vec<Cut>,
    /// Titles that may begin more contracts.
    pub doubtful: Vec<Range<usize>>,
}

/// Divides a text.
pub fn divide(reading: &Reading<'_>) -> Division {
    let begins = beginnings(reading);
    let (first, doubtful) = contracts(reading, &begins);
    let starts: Vec<usize> =
        first.iter().skip(1).map(|begin| paragraphs_from(reading, start_of(reading, begin))).collect();
    let count = body_count(reading.text);
    let first_only = first.first().map(|begin| std::slice::from_ref(*begin)).unwrap_or_default();
    let bound = bound::bound(reading, if first.len() == 1 { &begins } else { first_only });
    let mut cuts = Vec::new();
    let mut from = 0;
    for to in starts.into_iter().chain([count]) {
        let whole = from..to.max(from);
        let body = bound.as_ref().filter(|_| cuts.is_empty()).map_or(whole.clone(), |bound| {
            let start = paragraphs_from(reading, bound.start).clamp(whole.start, whole.end);
            start..paragraphs_from(reading, bound.end).clamp(start, whole.end)
        });
        from = whole.end;
        cuts.push(Cut { whole, body });
    }
    let is_all = |cuts: &[Cut]| cuts.len() == 1 && cuts.iter().all(|cut| cut.whole == cut.body);
    let cuts = if is_all(&cuts) { Vec::new() } else { cuts };
    Division { cuts, doubtful }
}

/// The beginnings of contracts of their own, and the titles of what may be some.
fn contracts<'b>(reading: &Reading<'_>, begins: &'b [Beginning]) -> (Vec<&'b Beginning>, Vec<Range<usize>>) {
    let (mut own, mut doubtful): (Vec<&Beginning>, Vec<Range<usize>>) = (Vec::new(), Vec::new());
    if begins.len() < 2 {
        return (begins.iter().collect(), doubtful);
    }
    let mut known: Vec<Head> = Vec::new();
    for (index, begin) in begins.iter().enumerate() {
        let head = Head::read(reading, begin, begins.get(index + 1));
        match head.after(&known, reading, begin) {
            Verdict::Own => {
                own.push(begin);
                known.clear();
            }
            Verdict::Doubtful => doubtful.push(begin.title.clone()),
            Verdict::Goes => {}
        }
        known.push(head);
    }
    if let (false, Some(first)) = (doubtful.is_empty(), begins.first()) {
        doubtful.insert(0, first.title.clone());
    }
    (own, doubtful)
}

/// How many lines above a title, on its page, may belong to its contract: its number, its first line.
const ABOVE: usize = 8;

/// Where a contract starts (shadow byte): with the page that its title heads, or with the title's first line and the number above it.
fn start_of(reading: &Reading<'_>, begin: &Beginning) -> usize {
    let mut first = title::first_row(reading, begin.row);
    if let Some(top) = page_top(reading, begin.row) {
        first = first.min(top);
    }
    while first > 0 && reading.rows.get(first - 1).is_some_and(|row| is_number(reading.row(row))) {
        first -= 1;
    }
    reading.rows.get(first).map_or(begin.title.start, |row| row.range().start)
}

/// 合同编号：…, GF-2017-0201
fn is_number(line: &str) -> bool {
    line.starts_with("GF") || line.chars().count() <= 40 && line.contains("编号") && !line.contains('。')
}

/// The first row of a row's page, where no more than a few lines stand above and none of them is of the contract before.
fn page_top(reading: &Reading<'_>, row: usize) -> Option<usize> {
    let page = |row: usize| {
        let start = reading.rows.get(row)?.range().start;
        reading.text.paragraph_at(start)?.page
    };
    let own = page(row)?;
    let above = (0..row).rev().take_while(|above| page(*above) == Some(own));
    let top = above.last().unwrap_or(row);
    let of_another =
        |line: &str| line.contains(['。', ';']) || line.contains("盖章") || line.contains("签字");
    let lines = reading.rows.get(top..row)?;
    (lines.len() <= ABOVE && !lines.iter().any(|row| of_another(reading.row(row)))).then_some(top)
}

/// Index of the paragraph that holds a shadow byte, or the next.
fn paragraphs_from(reading: &Reading<'_>, shadow: usize) -> usize {
    reading.text.paragraphs.partition_point(|paragraph| paragraph.shadow.end <= shadow)
}

#[cfg(test)]
mod tests;
