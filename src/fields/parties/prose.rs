//! Parties that are introduced in a sentence: 深圳市甲局（以下简称“甲方”）与乙有限公司（以下简称“乙方”）.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::lexicon::Label;
use super::super::reading::{Part, Reading};
use super::super::scan::pattern;
use super::blocks::{Block, Statement};
use super::name::{self, Look};

static INTRODUCED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"([^,。;、:\n\t()"“”]{2,50}(?:\([^()称\n]{1,12}\)[^,。;、:\n\t()"“”]{1,20})?)\((?:以下|下)?(?:统一)?(?:简称|称)(?:为)?[:"“”'「]*([\p{Han}]{2,6})["“”'」]*(?:或[^()]{0,12})?\)"#,
    )
});
static LEAD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:本(?:合同|协议)(?:由|系)?|由|与|和|及|以及|系由|受|兹有|甲方为|乙方为)"));

static ALIAS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"\((?:以下|下)?(?:统一)?(?:简称|称)(?:为)?[:"“”'「]*([\p{Han}]{2,6})["“”'」]*(?:或[^()]{0,12})?\)"#,
    )
});

/// The words by which a party is to go from here on: 甲方 in （以下简称“甲方”）.
pub fn aliases(text: &str) -> impl Iterator<Item = &str> {
    ALIAS.captures_iter(text).filter_map(|found| found.get(1)).map(|alias| alias.as_str())
}

/// Adds what sentences say about parties.
pub fn add(reading: &Reading<'_>, blocks: &mut Vec<Block>) {
    for found in reading.captures_all(&INTRODUCED) {
        let (Some(name), Some(alias)) = (found.get(1), found.get(2)) else { continue };
        if reading.lexicon.marks.role(alias.as_str()).is_none()
            || reading.part_at(name.start()) == Part::Attachment
        {
            continue;
        }
        let value = without_lead(reading, name.range());
        if name::look(reading.slice(value.clone())) == Some(Look::Organisation) {
            statement(blocks, alias.as_str(), value);
        }
    }
}

fn without_lead(reading: &Reading<'_>, range: Range<usize>) -> Range<usize> {
    match LEAD.find(reading.slice(range.clone())) {
        Some(lead) => range.start + lead.end()..range.end,
        None => range,
    }
}

fn statement(blocks: &mut Vec<Block>, word: &str, value: Range<usize>) {
    let statement = Statement {
        label: Label::Name,
        value: value.clone(),
        slot: value,
        part: Part::Opening,
        signature: false,
        parted: true,
    };
    match blocks.iter_mut().find(|block| block.words.iter().any(|w| w == word)) {
        // A label line that holds the same words has stated it already.
        Some(block)
            if block
                .statements
                .iter()
                .any(|s| s.value.start <= statement.value.start && statement.value.end <= s.value.end) => {}
        Some(block) => block.statements.push(statement),
        None => blocks.push(Block { words: vec![word.to_owned()], statements: vec![statement] }),
    }
}
