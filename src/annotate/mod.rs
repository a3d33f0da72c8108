//! (DOCX, remarks) → a copy of the draft with the remarks as comments (批注) at their places.
//!
//! Nothing of the draft is made anew: `place` says where the characters of a span stand in the bytes of the main part
//! (the reader traces them), `outline` where its runs begin and end, `cut` splits the runs there, and everything else is
//! copied as it is. Word allows no comment inside a text box (文本框), header or footer; one on a text box stands at its
//! anchor, one on a note (脚注、尾注) at its reference, one on a formula or a closed content control (内容控件) around it.

mod comments;
mod cut;
mod mask;
mod outline;
mod package;
mod place;
#[cfg(test)]
mod tests;

pub use mask::{Masked, mask};

use std::ops::Range;

use jiff::civil::DateTime;

use crate::model::{Span, Text};
use crate::read::docx::package::{Package, Part};
use crate::read::docx::trace;
use crate::read::docx::xml::Malformed;
use crate::read::{Limits, ReadError};
use comments::Comment;
use outline::Outline;
use place::Places;

/// Something to say about stretches of the draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Remark {
    /// Where, the most telling first; a remark without a place stands at the beginning.
    pub places: Vec<Span>,
    /// What, a paragraph each; the first says it in one line.
    pub lines: Vec<String>,
}

/// Why a draft cannot be annotated. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum AnnotateError {
    /// It cannot be read.
    #[error("{0}")]
    Unreadable(#[from] ReadError),
    /// A part of it is at fault.
    #[error("DOCX 的部件 {0} 有误，无法写入批注：{1}；请在 Word 或 WPS 中打开后另存，再重新运行")]
    Part(String, String),
    /// The copy could not be put together.
    #[error("批注副本无法生成：{0}；请在 Word 或 WPS 中打开原件后另存，再重新运行")]
    Copy(#[from] zip::result::ZipError),
}

impl AnnotateError {
    fn part(name: &str) -> impl FnOnce(Malformed) -> Self {
        |Malformed(fault)| Self::Part(name.to_owned(), fault)
    }
}

/// A copy of a DOCX file with a comment for each remark; one for each further place of it.
///
/// `text` is the text that the remarks' places point into, as it was composed of the same bytes. The comments bear `date`
/// (local time), if one is given.
///
/// # Errors
///
/// What of the file is at fault: an encrypted or damaged file, a main part that is not well-formed.
pub fn annotate(
    bytes: &[u8],
    text: &Text,
    remarks: &[Remark],
    date: Option<DateTime>,
) -> Result<Vec<u8>, AnnotateError> {
    let limits = Limits::default();
    let traced = trace(bytes, &limits)?;
    let mut package = Package::open(bytes, limits.unpacked_bytes)?;
    let main = sound_part(&mut package, &traced.main)?;
    let outline = Outline::read(&main).map_err(AnnotateError::part(&traced.main))?;
    let known = existing(&mut package, &traced.main)?;
    let highest = known.as_ref().and_then(|(_, part)| comments::highest_id(part));
    let first = outline.highest_comment.max(highest).map_or(0, |id| id.saturating_add(1));
    let comments = placed(remarks, &Places::new(text, &traced.blocks), first);
    let stretches: Vec<(u32, Range<usize>)> =
        comments.iter().filter_map(|comment| Some((comment.id, comment.stretch.clone()?))).collect();
    let main_part = cut::mark(&main, &outline, &stretches).map_err(AnnotateError::part(&traced.main))?;
    let shown: Vec<&Comment> = comments.iter().filter(|comment| comment.stretch.is_some()).collect();
    let mut changed = vec![(traced.main.clone(), main_part)];
    changed.extend(package::with_comments(&mut package, &traced.main, known, &shown, date, &main)?);
    Ok(package::copy(bytes, &changed)?)
}

/// The remarks as comments, numbered on from `first`.
fn placed(remarks: &[Remark], places: &Places<'_>, first: u32) -> Vec<Comment> {
    let mut comments = Vec::new();
    for remark in remarks {
        let mut stretches: Vec<_> = remark.places.iter().filter_map(|span| places.locate(span)).collect();
        stretches.dedup();
        let count = stretches.len();
        let further = stretches.split_off(count.min(1));
        let stretch = stretches.pop().or_else(|| places.beginning());
        comments.push(Comment { id: 0, lines: remark.lines.clone(), stretch });
        for (at, stretch) in further.into_iter().enumerate() {
            let head = remark.lines.first().map_or("", String::as_str);
            let line = format!("{head}（同一问题，共 {count} 处，此为第 {} 处）", at + 2);
            comments.push(Comment { id: 0, lines: vec![line], stretch: Some(stretch) });
        }
    }
    for (comment, id) in comments.iter_mut().zip(first..) {
        comment.id = id;
    }
    comments
}

/// A part that has to be there whole.
fn sound_part(package: &mut Package<'_>, name: &str) -> Result<String, AnnotateError> {
    match package.part(name)? {
        Some(Part { text, damage: None }) => Ok(text),
        Some(Part { damage: Some(damage), .. }) => Err(AnnotateError::Part(name.to_owned(), damage)),
        None => Err(AnnotateError::Part(name.to_owned(), "文件中没有该部件".to_owned())),
    }
}

/// Name and text of the comments that the draft has already.
fn existing(package: &mut Package<'_>, main: &str) -> Result<Option<(String, String)>, AnnotateError> {
    let relationships = package.relationships(main)?;
    let Some(found) = relationships.into_iter().find(|r| r.kind == "comments") else { return Ok(None) };
    if !package.has(&found.target) {
        return Ok(None);
    }
    let text = sound_part(package, &found.target)?;
    Ok(Some((found.target, text)))
}
