//! PDF → pages, by one interpretation pass per page.
//!
//! ```text
//! bytes ─▶ Pdf ─▶ per page: record ─▶ Drawn ─▶ gbk ─▶ class ─┬─▶ layout ─▶ lines
//!            │                                                └─▶ picture ─▶ eyes ─▶ lines
//!            └──────── a file that does not load, a page that panics ──▶ second
//! ```
//!
//! A page that holds its text in an image, in outlines or in a rubbish text layer is read by its picture; a born
//! digital page never is.

mod capture;
mod class;
mod drawn;
mod examine;
mod fonts;
mod form_values;
mod gbk;
mod page;
mod picture;
mod plausible;
mod record;
pub(in crate::read) mod report;
mod second;
pub(in crate::read) mod symbols;
#[cfg(test)]
mod tests;
mod watch;

use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

pub(super) use self::class::{FOREIGN_OCR, Figures, TEXT_LAYER};
use self::page::PageReader;
use self::second::SecondReader;
use super::picture::Eyes;
use super::sheet::Sheet;
use super::{Limits, ReadError, Sink};
use crate::model::{Issue, Level, MediaType, Stage};
use crate::read::guard::guarded;

/// Reads a PDF file page by page into `sink`.
///
/// Every page is emitted, in order and up to `limits.pages`; one that could not be read has origin `unread`
/// and an issue of its own.
///
/// # Errors
///
/// [`ReadError::Encrypted`] when a password is needed (an empty one is tried), [`ReadError::Damaged`] when
/// no reader finds a page.
pub fn read(
    bytes: &[u8],
    limits: &Limits,
    eyes: &mut dyn Eyes,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    match guarded(|| Pdf::new(bytes.to_vec())) {
        Ok(Ok(pdf)) => read_pages(&pdf, bytes, limits, eyes, sink),
        Ok(Err(LoadPdfError::Decryption(error))) => Err(decryption(error)),
        Ok(Err(LoadPdfError::Invalid)) | Err(_) => read_second(bytes, limits, sink),
    }
}

fn decryption(error: DecryptionError) -> ReadError {
    match error {
        DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm => ReadError::Encrypted,
        DecryptionError::MissingIDEntry | DecryptionError::InvalidEncryption => {
            ReadError::Damaged("加密信息有误".to_owned())
        }
    }
}

fn read_pages(
    pdf: &Pdf,
    bytes: &[u8],
    limits: &Limits,
    eyes: &mut dyn Eyes,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    let count = guarded(|| pdf.pages().len()).unwrap_or(0) as u32;
    if count == 0 {
        return read_second(bytes, limits, sink);
    }
    sink.opened(MediaType::Pdf, Some(count));
    report::file(pdf, bytes, count, sink);
    let mut reader = PageReader::new(pdf, bytes, limits);
    for number in limits.range(count) {
        reader.read(number, eyes, sink);
    }
    if count > limits.pages {
        sink.issue(too_many(count, limits.pages));
    }
    Ok(())
}

fn too_many(count: u32, limit: u32) -> Issue {
    let message = format!("文件共 {count} 页，超出上限 {limit} 页，第 {} 页起未读取；请拆分文件", limit + 1);
    Issue::new(Level::Error, Stage::Read, "limit-exceeded", message)
}

/// The whole file by the second reader.
fn read_second(bytes: &[u8], limits: &Limits, sink: &mut dyn Sink) -> Result<(), ReadError> {
    let second = SecondReader::open(bytes).filter(|second| second.pages() > 0);
    let Some(second) = second else { return Err(ReadError::Damaged(report::damage(bytes))) };
    let count = second.pages();
    sink.opened(MediaType::Pdf, Some(count));
    for number in limits.range(count) {
        page::by_second(&second, Sheet::a4(number), sink);
    }
    if count > limits.pages {
        sink.issue(too_many(count, limits.pages));
    }
    Ok(())
}
