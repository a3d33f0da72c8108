//! Parties and particulars that stand in sentences: 深圳市甲局（以下简称“甲方”，地址：…）与乙有限公司（统一社会信用代码…，
//! 以下简称“乙方”）; 甲方深圳市甲局委托乙方乙有限公司…; 乙方法定代表人为….

mod beside;
mod introduced;
mod particulars;

use std::ops::Range;

use super::super::lexicon::Label;
use super::super::reading::{Part, Reading, Segment};
use super::blocks::{Block, Statement};
pub use introduced::aliases;

/// Adds what sentences say about parties.
pub fn add(reading: &Reading<'_>, blocks: &mut Vec<Block>) {
    let named = introduced::find(reading);
    for introduced in &named {
        name(blocks, &introduced.word, introduced.name.clone());
    }
    for row in reading.rows.iter().filter(|row| row.table.is_none() && row.part != Part::Attachment) {
        for segment in &row.segments {
            let here = |at: usize| segment.range.contains(&at);
            let names: Vec<_> = named.iter().filter(|found| here(found.name.start)).collect();
            particulars::add(reading, blocks, &Stretch { segment, part: row.part, names: &names });
        }
    }
}

/// A stretch of text to look at.
struct Stretch<'a> {
    segment: &'a Segment,
    part: Part,
    names: &'a [&'a introduced::Introduced],
}

/// The name of the party that goes by this word. A label line that holds the same words has stated it already.
fn name(blocks: &mut Vec<Block>, word: &str, value: Range<usize>) {
    let statement = statement(Label::Name, value, Part::Opening);
    let holds = |s: &Statement| s.value.start <= statement.value.start && statement.value.end <= s.value.end;
    match blocks.iter_mut().find(|block| block.words.iter().any(|w| w == word)) {
        Some(block) if block.statements.iter().any(holds) => {}
        Some(block) => block.statements.push(statement),
        None => blocks.push(Block { words: vec![word.to_owned()], statements: vec![statement] }),
    }
}

fn statement(label: Label, value: Range<usize>, part: Part) -> Statement {
    Statement { label, value: value.clone(), slot: value, part, signature: false, parted: true }
}
