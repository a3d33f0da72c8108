//! Numbers without a Chinese label: on a line of their own in the header, in a sentence, or behind `Contract No.`

use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::reading::{Part, Reading};
use super::super::resolve::Witness;
use super::super::scan::pattern;
use super::value::number;

/// Contract No.: UK-2023-7, in a contract that has no Chinese label for it.
pub(super) fn english(reading: &Reading<'_>) -> Option<Witness<String>> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:^|[\n\t])(?:[A-Z][A-Za-z]+ )?(?i:contract|agreement|order) ?(?i:no|number|ref)\.? ?:[ .]?(?P<value>[A-Za-z0-9][A-Za-z0-9\-_/().]{2,40})",
        )
    });
    let found = NUMBER.captures(reading.body)?.name("value")?;
    let opening = reading.part_at(found.start()) == Part::Opening;
    let range = number(reading, found.range()).filter(|_| opening)?;
    Some(Witness::new(reading.written(range.clone()), range, 0.85, "contract-number/english"))
}

/// 双方订立本合同，编号DTWB-2023-30: told in the sentence that concludes the contract.
pub(super) fn said(reading: &Reading<'_>) -> Option<Witness<String>> {
    static SAID: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:订立|签订|签署|达成)本(?:合同|协议|合约)[,(](?:合同|协议)?编号(?:为|是|:)?:?(?P<a>[A-Za-z\d][A-Za-z\d\-_/]{4,40})|本(?:合同|协议|合约)(?:的)?编号(?:为|是|:):?(?P<b>[A-Za-z\d][A-Za-z\d\-_/]{4,40})",
        )
    });
    // 双方已签订本合同（编号…），现补充如下: an earlier contract is told of.
    let told = |at: usize| {
        let sentence = reading.sentence(at);
        let before = reading.slice(sentence.start..at);
        let behind = reading.slice(at..sentence.end.max(at));
        ["已", "曾", "鉴于", "原"].iter().any(|word| before.contains(word))
            || ["现补充", "现经", "现就", "现变更", "补充如下"].iter().any(|word| behind.contains(word))
    };
    let mut hits =
        SAID.captures_iter(reading.body).filter(|hit| hit.get(0).is_some_and(|m| !told(m.start())));
    let found = hits.next()?;
    let value = found.name("a").or(found.name("b"))?;
    let range = number(reading, value.range())?;
    Some(Witness::new(reading.written(range.clone()), range, 0.85, "contract-number/sentence"))
}

/// 监〔2023〕67号, (2023)民代字第67号, No.2023-67, (LHXX-2023-67) on a line of its own in the header.
static ALONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[(\[]?[\p{Han}A-Za-z]{1,12}[(\[〔【]\d{4}[)\]〕】][\p{Han}]{0,3}第?\d{1,6}号?[)\]]?|[(\[〔]\d{4}[)\]〕][\p{Han}]{1,10}第\d{1,6}号|[\p{Han}]{1,4}\([\p{Han}]{1,3}\)[\p{Han}]{1,8}[(\[〔](?:19|20)\d{2}[)\]〕]第?\d{1,6}号|[\p{Han}]{1,10}字[(\[〔]?(?:19|20)\d{2}[)\]〕]?(?:年)?第?[A-Z]{0,3}\d{1,6}号|[\p{Han}]{1,6}字第?(?:19|20)\d{2}[-—]\d{1,5}号?|(?i:No)[.:]{1,2}[A-Za-z\d\-/_]{4,30}|№:?[A-Za-z\d\-/_]{4,30}|[(\[【]?[A-Z]{2,10}(?:[-—_/][A-Z]{1,8}){0,3}[-—_/]?(?:19|20)\d{2}[-—_/]?[\dA-Z]{1,8}(?:[-—_/]\d{1,6})?[)\]】]?)$",
    )
});
/// Codes of standards and of printed forms: GF-2017-0201.
static STANDARD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[(\[【]?(?:GF|GB|DB|JGJ?|CJJ?|SJG|SZDB|HJ|YY|ISO)[-—_/T\d]"));

/// The number that stands in the header without a label.
pub(super) fn alone(reading: &Reading<'_>) -> Option<Witness<String>> {
    let mut rows =
        reading.rows_in(Part::Opening).filter(|row| row.table.is_none() && row.segments.len() == 1);
    let stands_alone = |text: &str| ALONE.is_match(text) && !STANDARD.is_match(text);
    let row = rows.find(|row| stands_alone(reading.row(row)))?;
    let text = reading.row(row);
    let lead = text
        .strip_prefix(['N', 'n', '№'])
        .map_or(0, |rest| text.len() - rest.trim_start_matches(['o', 'O', '.', ':']).len());
    let lead = if text.starts_with('№') || lead > 2 { lead } else { 0 };
    let range = number(reading, row.range().start + lead..row.range().end)?;
    Some(Witness::new(reading.written(range.clone()), range, 0.8, "contract-number/alone"))
}
