//! RTF → document (Rich Text Format 1.9.1).
//!
//! `lexer` cuts the file into groups, control words and bytes; `teller` follows them and tells paragraphs and
//! tables to the story of the DOCX reader. Automatic numbers need no counting: RTF holds the number that was
//! shown beside the list that it comes from (`\listtext`).

mod fonts;
mod lexer;
mod teller;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use self::teller::{Shared, Teller};
use super::docx::places::Told;
use super::docx::story::{Definitions, Story};
use super::docx::tally::{Tally, issue};
use super::{Limits, ReadError, Sink};
use crate::model::{Block, Level, MediaType, Region};

/// Reads an RTF file: the body, then text boxes, headers and footers, notes, comments.
///
/// # Errors
///
/// [`ReadError::Limit`] for a file larger than [`Limits::unpacked_bytes`].
pub fn read(bytes: &[u8], limits: &Limits, sink: &mut dyn Sink) -> Result<(), ReadError> {
    sink.opened(MediaType::Rtf, None);
    if bytes.len() as u64 > limits.unpacked_bytes {
        return Err(ReadError::Limit(format!("文件超过 {} MB", limits.unpacked_bytes >> 20)));
    }
    let (mut tally, mut shared) = (Tally::default(), Shared::default());
    let body = tell(bytes, None, &mut shared, &mut tally);
    let has_body = !body.is_empty();
    body.into_iter().for_each(|block| sink.block(block));
    // What stands beside the text was set aside with its place.
    let mut texts = BTreeSet::new();
    let mut next = 0;
    while let Some((region, range)) = shared.aside.get(next).cloned() {
        next += 1;
        tally.comments += u32::from(region == Region::Comment);
        let part = bytes.get(range).unwrap_or_default();
        let blocks = tell(part, Some(region), &mut shared, &mut tally);
        let is_running = matches!(region, Region::Header | Region::Footer);
        let text: Vec<String> = blocks.iter().map(|block| block.text.clone()).collect();
        // Each section states its headers again.
        if !is_running || texts.insert((region == Region::Header, text)) {
            blocks.into_iter().for_each(|block| sink.block(block));
        }
    }
    if shared.is_cut {
        let message = "文件在中途断掉，只读取了已有的部分；请从来源重新取得";
        sink.issue(issue(Level::Error, "damaged-part", message));
    }
    tally.issues(has_body).into_iter().for_each(|issue| sink.issue(issue));
    Ok(())
}

/// The blocks of a part beside the text, or without a region, of the whole file.
fn tell(bytes: &[u8], beside: Option<Region>, shared: &mut Shared, tally: &mut Tally) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut out = |told: Told| blocks.push(told.block);
    let definitions = Definitions::default();
    let mut story = Story::new(&definitions, tally, beside.unwrap_or(Region::Body), &mut out);
    Teller::new(bytes, beside.is_none(), shared, &mut story).tell();
    story.finish();
    blocks
}
